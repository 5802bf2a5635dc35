package sameness

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed places.txt
var placeLines string

// places maps the names of provinces, prefectures and counties, full and short, to the short one.
var places = sync.OnceValue(func() map[string]string {
	out := make(map[string]string, strings.Count(placeLines, "\n")*2)
	for line := range strings.Lines(placeLines) {
		names := strings.Fields(line)
		if names[0] == "#" {
			continue
		}
		for _, name := range names {
			out[name] = names[len(names)-1]
		}
	}
	return out
})

// longestPlace is the length in characters to which a difference is widened to the name of a place.
const longestPlace = 6

// otherPlace tells whether one place stands for another where two forms of a sentence differ: the difference is widened by what stands around it in both.
func (e *edit) otherPlace(d change) bool {
	startA, startB := d.endA-characters(d.from), d.endB-characters(d.to)
	for before := 0; before < longestPlace && before <= min(startA, startB); before++ {
		if before > 0 && e.a[startA-before] != e.b[startB-before] {
			break
		}
		for after := 0; after < longestPlace && max(d.endA+after-startA, d.endB+after-startB)+before <= longestPlace; after++ {
			if d.endA+after > len(e.a) || d.endB+after > len(e.b) || after > 0 && e.a[d.endA+after-1] != e.b[d.endB+after-1] {
				break
			}
			a, b := string(e.a[startA-before:d.endA+after]), string(e.b[startB-before:d.endB+after])
			if x, y := places()[a], places()[b]; x != "" && y != "" && x != y {
				return true
			}
		}
	}
	return false
}
