package sameness

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// evidence gathers from the edited sentences of two texts what speaks against their being one.
type evidence struct {
	a, b      []string          // the sentences of both texts
	numbers   int               // sentences with another number in the same place
	numerals  int               // sentences with another Chinese numeral that counts nothing: as likely a typing error
	places    int               // places that stand for others
	names     int               // words that stand for others and are names, by how they end or by what stands around
	singles   map[[2]string]int // single characters that stand for others, all of them
	letters   map[[2]string]int // those before the kind of a place or a person: as likely a typing error
	doubtful  int               // single characters that are typing errors only in a text with as many others
	doubtLead int               // the same in a lead
	loose     int               // single characters that are only somewhat like what they stand for
	others    map[[2]string]int // those that may be typing errors
	slips     int               // characters left out or put in alone
	clusters  int               // of these, those of several characters side by side
	words     int               // words of two or more characters on both sides, outside a lead
	small     int               // the same of two or three characters
	leads     int               // the same in a lead
	rewritten bool              // the lead says the same in other words
}

const (
	// nameEnds are the characters that end the name of a place, a company or an office.
	nameEnds = "省市区县镇乡村州盟旗港湾路园司局厅委院校团厂心会"
	// particles are characters that editors exchange without telling of anything else.
	particles = "的地得了在于和与及或是为这该此其将已也都就又再把被让由从到向对等约近超逾达至各每某"
)

// afterName are what follows a name.
var afterName = []string{"有限", "公司", "集团", "股份", "先生", "女士", "同志", "市", "县", "区", "省", "镇", "乡"}

// weigh compares two forms of a sentence; shared is what both have, in characters. After another number nothing else counts.
func (e *evidence) weigh(a, b string, lead bool) (shared int, more bool) {
	if different(digits(a), digits(b)) {
		e.numbers++
		return 0, false
	}
	numbersA, numeralsA := chinese(a)
	numbersB, numeralsB := chinese(b)
	if different(numbersA, numbersB) {
		e.numbers++
		return 0, false
	}
	if different(numeralsA, numeralsB) {
		e.numerals++
	}
	edit := newEdit(a, b, lead)
	for _, d := range edit.diffs {
		from, to := words(d.from), words(d.to)
		switch {
		case from == "" && to == "": // numbers alone
		case from == "" || to == "": // left out or put in: nothing stands for something else
			if characters(from)+characters(to) == 1 {
				e.slips++
			}
			e.rewritten = e.rewritten || edit.lead && (hasDate(d.from) || hasDate(d.to) || isOpening(d.from) || isOpening(d.to))
		case edit.otherPlace(d):
			e.places++
		case sameMeaning(from, to), edit.lead && (isOpening(d.from) || isOpening(d.to)):
			e.rewritten = e.rewritten || edit.lead
		default:
			e.replace(&edit, d, from, to)
		}
	}
	return edit.shared, e.numbers == 0
}

func (e *evidence) replace(edit *edit, d change, from, to string) {
	lead := edit.lead
	key := [2]string{from, to}
	one := d.single && from != "" && to != ""
	if one {
		e.singles[key]++
	}
	switch {
	case one && characters(from) == 1 && strings.ContainsAny(from, units) && strings.ContainsAny(to, units):
		e.numbers++
	case one && e.weighLetters(edit, d):
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

// weighLetters weighs single characters that stand for others, and tells whether they are more than typing errors: letters of a name, or what nobody types for the
// other, which makes another word. Where the other text has the word elsewhere as it stands here, it is a typing error after all.
func (e *evidence) weighLetters(edit *edit, d change) bool {
	n := characters(d.from)
	more := false
	for k := range n {
		i, j := d.endA-n+k, d.endB-n+k
		x, y := edit.a[i], edit.b[j]
		if x == y || isNumeral(x) && isNumeral(y) || strings.ContainsRune(particles, x) && strings.ContainsRune(particles, y) {
			continue
		}
		name, likeness := inName(edit.a, i) && inName(edit.b, j), alike(x, y)
		switch {
		case !name && likeness == muchAlike, hasWord(e.b, edit.a, i), hasWord(e.a, edit.b, j):
			continue
		case !name && likeness == somewhatAlike:
			e.loose++
			continue
		case name && likeness == unlike:
			e.names++
		case edit.lead:
			e.doubtLead++
		default:
			e.doubtful++
		}
		more = true
	}
	return more
}

// hasWord tells whether one of the sentences has the character at i of another text together with its neighbours: three characters in a row, since two come together by
// chance.
func hasWord(sentences []string, s []rune, i int) bool {
	for start := max(i-2, 0); start <= i && start+3 <= len(s); start++ {
		if holds(sentences, string(s[start:start+3])) {
			return true
		}
	}
	return false
}

func holds(sentences []string, word string) bool {
	return slices.ContainsFunc(sentences, func(s string) bool { return strings.Contains(s, word) })
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
	short, typing := total < shortText, len(e.others)+e.slips
	switch {
	case short && e.numerals > 0 || e.numerals > 1:
		return "another numeral"
	case e.places > 0:
		return "another place"
	case e.names > 0:
		return "another name"
	case total < veryShort && len(e.letters) > 0 || most(e.letters) > 1 || most(e.singles) > 2:
		return "a letter of a name"
	case e.doubtful > typing || !e.rewritten && e.doubtful+e.doubtLead > typing, e.loose > 0 && typing == 1: // no other typing error makes it one
		return "another letter"
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
