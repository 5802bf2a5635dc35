package parser

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A record is what a dump, or a list with full texts, holds of one article: a title, one or several lines of body, a date before, between or behind them.
// The rules here are the same for both front ends.

const (
	titleMost     = 120 // characters: a longer line is body
	bodyLeast     = 40  // characters: a line this long that may end a sentence is body
	sentenceLeast = 15  // characters: a line this long that ends with a full stop is body: no title does
)

// lineKind is what a block can be in a record.
type lineKind int

const (
	titleLine lineKind = iota
	bodyLine
	dateLine
	creditLine // 来源, 作者, perhaps with the date
)

type recordLine struct {
	Block
	kind lineKind
	date date // of a dateLine, or of a creditLine that has one
}

func classify(d *Document, b Block) recordLine {
	l := recordLine{Block: b}
	if found, ok := soleDate(b.Text, d.now); ok {
		l.kind, l.date = dateLine, found
		return l
	}
	chars := b.chars()
	if chars <= titleMost && !endsSentence(b.Text) && isCredits(b.Text, d) {
		l.kind = creditLine
		if all := findDates(b.Text, d.now); len(all) > 0 {
			l.date = all[0]
		}
		return l
	}
	switch {
	case chars > titleMost, chars >= sentenceLeast && endsFully(b.Text), chars >= bodyLeast && endsSentence(b.Text), chars > 60 && strings.ContainsAny(b.Text, "。；"):
		l.kind = bodyLine
	}
	return l
}

// endsFully tells whether a text ends with a full stop, a question or an exclamation mark.
func endsFully(s string) bool {
	s = strings.TrimRight(s, "”’」』\"')）】 ")
	c, _ := utf8.DecodeLastRuneInString(s)
	return c == '。' || c == '！' || c == '？'
}

// endsSentence tells whether a text ends as a sentence does, closing quotes and brackets aside.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "”’」』\"')）】 ")
	c, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。！？!?；;…：:.", c)
}

// records reads the articles of a sequence of blocks, and says of every block that it leaves out why.
func (d *Document) records() ([]Article, []Warning) {
	var (
		articles []Article
		warnings []Warning
	)
	for _, group := range d.recordGroups() {
		a, left, ok := readRecord(group)
		if ok {
			articles = append(articles, a)
		}
		warnings = append(warnings, left...)
	}
	return articles, warnings
}

func (d *Document) recordGroups() [][]recordLine {
	lines := make([]recordLine, len(d.Blocks))
	for i, b := range d.Blocks {
		lines[i] = classify(d, b)
	}
	return splitRecords(lines)
}

// fullTexts reads the records of a list page that shows its articles whole: their titles are no links, and most have a date.
func (d *Document) fullTexts() []Article {
	var articles []Article
	dated, chars := 0, 0
	shapes := map[string]int{}
	for _, group := range d.recordGroups() {
		a, _, ok := readRecord(group)
		if !ok || runeCount(a.Body) < bodyLeast {
			continue
		}
		title := titleBlock(group, a.Title)
		if title == nil || title.linked > 0 || !title.Item && d.looksLikeBody(title, group) {
			continue
		}
		shapes[d.signature(title.Node)]++
		chars += runeCount(a.Body)
		if a.Date != "" {
			dated++
		}
		articles = append(articles, a)
	}
	if dated*2 < len(articles) || dated == 0 || !sameShape(shapes, len(articles)) || chars*10 < d.runningText()*6 {
		return nil
	}
	// what has no date among records that have one is the page's own text
	return slices.DeleteFunc(articles, func(a Article) bool { return a.Date == "" && dated*10 >= len(articles)*8 })
}

// looksLikeBody tells that a title stands in the same kind of element as the text below it: it is a line of an article then.
func (d *Document) looksLikeBody(title *Block, group []recordLine) bool {
	for i := range group {
		if group[i].kind == bodyLine {
			a, b := &d.Nodes[title.Node], &d.Nodes[group[i].Node]
			in, below := &d.Nodes[d.Texts[title.first].Node], &d.Nodes[d.Texts[group[i].first].Node]
			return a.Tag == b.Tag && a.Class == b.Class && in.Tag == below.Tag
		}
	}
	return false
}

// sameShape tells that four of five titles stand in elements of one shape, as those of a list do.
func sameShape(shapes map[string]int, n int) bool {
	most := 0
	for _, count := range shapes {
		most = max(most, count)
	}
	return most*5 >= n*4
}

