// Package facts reads facts out of an article's text. It is pure: it knows nothing of files, databases or the network.
package facts

import (
	"strings"
	"unicode/utf8"
)

// Section is one numbered part of an article (一、二、三、…).
type Section struct {
	Number  int    `json:"number"`  // from 1, counting upwards without gaps
	Heading string `json:"heading"` // empty where running text follows the number
	Body    string `json:"body"`
}

// headingMost is the longest heading, in characters. What stands behind a number up to the first space, line end or full stop and is longer is running text.
const headingMost = 30

// Sections finds the numbered sections of a body. A number opens a section when it is written 一、 at the start of a line, after white space or after the
// end of a sentence, and is one more than the last: a 一、 inside section three opens none.
func Sections(body string) []Section {
	var (
		sections []Section
		starts   []int // where the text behind each number begins
		ends     []int // where each number begins
	)
	boundary := true
	for i := 0; i < len(body); {
		if boundary {
			if n, size := sectionNumber(body[i:]); n == len(sections)+1 {
				sections = append(sections, Section{Number: n})
				ends = append(ends, i)
				i += size
				starts = append(starts, i)
				boundary = false
				continue
			}
		}
		c, size := utf8.DecodeRuneInString(body[i:])
		boundary = strings.ContainsRune(" \n\t\u3000。！？；”", c)
		i += size
	}
	if len(sections) < 2 {
		return nil // a lone 一、 is no structure
	}
	for i := range sections {
		end := len(body)
		if i+1 < len(sections) {
			end = ends[i+1]
		}
		sections[i].Heading, sections[i].Body = splitHeading(strings.TrimSpace(body[starts[i]:end]))
	}
	return sections
}

// splitHeading cuts the heading off a section's text.
func splitHeading(text string) (heading, rest string) {
	end := strings.IndexAny(text, " \n\u3000。")
	switch {
	case end < 0 && utf8.RuneCountInString(text) <= headingMost:
		return text, ""
	case end < 0 || utf8.RuneCountInString(text[:end]) > headingMost:
		return "", text
	}
	_, size := utf8.DecodeRuneInString(text[end:])
	return strings.TrimRight(text[:end], "：:"), strings.TrimSpace(text[end+size:])
}

// sectionNumber reads 一、 to 九十九、 at the start of s and gives the number and its length in bytes; 0: there is none.
func sectionNumber(s string) (number, size int) {
	const digits = "一二三四五六七八九"
	value, digit, n := 0, 0, 0
	for i, c := range s {
		switch {
		case c == '、' && n > 0:
			return value + digit, i + len("、")
		case c == '十' && value == 0:
			value, digit = max(digit, 1)*10, 0
		case strings.ContainsRune(digits, c) && digit == 0:
			digit = strings.IndexRune(digits, c)/len("一") + 1
		default:
			return 0, 0
		}
		n++
		if n > 3 {
			return 0, 0
		}
	}
	return 0, 0
}
