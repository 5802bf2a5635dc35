package sameness

// Verdict is what a comparison of two texts came to.
type Verdict struct {
	Same   bool
	Shared float64 // share of the shorter text, in characters, that the other has too
	Why    string  // what spoke against it; empty: nothing
}

const (
	leastShared = 0.66 // of the shorter text
	leastExact  = 0.2  // of the shorter text, in whole sentences: the rest is not looked at below
	shortText   = 400  // characters of the shorter text, below which one other sentence makes another news
	veryShort   = 250  // characters below which one other letter of a name does
	leastChars  = 60   // characters that two texts share at least: less is a phrase that any notice may hold
)

// Compare tells whether one text is the other, edited, cut or quoted whole. Sentences that both have count as shared; those that are left are laid beside the most
// alike of the other's, and what differs there decides: another number, or another name in the same place, makes another news of it, however much is alike.
func Compare(a, b Text) Verdict {
	if a.length > b.length {
		a, b = b, a
	}
	m := match(a.Sentences, b.Sentences)
	total := 0
	for _, s := range a.Sentences {
		total += characters(s)
	}
	if float64(m.shared) < leastExact*float64(total) {
		return Verdict{Shared: float64(m.shared) / float64(max(total, 1)), Why: "too little is shared"}
	}
	e := evidence{a: a.Sentences, b: b.Sentences, singles: map[[2]string]int{}, letters: map[[2]string]int{}, others: map[[2]string]int{}}
	m.pairUp(e.weigh)
	v := Verdict{Shared: float64(m.shared) / float64(max(total, 1))}
	switch {
	case e.numbers > 0:
		v.Why = "another number"
	case m.shared < leastChars || v.Shared < leastShared:
		v.Why = "too little is shared"
	default:
		v.Why = e.against(total, m.exchanged())
	}
	v.Same = v.Why == ""
	return v
}
