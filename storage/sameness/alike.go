package sameness

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed characters.txt
var characterLines string

// glyph is a character as one who mistypes it sees and hears it.
type glyph struct {
	radical, strokes int
	corners          string // four-corner code: a digit for the shape in each corner
	parts            string // Cangjie code: a letter for each part
	readings         []string
}

// glyphs are those of characters.txt.
var glyphs = sync.OnceValue(func() map[rune]glyph {
	out := make(map[rune]glyph, strings.Count(characterLines, "\n"))
	for line := range strings.Lines(characterLines) {
		f := strings.Fields(line)
		if len(f) < 5 || f[0] == "#" {
			continue
		}
		c, _ := utf8.DecodeRuneInString(f[0])
		radical, _ := strconv.Atoi(f[1]) // the file is part of the program, and a test reads it
		strokes, _ := strconv.Atoi(f[2])
		out[c] = glyph{radical, strokes, f[3], f[4], f[5:]}
	}
	return out
})

// Likenesses of two characters. Of those that readers of scans confuse nine in ten are somewhat alike and eight much; of any two, three in a hundred and one and a half.
const (
	unlike = iota
	somewhatAlike
	muchAlike

	leastAlike = 30 // sums of what two characters share
	leastMuch  = 40
)

// alike tells how easily one character is typed for another: it sounds the same, but for the tone, or looks much the same. A rare character counts as mistyped:
// other words are written in common ones.
func alike(a, b rune) int {
	x, known := glyphs()[a]
	y, both := glyphs()[b]
	if !known || !both {
		if isHan(a) && isHan(b) {
			return muchAlike
		}
		return unlike
	}
	if slices.ContainsFunc(x.readings, func(r string) bool { return slices.Contains(y.readings, r) }) {
		return muchAlike
	}
	likeness := 80 * common(x.parts, y.parts) / (len(x.parts) + len(y.parts))
	for i := range min(len(x.corners), len(y.corners)) {
		if x.corners[i] == y.corners[i] {
			likeness += 10
		}
	}
	if x.radical == y.radical {
		likeness += 10
	}
	switch likeness -= 4 * max(x.strokes-y.strokes, y.strokes-x.strokes); {
	case likeness >= leastMuch:
		return muchAlike
	case likeness >= leastAlike:
		return somewhatAlike
	}
	return unlike
}

// common is the length of the longest common subsequence of two short codes.
func common(a, b string) int {
	var row [8]int // a code has up to five letters
	for i := range a {
		left := 0 // the last row's entry to the left
		for j := range min(len(b), len(row)-1) {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = left + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			left = above
		}
	}
	return row[min(len(b), len(row)-1)]
}

func isHan(r rune) bool { return r >= 0x3400 }
