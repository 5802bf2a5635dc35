package parser

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed noise.txt
var noiseText string

// noise holds the phrases of page furniture by the way they must match.
var noise = func() (n struct {
	whole     map[string]bool
	start     map[rune][]string // by their first character
	inside    map[rune][]string
	anyInside *[0x10000]bool // first characters of inside
},
) {
	n.whole, n.start = map[string]bool{}, map[rune][]string{}
	n.inside, n.anyInside = map[rune][]string{}, new([0x10000]bool)
	for line := range strings.Lines(noiseText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "", strings.HasPrefix(line, "# "):
		case line[0] == '=':
			n.whole[line[1:]] = true
		case line[0] == '^':
			first, _ := utf8.DecodeRuneInString(line[1:])
			n.start[first] = append(n.start[first], line[1:])
		default:
			first, _ := utf8.DecodeRuneInString(line)
			n.inside[first] = append(n.inside[first], line)
			n.anyInside[first] = true
		}
	}
	return n
}()

// noiseMost is the length in characters up to which a text can be furniture.
const noiseMost = 60

// isNoise tells whether a short text is page furniture.
func isNoise(s string) bool {
	s = strings.Trim(s, " \u3000[]【】|·>»《<()（）:：-")
	if s == "" {
		return true
	}
	if utf8.RuneCountInString(s) > noiseMost {
		return false
	}
	if allFurniture(s) {
		return true
	}
	first, _ := utf8.DecodeRuneInString(s)
	for _, p := range noise.start[first] {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	for i, c := range s {
		if c >= 0x10000 || !noise.anyInside[c] {
			continue
		}
		for _, p := range noise.inside[c] {
			if strings.HasPrefix(s[i:], p) {
				return true
			}
		}
	}
	return false
}

// allFurniture tells whether a text is made of nothing but words of furniture, counts aside: 【打印】【关闭】, 字号：大 中 小.
func allFurniture(s string) bool {
	words := 0
	for word := range strings.FieldsFuncSeq(s, isSeparator) {
		if word = strings.Trim(word, "0123456789.+万"); word == "" { // 点赞 128
			continue
		}
		if _, ok := noise.whole[word]; !ok {
			return false
		}
		words++
	}
	return words > 0
}

func isSeparator(c rune) bool {
	switch c {
	case ' ', '\u3000', '[', ']', '【', '】', '|', '｜', '·', '<', '>', '《', '》', '«', '»', '(', ')', '（', '）', ':', '：', '-', '/', '、', ',', '，', '♡', '♥', '❤', '☆', '★', '┊', '┆', '│', '▼', '•', '👍', '\uFE0F':
		return true
	}
	return false
}
