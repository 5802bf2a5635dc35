package corpus_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"zhaowen/bench/corpus"
	"zhaowen/parser"
)

// TestDump reads a dump back: every article whole.
func TestDump(t *testing.T) {
	articles := slices.Collect(corpus.Articles(9, 2000))
	var dump bytes.Buffer
	if err := corpus.WriteDump(&dump, slices.Values(articles)); err != nil {
		t.Fatal(err)
	}
	page, err := parser.Parse(parser.Input{Body: dump.Bytes(), Now: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if page.Kind != parser.KindDump || len(page.Articles) != len(articles) || len(page.Warnings) > 0 {
		t.Fatalf("%s with %d articles of %d; %v", page.Kind, len(page.Articles), len(articles), page.Warnings)
	}
	for i, got := range page.Articles {
		want := articles[i]
		if got.Title != want.Title || got.Date != want.Date || got.Publisher != want.Publisher || squeeze(got.Body) != squeeze(want.Body) {
			t.Errorf("article %d: %+v\nwant %+v", i, got, want)
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
