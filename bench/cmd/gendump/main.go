// Command gendump writes a text dump of generated articles, as crawl ingest reads them: gendump -n 80000 -size 1000 -seed 1 >dump.txt.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"os"

	"zhaowen/bench/corpus"
	"zhaowen/bench/pairs"
)

func main() {
	c := corpus.Corpus{Changes: pairs.Changes()}
	n := flag.Int("n", 1000, "articles")
	from := flag.Int("from", 0, "number of the first one: a large corpus is written in parts, since crawl ingest takes no file above 256 MiB, about 80,000 articles")
	truth := flag.String("truth", "", "file for the truth about the reprints: the number of each and, behind a tab, that of its original")
	flag.IntVar(&c.Size, "size", corpus.DefaultSize, "mean length of a body, in characters")
	flag.Uint64Var(&c.Seed, "seed", 1, "seed: the same seed gives the same articles")
	flag.Float64Var(&c.Reprints, "reprints", 0.1, "share of the articles that are an earlier one, changed as sites change what they reprint")
	flag.Parse()
	if *truth != "" {
		if err := writeTruth(*truth, c, *from, *n); err != nil {
			log.Fatal(err)
		}
	}
	if err := corpus.WriteDump(os.Stdout, c.Articles(*from, *n)); err != nil {
		log.Fatal(err)
	}
}

func writeTruth(path string, c corpus.Corpus, from, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	for i := from; i < from+n; i++ {
		if of, ok := c.Origin(i); ok {
			if _, err := fmt.Fprintf(out, "%d\t%d\n", i, of); err != nil {
				return err
			}
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Close()
}
