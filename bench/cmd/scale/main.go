// Command scale measures what a large file costs: ingest against a plain INSERT of the same rows, the file's size, searches, counts, near-duplicates, start and memory.
//
//	scale -crawl ../bin/crawl -n 100000            the first 100,000 articles
//	scale -crawl ../bin/crawl -n 1000000 -keep DIR a million, and the file stays
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"zhaowen/bench/corpus"
	"zhaowen/bench/internal/measure"
	"zhaowen/bench/pairs"
)

// part is how many articles one run of ingest reads.
const part = 100_000

func main() {
	n := flag.Int("n", part, "articles, in parts of 100,000 at most")
	crawl := flag.String("crawl", "../bin/crawl", "the program")
	keep := flag.String("keep", "", "folder that keeps the file; a file that is there is measured and not made")
	flag.Parse()
	if err := run(context.Background(), *crawl, *keep, *n); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, crawl, dir string, n int) error {
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "zhaowen-scale"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	file := filepath.Join(dir, "zhaowen.db")
	if _, err := os.Stat(file); err != nil {
		if err := fill(ctx, crawl, dir, file, n); err != nil {
			return err
		}
	}
	return queries(ctx, crawl, file)
}

// fill ingests the articles part by part, each beside a plain INSERT of as many rows in the same minute.
func fill(ctx context.Context, crawl, dir, file string, n int) error {
	c := corpus.Corpus{Seed: 1, Size: corpus.DefaultSize, Reprints: 0.1, Changes: pairs.Changes()}
	fmt.Println("| articles | plain INSERT, rows/s | crawl ingest, articles/s | ratio | peak MB | file MB | text MB | file to text |")
	fmt.Println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
	text := 0.0
	for from := 0; from < n; from += part {
		many := min(part, n-from)
		dump := filepath.Join(dir, "dump.txt")
		bytes, err := writeDump(dump, c, from, many)
		if err != nil {
			return err
		}
		text += bytes
		plain, err := plainInsert(filepath.Join(dir, "plain.db"), c, from)
		if err != nil {
			return err
		}
		cmd := exec.CommandContext(ctx, crawl, "ingest", "--db", file, dump)
		cmd.Stderr = os.Stderr
		usage, err := measure.Run(cmd)
		if err != nil {
			return err
		}
		if usage.ExitCode != 0 {
			return fmt.Errorf("crawl ingest: exit code %d", usage.ExitCode)
		}
		if err := os.Remove(dump); err != nil {
			return err
		}
		stat, err := os.Stat(file)
		if err != nil {
			return err
		}
		size, rate := float64(stat.Size())/1e6, float64(many)/usage.Wall.Seconds()
		fmt.Printf("| %d–%d | %.0f | %.0f | %.3f | %d | %.0f | %.0f | %.2f |\n", from, from+many, plain, rate, rate/plain, usage.PeakRSS/1e6, size, text/1e6, size/(text/1e6))
	}
	return nil
}

// writeDump writes a part of the articles as a dump, and tells how many bytes of title and body it holds.
func writeDump(path string, c corpus.Corpus, from, many int) (text float64, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	out := bufio.NewWriterSize(f, 1<<20)
	counted := func(yield func(corpus.Article) bool) {
		for a := range c.Articles(from, many) {
			text += float64(len(a.Title) + len(a.Body))
			if !yield(a) {
				return
			}
		}
	}
	if err := corpus.WriteDump(out, counted); err != nil {
		return 0, err
	}
	if err := out.Flush(); err != nil {
		return 0, err
	}
	return text, f.Close()
}

func took(start time.Time) time.Duration { return time.Since(start).Round(time.Microsecond) }
