package parser

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// title is the title of an article page, and where it stands.
type title struct {
	text   string
	block  int // index of its block; -1: it stands in no block
	score  float64
	reason string
}

// officeMost is how many characters the name of an office has at most that is not taken for a title.
const officeMost = 15

// isOffice tells the name of an office, with which <title> begins where it names the site first.
func isOffice(b *Block, text string, chars int) bool {
	return chars <= officeMost && b.Heading == 0 && isOrg(text)
}

// strong tells that the page says twice that this is its title.
func (t title) strong() bool { return t.block >= 0 && t.score >= 4 }

var titleClasses = []string{"title", "tit", "bt", "biaoti", "headline", "heading", "subject"}

// findTitle weighs every short block as the title: against the meta tags and <title>, by its tag, and by its distance to the body, which begins at block
// bodyFirst (-1: not known yet).
func (d *Document) findTitle(bodyFirst int) title {
	named := d.namedTitle()
	site := squeeze(d.meta("sitename", "og:site_name"))
	column := squeeze(d.meta("columnname"))
	namedKey := squeeze(named)
	headKey := squeeze(d.title)
	best := title{block: -1}
	var linked map[string]bool
	if namedKey == "" {
		linked = d.linkedTitles()
	}
	lastNode := -1
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Node == lastNode && b.Heading == 0 {
			continue
		}
		lastNode = b.Node
		text, chars := d.titleText(b)
		if chars < 4 || chars > 130 {
			continue
		}
		key := squeeze(text)
		if whole, ok := d.titleLines(i, key, namedKey, headKey); ok {
			text, key = whole, squeeze(whole)
			chars = runeCount(text)
		}
		if !saysSomething(text) || key == "" || key == site || key == column {
			continue
		}
		t := title{text: text, block: i}
		switch {
		case namedKey != "" && key == namedKey:
			t.score, t.reason = 5, "meta tag and page agree"
		case namedKey != "" && chars >= 6 && strings.Contains(namedKey, key):
			t.score = 2.5 * float64(len(key)) / float64(len(namedKey))
		}
		if headKey != "" && (chars >= 5 || b.Heading > 0 && d.isAboveText(i)) && strings.HasPrefix(headKey, key) && !isOffice(b, text, chars) {
			t.score += 3
			t.reason = join(t.reason, "<title>")
		} else if headKey != "" && chars >= 8 && strings.Contains(headKey, key) {
			t.score += 2
			t.reason = join(t.reason, "part of <title>")
		}
		if linked[key] {
			t.score += 0.8
			t.reason = join(t.reason, "a link on the page repeats it")
		}
		t.score += d.titleLook(b, chars)
		t.score += titlePlace(i, bodyFirst)
		if t.score > best.score && !d.isDateline(text) && (t.reason != "" || b.Heading > 0 || !isCredits(text, d)) {
			if t.reason == "" {
				t.reason = "heading above the text"
			}
			best = t
		}
	}
	if best.score >= 2.2 {
		return d.secondLine(d.completeTitle(best, named))
	}
	if named != "" {
		return title{text: named, block: -1, reason: "meta tag"}
	}
	return title{text: trimSiteName(d.title, site), block: -1, reason: "<title>"}
}

// isDateline tells that a text is a date and hardly more: 2026年9月8日 星期五.
func (d *Document) isDateline(text string) bool {
	left := runeCount(text)
	for _, x := range findDates(text, d.now) {
		left -= runeCount(text[x.start:x.end])
	}
	return left < 6 && left < runeCount(text)
}

// titleText is the text of the heading, or of the block, without list marks.
func (d *Document) titleText(b *Block) (string, int) {
	text := d.withoutCategory(b)
	if b.Heading > 0 {
		node := b.Node
		for d.headingLevel(node) > 0 && node >= 0 && (len(d.Nodes[node].Tag) != 2 || d.Nodes[node].Tag[0] != 'h' || d.Nodes[node].Tag == "hr") {
			node = d.Nodes[node].Parent
		}
		if whole := d.headingText(node); runeCount(whole) <= 130 && whole != b.Text {
			text = whole
		}
	}
	text = d.withoutDay(text)
	return text, runeCount(text)
}

