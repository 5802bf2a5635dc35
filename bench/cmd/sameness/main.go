// Command sameness measures the recognition of reprints on the labelled pairs: how many of each kind are found by their fingerprints, and judged rightly.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"

	"zhaowen/bench/corpus"
	"zhaowen/bench/pairs"
	"zhaowen/storage/sameness"
)

// tally counts the pairs of one kind.
type tally struct {
	name                 string
	same                 bool
	pairs, found, merged int
}

func main() {
	shared := flag.String("shared", os.Getenv("ZHAOWEN_SHARED"), "folder that holds seeds/ with text dumps")
	generated := flag.Int("generated", 400, "generated articles to change, beside our own")
	seed := flag.Uint64("seed", 1, "seed: the same seed gives the same pairs")
	show := flag.Int("show", 0, "print so many wrongly judged pairs of each kind")
	flag.Parse()
	articles, err := pairs.Own()
	if err != nil {
		log.Fatal(err)
	}
	if more, err := pairs.Folder(filepath.Join(*shared, "seeds")); err != nil {
		log.Printf("without the shared articles: %v", err)
	} else {
		articles = append(articles, more...)
	}
	articles = slices.AppendSeq(articles, corpus.Articles(*seed, *generated))
	print(count(*seed, articles, *show))
}

// count judges the pairs of a seed as the file does, and counts them by kind.
func count(seed uint64, articles []pairs.Article, show int) []*tally {
	byName := map[string]*tally{}
	var tallies []*tally
	for p := range pairs.Pairs(seed, articles) {
		t := byName[p.Change]
		if t == nil {
			t = &tally{name: p.Change, same: p.Same}
			byName[p.Change] = t
			tallies = append(tallies, t)
		}
		t.pairs++
		found, merged, why := judge(p)
		if found {
			t.found++
		}
		if merged {
			t.merged++
		}
		if merged != p.Same && wrong[p.Change] < show {
			wrong[p.Change]++
			fmt.Printf("=== %s: found %v, %+v\n--- %s\n%s\n--- %s\n%s\n", p.Change, found, why, p.A.Title, p.A.Body, p.B.Title, p.B.Body)
		}
	}
	return tallies
}

// judge tells whether the one of a pair is found when the other comes, and whether the two then count as one.
func judge(p pairs.Pair) (found, merged bool, why sameness.Verdict) {
	titles := sameness.TitlesDiffer(p.A.Title, p.B.Title)
	if sameness.ContentHash(p.A.Title, p.A.Body) == sameness.ContentHash(p.B.Title, p.B.Body) {
		return true, !titles, why
	}
	a, b := sameness.NewText(p.A.Body), sameness.NewText(p.B.Body)
	why = sameness.Compare(a, b)
	found = shareOne(a.Fingerprints(), b.Fingerprints())
	return found, found && why.Same && !titles, why
}

var wrong = map[string]int{}

func shareOne(a, b []uint32) bool {
	for _, f := range a {
		if _, ok := slices.BinarySearch(b, f); ok {
			return true
		}
	}
	return false
}

func print(tallies []*tally) {
	for _, same := range []bool{true, false} {
		all := tally{name: "all"}
		if same {
			fmt.Println("| the same | pairs | candidates | merged | recall |\n| --- | --- | --- | --- | --- |")
		} else {
			fmt.Println("\n| not the same | pairs | candidates | merged | wrongly in 1,000 |\n| --- | --- | --- | --- | --- |")
		}
		for _, t := range tallies {
			if t.same != same {
				continue
			}
			line(*t, same)
			all.pairs, all.found, all.merged = all.pairs+t.pairs, all.found+t.found, all.merged+t.merged
		}
		line(all, same)
	}
}

func line(t tally, same bool) {
	share := float64(t.merged) / float64(t.pairs)
	if !same {
		share *= 1000
	}
	fmt.Printf("| %s | %d | %d | %d | %.3f |\n", t.name, t.pairs, t.found, t.merged, share)
}
