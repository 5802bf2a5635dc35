package sameness

// Similar tells whether two texts share half of their pairs of neighbouring characters: one is an edited form of the other.
func Similar(a, b string) bool {
	pairs := map[[2]rune]int{}
	total := countPairs(NormalText(a), func(p [2]rune) { pairs[p]++ })
	shared := 0
	other := countPairs(NormalText(b), func(p [2]rune) {
		if pairs[p] > 0 {
			pairs[p]--
			shared++
		}
	})
	return shared*2 >= min(total, other) && shared > 0
}

func countPairs(s string, f func([2]rune)) int {
	n := 0
	var last rune
	for _, c := range s {
		if last != 0 {
			f([2]rune{last, c})
			n++
		}
		last = c
	}
	return n
}
