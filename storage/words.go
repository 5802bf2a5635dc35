package storage

import (
	"strings"
	"unicode"
)

// Words is what a person looks for.
type Words struct {
	All  []string // each must occur in title or body; of any length and script, spaces included; case and width do not matter
	None []string // none may occur
}

// ParseWords reads what a person types into a search box: words between white space, all of which must occur; a phrase in double quotes of any form, which occurs as it
// stands; and with a minus directly before it, a word or a phrase that must not occur. Nothing else is syntax. A quote that is never closed ends with the text.
func ParseWords(text string) Words {
	var w Words
	rest := []rune(text)
	for {
		for len(rest) > 0 && unicode.IsSpace(rest[0]) {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			return w
		}
		none := (rest[0] == '-' || rest[0] == '－') && len(rest) > 1 && !unicode.IsSpace(rest[1])
		if none {
			rest = rest[1:]
		}
		var word string
		word, rest = nextWord(rest)
		switch {
		case strings.TrimSpace(foldText(word)) == "":
		case none:
			w.None = append(w.None, word)
		default:
			w.All = append(w.All, word)
		}
	}
}

// nextWord takes the first word or quoted phrase off a text that begins with one.
func nextWord(text []rune) (word string, rest []rune) {
	ends, start := unicode.IsSpace, 0
	if isQuote(text[0]) {
		ends, start = isQuote, 1
	}
	end := start
	for end < len(text) && !ends(text[end]) {
		end++
	}
	return string(text[start:end]), text[min(end+start, len(text)):]
}

func isQuote(r rune) bool { return strings.ContainsRune("\"＂“”„‟", r) }

// folded gives the words as they are compared, without those that are nothing then.
func folded(words []string) []string {
	var out []string
	for _, w := range words {
		if w = strings.TrimSpace(foldText(w)); w != "" {
			out = append(out, w)
		}
	}
	return out
}
