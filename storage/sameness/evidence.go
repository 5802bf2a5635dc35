package sameness

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// evidence gathers from the edited sentences of two texts what speaks against their being one.
type evidence struct {
	numbers   int               // sentences with another number in the same place
	numerals  int               // sentences with another Chinese numeral: as likely a typing error
	names     int               // words that stand for others and are names, by how they end or by what follows
	letters   map[[2]string]int // single characters in what looks like a name: as likely a typing error
	others    map[[2]string]int // other single characters
	clusters  int               // of these, those of several characters side by side
	words     int               // words of two or more characters on both sides, outside a lead
	small     int               // the same of two or three characters
	leads     int               // the same in a lead
	rewritten bool              // the lead says the same in other words
}

const (
	numerals = "零〇一二三四五六七八九十百千万亿两半"
	units    = "亿万千百元吨亩"
	// nameEnds are the characters that end the name of a place, a company or an office.
	nameEnds = "省市区县镇乡村州盟旗港湾路园司局厅委院校团厂心会"
)

// afterName are what follows a name.
var afterName = []string{"有限", "公司", "集团", "股份", "先生", "女士", "同志", "市", "县", "区", "省", "镇", "乡"}

// weigh compares two forms of a sentence; shared is what both have, in characters. After another number nothing else counts.
func (e *evidence) weigh(a, b string, lead bool) (shared int, more bool) {
	if different(digits(a), digits(b)) {
		e.numbers++
		return 0, false
	}
	if different(chinese(a), chinese(b)) {
		e.numerals++
	}
	edit := newEdit(a, b, lead)
	for _, d := range edit.diffs {
		from, to := words(d.from), words(d.to)
		switch {
		case from == "" && to == "": // numbers alone
		case from == "" || to == "": // left out or put in: nothing stands for something else
			e.rewritten = e.rewritten || edit.lead && (hasDate(d.from) || hasDate(d.to) || isOpening(d.from) || isOpening(d.to))
		case sameMeaning(from, to), edit.lead && (isOpening(d.from) || isOpening(d.to)):
			e.rewritten = e.rewritten || edit.lead
		default:
			e.replace(d, from, to, edit.lead)
		}
	}
	return edit.shared, e.numbers == 0
}

func (e *evidence) replace(d change, from, to string, lead bool) {
	key := [2]string{from, to}
	one := d.single && from != "" && to != ""
	switch {
	case one && characters(from) == 1 && strings.ContainsAny(from, units) && strings.ContainsAny(to, units):
		e.numbers++
	case one && strings.ContainsAny(d.after, "省市县先女"):
		e.letters[key]++
	case one:
		e.others[key]++
		if characters(from) > 1 {
			e.clusters++
		}
	case isName(d) && !lead:
		e.names++
	case lead:
		e.leads++
	case max(characters(from), characters(to)) < 4:
		e.small++
	default:
		e.words++
	}
}

func isName(d change) bool {
	for _, a := range afterName {
		if strings.HasPrefix(d.after, a) {
			return true
		}
	}
	return strings.ContainsRune(nameEnds, lastRune(d.from)) && strings.ContainsRune(nameEnds, lastRune(d.to))
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func hasDate(s string) bool { return strings.HasSuffix(s, "日") || strings.Contains(s, "日,") }

// against says what speaks against the sameness of two texts, of which the shorter has total characters.
func (e *evidence) against(total, exchanged int) string {
	short := total < shortText
	switch {
	case short && e.numerals > 0 || e.numerals > 1:
		return "another numeral"
	case e.names > 0:
		return "another name"
	case total < veryShort && len(e.letters) > 0 || most(e.letters) > 1 || most(e.others) > 2:
		return "a letter of a name"
	case e.words > 0 || e.small*3 > len(e.others) || short && e.clusters > 0:
		return "another word"
	case e.leads > 0 && !e.rewritten:
		return "another word in the lead"
	case short && exchanged > 0:
		return "another sentence in a short text"
	}
	return ""
}

func most(counts map[[2]string]int) int {
	n := 0
	for _, c := range counts {
		n = max(n, c)
	}
	return n
}

// openings are words with which a sentence says where it comes from.
var openings = []string{"获悉", "了解到", "消息", "报道", "新进展", "关注", "记者", "笔者", "日前", "近日"}

func isOpening(s string) bool {
	return slices.ContainsFunc(openings, func(o string) bool { return strings.Contains(s, o) })
}

// different tells whether two forms of a sentence give different numbers. Numbers that only one of them gives are no difference: a year or a share is
// often left out.
func different(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, n := range a {
		i := slices.Index(b, n)
		if i < 0 {
			return true
		}
		b = slices.Delete(b, i, i+1)
	}
	return false
}

// digits are the numbers of a sentence in digits, with their points.
func digits(s string) []string {
	return runs(s, func(r rune) bool { return r < 0x80 && !isLetter(r) })
}

// chinese are its Chinese numerals.
func chinese(s string) []string {
	return runs(s, func(r rune) bool { return r >= 0x80 && strings.ContainsRune(numerals, r) })
}

func runs(s string, in func(rune) bool) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !in(r) })
}

// words is what of a difference is words: without digits, marks and the characters of a date.
func words(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && !isLetter(r) || r == '年' || r == '月' || r == '日' {
			return -1
		}
		return r
	}, s)
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }
