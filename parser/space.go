package parser

import (
	"unicode"
	"unicode/utf8"
)

// isWideSpace covers what pages use as white space beyond ASCII: Unicode spaces, the byte order mark and zero-width characters.
func isWideSpace(c rune) bool {
	switch c {
	case '\u00a0', '\u3000', '\ufeff', '\u200b', '\u200c', '\u200d', '\u2060', '\u00ad':
		return true
	}
	return c >= 0x2000 && c <= 0x3000 && unicode.IsSpace(c) || c == 0x85 || c == 0x1680
}

// collapse folds every run of white space into one space and trims both ends.
func collapse(s string) string {
	if isCollapsed(s) {
		return s
	}
	out := make([]byte, 0, len(s))
	pending := false
	for i := 0; i < len(s); {
		size := spaceAt(s, i)
		if size > 0 {
			pending = len(out) > 0
			i += size
			continue
		}
		if pending {
			out = append(out, ' ')
			pending = false
		}
		size = charSize(s, i)
		if size == 1 && s[i] >= utf8.RuneSelf {
			out = append(out, "\uFFFD"...)
		} else {
			out = append(out, s[i:i+size]...)
		}
		i += size
	}
	return string(out)
}

// isCollapsed is the fast way out: no white space but single ASCII spaces inside.
func isCollapsed(s string) bool {
	space := true // as if one stood before
	for i := 0; i < len(s); {
		if s[i] == ' ' {
			if space {
				return false
			}
			space = true
			i++
			continue
		}
		if spaceAt(s, i) > 0 {
			return false
		}
		size := charSize(s, i)
		if size == 1 && s[i] >= utf8.RuneSelf {
			return false
		}
		i += size
		space = false
	}
	return !space || s == ""
}

// spaceAt gives the length of the white space character at a place; 0: there is none. Most Chinese characters begin with the bytes E4 to E9 and are no
// space, which their first byte tells.
func spaceAt(s string, i int) int {
	c := s[i]
	switch {
	case c < utf8.RuneSelf:
		if c == ' ' || c >= '\t' && c <= '\r' || c == 0 {
			return 1
		}
		return 0
	case c != 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3 && c != 0xEF:
		return 0
	case c == 0xE3 && (i+2 >= len(s) || s[i+1] != 0x80 || s[i+2] != 0x80): // of E3.. only U+3000 is a space
		return 0
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	if isWideSpace(r) {
		return size
	}
	return 0
}

// charSize gives the length of the character at a place; 1 for a byte that begins none.
func charSize(s string, i int) int {
	c := s[i]
	if c < utf8.RuneSelf {
		return 1
	}
	if c >= 0xE1 && c <= 0xEC && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
		return 3
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return size
}

// runeCount counts the characters of valid UTF-8: the bytes that continue none.
func runeCount(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// trimBlanks takes ASCII white space off both ends.
func trimBlanks(s string) string {
	start, end := 0, len(s)
	for start < end && (s[start] == ' ' || s[start] == '\n' || s[start] == '\t' || s[start] == '\r') {
		start++
	}
	for end > start && (s[end-1] == ' ' || s[end-1] == '\n' || s[end-1] == '\t' || s[end-1] == '\r') {
		end--
	}
	return s[start:end]
}
