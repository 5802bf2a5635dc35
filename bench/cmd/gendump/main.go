// Command gendump writes a text dump of generated articles, as crawl ingest reads them: gendump -n 100000 -size 1000 -seed 1 >dump.txt.
package main

import (
	"flag"
	"log"
	"os"

	"zhaowen/bench/corpus"
)

func main() {
	var c corpus.Corpus
	n := flag.Int("n", 1000, "articles")
	from := flag.Int("from", 0, "number of the first one: a corpus may be written in parts, since crawl ingest takes no file above 256 MiB, about 80,000 articles")
	flag.IntVar(&c.Size, "size", corpus.DefaultSize, "mean length of a body, in characters")
	flag.Uint64Var(&c.Seed, "seed", 1, "seed: the same seed gives the same articles")
	flag.Parse()
	if err := corpus.WriteDump(os.Stdout, c.Articles(*from, *n)); err != nil {
		log.Fatal(err)
	}
}
