package parser

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A record is what a dump, or a list with full texts, holds of one article: a title, one or several lines of body, a date before, between or behind them.
// The rules here are the same for both front ends.

const (
	titleMost = 120 // characters: a longer line is body
	bodyLeast = 40  // characters: a line this long, or one that ends a sentence, is body
)

// lineKind is what a block can be in a record.
type lineKind int

const (
	titleLine lineKind = iota
	bodyLine
	dateLine
)

type recordLine struct {
	Block
	kind lineKind
	date date
}

func classify(d *Document, b Block) recordLine {
	l := recordLine{Block: b}
	if found, ok := soleDate(b.Text, d.now); ok {
		l.kind, l.date = dateLine, found
		return l
	}
	chars := b.chars()
	switch {
	case chars > titleMost, chars >= bodyLeast && endsSentence(b.Text), chars > 60 && strings.ContainsAny(b.Text, "。；"):
		l.kind = bodyLine
	}
	return l
}

// endsSentence tells whether a text ends as a sentence does, closing quotes and brackets aside.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "”’」』\"')）】 ")
	c, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。！？!?；;…：:.", c)
}

// records reads the articles of a sequence of blocks, and says of every block that it leaves out why.
func (d *Document) records() ([]Article, []Warning) {
	lines := make([]recordLine, len(d.Blocks))
	for i, b := range d.Blocks {
		lines[i] = classify(d, b)
	}
	var (
		articles []Article
		warnings []Warning
	)
	for _, group := range splitRecords(lines) {
		a, left, ok := readRecord(group)
		if ok {
			articles = append(articles, a)
		}
		warnings = append(warnings, left...)
	}
	return articles, warnings
}

// splitRecords cuts the lines into groups of one record each. A bullet starts a group where bullets precede records; otherwise a title line starts one
// when the group before it is whole.
func splitRecords(lines []recordLine) [][]recordLine {
	if len(lines) == 0 {
		return nil
	}
	datesLead := datesComeFirst(lines)
	var groups [][]recordLine
	start := 0
	for i := 1; i < len(lines); i++ {
		if startsRecord(lines, start, i, datesLead) {
			groups = append(groups, lines[start:i])
			start = i
		}
	}
	return append(groups, lines[start:])
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

// startsRecord tells whether line i begins a new record, the current one having begun at start.
func startsRecord(lines []recordLine, start, i int, datesLead bool) bool {
	l := lines[i]
	var body, dated bool
	for _, before := range lines[start:i] {
		body = body || before.kind == bodyLine
		dated = dated || before.kind == dateLine
	}
	switch {
	case l.Item:
		return !l.insideBody(lines, start, i, body)
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
	body, dates := 0, 0
	for _, l := range lines[1:min(len(lines), 40)] {
		switch l.kind {
		case dateLine:
			dates++
			if body == 0 {
				return true // title, date
			}
			return true // title, body, date
		case bodyLine:
			body++
		case titleLine:
			if body == 0 {
				return false
			}
		}
	}
	// no dates at all further on: a line long enough to be a title, above body
	return body > 0 && dates == 0 && lines[0].chars() >= 10
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

// readRecord reads one group: its title, body and date, and what it leaves out.
func readRecord(group []recordLine) (Article, []Warning, bool) {
	a := Article{Line: group[0].Line}
	var (
		body     []string
		warnings []Warning
		dated    bool
	)
	for i, l := range group {
		switch {
		case l.kind == dateLine && !dated:
			a.Date, dated = l.date.String(), true
			a.Time = l.date.time(nil)
		case l.kind == dateLine:
			warnings = append(warnings, Warning{l.Line, "second date left out: " + excerpt(l.Text)})
		case a.Title == "" && l.kind == titleLine:
			a.Title = l.Text
		case isFooter(group, i, len(body) > 0 && dated):
			warnings = append(warnings, Warning{l.Line, "no part of an article: " + excerpt(l.Text)})
		default:
			body = append(body, l.Text)
		}
	}
	if len(body) == 0 {
		for _, l := range group {
			warnings = append(warnings, Warning{l.Line, "no text follows, left out: " + excerpt(l.Text)})
		}
		return Article{}, warnings, false
	}
	if a.Title == "" {
		a.Title, body = titleFromBody(body)
		warnings = append(warnings, Warning{a.Line, "no title line, its first sentence taken: " + excerpt(a.Title)})
	}
	if !dated {
		warnings = append(warnings, Warning{a.Line, "no date: " + excerpt(a.Title)})
	}
	a.Body = strings.Join(body, "\n")
	return a, warnings, true
}

// isFooter recognises the lines of a page's end that follow its last record: short, no sentence, behind the date or known as noise.
func isFooter(group []recordLine, i int, closed bool) bool {
	l := group[i]
	if l.kind == bodyLine || isHeading(l.Text) {
		return false
	}
	if isNoise(l.Text) {
		return true
	}
	return !endsSentence(l.Text) && (closed || i == len(group)-1 && i > 1 && l.chars() < 30 && endsSentence(group[i-1].Text))
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
