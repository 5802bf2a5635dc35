package parser

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed noise.txt
var noiseText string

// noise holds the phrases of page furniture by the way they must match.
var noise = func() (n struct{ whole, start, inside []string }) {
	for line := range strings.Lines(noiseText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "", strings.HasPrefix(line, "# "):
		case line[0] == '=':
			n.whole = append(n.whole, line[1:])
		case line[0] == '^':
			n.start = append(n.start, line[1:])
		default:
			n.inside = append(n.inside, line)
		}
	}
	return n
}()

// noiseMost is the length in characters up to which a text can be furniture.
const noiseMost = 60

// isNoise tells whether a short text is page furniture.
func isNoise(s string) bool {
	s = strings.Trim(s, " \u3000[]【】|·>»《<《()（）:：-")
	if s == "" {
		return true
	}
	if utf8.RuneCountInString(s) > noiseMost {
		return false
	}
	for _, p := range noise.whole {
		if s == p {
			return true
		}
	}
	for _, p := range noise.start {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	for _, p := range noise.inside {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
