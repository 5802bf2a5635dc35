package main

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"zhaowen/storage"
)

const (
	// widthOfExcerpt is how much of a text is shown around its first hit where no terminal says how wide it is, in columns.
	widthOfExcerpt = 88
	// beforeHit is how much of it stands before the hit at most.
	beforeHit = 24
)

// excerpt is the part of a text around its first hit, in one line of so many columns; empty: no hit.
func excerpt(text string, words storage.Words, columns int) string {
	hits := words.Hits(text)
	if len(hits) == 0 || columns < 2*beforeHit {
		return ""
	}
	start := hits[0].Start
	for width := 0; start > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if width += runewidth.RuneWidth(r); width > beforeHit || r == '\n' {
			break
		}
		start -= size
	}
	line := strings.Join(strings.Fields(text[start:min(start+4*columns, len(text))]), " ")
	if start > 0 {
		line = "…" + line
	}
	return cut(strings.ToValidUTF8(line, ""), columns)
}

// marked writes a line with the words in bold, where the terminal shows that.
func (s *sheet) marked(line string, words storage.Words) string {
	hits := words.Hits(line)
	if !s.colours || len(hits) == 0 {
		return line
	}
	var b strings.Builder
	last := 0
	for _, h := range hits {
		b.WriteString(line[last:h.Start] + s.bold(line[h.Start:h.End]))
		last = h.End
	}
	return b.String() + line[last:]
}
