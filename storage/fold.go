package storage

import (
	"unicode"
	"unicode/utf8"
)

// foldText makes text comparable for a search: full-width forms as ASCII, letters in lower case, white space and control characters as one space, and nothing of
// what has no width at all. Punctuation stays. The search index holds folded text: whoever changes these rules adds a migration that fills it anew.
func foldText(s string) string { return string(appendFolded(make([]byte, 0, len(s)), s, 0)) }

// appendFolded appends the folded form of a text; where apart is not 0, it stands behind every character.
func appendFolded(out []byte, s string, apart byte) []byte {
	space := false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		if r < 0x4E00 || r > 0x9FFF { // not Han, which most of the text is
			r = foldRune(r)
		}
		if r < 0 || r == ' ' && space {
			continue
		}
		space = r == ' '
		if space && apart != 0 {
			out = append(out, spaceTerm...)
		} else {
			out = utf8.AppendRune(out, r)
		}
		if apart != 0 {
			out = append(out, apart)
		}
	}
	return out
}

// spaceTerm is what white space is in the search index.
const spaceTerm = "␣"

// foldRune maps a character to the one it is searched as; -1: to none.
func foldRune(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		r -= 0xFEE0
	case unicode.IsSpace(r), unicode.IsControl(r), r == '␣':
		return ' '
	case r >= 0x200B && r <= 0x200F, r == 0x2060, r == 0xFEFF, r == 0xAD:
		return -1
	}
	return unicode.ToLower(r)
}
