package parser

import (
	_ "embed"
	"strings"
)

//go:embed common_han.txt
var commonHanText string

// commonHan holds the most frequent characters of Chinese text.
var commonHan = func() *[0x10000]bool {
	set := new([0x10000]bool)
	for line := range strings.Lines(commonHanText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, c := range line {
			if isHan(c) && c < 0x10000 {
				set[c] = true
			}
		}
	}
	return set
}()
