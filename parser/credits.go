package parser

import (
	"regexp"
	"strings"
)

// credits gathers what the lines around an article say of its origin.
type credits struct {
	publisher string
	authors   []string
	posters   []string // persons who put it on the site; its authors, where no other is named
	editors   string   // names of editors: a meta tag often gives one of them as the author
}

// disclosureMost is how many blocks above a title may belong to the table of a disclosed document: 索引号, 发布机构, 成文日期 ….
const disclosureMost = 30

// findCredits reads publisher (来源) and author (作者, 记者, 通讯员): from the lines around the title, from marked-up names, from the lines under the text, from the
// text itself, and last from the meta tags, which often name an editor or the office that runs the site.
func (d *Document) findCredits(t title, from int, core bodyCore, body string, rules *Rules) (publisher, author string) {
	var c credits
	c.publisher = d.configuredPublisher(rules)
	first, last := max(t.block-3, 0), min(from+1, len(d.Blocks))
	if t.block < 0 {
		first = max(from-8, 0)
	}
	for i := first; i < last; i++ {
		if i < from || !strings.Contains(d.Blocks[i].Text, "。") {
			d.readCreditBlock(&c, i, 200)
		}
	}
	for i := max(first-disclosureMost, 0); i < first && c.publisher == ""; i++ { // the table above a disclosed document
		if d.isCell(d.Blocks[i].Node) && startsWithLabel(d.Blocks[i].Text, sourceCredit) {
			d.readCreditBlock(&c, i, 60)
		}
	}
	marked := d.markedCredits()
	if len(c.authors) == 0 && marked.author != "" {
		c.authors = []string{marked.author}
	}
	named := len(c.authors) > 0
	if core.node >= 0 {
		for i := max(core.last-6, last); i < min(core.last+6, len(d.Blocks)); i++ {
			authors := c.authors
			d.readCreditBlock(&c, i, 80)
			if named {
				c.authors = authors
			}
		}
	}
	if author = joinNames(c.authors); author == "" {
		author = bylineIn(body)
	}
	if author == "" {
		author = firstOf(d.nameAlone(t, from), d.memberAbove(t, from), d.ownerInTitle())
	}
	if author == "" {
		author = joinNames(c.posters)
	}
	if author == "" {
		if name := d.metaAuthor(); !strings.Contains(c.editors, name) && name != marked.publisher {
			author = name
		}
	}
	publisher = firstOf(c.publisher, marked.publisher, publisherName(d.meta("contentsource", "source", "mediaid", "article:publisher")), d.unlabelledPublisher(t, from))
	if publisher == "" {
		publisher = firstOf(d.scriptPublisher(), dateline(body))
	}
	switch {
	case author == "" || author != publisher:
	case author == marked.author:
		publisher = ""
	default:
		author = ""
	}
	return publisher, author
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func (d *Document) configuredPublisher(rules *Rules) string {
	if rules == nil || rules.publisher == nil {
		return ""
	}
	node := d.selectFirst(rules.publisher, 0)
	if node < 0 {
		return ""
	}
	if found := publisherIn(d.text(node)); found != "" {
		return found
	}
	return d.text(node)
}

var (
	// By Mo Qingwan in Donglu | China Daily | Updated: November 10, 2026
	englishByline = regexp.MustCompile(`^\s*[Bb]y ([A-Z][\w.'’ -]{2,40}?)(?: in [A-Z][\w ]{2,30}?)?\s*\|\s*([^|]{2,40}?)\s*\|\s*(?:[A-Z][a-z]+:?\s*)?[A-Z\d]`)
	// 青屿新闻记者 梁上燕, in a line of its own
	reporterLine = regexp.MustCompile(`^\s*\p{Han}{2,12}(?:记者|記者)[ \x{3000}]+(\p{Han}[\p{Han} \x{3000}、]{1,20})$`)
)

func englishCredits(s string) []string {
	if !strings.Contains(s, "|") || !strings.Contains(s, "y ") {
		return nil
	}
	return englishByline.FindStringSubmatch(s)
}

// readCreditBlock adds what a block of at most so many characters says. A label alone in its cell announces the next cell.
func (d *Document) readCreditBlock(c *credits, i, most int) {
	b := &d.Blocks[i]
	if b.chars() > most || isNotice(b.Text) {
		return
	}
	if m := englishCredits(b.Text); m != nil {
		c.authors, c.publisher = append(c.authors, m[1]), firstOf(c.publisher, strings.TrimSpace(m[2]))
		return
	}
	if b.length <= 34 && (strings.Contains(b.Text, "记者") || strings.Contains(b.Text, "記者")) {
		if m := reporterLine.FindStringSubmatch(b.Text); m != nil {
			if name := personNames(m[1], true); name != "" {
				c.authors = append(c.authors, name)
				return
			}
		}
	}
	if kind, ok := isBareLabel(b.Text); ok {
		if i+1 < len(d.Blocks) {
			if _, label := isBareLabel(d.Blocks[i+1].Text); !label {
				c.add(credit{kind: kind, value: firstChars(d.Blocks[i+1].Text, 60)})
			}
		}
		return
	}
	text := d.segments(b)
	if strings.Contains(text, "自") {
		text = cameFrom.Replace(text)
	}
	for _, f := range readCredits(strings.Trim(text, "（）()")) {
		c.add(f)
	}
}

// cameFrom is a label only with its colon: 来自 begins sentences.
var cameFrom = strings.NewReplacer("来自:", "来源:", "来自：", "来源：", "來自：", "来源：")

func (c *credits) add(f credit) {
	switch f.kind {
	case sourceCredit:
		if c.publisher == "" {
			c.publisher = publisherName(f.value)
		}
	case authorCredit, reporterCredit:
		if names := personNames(f.value, f.kind == authorCredit); names != "" {
			c.authors = append(c.authors, names)
		} else if name := publisherName(f.value); c.publisher == "" && f.kind == authorCredit && isOrg(name) {
			c.publisher = name
		}
	case posterCredit:
		name := publisherName(f.value)
		if isOrg(name) {
			c.publisher = firstOf(c.publisher, name)
		}
		if names := personNames(f.value, !isOrg(name)); names != "" {
			c.posters = append(c.posters, names)
		}
	case editorCredit:
		c.editors += personNames(f.value, true) + "\n"
	}
}

// publisherIn reads the publisher from a line of credits.
func publisherIn(line string) string {
	for _, f := range readCredits(line) {
		if f.kind == sourceCredit {
			if name := publisherName(f.value); name != "" {
				return name
			}
		}
	}
	return ""
}

// authorIn reads the names of the authors from a line of credits.
func authorIn(line string) string {
	var c credits
	for _, f := range readCredits(line) {
		c.add(f)
	}
	return joinNames(c.authors)
}

// startsWithLabel tells whether a text is, or begins with, a label of one kind.
func startsWithLabel(s string, kind creditKind) bool {
	if found, ok := isBareLabel(s); ok {
		return found == kind
	}
	fields := readCredits(s)
	return len(fields) > 0 && fields[0].at == 0 && fields[0].kind == kind
}

// isNotice tells a sentence on rights, which speaks of sources in general: 凡注明“来源：本网”的作品….
func isNotice(s string) bool {
	return containsAny(s, []string{"凡注明", "凡本网", "注明“", "注明来源", "版权均属", "转载自其", "免责声明", "授权转载", "不得转载"})
}

// segments is the text of a block with line feeds where one element ends and another begins: what stands in an element of its own is a value of its own.
func (d *Document) segments(b *Block) string {
	if b.last <= b.first+1 {
		return b.Text
	}
	var out strings.Builder
	for i := b.first; i < b.last; i++ {
		if i > b.first && d.Texts[i].Node != d.Texts[i-1].Node {
			out.WriteByte('\n')
		}
		out.WriteString(d.Texts[i].S)
	}
	return out.String()
}

var (
	sourceInScript = regexp.MustCompile(`\b(?:source|laiyuan)\s*=\s*["']([^"'\n]{2,40})["']`)
	datelineMedium = regexp.MustCompile(`^【(\p{Han}{1,10}[报報网網社台])[讯訊]】`)
)

// scriptPublisher reads the publisher that a script writes into the page: var source='某某网'; document.write('来源：'+source).
func (d *Document) scriptPublisher() string {
	for _, s := range d.scripts {
		if len(s.text) > 4096 || !strings.Contains(s.text, "source") && !strings.Contains(s.text, "laiyuan") || !strings.Contains(s.text, "document.write") {
			continue
		}
		if m := sourceInScript.FindStringSubmatch(s.text); m != nil {
			return publisherName(m[1])
		}
	}
	return ""
}

// dateline reads the medium that a text begins with, perhaps below the line of a picture: 【青屿日报讯】.
func dateline(body string) string {
	for range 3 {
		line, rest, more := strings.Cut(body, "\n")
		if strings.HasPrefix(line, "【") {
			if m := datelineMedium.FindStringSubmatch(line); m != nil && m[1] != "本报" && m[1] != "本報" && m[1] != "本网" {
				return m[1]
			}
		}
		if !more {
			break
		}
		body = rest
	}
	return ""
}

// unlabelledPublisher finds the name of a medium that stands without a label beside the date: 2026-09-14 11:37 港口圈快讯.
func (d *Document) unlabelledPublisher(t title, from int) string {
	if t.block < 0 {
		return ""
	}
	for i := t.block + 1; i < min(from, len(d.Blocks)); i++ {
		b := &d.Blocks[i]
		if b.chars() > 80 || len(findDates(b.Text, d.now)) == 0 {
			continue
		}
		text := d.segments(b)
		if fields := readCredits(text); len(fields) > 0 {
			text = text[:fields[0].at]
		}
		for _, word := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("\n |｜/·\u3000", c) }) {
			if word = strings.TrimSpace(word[:dateStart(word)]); isOrg(word) && runeCount(word) <= 20 && !isNoise(word) {
				return publisherName(word)
			}
		}
	}
	return ""
}
