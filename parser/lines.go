package parser

import (
	"strings"
	"unicode/utf8"
)

// maxLine is how much text one line of a dump may hold, in bytes: more than a million characters. Beyond it the line is no line of an article but what a lost
// line feed or a binary file leaves, and is left out with a warning.
const maxLine = 4 << 20

// lineScanner is the text front end: every line that holds text is a block; a bullet, alone on its line or before the text, marks an item. It takes the lines
// one by one, so that the text may come in pieces.
type lineScanner struct {
	number  int  // of the line taken last, counted from 1
	item    bool // a bullet stood alone on a line: the next block is an item
	marked  bool // that bullet was an ornament
	tooLong bool // the next line is longer than maxLine, its beginning was dropped
	garbage bool // the line before was none of text
}

// take reads one line, without its end. ok is false where it holds no text; why says what was left out, empty: nothing.
func (s *lineScanner) take(line string) (b Block, ok bool, why string) {
	s.number++
	tooLong := s.tooLong || len(line) > maxLine
	s.tooLong = false
	if tooLong {
		return Block{}, false, "a line longer than 4 MiB, left out"
	}
	line = collapse(line)
	if line == "" {
		return Block{}, false, ""
	}
	before := s.garbage
	if s.garbage = isGarbage(line); s.garbage {
		if before {
			return Block{}, false, "" // one warning for all of a binary part
		}
		return Block{}, false, "no text in the charset of the file, left out with the lines like it that follow"
	}
	rest, bullet := cutBullet(line)
	if bullet {
		s.item, s.marked = true, startsWithAny(line, ornaments)
	}
	if rest == "" {
		return Block{}, false, ""
	}
	b = Block{Text: strings.Clone(rest), Line: s.number, Item: s.item, ornament: s.marked, length: runeCount(rest), noise: isNoise(rest)} // cloned: a line must not hold the window it came in
	s.item, s.marked = false, false
	return b, true, ""
}

// isGarbage tells a line of a binary part, or in another charset, from text with a broken byte: more than one character and a third of all are replaced or
// control characters.
func isGarbage(s string) bool {
	bad := strings.Count(s, string(utf8.RuneError))
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == 0x7f {
			bad++
		}
	}
	return bad > 1 && bad*3 > runeCount(s)
}

// cutLine cuts at LF, CRLF or CR.
func cutLine(text string) (line, rest string) {
	end := strings.IndexAny(text, "\r\n")
	if end < 0 {
		return text, ""
	}
	if strings.HasPrefix(text[end:], "\r\n") {
		return text[:end], text[end+2:]
	}
	return text[:end], text[end+1:]
}

var bullets = []string{"-", "*", "•", "●", "·", "▪", "■", "◆", "–", "—", "+", "○"}

// ornaments are the bullets that authors set before the points of their own text.
var ornaments = []string{"■", "◆", "●", "○", "▪"}

// cutBullet takes the bullet off a line. A hyphen that is no bullet is followed by text without a space.
func cutBullet(line string) (rest string, ok bool) {
	for _, b := range bullets {
		after, found := strings.CutPrefix(line, b)
		if !found {
			continue
		}
		if after == "" {
			return "", true
		}
		if after[0] == ' ' {
			return strings.TrimLeft(after, " "), true
		}
	}
	return line, false
}
