package corpus_test

import (
	"hash/fnv"
	"slices"
	"strings"
	"testing"

	"zhaowen/bench/corpus"
)

// grams gives the hashes of all runs of n characters, sorted, each once.
func grams(s string, n int) []uint64 {
	runes := []rune(s)
	var out []uint64
	for i := 0; i+n <= len(runes); i++ {
		h := fnv.New64a()
		h.Write([]byte(string(runes[i : i+n])))
		out = append(out, h.Sum64())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func jaccard(a, b []uint64) float64 {
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			shared, i, j = shared+1, i+1, j+1
		}
	}
	return float64(shared) / float64(len(a)+len(b)-shared)
}

// TestNoTwoArticlesAreAlike compares 2,000 articles with one another, all two million pairs.
func TestNoTwoArticlesAreAlike(t *testing.T) {
	const n, most = 2000, 0.3
	articles := slices.Collect(corpus.Articles(5, n))
	all := make([][]uint64, n)
	where := map[uint64][]int32{}
	for i, a := range articles {
		all[i] = grams(a.Body, 5)
		for _, g := range all[i] {
			where[g] = append(where[g], int32(i))
		}
	}
	highest, sum := 0.0, 0.0
	for i := range articles {
		shared := make([]int, n) // with each article before
		for _, g := range all[i] {
			for _, j := range where[g] {
				if int(j) >= i {
					break
				}
				shared[j]++
			}
		}
		for j, both := range shared[:i] {
			alike := float64(both) / float64(len(all[i])+len(all[j])-both)
			sum += alike
			highest = max(highest, alike)
			if alike >= most {
				t.Errorf("%d and %d share %.2f: %q and %q", i, j, alike, articles[i].Title, articles[j].Title)
			}
		}
	}
	t.Logf("5-grams shared: %.3f at most, %.4f in the mean", highest, sum/(n*(n-1)/2))
}

// TestSentencesDiffer counts the sentences that stand in more than one of 2,000 articles.
func TestSentencesDiffer(t *testing.T) {
	seen := map[string]int{}
	total := 0
	for a := range corpus.Articles(6, 2000) {
		for sentence := range strings.SplitSeq(a.Body, "。") {
			if length(sentence) > 8 {
				seen[sentence]++
				total++
			}
		}
	}
	again := 0
	for _, n := range seen {
		again += n - 1
	}
	if again*100 > total {
		t.Errorf("%d of %d sentences come again", again, total)
	}
}

// TestVocabulary checks that words come as often as words do: few make half of the text, and most are rare.
func TestVocabulary(t *testing.T) {
	pairs, total := map[string]int{}, 0
	for a := range corpus.Articles(6, 2000) {
		runes := []rune(a.Body)
		for i := range len(runes) - 1 {
			pairs[string(runes[i:i+2])]++
			total++
		}
	}
	counts := make([]int, 0, len(pairs))
	for _, n := range pairs {
		counts = append(counts, n)
	}
	slices.SortFunc(counts, func(a, b int) int { return b - a })
	half, at := 0, 0
	for ; half*2 < total; at++ {
		half += counts[at]
	}
	t.Logf("%d different pairs of characters in %d; %d of them make half of the text", len(pairs), total, at)
	if len(pairs) < 80000 || at < 500 {
		t.Errorf("%d different pairs, %d of them make half of the text", len(pairs), at)
	}
}
