// Package sameness tells which texts are the same: normal forms, their hashes, fingerprints of near-duplicates, and the verdict on two texts. It is pure.
package sameness

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode"
	"unicode/utf8"
)

// shortBody is the length, in characters of normalised text, below which a body counts as the same only together with its title: two captions of photos may
// have the same words.
const shortBody = 50

// NormalText gives what counts of a text when texts are compared: full-width forms as their ASCII ones, Chinese punctuation as the ASCII mark that pages
// write in its place, letters in lower case, no white space of any kind.
func NormalText(s string) string {
	return string(appendNormal(make([]byte, 0, len(s)), s))
}

func appendNormal(out []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c <= ' ' || c == 0x7F:
			case c >= 'A' && c <= 'Z':
				out = append(out, c+'a'-'A')
			default:
				out = append(out, c)
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r >= 0x4E00 && r <= 0x9FFF { // Han: most of the text
			out = append(out, s[i:i+size]...)
		} else if r = foldRune(r); r >= 0 {
			out = utf8.AppendRune(out, r)
		}
		i += size
	}
	return out
}

// foldRune maps a character to the one it counts as; -1: it does not count.
func foldRune(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		r -= 0xFEE0
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case r >= 0x2000 && r <= 0x200F, r >= 0x2028 && r <= 0x202F, r >= 0x205F && r <= 0x206F, r == 0xA0, r == 0xAD, r == 0x3000, r == 0xFEFF, r == 0x85, r == 0x1680:
		return -1
	}
	switch r {
	case '“', '”', '„', '‟', '＂', '「', '」', '『', '』', '〝', '〞', '″':
		return '"'
	case '‘', '’', '‚', '‛', '′':
		return '\''
	case '。', '．':
		return '.'
	case '、', '､':
		return ','
	case '【', '〔', '〖':
		return '['
	case '】', '〕', '〗':
		return ']'
	case '《', '〈':
		return '<'
	case '》', '〉':
		return '>'
	case '—', '–', '‐', '‑', '―', '－', '─':
		return '-'
	case '…', '⋯':
		return '.'
	case '·', '•', '・', '‧':
		return '.'
	case '～', '〜':
		return '~'
	}
	return unicode.ToLower(r)
}

// ContentHash identifies a text: the first 16 bytes of the SHA-256 of the normalised body, in hexadecimal so that a person can compare and select it in
// sqlite3. A body shorter than shortBody counts with its title.
func ContentHash(title, body string) string {
	text := appendNormal(make([]byte, 0, len(body)+len(title)), body)
	if utf8.RuneCount(text) < shortBody {
		text = append(text, '\n')
		text = appendNormal(text, title)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}
