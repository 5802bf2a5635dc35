// Command bench crawls the generated site with Zhaowen, with a bare colly program and, where it is installed, with Scrapy, in one run, and prints a table.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"

	"zhaowen/bench/internal/measure"
	"zhaowen/bench/site"
)

func main() {
	s := &site.Site{Seed: 1}
	flag.IntVar(&s.Columns, "columns", 10, "columns")
	flag.IntVar(&s.Lists, "lists", 50, "list pages a column")
	flag.IntVar(&s.Rows, "rows", 20, "rows a list page")
	crawl := flag.String("crawl", "../bin/crawl", "the program")
	concurrency := flag.Int("concurrency", 16, "requests at once")
	onlyHosts := flag.Bool("only-hosts", false, "only the crawl of many hosts")
	flag.Parse()
	dir, err := os.MkdirTemp("", "zhaowen-bench")
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	if !*onlyHosts {
		err = run(ctx, dir, s, *crawl, *concurrency)
	}
	if err == nil {
		err = manyHosts(ctx, dir, *crawl)
	}
	if e := os.RemoveAll(dir); err == nil {
		err = e
	}
	if err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, dir string, s *site.Site, crawl string, concurrency int) error {
	address, stop, err := measure.Serve(ctx, dir, s)
	if err != nil {
		return err
	}
	defer stop()
	bare, err := measure.Tool(ctx, dir, "barecolly")
	if err != nil {
		return err
	}
	pages := s.Len() + s.Columns*s.Lists
	fmt.Printf("%d columns × %d list pages × %d articles, %d requests at once, both in one run\n\n", s.Columns, s.Lists, s.Rows, concurrency)
	fmt.Println("| program | pages/s | CPU ms a page | peak MB | articles | right |")
	fmt.Println("| --- | ---: | ---: | ---: | ---: | ---: |")
	ours := filepath.Join(dir, "zhaowen.db")
	config := filepath.Join(dir, "zhaowen.yaml")
	if err := measure.Config(config, address, "@hourly", s, concurrency); err != nil {
		return err
	}
	pass := func() *exec.Cmd {
		return exec.CommandContext(ctx, crawl, "--once", "--config", config, "--db", ours)
	}
	theirs := filepath.Join(dir, "bare.db")
	colly := exec.CommandContext(ctx, bare, "-site", address, fmt.Sprintf("-columns=%d", s.Columns), fmt.Sprintf("-concurrency=%d", concurrency), "-db", theirs)
	if err := report("bare colly, selectors by hand", colly, theirs, s, pages); err != nil {
		return err
	}
	if err := report("crawl --once, no selectors", pass(), ours, s, pages); err != nil {
		return err
	}
	if scrapy, err := exec.LookPath("scrapy"); err == nil {
		file := filepath.Join(dir, "scrapy.db")
		cmd := exec.CommandContext(ctx, scrapy, "runspider", "scrapy/spider.py", "-a", "site="+address, "-a", fmt.Sprintf("columns=%d", s.Columns), "-a", "db="+file,
			"-s", fmt.Sprintf("CONCURRENT_REQUESTS_PER_DOMAIN=%d", concurrency), "-s", "LOG_LEVEL=ERROR")
		if err := report("Scrapy, selectors by hand", cmd, file, s, pages); err != nil {
			return err
		}
	} else {
		fmt.Println("| Scrapy | not installed (apt-get install python3-scrapy) | | | | |")
	}
	second, err := measure.Run(pass())
	if err != nil {
		return err
	}
	fmt.Printf("\nsecond pass, nothing changed: %.2f s, CPU %.2f s\n", second.Wall.Seconds(), second.CPU.Seconds())
	return nil
}

func report(name string, cmd *exec.Cmd, file string, s *site.Site, pages int) error {
	cmd.Stderr = os.Stderr
	u, err := measure.Run(cmd)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	stored, right, first, err := measure.Right(file, s)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	fmt.Printf("| %s | %.0f | %.2f | %d | %d | %d |\n", name, float64(pages)/u.Wall.Seconds(), u.CPU.Seconds()*1000/float64(pages), u.PeakRSS>>20, stored, right)
	if right < s.Len() {
		fmt.Fprintln(os.Stderr, "first wrong:", first)
	}
	return nil
}
