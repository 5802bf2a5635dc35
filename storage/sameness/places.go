package sameness

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed places.txt
var placeLines string

// place is a province, a prefecture or a county; several may have one name.
type place struct {
	short string
	above []string // short names of what it lies in
}

// places are those of places.txt, by full and by short name.
var places = sync.OnceValue(func() map[string]place {
	out := make(map[string]place, strings.Count(placeLines, "\n")*2)
	for line := range strings.Lines(placeLines) {
		f := strings.Fields(line)
		if f[0] == "#" {
			continue
		}
		out[f[0]] = place{f[1], f[2:]}
		out[f[1]] = place{f[1], slices.Concat(out[f[1]].above, f[2:])} // 朝阳区 and 朝阳市
	}
	return out
})

// apart tells whether neither of two places is the other or lies in it.
func apart(a, b place) bool {
	return a.short != b.short && !slices.Contains(a.above, b.short) && !slices.Contains(b.above, a.short)
}

// placeAt is the length of the longest name of a place that begins here; zero: none.
func placeAt(s []rune) int {
	for n := min(len(s), longestPlace); n > 1; n-- {
		if places()[string(s[:n])].short != "" {
			return n
		}
	}
	return 0
}

// longestPlace is the length in characters to which a difference is widened to the name of a place.
const longestPlace = 6

// otherPlaces gives the places of which one stands for the other where two forms of a sentence differ: the difference is widened by what stands around it in both.
func (e *edit) otherPlaces(d change) (x, y place, ok bool) {
	startA, startB := d.endA-characters(d.from), d.endB-characters(d.to)
	for before := 0; before < longestPlace && before <= min(startA, startB); before++ {
		if before > 0 && e.a[startA-before] != e.b[startB-before] {
			break
		}
		for after := 0; max(d.endA-startA, d.endB-startB)+before+after <= longestPlace; after++ {
			if d.endA+after > len(e.a) || d.endB+after > len(e.b) || after > 0 && e.a[d.endA+after-1] != e.b[d.endB+after-1] {
				break
			}
			x, y = places()[string(e.a[startA-before:d.endA+after])], places()[string(e.b[startB-before:d.endB+after])]
			if x.short != "" && y.short != "" && x.short != y.short {
				return x, y, true
			}
		}
	}
	return place{}, place{}, false
}

func (e *edit) otherPlace(d change) bool {
	_, _, ok := e.otherPlaces(d)
	return ok
}