func titleBlock(group []recordLine, title string) *Block {
	for i := range group {
		if group[i].Text == title {
			return &group[i].Block
		}
	}
	return nil
}

// splitRecords cuts the lines into groups of one record each. A bullet starts a group where bullets precede records; otherwise a title line starts one
// when the group before it is whole.
func splitRecords(lines []recordLine) [][]recordLine {
	if len(lines) == 0 {
		return nil
	}
	datesLead := datesComeFirst(lines)
	var groups [][]recordLine
	current := openRecord{}
	for i, l := range lines {
		if i > 0 && current.endsBefore(lines, i, datesLead) {
			groups = append(groups, lines[current.start:i])
			current = openRecord{start: i}
		}
		current.body = current.body || l.kind == bodyLine
		current.dated = current.dated || l.kind == dateLine
	}
	return append(groups, lines[current.start:])
}

// openRecord is what the record that is being read has so far.
type openRecord struct {
	start       int // its first line
	body, dated bool
}

// datesComeFirst tells whether the dates of this text stand before the titles: the line before the first body line but one is a date.
func datesComeFirst(lines []recordLine) bool {
	lead, trail := 0, 0
	for i, l := range lines {
		if l.kind != dateLine {
			continue
		}
		if i+2 < len(lines) && lines[i+1].kind == titleLine && lines[i+2].kind == bodyLine && (i == 0 || lines[i-1].kind != titleLine || l.Item) {
			lead++
		}
		if i > 0 && lines[i-1].kind == bodyLine {
			trail++
		}
	}
	return lead > 0 && (lines[0].kind == dateLine || lead > trail)
}

// endsBefore tells whether line i begins a new record.
func (r openRecord) endsBefore(lines []recordLine, i int, datesLead bool) bool {
	l, body, dated := lines[i], r.body, r.dated
	switch {
	case l.Item:
		return !l.insideBody(lines, r.start, i, body)
	case l.kind == dateLine:
		return body && dated || datesLead && body
	case l.kind == titleLine && body && lines[i-1].kind == dateLine && !datesLead:
		return true // the date closed the record
	case l.kind == titleLine && body && !isHeading(l.Text):
		return opensRecord(lines[i:])
	case l.kind == bodyLine && body && lines[i-1].kind == dateLine && !datesLead:
		return true
	}
	return false
}

// insideBody tells a bullet of a list inside an article from one that starts a record: the record has a title and the item is followed by no body of its
// own, and further on the record goes on.
func (l recordLine) insideBody(lines []recordLine, start, i int, body bool) bool {
	if l.kind == bodyLine && !body && i == start+1 {
		return true // "- title" then "- body"
	}
	if !lines[start].Item || !body || l.kind == dateLine || !endsSentence(l.Text) {
		return false
	}
	return lines[i-1].kind != dateLine && !opensRecord(lines[i:])
}

// opensRecord tells whether a title line is followed, dates aside, by body, as a title is, and not as a subheading is.
func opensRecord(lines []recordLine) bool {
	if isHeading(lines[0].Text) || endsSentence(lines[0].Text) {
		return false
	}
	body := 0
	for _, l := range lines[1:min(len(lines), 40)] {
		switch l.kind {
		case dateLine:
			return true // title, date; or title, body, date
		case bodyLine:
			body++
		case titleLine:
			if body == 0 {
				return false
			}
		}
	}
	// no dates at all further on: a line long enough to be a title, above body
	return body > 0 && lines[0].chars() >= 10
}

// isHeading recognises the heading of a section: 一、…, （一）…, 1. …, 第一章.
func isHeading(s string) bool {
	s = strings.TrimLeft(s, "（( ")
	if rest, ok := strings.CutPrefix(s, "第"); ok {
		s = rest
	}
	n := 0
	for _, c := range s {
		if strings.ContainsRune("一二三四五六七八九十百〇0123456789０１２３４５６７８９", c) {
			n++
			continue
		}
		return n > 0 && n <= 3 && strings.ContainsRune("、.．)）章节条部", c)
	}
	return false
}

// readRecord reads one group: its title, body, date and credits, and what it leaves out.
func readRecord(group []recordLine) (Article, []Warning, bool) {
	r := recordReader{title: titleIndex(group), firstBody: -1, lastBody: -1}
	for i, l := range group {
		if l.kind == bodyLine {
			r.lastBody = i
			if r.firstBody < 0 {
				r.firstBody = i
			}
		}
	}
	for i, l := range group {
		r.take(i, l)
	}
	return r.finish(group)
}

