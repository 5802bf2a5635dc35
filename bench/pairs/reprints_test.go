package pairs_test

import (
	"bytes"
	"testing"
	"time"

	"zhaowen/bench/corpus"
	"zhaowen/bench/pairs"
	"zhaowen/parser"
)

// TestReprints checks that a tenth of a corpus is earlier articles again, and that a dump of it is read whole.
func TestReprints(t *testing.T) {
	const n = 5000
	c := corpus.Corpus{Seed: 21, Reprints: 0.1, Changes: pairs.Changes()}
	plain := corpus.Corpus{Seed: 21}
	reprints := 0
	for i := range n {
		of, ok := c.Origin(i)
		if !ok {
			if c.Article(i) != plain.Article(i) {
				t.Fatalf("article %d is no reprint and yet another one", i)
			}
			continue
		}
		reprints++
		if _, again := c.Origin(of); again || of >= i {
			t.Errorf("article %d is a reprint of %d, which is a reprint or later", i, of)
		}
		a, b := plain.Article(of), c.Article(i)
		if a == b || shared(a.Body, b.Body) < 0.5 {
			t.Errorf("%d is not like %d:\n%s\n\n%s", i, of, b.Body, a.Body)
		}
	}
	if reprints < n*85/1000 || reprints > n*115/1000 {
		t.Errorf("%d reprints of %d", reprints, n)
	}
	var dump bytes.Buffer
	if err := corpus.WriteDump(&dump, c.Articles(0, n)); err != nil {
		t.Fatal(err)
	}
	page, err := parser.Parse(parser.Input{Body: dump.Bytes(), Now: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Articles) != n || len(page.Warnings) > 0 {
		t.Errorf("%d articles of %d read: %v", len(page.Articles), n, page.Warnings)
	}
	for i, got := range page.Articles {
		if want := c.Article(i); got.Date != want.Date || length(got.Title) < length(want.Title)-2 || length(got.Body) < length(want.Body)*8/10 {
			t.Errorf("article %d: %q of %s with %d characters, want %q of %s with %d", i, got.Title, got.Date, length(got.Body), want.Title, want.Date, length(want.Body))
		}
	}
}

func length(s string) int { return len([]rune(s)) }

func BenchmarkCorpusWithReprints(b *testing.B) {
	c := corpus.Corpus{Seed: 1, Reprints: 0.1, Changes: pairs.Changes()}
	n := 0
	for b.Loop() {
		c.Article(n)
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
}
