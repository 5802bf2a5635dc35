package sameness

import "strings"

// ends are the marks that end a sentence, after normalisation; a point between digits is a decimal one.
const ends = ".!?;"

// Text is a text as sameness sees it: normalised sentences without their punctuation, in order.
type Text struct {
	Sentences []string
	prints    []uint32
	printed   bool
	length    int // bytes of all sentences
}

// wrapped is the length in bytes of a normalised line (about 15 Han characters) from which a line without a mark at its end may have been broken by its width.
const wrapped = 45

// longest is the length in bytes that lines without marks are joined to.
const longest = 900

// NewText divides a body into sentences, normalises them and takes their fingerprints. Cells of a table end sentences, and so do lines, but for those that only their
// width ended.
func NewText(body string) Text { return newText(body, true) }

// NewSentences is NewText without the fingerprints: for a text that is only compared.
func NewSentences(body string) Text { return newText(body, false) }

func newText(body string, printed bool) Text {
	t := Text{printed: printed}
	normal := make([]byte, 0, len(body))
	for cells := range strings.FieldsFuncSeq(body, func(r rune) bool { return r == '\t' }) {
		normal = normal[:0]
		ended := false // the last line did
		for line := range strings.FieldsFuncSeq(cells, func(r rune) bool { return r == '\n' || r == '\r' }) {
			if ended && !cutsNumber(normal, line) {
				t.line(string(normal))
				normal, ended = normal[:0], false
			}
			start := len(normal)
			if normal = appendNormal(normal, line); len(normal) > start {
				ended = endsLine(normal[start:]) || len(normal) > longest
			}
		}
		t.line(string(normal))
	}
	t.finish()
	return t
}

// endsLine tells whether a normalised line ended where its sentence does: at a mark that ends one, or so short that it is a heading, a cell or a credit.
func endsLine(line []byte) bool {
	last := line[len(line)-1]
	return strings.IndexByte(ends+`"])'`, last) >= 0 || len(line) < wrapped && last != ','
}

// cutsNumber tells whether the width of a line cut a number behind its decimal point, so that the next line has the rest.
func cutsNumber(line []byte, next string) bool {
	n := len(line)
	if n < wrapped || line[n-1] != '.' || !isDigit(line[n-2]) {
		return false
	}
	rest := NormalText(next)
	return rest != "" && isDigit(rest[0])
}

func (t *Text) line(s string) {
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x80 || strings.IndexByte(ends, c) < 0 {
			continue
		}
		if c != ';' && i > 0 && i+1 < len(s) && isDigit(s[i-1]) && isDigit(s[i+1]) {
			continue
		}
		t.add(s[start:i])
		start = i + 1
	}
	t.add(s[start:])
}

// add adds a sentence less its marks, which sites write in many ways.
func (t *Text) add(s string) {
	bare := withoutMarks(s)
	if t.printed {
		t.print(s, bare)
	}
	if bare != "" {
		t.Sentences = append(t.Sentences, bare)
		t.length += len(bare)
	}
}

// withoutMarks takes the punctuation out of a normalised sentence. What stands between or after digits is part of a number.
func withoutMarks(s string) string {
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 && out == nil {
			continue
		}
		if !isMark(s[i]) || i > 0 && isDigit(s[i-1]) && (s[i] == '%' || i+1 < len(s) && isDigit(s[i+1])) {
			if out != nil {
				out = append(out, s[i])
			}
			continue
		}
		if out == nil {
			out = append(make([]byte, 0, len(s)), s[:i]...)
		}
	}
	if out != nil {
		return string(out)
	}
	return s
}

func isMark(c byte) bool {
	return c < 0x80 && !isDigit(c) && (c < 'a' || c > 'z')
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
