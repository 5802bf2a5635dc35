package parser

import (
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

func (d *Document) recordLines() []recordLine {
	lines := make([]recordLine, len(d.Blocks))
	for i, b := range d.Blocks {
		lines[i] = classify(d, b)
	}
	return lines
}

// splitRecords cuts the lines into groups of one record each. A bullet starts a group where bullets precede records; otherwise a title line starts one
// when the group before it is whole.
func splitRecords(lines []recordLine) [][]recordLine {
	if len(lines) == 0 {
		return nil
	}
	s := recordSplitter{lines: lines, datesLead: datesComeFirst(lines)}
	var groups [][]recordLine
	for {
		group, _, ok := s.next(true)
		if !ok {
			return groups
		}
		groups = append(groups, group)
	}
}

// openRecord is what the record that is being read has so far.
type openRecord struct {
	start       int // its first line
	body, dated bool
	size        int  // text and lines, in bytes
	cut         bool // it was too long and has lost lines
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
		return !l.insideBody(lines, r.start, i, body, dated)
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
func (l recordLine) insideBody(lines []recordLine, start, i int, body, dated bool) bool {
	if l.kind == bodyLine && !body && i == start+1 {
		return true // "- title" then "- body"
	}
	if body && l.ornament && !lines[start].ornament && (l.kind == bodyLine || l.kind == titleLine && dated && !hasOwnDate(lines, i)) {
		return true // a point of a text whose record another mark opened, or none
	}
	if !lines[start].Item || !body || l.kind == dateLine || !endsSentence(l.Text) {
		return false
	}
	return lines[i-1].kind != dateLine && !opensRecord(lines[i:])
}

// hasOwnDate tells whether a date stands above line i or below it, before another item or title begins.
func hasOwnDate(lines []recordLine, i int) bool {
	if lines[i-1].kind == dateLine {
		return true
	}
	body, size := false, 0
	for _, l := range lines[i+1 : min(len(lines), i+lookahead)] {
		if size += len(l.Text); size > lookaheadBytes {
			return false
		}
		switch {
		case l.kind == dateLine:
			return true
		case l.Item, l.kind == titleLine && body:
			return false
		}
		body = body || l.kind == bodyLine
	}
	return false
}

// opensRecord tells whether a title line is followed, dates aside, by body, as a title is, and not as a subheading is.
func opensRecord(lines []recordLine) bool {
	if isHeading(lines[0].Text) || endsSentence(lines[0].Text) {
		return false
	}
	body, size := 0, 0
	for _, l := range lines[1:min(len(lines), lookahead)] {
		switch l.kind {
		case dateLine:
			return true // title, date; or title, body, date
		case creditLine:
			if !l.date.isZero() {
				return true
			}
		case bodyLine:
			body++
		case titleLine:
			if body == 0 {
				return false
			}
		}
		if size += len(l.Text); size > lookaheadBytes {
			break
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
