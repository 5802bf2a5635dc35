package pairs

import (
	"iter"
	"math/rand/v2"
	"slices"

	"zhaowen/bench/corpus"
)

// NegativesOfEach is how many pairs are made of each kind of generated articles that look alike and are not the same.
const NegativesOfEach = 700

// sort is one way for two generated articles to look alike. make gives false where the two came out the same: the next number is tried.
type sort struct {
	name string
	make func(r *rand.Rand, i int) (a, b Article, ok bool)
}

const everything = corpus.Places | corpus.Firms | corpus.People | corpus.Products | corpus.Amounts | corpus.Dates

// sorts are all of them. Where a notice differs in one thing alone, it is of the kinds that this thing tells apart: a tender with another product is another tender, one
// with another agent may be a corrected one.
var sorts = []sort{
	{"notice, another city", twoNotices(corpus.Places, "appoint", "award", "batch", "eia", "holiday", "land", "meet", "monthly", "outage", "price", "recruit", "tender")},
	{"notice, another company", twoNotices(corpus.Firms, "appoint", "award", "batch", "bond", "eia", "halt", "holiday", "land", "meet", "recruit")},
	{"notice, another amount", twoNotices(corpus.Amounts, "award", "bond", "land", "monthly", "price", "tender")},
	{"notice, another date", twoNotices(corpus.Dates, "batch", "bond", "halt", "holiday", "meet", "monthly", "outage", "price", "recruit", "tender")},
	{"notice, another person", twoNotices(corpus.People, "appoint")},
	{"notice, another product", twoNotices(corpus.Products, "award", "eia", "meet", "price", "tender")},
	{"notice, another of everything", twoNotices(everything)},
	{"notice, next batch", twoNotices(corpus.Firms|corpus.Products|corpus.Amounts|corpus.Dates, "batch", "bond")},
	{"statistics, another month", twoNotices(corpus.Amounts|corpus.Dates, "monthly", "price")},
	{"news, another city", twoStories(corpus.Places)},
	{"news, another company", twoStories(corpus.Firms)},
	{"news, another amount", twoStories(corpus.Amounts)},
	{"news, another product", twoStories(corpus.Products)},
	{"news, another of everything", twoStories(everything)},
	{"news of the same project", twoStories(corpus.Wording)},
	{"series, next part", seriesParts},
	{"same policy quoted", samePolicy},
	{"digest, half the items", digests},
	{"same text, another title", otherTitles},
}

// alike makes the pairs of generated articles that are not the same.
func alike(seed uint64) iter.Seq[Pair] {
	return func(yield func(Pair) bool) {
		r := rand.New(rand.NewPCG(seed, 2))
		for _, s := range slices.Concat(sorts, factSorts()) {
			for made, i := 0, 0; made < NegativesOfEach; i++ {
				a, b, ok := s.make(r, i)
				if !ok {
					continue
				}
				made++
				b.URL = address(r) // the two came of one number
				if !yield(Pair{a, b, s.name, false}) {
					return
				}
			}
		}
	}
}

// twoNotices gives a notice, and the same of other things; kinds are those of the notices, none: all.
func twoNotices(vary corpus.Stream, kinds ...string) func(r *rand.Rand, i int) (a, b Article, ok bool) {
	if len(kinds) == 0 {
		kinds = corpus.Notices()
	}
	return func(r *rand.Rand, i int) (a, b Article, ok bool) {
		c := corpus.Corpus{Seed: r.Uint64()}
		kind := kinds[i%len(kinds)]
		a, b = c.Notice(kind, i, 0), c.Notice(kind, i, vary)
		return a, b, a.Body != b.Body
	}
}

// twoStories gives a story of a quarter to the whole of the usual length, and the same of other things.
func twoStories(vary corpus.Stream) func(r *rand.Rand, i int) (a, b Article, ok bool) {
	return func(r *rand.Rand, i int) (a, b Article, ok bool) {
		c := corpus.Corpus{Seed: r.Uint64(), Size: corpus.DefaultSize/4 + r.IntN(corpus.DefaultSize*3/4)}
		a, b = c.Variant(i, 0), c.Variant(i, vary)
		return a, b, a.Body != b.Body
	}
}
