package parser

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isSpace covers what pages use as white space: Unicode spaces, the byte order mark and zero-width characters.
func isSpace(c rune) bool {
	if c < utf8.RuneSelf {
		return c == ' ' || c >= '\t' && c <= '\r'
	}
	return isWideSpace(c)
}

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
	var b strings.Builder
	b.Grow(len(s))
	pending := false
	for _, c := range s {
		if isSpace(c) || c == 0 {
			pending = b.Len() > 0
			continue
		}
		if pending {
			b.WriteByte(' ')
			pending = false
		}
		b.WriteRune(c)
	}
	return b.String()
}

// isCollapsed is the fast way out: no white space but single ASCII spaces inside.
func isCollapsed(s string) bool {
	space := true // as if one stood before
	for _, c := range s {
		if c == ' ' {
			if space {
				return false
			}
			space = true
			continue
		}
		if isSpace(c) || c == 0 || c == utf8.RuneError {
			return false
		}
		space = false
	}
	return !space || s == ""
}

func runeCount(s string) int { return utf8.RuneCountInString(s) }
