package main

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"time"

	"zhaowen/bench/corpus"
	"zhaowen/bench/internal/measure"
	"zhaowen/bench/pairs"
	"zhaowen/parser"
	"zhaowen/storage"
)

// words are looked for one by one and in pairs: frequent and rare ones, of one, two and four characters, and one that occurs nowhere.
var words = []string{"的", "区", "签", "锂", "发展", "项目", "招商", "签约", "生物", "广州", "苏州", "量子", "半导体", "新能源汽车", "专精特新", "元宇宙火星"}

// queries measures what is asked of a stored file.
func queries(ctx context.Context, crawl, file string) error {
	start := time.Now()
	db, err := storage.Open(ctx, file)
	if err != nil {
		return err
	}
	defer db.Close()
	stats, err := db.Stats(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("\n%d articles, %d of them reprints; opened and counted in %s\n\n", stats.Articles, stats.Articles-stats.Originals, took(start))
	fmt.Println("| question | times | median | slowest | slowest of |")
	fmt.Println("| --- | ---: | ---: | ---: | --- |")
	var one, two [][]string
	for i, w := range words {
		one = append(one, []string{w})
		for _, other := range words[i+1:] {
			two = append(two, []string{w, other})
		}
	}
	newest := func(all bool) func([]string) error {
		return func(words []string) error {
			for _, err := range db.Search(ctx, storage.Query{Words: storage.Words{All: words}, Limit: 20, All: all}) {
				if err != nil {
					return err
				}
			}
			return nil
		}
	}
	count := func(all bool) func([]string) error {
		return func(words []string) error {
			_, err := db.Count(ctx, storage.Query{Words: storage.Words{All: words}, All: all})
			return err
		}
	}
	for _, m := range []struct {
		name  string
		asked [][]string
		ask   func([]string) error
	}{
		{"newest 20 of a word", one, newest(false)}, {"newest 20 of two words", two, newest(false)},
		{"count of a word, reprints too", one, count(true)}, {"count of a word, originals", one, count(false)},
		{"count of two words, reprints too", two, count(true)}, {"count of two words, originals", two, count(false)},
	} {
		if err := measured(m.name, m.asked, m.ask); err != nil {
			return err
		}
	}
	if err := stores(ctx, db); err != nil {
		return err
	}
	return starts(ctx, crawl, file)
}

// measured asks each question five times and prints a row of the table: the median of all, and the question whose own median is the largest.
func measured(name string, asked [][]string, ask func([]string) error) error {
	var all []time.Duration
	var slowest time.Duration
	var of []string
	for _, words := range asked {
		var times []time.Duration
		for range 5 {
			start := time.Now()
			if err := ask(words); err != nil {
				return err
			}
			times = append(times, time.Since(start))
		}
		all = append(all, times...)
		if m := median(times); m > slowest {
			slowest, of = m, words
		}
	}
	fmt.Printf("| %s | %d | %.2f ms | %.2f ms | %v |\n", name, len(all), ms(median(all)), ms(slowest), of)
	return nil
}

// stores measures a new article and a reprint of a stored one, each prepared (fingerprints looked up) and stored in a transaction of its own.
func stores(ctx context.Context, db *storage.DB) error {
	c := corpus.Corpus{Seed: 77, Size: corpus.DefaultSize, Changes: pairs.Changes()}
	before := corpus.Corpus{Seed: 1, Size: corpus.DefaultSize}
	var look, store []time.Duration
	for i := range 200 {
		a := c.Article(i)
		if i%2 == 0 {
			a = before.Article(i)
			a.Body += "\n责任编辑：某某"
		}
		o := storage.Outcome{At: time.Now(), Articles: []storage.Article{{Article: parser.Article{Title: a.Title, Body: a.Body, Date: a.Date}}}}
		start := time.Now()
		p, err := db.Prepare(ctx, o)
		if err != nil {
			return err
		}
		look = append(look, time.Since(start))
		start = time.Now()
		if _, err := db.Store(ctx, p); err != nil {
			return err
		}
		store = append(store, time.Since(start))
	}
	for _, m := range []struct {
		name  string
		times []time.Duration
	}{{"look up an article's fingerprints", look}, {"compare with its candidates, store and index it", store}} {
		fmt.Printf("| %s | %d | %.2f ms | %.2f ms | |\n", m.name, len(m.times), ms(median(m.times)), ms(slices.Max(m.times)))
	}
	return nil
}

// starts measures the whole program: from its start to the end of a search, and what memory it takes.
func starts(ctx context.Context, crawl, file string) error {
	var times []time.Duration
	var peak int64
	for range 11 {
		usage, err := measure.Run(exec.CommandContext(ctx, crawl, "search", "--db", file, "招商"))
		if err != nil {
			return err
		}
		times = append(times, usage.Wall)
		peak = max(peak, usage.PeakRSS)
	}
	fmt.Printf("| the program, from start to the newest 20 | %d | %.0f ms | %.0f ms | peak %d MB |\n", len(times), ms(median(times)), ms(slices.Max(times)), peak/1e6)
	return nil
}

func median(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2]
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }
