package pairs

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

var (
	toHalf = strings.NewReplacer("，", ",", "：", ":", "；", ";", "（", "(", "）", ")", "！", "!", "？", "?", "％", "%")
	toFull = strings.NewReplacer(",", "，", ":", "：", ";", "；", "(", "（", ")", "）", "%", "％", "!", "！", "?", "？")
)

// changeWidth writes punctuation as ASCII does, or digits and letters as Chinese text does.
func changeWidth(r *rand.Rand, a Article) (Article, bool) {
	half, full := toHalf.Replace(a.Body), wideDigits(toFull.Replace(a.Body))
	switch {
	case half == a.Body || r.IntN(2) == 0:
		a.Title, a.Body = wideDigits(a.Title), full
	default:
		a.Title, a.Body = toHalf.Replace(a.Title), half
	}
	return a, true
}

func wideDigits(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			return c + 0xFEE0
		}
		return c
	}, s)
}

var beside = regexp.MustCompile(`(\p{Han})([0-9A-Za-z][0-9A-Za-z.%]*)(\p{Han})`)

// changeSpace sets the text anew: lines broken elsewhere, paragraphs indented or run together, spaces beside numbers.
func changeSpace(r *rand.Rand, a Article) (Article, bool) {
	switch r.IntN(5) {
	case 0: // all on one line
		a.Body = strings.ReplaceAll(a.Body, "\n", " ")
	case 1: // indented, with empty lines
		a.Body = "　　" + strings.ReplaceAll(a.Body, "\n", "\n\n　　")
	case 2: // broken as a mail is
		a.Body = wrapped(a.Body, 30+r.IntN(20))
	case 3:
		a.Body = beside.ReplaceAllString(a.Body, "$1 $2 $3")
	default: // a line for each sentence
		var lines []string
		for _, s := range sentences(a.Body) {
			lines = append(lines, "\u00a0\u00a0"+strings.TrimSpace(s))
		}
		a.Body = strings.Join(lines, "\n")
	}
	return a, true
}

func wrapped(s string, width int) string {
	var out strings.Builder
	n := 0
	for _, c := range s {
		if c == '\n' {
			n = 0
		} else if n++; n > width {
			out.WriteByte('\n')
			n = 1
		}
		out.WriteRune(c)
	}
	return out.String()
}

var quotes = []*strings.Replacer{
	strings.NewReplacer("“", `"`, "”", `"`),
	strings.NewReplacer("“", "「", "”", "」"),
	strings.NewReplacer("“", "『", "”", "』"),
	strings.NewReplacer("“", "‘", "”", "’"),
	strings.NewReplacer("“", "", "”", ""),
	strings.NewReplacer("“", "《", "”", "》"),
}

func changeQuotes(r *rand.Rand, a Article) (Article, bool) {
	if strings.Count(a.Body, "“") == 0 {
		return a, false
	}
	style := pick(r, quotes)
	a.Title, a.Body = style.Replace(a.Title), style.Replace(a.Body)
	return a, true
}

var (
	yearMonthDay = regexp.MustCompile(`(\d{4})年(\d{1,2})月(\d{1,2})日`)
	monthDay     = regexp.MustCompile(`\d{1,2}月\d{1,2}日`)
)

// changeDates writes the dates in another form: with the year or without, with hyphens, the day alone.
func changeDates(r *rand.Rand, a Article) (Article, bool) {
	day, err := time.Parse(time.DateOnly, a.Date)
	if err != nil || !monthDay.MatchString(a.Body) {
		return a, false
	}
	switch n := r.IntN(3); {
	case yearMonthDay.MatchString(a.Body):
		form := pick(r, []string{"${2}月${3}日", "${1}-${2}-${3}", "${1}.${2}.${3}", "${3}日"})
		a.Body = yearMonthDay.ReplaceAllString(a.Body, form)
	case n == 0:
		a.Body = monthDay.ReplaceAllStringFunc(a.Body, func(s string) string { return s[strings.Index(s, "月")+len("月"):] })
	default:
		first := true
		a.Body = monthDay.ReplaceAllStringFunc(a.Body, func(s string) string {
			if !first && n == 1 {
				return s
			}
			first = false
			return strconv.Itoa(day.Year()) + "年" + s
		})
	}
	return a, true
}

// typoShare is how many of the characters are mistaken.
const typoShare = 0.01

// addTypos mistakes about one character in a hundred, at least one, for one that looks like it; some are lost and some stand twice.
func addTypos(r *rand.Rand, a Article) (Article, bool) {
	runes := []rune(a.Body)
	var out []rune
	wrong := 0
	left := 1 + int(float64(len(runes))*typoShare)
	for i, c := range runes {
		if !unicode.Is(unicode.Han, c) || left == 0 || r.IntN(max(len(runes)-i, 1)) >= 2*left { // twice: many have no look-alike
			out = append(out, c)
			continue
		}
		switch like, n := confusables[c], r.IntN(10); {
		case n == 0:
		case n == 1:
			out = append(out, c, c)
		case len(like) > 0:
			out = append(out, pick(r, like))
		default:
			out = append(out, c)
			continue
		}
		wrong, left = wrong+1, left-1
	}
	a.Body = string(out)
	return a, wrong > 0
}
