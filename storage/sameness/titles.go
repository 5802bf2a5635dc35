package sameness

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

const (
	// number stands for a number in a title; its value is kept beside. Titles hold this character as well, as a sign of a font of icons, which says nothing.
	number = '\uE000'
	// leastTitle is the share of the shorter title, as 1 of so many, that both have at least: below it one is the other reworded, and says nothing.
	leastTitle = 2
	// rounding is the share by which an amount may differ: titles round.
	rounding = 0.1
)

// TitlesDiffer tells whether two titles contradict each other where they otherwise agree: another number in the same place (第一批, 第三批), or another place that
// neither lies in the other (广州, 杭州). Titles that are reworded, or of which one leaves something out, do not. It speaks against texts that seem to be the same.
func TitlesDiffer(a, b string) bool {
	first, numbersA := readTitle(a)
	second, numbersB := readTitle(b)
	e := newEdit(first, second, false)
	if e.shared*leastTitle < min(len(e.a), len(e.b)) || e.shared < 2 {
		return false
	}
	for _, d := range e.diffs {
		if x, y, ok := e.otherPlaces(d); ok && apart(x, y) {
			return true
		}
	}
	return slices.ContainsFunc(e.sameNumbers(), func(at [2]int) bool { return !sameValue(numbersA[at[0]], numbersB[at[1]]) })
}

// sameNumbers finds the numbers that stand in the same place of two titles, between neighbours that both have: which number of the one, and of the other.
func (e *edit) sameNumbers() [][2]int {
	var out [][2]int
	i, j := 0, 0
	counts := func(s []rune, n int) int { return strings.Count(string(s[:n]), string(number)) }
	diffs := append(slices.Clone(e.diffs), change{endA: len(e.a), endB: len(e.b)})
	for k, d := range diffs {
		end := d.endA - characters(d.from)
		for n := 0; i+n < end; n++ {
			before := n > 0 || i == 0 && j == 0
			after := i+n+1 < end || k == len(diffs)-1
			if e.a[i+n] == number && before && after {
				out = append(out, [2]int{counts(e.a, i+n), counts(e.b, j+n)})
			}
		}
		i, j = d.endA, d.endB
	}
	return out
}

// value is a number of a title.
type value struct {
	n      float64
	amount bool // not the number or the date of something
}

func sameValue(a, b value) bool {
	if a.n != b.n && (a.amount || b.amount) {
		return math.Abs(a.n-b.n) <= rounding*max(a.n, b.n)
	}
	return a.n == b.n
}

// readTitle puts one character in the place of each number of a title, in digits or not.
func readTitle(title string) (text string, numbers []value) {
	runes := []rune(strings.ReplaceAll(withoutMarks(NormalText(title)), string(number), ""))
	var out []rune
	for i := 0; i < len(runes); i++ {
		if n := placeAt(runes[i:]); n > 0 { // 九江 has no number in it
			out = append(out, runes[i:i+n]...)
			i += n - 1
			continue
		}
		start := i
		for i < len(runes) && (runes[i] < 0x80 && !isLetter(runes[i]) || isNumeral(runes[i])) {
			i++
		}
		if start < i {
			run := runes[start:i]
			next := i < len(runes) && strings.ContainsRune("元亩吨", runes[i])
			out = append(out, number)
			numbers = append(numbers, value{valueOf(run), next || strings.ContainsAny(string(run), "亿万千.%")})
		}
		if i < len(runes) {
			out = append(out, runes[i])
		}
	}
	return string(out), numbers
}

// valueOf reads a number in digits, in Chinese numerals, or in both: 30亿, 三十亿, 二〇二六.
func valueOf(run []rune) float64 {
	var total, section, digit float64
	var written []byte // in digits
	flush := func() {
		if len(written) > 0 {
			digit, written = float(string(written)), nil
		}
	}
	for _, r := range run {
		if r < 0x80 {
			written = append(written, byte(r))
			continue
		}
		flush()
		switch r {
		case '十', '百', '千':
			section += max(digit, 1) * map[rune]float64{'十': 10, '百': 100, '千': 1000}[r]
			digit = 0
		case '万', '亿':
			total = (total + max(section+digit, 1)) * map[rune]float64{'万': 1e4, '亿': 1e8}[r]
			section, digit = 0, 0
		case '半':
			digit += 0.5
		default:
			digit = digit*10 + float64(strings.Index("〇一二三四五六七八九", string(oneDigit(r)))/len("一"))
		}
	}
	flush()
	return total + section + digit
}

// float reads digits. Where they are no one number, as 1-3 and 2026.9.8, those of all stand for them.
func float(digits string) float64 {
	keep := func(marks string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || strings.ContainsRune(marks, r) {
				return r
			}
			return -1
		}, digits)
	}
	f, err := strconv.ParseFloat(strings.Trim(keep("."), "."), 64)
	if err != nil {
		f, _ = strconv.ParseFloat(keep(""), 64) // zero where there is no digit
	}
	return f
}

func oneDigit(r rune) rune {
	switch r {
	case '零':
		return '〇'
	case '两':
		return '二'
	}
	return r
}
