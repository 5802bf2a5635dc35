package main

import (
	"slices"
	"testing"

	"zhaowen/bench/corpus"
	"zhaowen/bench/pairs"
)

// What the recognition of reprints has to reach. Typing errors are no change that was asked for: a letter of a name counts for more.
const (
	leastRecall  = 0.98
	leastOfTypos = 0.93
	mostWrong    = 1.0 / 1000 // of the pairs that are not the same
	mostOfKind   = 15.0 / 1000
)

// TestSameness holds what the table of docs/decisions/0003-reprints.md says, by the same code, on fewer articles.
func TestSameness(t *testing.T) {
	articles, err := pairs.Own()
	if err != nil {
		t.Fatal(err)
	}
	articles = slices.AppendSeq(articles, corpus.Articles(7, 250))
	wrongly, others := 0, 0
	for _, k := range count(7, articles, 0) {
		share := float64(k.merged) / float64(k.pairs)
		t.Logf("%-45s %5d pairs, %5d merged: %.4f", k.name, k.pairs, k.merged, share)
		least := leastRecall
		if k.name == "typos" {
			least = leastOfTypos
		}
		switch {
		case k.same && (share < least || k.pairs < 100):
			t.Errorf("%s: a recall of %.3f on %d pairs, want %.2f", k.name, share, k.pairs, least)
		case !k.same && share > mostOfKind:
			t.Errorf("%s: %.2f of 1,000 pairs wrongly merged", k.name, share*1000)
		}
		if !k.same {
			wrongly, others = wrongly+k.merged, others+k.pairs
		}
	}
	if share := float64(wrongly) / float64(others); share > mostWrong || others < 10000 {
		t.Errorf("%.3f of 1,000 of %d pairs wrongly merged", share*1000, others)
	}
}