// recordReader sorts the lines of one group into the parts of an article.
type recordReader struct {
	article             Article
	body                []string
	warnings            []Warning
	title               int
	firstBody, lastBody int
	dated               bool
	closed              bool // a date stood behind the body: what follows is the page's end
}

func (r *recordReader) take(i int, l recordLine) {
	switch {
	case i == r.title:
		r.article.Title, r.article.Line = l.Text, l.Line
	case l.kind == dateLine || l.kind == creditLine:
		r.takeDate(l)
		r.closed = r.closed || l.kind == dateLine && r.firstBody >= 0 && i > r.firstBody
		if l.kind == creditLine {
			r.takeCredits(l)
		}
	case l.kind != bodyLine && (r.lastBody < 0 || i < r.firstBody && i < r.title || r.isFooter(i, l)):
		r.warn(l, "no part of an article")
	default:
		r.body = append(r.body, l.Text)
	}
}

func (r *recordReader) takeDate(l recordLine) {
	switch {
	case l.date.isZero():
	case r.dated && l.kind == dateLine:
		r.warn(l, "second date left out")
	case !r.dated:
		r.article.Date, r.article.Time, r.dated = l.date.String(), l.date.time(), true
	}
}

func (r *recordReader) takeCredits(l recordLine) {
	if r.article.Publisher == "" {
		r.article.Publisher = valueBehind(l.Text, sourceLabels)
	}
	if r.article.Author == "" {
		r.article.Author = valueBehind(l.Text, authorLabels)
	}
}

// isFooter recognises the lines of a page's end that follow its last record: no sentence, no heading, behind the last line of text.
func (r *recordReader) isFooter(i int, l recordLine) bool {
	if isHeading(l.Text) || endsSentence(l.Text) {
		return false
	}
	return l.noise || i > r.lastBody && (r.closed || r.lastBody >= 0)
}

func (r *recordReader) warn(l recordLine, why string) {
	r.warnings = append(r.warnings, Warning{l.Line, why + ": " + excerpt(l.Text)})
}

func (r *recordReader) finish(group []recordLine) (Article, []Warning, bool) {
	a := &r.article
	if len(r.body) == 0 {
		r.warnings = nil
		for _, l := range group {
			r.warn(l, "no text follows, left out")
		}
		return Article{}, r.warnings, false
	}
	if a.Line == 0 {
		a.Line = group[0].Line
	}
	if a.Title == "" {
		a.Title, r.body = titleFromBody(r.body)
		r.warnings = append(r.warnings, Warning{a.Line, "no title line, its first sentence taken: " + excerpt(a.Title)})
	}
	if !r.dated {
		r.warnings = append(r.warnings, Warning{a.Line, "no date: " + excerpt(a.Title)})
	}
	a.Body = strings.Join(r.body, "\n")
	return *a, r.warnings, true
}

// titleIndex picks the title of a group: the line behind a bullet, where dates and body follow it at once; else the last line above the body that can be
// a title, since navigation may stand before it. -1: none.
func titleIndex(group []recordLine) int {
	var above []int // title lines above the first body line
	end := len(group)
	for i, l := range group {
		if l.kind == bodyLine {
			end = i
			break
		}
		if l.kind == titleLine && !l.noise {
			above = append(above, i)
		}
	}
	if len(above) == 0 {
		return -1
	}
	if end == len(group) { // no body: a short one, perhaps
		return above[0]
	}
	for i := len(above) - 1; i >= 0; i-- {
		l := group[above[i]]
		if l.chars() >= 6 && !isHeading(l.Text) && !strings.HasPrefix(l.Text, "—") {
			return above[i]
		}
	}
	return above[0]
}

// titleFromBody takes the first sentence of a body as its title, cut at 40 characters.
func titleFromBody(body []string) (string, []string) {
	first := body[0]
	if i := strings.IndexAny(first, "。！？"); i > 0 {
		first = first[:i]
	}
	return firstChars(first, 40), body
}

func firstChars(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func excerpt(s string) string {
	if cut := firstChars(s, 30); cut != s {
		return fmt.Sprintf("%q…", cut)
	}
	return fmt.Sprintf("%q", s)
}
