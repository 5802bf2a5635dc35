package sameness

import "slices"

// longestEdit is the length in characters to which two sentences are compared character by character.
const longestEdit = 300

// edit is one sentence in two forms.
type edit struct {
	a, b   []rune
	shared int      // characters that both forms have, in order
	diffs  []change // where they differ
	lead   bool     // the first sentence of a text, which editors rewrite
}

// change is a place where two forms of a sentence differ: one of the two may be empty.
type change struct {
	from, to   string
	after      string // the three characters behind it in both
	single     bool   // single characters for single ones, if several side by side
	endA, endB int    // where it ends
}

// bigrams are the pairs of neighbouring characters, sorted.
func bigrams(s string) []uint64 {
	var out []uint64
	var last rune
	for _, r := range s {
		if last != 0 {
			out = append(out, uint64(last)<<32|uint64(r))
		}
		last = r
	}
	slices.Sort(out)
	return out
}

// overlap is the share of the shorter of two sorted lists that the other has too.
func overlap(a, b []uint64) float64 {
	shared, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			shared++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return float64(shared) / float64(max(min(len(a), len(b)), 1))
}

// newEdit finds the longest common subsequence of two sentences, and what lies between its parts.
func newEdit(a, b string, lead bool) edit {
	e := edit{a: []rune(a), b: []rune(b), lead: lead}
	e.a, e.b = e.a[:min(len(e.a), longestEdit)], e.b[:min(len(e.b), longestEdit)]
	n, m := len(e.a), len(e.b)
	table := make([]uint16, (n+1)*(m+1)) // length of the longest common subsequence of a[i:] and b[j:]
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			at := i*(m+1) + j
			if e.a[i] == e.b[j] {
				table[at] = table[at+m+2] + 1
			} else {
				table[at] = max(table[at+m+1], table[at+1])
			}
		}
	}
	e.walk(table)
	return e
}

// walk follows the longest common subsequence.
func (e *edit) walk(table []uint16) {
	n, m := len(e.a), len(e.b)
	i, j, fromA, fromB := 0, 0, 0, 0
	flush := func() {
		if i > fromA || j > fromB {
			e.differ(fromA, i, fromB, j)
		}
	}
	for i < n && j < m {
		at := i*(m+1) + j
		switch {
		case e.a[i] == e.b[j]:
			flush()
			i, j = i+1, j+1
			fromA, fromB = i, j
			e.shared++
		case table[at+m+1] >= table[at+1]:
			i++
		default:
			j++
		}
	}
	i, j = n, m
	flush()
}

// differ adds a difference: a[i:k] for b[j:l]. One character that both have between two differences is chance, not agreement, where the two are more than two
// typing errors: 南昌 and 昌吉, 石泽江 and 林江.
func (e *edit) differ(i, k, j, l int) {
	single := k-i == 1 && l-j == 1
	if last := len(e.diffs) - 1; last >= 0 {
		d := e.diffs[last]
		from, to := characters(d.from), characters(d.to)
		shifted := to == 0 && k == i || from == 0 && l == j // left out here, put in there
		added := from == 0 && k == i || to == 0 && l == j   // both only put in, or left out
		if d.endA == i-1 && d.endB == j-1 && !added && (shifted || max(from, to, k-i, l-j) > 1 || min(from, to, k-i, l-j) > 0) {
			e.diffs = e.diffs[:last]
			single = !shifted && (d.single || from == 1 && to == 1) && single
			i, j = d.endA-from, d.endB-to
		}
	}
	e.diffs = append(e.diffs, change{string(e.a[i:k]), string(e.b[j:l]), string(e.a[k:min(k+3, len(e.a))]), single, k, l})
}
