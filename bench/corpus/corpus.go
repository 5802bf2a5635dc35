// Package corpus makes investment news by program: invented articles with the vocabulary of real ones, the same for the same seed, to measure a search index
// and the recognition of reprints on a million of them.
package corpus

import (
	"iter"
	"math/rand/v2"
)

// Article is one text as a site or a dump holds it.
type Article struct {
	Title     string
	Publisher string
	Date      string // YYYY-MM-DD
	URL       string
	Body      string // one paragraph a line
}

// Change rewrites an article as one who reprints it does. It says false where the article has nothing to change in that way.
type Change func(r *rand.Rand, a Article) (Article, bool)

// Corpus is an endless row of articles. Article i depends on the fields and on i alone, so that a part of a corpus can be made again without the rest.
type Corpus struct {
	Seed     uint64
	Size     int      // mean length of a body, in characters; 0: DefaultSize
	Reprints float64  // share of the articles that are another one's, changed; needs Changes
	Changes  []Change // how a reprint differs; one is drawn for each reprint
}

// DefaultSize is the usual length of such news, in characters.
const DefaultSize = 1000

// Articles gives the first n articles of a seed, of the usual length, without reprints.
func Articles(seed uint64, n int) iter.Seq[Article] { return Corpus{Seed: seed}.Articles(0, n) }

// Articles gives the n articles from the one numbered from on.
func (c Corpus) Articles(from, n int) iter.Seq[Article] {
	return func(yield func(Article) bool) {
		for i := from; i < from+n; i++ {
			if !yield(c.Article(i)) {
				return
			}
		}
	}
}

// Article makes article i, counted from 0.
func (c Corpus) Article(i int) Article {
	if of, ok := c.Origin(i); ok {
		return c.reprint(i, of)
	}
	return c.Variant(i, 0)
}

// Variant makes article i as it would read of other things of the kinds in vary: the same sentences with, for instance, another company in them. It passes
// over the reprints: every number is an article of its own.
func (c Corpus) Variant(i int, vary Stream) Article {
	s, _ := stories.Get().(*story)
	defer stories.Put(s)
	s.begin(c.Seed, i, vary)
	size := c.Size
	if size <= 0 {
		size = DefaultSize
	}
	return s.article(size)
}
