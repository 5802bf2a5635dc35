package parser

import (
	"fmt"
	"strings"
)

// readRecord reads one group: its title, body, date and credits, and what it leaves out.
func readRecord(group []recordLine) (Article, []Warning, bool) {
	return readRecordBelow(group, titleIndex(group))
}

// readRecordBelow reads a group whose title is known; -1: it has none.
func readRecordBelow(group []recordLine, title int) (Article, []Warning, bool) {
	r := recordReader{title: title, firstBody: -1, lastBody: -1}
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
		r.article.Publisher = publisherIn(l.Text)
	}
	if r.article.Author == "" {
		r.article.Author = authorIn(l.Text)
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
