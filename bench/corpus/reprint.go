package corpus

import "math/rand/v2"

// near is how far back most reprints reach, in articles: news is reprinted within days.
const near = 5000

// Origin tells which earlier article number i is a reprint of, if it is one. The origin is no reprint itself.
func (c Corpus) Origin(i int) (of int, ok bool) {
	if c.Reprints <= 0 || len(c.Changes) == 0 {
		return 0, false
	}
	for of = i; of > 0; ok = true {
		r := newPCG(c.Seed, of, salt)
		if r.Float64() >= c.Reprints {
			break
		}
		reach := of
		if r.Float64() < 0.8 {
			reach = min(of, near)
		}
		of -= 1 + r.IntN(reach)
	}
	return of, ok
}

// salt keeps what is drawn for reprints apart from the streams of the texts.
const salt = 97

// reprint changes article of into number i. Where the change drawn does not suit the article, the next that does is taken.
func (c Corpus) reprint(i, of int) Article {
	r := newPCG(c.Seed, i, salt+1)
	a := c.Variant(of, 0)
	first := r.IntN(len(c.Changes))
	for k := range c.Changes {
		if changed, ok := c.Changes[(first+k)%len(c.Changes)](r, a); ok {
			return changed
		}
	}
	return a
}

// newPCG gives a generator of its own to each pair of numbers under a seed.
func newPCG(seed uint64, i, stream int) *rand.Rand {
	return rand.New(rand.NewPCG(pcgSeed(seed, i, stream)))
}

func pcgSeed(seed uint64, i, stream int) (uint64, uint64) {
	return mix(seed ^ uint64(stream)<<56), mix(uint64(i) + seed)
}

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood, 2014): it parts seeds that lie close together.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
