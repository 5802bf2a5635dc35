// Package pairs makes a labelled set for the recognition of reprints: pairs of articles of which the one is the other, changed as sites change what they reprint, and
// pairs that look alike and are not the same. The labels follow from how a pair was made, not from anyone's reading.
package pairs

import (
	"iter"
	"math/rand/v2"

	"zhaowen/bench/corpus"
)

// Article is one of the two texts of a pair.
type Article = corpus.Article

// Pair is two articles and whether they are the same.
type Pair struct {
	A, B   Article
	Change string // what was done to A, or what B tells of else
	Same   bool
}

// Pairs gives the pairs of one seed, the same ones each time: every article changed in each of the ways that suit it, then the pairs that are not the same. Most of
// the latter are of generated articles, NegativesOfEach of each kind, however many articles there are.
func Pairs(seed uint64, articles []Article) iter.Seq[Pair] {
	return func(yield func(Pair) bool) {
		for pair := range positives(seed, articles) {
			if !yield(pair) {
				return
			}
		}
		for pair := range replaced(seed, articles) {
			if !yield(pair) {
				return
			}
		}
		for pair := range alike(seed) {
			if !yield(pair) {
				return
			}
		}
	}
}

func positives(seed uint64, articles []Article) iter.Seq[Pair] {
	return func(yield func(Pair) bool) {
		r := rand.New(rand.NewPCG(seed, 1))
		for _, a := range articles {
			for _, change := range changes {
				b, ok := change.make(r, a)
				if ok && b.Body+b.Title != a.Body+a.Title && !yield(Pair{a, b, change.name, true}) {
					return
				}
			}
		}
	}
}