// withoutDay takes the day in brackets off the end of a heading.
func (d *Document) withoutDay(s string) string {
	var open string
	last, size := utf8.DecodeLastRuneInString(s)
	switch last {
	case ')':
		open = "("
	case '）':
		open = "（"
	case ']':
		open = "["
	case '】':
		open = "【"
	case '〕':
		open = "〔"
	default:
		return s
	}
	at := strings.LastIndex(s, open)
	if at <= 0 || len(s)-at > 40 {
		return s
	}
	if _, ok := soleDate(s[at+len(open):len(s)-size], d.now); !ok {
		return s
	}
	return strings.TrimSpace(s[:at])
}

// headingLines is the most lines that a heading is read with: somebody forgot to close one of more.
const headingLines = 12

// headingText joins the lines of a heading, less the credits that may stand in it.
func (d *Document) headingText(node int) string {
	n := &d.Nodes[node]
	first, last := d.Texts[n.TextStart].Block, d.Texts[n.TextEnd-1].Block
	if last-first > headingLines {
		return d.Blocks[first].Text
	}
	var lines []string
	for i := first; i <= last; i++ {
		if !d.Blocks[i].noise && !isCredits(d.Blocks[i].Text, d) {
			lines = append(lines, d.Blocks[i].Text)
		}
	}
	return strings.Join(lines, " ")
}

// titleLook weighs tag, class, length and links.
func (d *Document) titleLook(b *Block, chars int) float64 {
	score := 0.0
	switch b.Heading {
	case 1:
		score += 2.2
	case 2:
		score += 1.7
	case 3:
		score += 1.2
	case 4, 5, 6:
		score += 0.5
	}
	n := d.Nodes[b.Node]
	if containsAny(n.Class, titleClasses) || n.Parent >= 0 && containsAny(d.Nodes[n.Parent].Class, titleClasses) {
		score++
	}
	if n.Tag == "center" || strings.EqualFold(d.attr(b.Node, "align"), "center") || strings.Contains(d.attr(b.Node, "style"), "center") {
		score += 0.6
	}
	switch {
	case chars >= 10 && chars <= 60:
		score++
	case chars < 6:
		score -= 2
	}
	if b.linked > 0 {
		score -= 2.5
		if d.leadsHome(b) {
			score -= 2
		}
	}
	if containsAny(n.Class, kickerClasses) || b.Heading == 0 && d.isValueCell(b) {
		score -= 1.5
	}
	if strings.HasPrefix(b.Text, "——") { // a second line
		score -= 2
	}
	if strings.HasSuffix(b.Text, "。") || strings.HasSuffix(b.Text, "；") || strings.HasSuffix(b.Text, "：") {
		score -= 1.5
	}
	if d.furniture[b.Node] || d.beside != nil && d.beside[b.Node] {
		score -= 2
	}
	if b.noise {
		score -= 4
	}
	return score
}

// titlePlace weighs the distance to the body: a title stands closely above it.
func titlePlace(block, bodyFirst int) float64 {
	switch {
	case bodyFirst < 0:
		return 0
	case block > bodyFirst+3:
		return -3
	case block >= bodyFirst-5:
		return 1.5
	case block >= bodyFirst-12:
		return 0.7
	}
	return 0
}

// completeTitle takes the longer wording of the meta tag where the page shows only a part of it (a title of two lines, one cut short).
func (d *Document) completeTitle(t title, named string) title {
	key, whole := squeeze(t.text), squeeze(named)
	if whole != key && strings.HasPrefix(whole, strings.TrimRight(key, "….")) && len(whole) < 3*len(key) && !d.isSiteName(named, whole[len(key):]) {
		t.text = named
	}
	return t
}

func (d *Document) configuredTitle(t title, rules *Rules) title {
	if rules == nil || rules.title == nil {
		return t
	}
	node := d.selectFirst(rules.title, 0)
	if node < 0 || d.text(node) == "" {
		return t
	}
	return title{text: d.text(node), block: d.Texts[d.Nodes[node].TextStart].Block, score: 10, reason: "configured selector"}
}

// squeeze keeps letters and digits alone, folded, so that titles compare equal whatever their spaces and punctuation are.
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i, c := range s {
		if c >= 0x4E00 && c <= 0x9FFF { // Han: most of the text
			b.WriteString(s[i : i+3])
			continue
		}
		if c < 0x80 {
			if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
				b.WriteByte(byte(c))
			} else if c >= 'A' && c <= 'Z' {
				b.WriteByte(byte(c) + 'a' - 'A')
			}
			continue
		}
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			if c >= 'Ａ' && c <= 'ｚ' || c >= '０' && c <= '９' {
				c -= 0xFEE0
			}
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}
