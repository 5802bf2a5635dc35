// Command pairs makes the labelled set for the recognition of reprints and prints how many pairs there are of each kind, or the pairs themselves.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"zhaowen/bench/corpus"
	"zhaowen/bench/pairs"
)

func main() {
	shared := flag.String("shared", environment("ZHAOWEN_SHARED", "../../shared"), "folder that holds seeds/ with text dumps; passed over with a message where it is absent")
	generated := flag.Int("generated", 400, "generated articles to change, beside our own")
	seed := flag.Uint64("seed", 1, "seed: the same seed gives the same pairs")
	lines := flag.Bool("json", false, "print the pairs, one JSON object a line")
	flag.Parse()
	articles, err := pairs.Own()
	if err != nil {
		log.Fatal(err)
	}
	more, err := pairs.Folder(filepath.Join(*shared, "seeds"))
	if errors.Is(err, fs.ErrNotExist) {
		log.Printf("without the shared articles: %v", err)
	} else if err != nil {
		log.Fatal(err)
	}
	articles = append(articles, more...)
	articles = slices.AppendSeq(articles, corpus.Articles(*seed, *generated))
	if *lines {
		err = printPairs(*seed, articles)
	} else {
		err = printCounts(*seed, articles)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func environment(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func printPairs(seed uint64, articles []pairs.Article) error {
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for p := range pairs.Pairs(seed, articles) {
		if err := encoder.Encode(p); err != nil {
			return err
		}
	}
	return out.Flush()
}

func printCounts(seed uint64, articles []pairs.Article) error {
	counts := map[bool]map[string]int{true: {}, false: {}}
	for p := range pairs.Pairs(seed, articles) {
		counts[p.Same][p.Change]++
	}
	for _, label := range []struct {
		name string
		same bool
	}{{"same", true}, {"not the same", false}} {
		total := 0
		for _, name := range slices.Sorted(maps.Keys(counts[label.same])) {
			fmt.Printf("%-14s %6d  %s\n", label.name, counts[label.same][name], name)
			total += counts[label.same][name]
		}
		fmt.Printf("%-14s %6d  in all\n\n", label.name, total)
	}
	return nil
}
