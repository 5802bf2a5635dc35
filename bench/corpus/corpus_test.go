package corpus_test

import (
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"zhaowen/bench/corpus"
)

func length(s string) int { return utf8.RuneCountInString(s) }

func TestSameSeedSameArticles(t *testing.T) {
	c := corpus.Corpus{Seed: 7}
	all := slices.Collect(c.Articles(0, 200))
	if again := slices.Collect(c.Articles(0, 200)); !slices.Equal(all, again) {
		t.Error("the same seed gives other articles")
	}
	if part := slices.Collect(c.Articles(120, 10)); !slices.Equal(all[120:130], part) {
		t.Error("a part of the corpus is not that part of the whole")
	}
	if other := slices.Collect(corpus.Articles(8, 200)); slices.Equal(all, other) {
		t.Error("two seeds give the same articles")
	}
}

func TestSizes(t *testing.T) {
	for _, want := range []int{500, 1000, 2000} {
		const n = 3000
		sum, small, large := 0, 0, 0
		for a := range (corpus.Corpus{Seed: 2, Size: want}).Articles(0, n) {
			size := length(a.Body)
			sum += size
			if size < want*27/100 {
				small++
			}
			if size > want*28/10 {
				large++
			}
		}
		if mean := sum / n; mean < want*93/100 || mean > want*107/100 {
			t.Errorf("mean size %d, want about %d", mean, want)
		}
		if small > n/100 || large > n/100 {
			t.Errorf("size %d: %d articles are far too small, %d far too large", want, small, large)
		}
	}
}

func TestFields(t *testing.T) {
	titles := map[string]bool{}
	for a := range corpus.Articles(3, 3000) {
		if n := length(a.Title); n < 8 || n > 60 {
			t.Errorf("title of %d characters: %s", n, a.Title)
		}
		if _, err := time.Parse(time.DateOnly, a.Date); err != nil {
			t.Error(err)
		}
		if a.Publisher == "" || a.URL == "" {
			t.Errorf("no publisher or address: %+v", a)
		}
		titles[a.Title] = true
	}
	if len(titles) < 2900 {
		t.Errorf("%d titles of 3000 articles", len(titles))
	}
}

// TestVariant checks that a variant tells of other things in the same words.
func TestVariant(t *testing.T) {
	c := corpus.Corpus{Seed: 4}
	for name, vary := range map[string]corpus.Stream{
		"places": corpus.Places, "firms": corpus.Firms, "people": corpus.People, "products": corpus.Products, "amounts": corpus.Amounts, "dates": corpus.Dates,
	} {
		changed := 0
		for i := range 100 {
			a, b := c.Variant(i, 0), c.Variant(i, vary)
			if a.Body != b.Body {
				changed++
			}
			if shared := jaccard(grams(a.Body, 2), grams(b.Body, 2)); shared < 0.35 {
				t.Errorf("%s: the variant of %d shares %.2f of its pairs of characters", name, i, shared)
			}
		}
		if changed < 80 {
			t.Errorf("%s: %d of 100 variants differ", name, changed)
		}
	}
}

func BenchmarkArticle(b *testing.B) {
	c := corpus.Corpus{Seed: 1}
	n, chars := 0, 0
	for b.Loop() {
		chars += length(c.Article(n).Body)
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(chars)/float64(n), "chars/article")
}
