package pairs_test

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"zhaowen/bench/corpus"
	"zhaowen/bench/pairs"
)

// articles are the project's own, those of the shared folder where there is one, and generated ones.
func articles(t *testing.T, generated int) []pairs.Article {
	t.Helper()
	out, err := pairs.Own()
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 70 {
		t.Errorf("%d articles of our own, want 70", len(out))
	}
	shared := os.Getenv("ZHAOWEN_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	more, err := pairs.Folder(filepath.Join(shared, "seeds"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Logf("no shared articles: %v", err)
	} else if err != nil {
		t.Fatal(err)
	}
	out = append(out, more...)
	return append(out, slices.Collect(corpus.Articles(11, generated))...)
}

func TestSameSeedSamePairs(t *testing.T) {
	all := articles(t, 5)
	next, stop := iter.Pull(pairs.Pairs(3, all))
	defer stop()
	for want := range pairs.Pairs(3, all) {
		if got, _ := next(); got != want {
			t.Fatalf("the same seed gives another pair: %s", want.Change)
		}
	}
}

// TestPairs checks every pair for what its label says.
func TestPairs(t *testing.T) {
	all := articles(t, 300)
	count := map[string]int{}
	same, other := 0, 0
	for p := range pairs.Pairs(1, all) {
		count[p.Change]++
		switch {
		case p.Same:
			same++
		default:
			other++
		}
		if p.A.URL == p.B.URL {
			t.Errorf("%s: both stand at %s", p.Change, p.A.URL)
		}
		if p.A.Title == "" || p.A.Body == "" || p.B.Title == "" || p.B.Body == "" || !utf8.ValidString(p.B.Body) {
			t.Errorf("%s: an empty or broken text: %+v", p.Change, p)
		}
		if p.Change != "title changed" && p.Change != "same text, another title" && p.A.Body == p.B.Body {
			t.Errorf("%s: the texts are the same: %s", p.Change, p.A.Body)
		}
	}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range count {
			if !yield(name) {
				return
			}
		}
	}) {
		t.Logf("%6d %s", count[name], name)
	}
	t.Logf("%d the same, %d not", same, other)
	if same < 6000 || other < 10000 {
		t.Errorf("%d pairs that are the same, %d that are not; want 6000 and 10000", same, other)
	}
	for _, c := range []string{"quotes changed", "summary", "region named in full", "paragraphs moved", "second half", "text, another city", "text, other amounts"} {
		if count[c] < 100 {
			t.Errorf("%d pairs of %s", count[c], c)
		}
	}
}

// shared is the part of the shorter text's runs of four characters that the other text has too.
func shared(a, b string) float64 {
	runs := func(s string) map[string]bool {
		out := map[string]bool{}
		runes := []rune(strings.Join(strings.Fields(s), ""))
		for i := 0; i+4 <= len(runes); i++ {
			out[string(runes[i:i+4])] = true
		}
		return out
	}
	x, y := runs(a), runs(b)
	both := 0
	for run := range x {
		if y[run] {
			both++
		}
	}
	return float64(both) / float64(max(min(len(x), len(y)), 1))
}

// TestShares checks how much of the text the two of a pair have in common.
func TestShares(t *testing.T) {
	bounds := map[string]struct{ low, high float64 }{
		"source line added":        {0.99, 1},
		"disclaimer added":         {0.99, 1},
		"related links added":      {0.99, 1},
		"title changed":            {1, 1},
		"first half":               {0.97, 1},
		"second half":              {0.97, 1},
		"summary":                  {0.93, 1},
		"paragraph dropped":        {0.95, 1},
		"typos":                    {0.80, 1},
		"lead rewritten":           {0.50, 1},
		"same policy quoted":       {0.28, 0.62},
		"digest, half the items":   {0.30, 0.75},
		"notice, another company":  {0.10, 1},
		"news of the same project": {0, 0.35},
	}
	sum, n := map[string]float64{}, map[string]int{}
	for p := range pairs.Pairs(2, articles(t, 60)) {
		b, ok := bounds[p.Change]
		if !ok || n[p.Change] >= 150 {
			continue
		}
		got := shared(p.A.Body, p.B.Body)
		sum[p.Change] += got
		n[p.Change]++
		if got < b.low-0.15 || got > b.high+0.12 {
			t.Errorf("%s: %.2f of the text is shared\n%s\n\n%s", p.Change, got, p.A.Body, p.B.Body)
		}
	}
	for name, b := range bounds {
		if mean := sum[name] / float64(max(n[name], 1)); n[name] == 0 || mean < b.low || mean > b.high {
			t.Errorf("%s: %.3f of the text shared in the mean of %d, want %.2f to %.2f", name, mean, n[name], b.low, b.high)
		}
	}
}
