package sameness

import (
	"slices"
	"strings"
)

const (
	// likeness is the share of pairs of neighbouring characters, of the shorter sentence, from which two sentences count as forms of one.
	likeness = 0.5
	// mostLeft is how many left sentences of a text are laid beside the other's: two texts with more of them share too little anyway.
	mostLeft = 60
)

// matching lays the sentences of one text beside those of another.
type matching struct {
	a, b   []string
	ofA    []int // index in b of the sentence that is the same, or a form of it; -1: none
	ofB    []int
	shared int // characters that both have
}

func match(a, b []string) *matching {
	m := &matching{a: a, b: b, ofA: make([]int, len(a)), ofB: make([]int, len(b))}
	places := make(map[string][]int, len(b))
	for j, s := range b {
		m.ofB[j] = -1
		places[s] = append(places[s], j)
	}
	for i, s := range a {
		m.ofA[i] = -1
		if at := places[s]; len(at) > 0 {
			m.ofA[i], m.ofB[at[0]] = at[0], i
			places[s] = at[1:]
			m.shared += characters(s)
		}
	}
	return m
}

// pairUp lays each left sentence of a beside the most alike of b, each of which serves once, and shows each two to weigh, until that returns false.
func (m *matching) pairUp(weigh func(a, b string, lead bool) (shared int, more bool)) {
	other := map[int][]uint64{}
	for j, i := range m.ofB {
		if i < 0 && len(other) < 2*mostLeft {
			other[j] = bigrams(m.b[j])
		}
	}
	tries := 0
	for i, s := range m.a {
		if m.ofA[i] >= 0 {
			continue
		}
		if tries++; tries > mostLeft {
			return
		}
		mine := bigrams(s)
		best, most := -1, 0.0
		for j := range m.b {
			theirs, left := other[j]
			if !left {
				continue
			}
			if l := overlap(mine, theirs); l > most {
				best, most = j, l
			}
		}
		if best < 0 || most < likeness {
			continue
		}
		delete(other, best)
		m.ofA[i], m.ofB[best] = best, i
		shared, more := weigh(s, m.b[best], i == 0 || best == 0)
		m.shared += shared
		if !more {
			return
		}
	}
}

// exchanged counts the places where each text has a sentence of its own between the same two neighbours. Sentences that stand with a line of credits, or of links,
// are nobody's own.
func (m *matching) exchanged() int {
	n := 0
	for i := 0; i < len(m.a); i++ {
		if m.ofA[i] >= 0 {
			continue
		}
		start, before := i, 0 // the place in b behind the sentence that stands before
		if i > 0 {
			before = m.ofA[i-1] + 1
		}
		for i < len(m.a) && m.ofA[i] < 0 {
			i++
		}
		end := before
		for end < len(m.b) && m.ofB[end] < 0 {
			end++
		}
		if end > before && !slices.ContainsFunc(m.a[start:i], isCredit) && !slices.ContainsFunc(m.b[before:end], isCredit) {
			n++
		}
	}
	return n
}

// credits are words that lines about the making of a text hold, which every site writes for itself.
var credits = []string{"来源", "编辑", "记者", "通讯员", "作者", "审核", "校对", "供稿", "转载", "版权", "声明", "阅读", "原标题", "本报", "讯"}

func isCredit(s string) bool {
	for _, w := range credits {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
