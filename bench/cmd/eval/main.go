// Command eval measures the parser and its peers on labelled pages, in one process, and prints a table for each set.
package main

import (
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"zhaowen/parser"
	"zhaowen/parser/labelled"
)

func main() {
	shared := flag.String("shared", "../../shared", "folder that holds corpus/; passed over with a message where it is absent")
	own := flag.String("own", "../parser/testdata/pages", "our own labelled pages")
	verbose := flag.Bool("v", false, "print what is wrong, to stderr")
	flag.Parse()
	sets := []struct{ name, dir string }{
		{"corpus/articles", filepath.Join(*shared, "corpus", "articles")},
		{"corpus/sites", filepath.Join(*shared, "corpus", "sites")},
		{"own articles", filepath.Join(*own, "articles")},
		{"own lists", filepath.Join(*own, "lists")},
	}
	for _, further := range []string{"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"} {
		for _, kind := range []string{"articles", "lists"} {
			if dir := filepath.Join(*own, further, kind); exists(dir) {
				sets = append(sets, struct{ name, dir string }{further + " " + kind, dir})
			}
		}
	}
	for _, set := range sets {
		if !exists(set.dir) {
			fmt.Printf("%s: no such folder: %s\n\n", set.name, set.dir)
			continue
		}
		cases, err := labelled.Load(set.dir)
		if err != nil {
			log.Fatal(err)
		}
		evaluate(set.name, cases, *verbose)
	}
	if ours := spent[ourName]; ours > 0 {
		fmt.Printf("Over the articles of the corpus go-readability takes %.1f times as long as Zhaowen.\n", float64(spent["go-readability"])/float64(ours))
	}
}

func exists(dir string) bool {
	_, err := os.Stat(dir)
	return err == nil
}

// ourName is our row of the tables.
const ourName = "Zhaowen"

const (
	rounds   = 3 // in which the libraries take turns; the shortest of each counts
	readings = 4 // of all pages, in a round
)

// spent is the CPU time that each library took for the articles of the corpus.
var spent = map[string]time.Duration{}

func evaluate(name string, cases []labelled.Case, verbose bool) {
	ours(name, cases, verbose)
	if articles := onlyArticles(cases); len(articles) > 0 {
		compare(articles, strings.HasPrefix(name, "corpus/"))
	}
	fmt.Println()
}

// ours reads every page by evidence alone, without telling the parser what it is.
func ours(name string, cases []labelled.Case, verbose bool) {
	var s labelled.Score
	for _, c := range cases {
		page, err := parser.Parse(c.Input(kindKnown(c)))
		if err != nil {
			log.Printf("%s: %v", c.File, err)
			continue
		}
		for _, fault := range s.Add(c, page) {
			if verbose {
				fmt.Fprintln(os.Stderr, fault)
			}
		}
	}
	fmt.Printf("## %s: %d pages\n\n", name, s.Pages)
	for _, row := range []struct {
		what  string
		share labelled.Share
	}{{"kind", s.Kind}, {"charset", s.Charset}, {"next page", s.Next}, {"rows' dates", s.RowDate}, {"lists with full texts", s.Fulltext}} {
		if row.share.Of > 0 {
			fmt.Printf("%s %v; ", row.what, row.share)
		}
	}
	if s.RowsWant > 0 {
		fmt.Printf("rows F1 %.4f (%d rows)", s.RowsF1(), s.RowsWant)
	}
	fmt.Print("\n\n")
}

// kindKnown tells the parser that a page is an article where the set holds nothing else and has no addresses: its pages are what a crawler fetches as articles.
func kindKnown(c labelled.Case) parser.Kind {
	if c.Kind == "" {
		return parser.KindArticle
	}
	return ""
}

func onlyArticles(cases []labelled.Case) []labelled.Case {
	var articles []labelled.Case
	for _, c := range cases {
		if c.Kind == "article" || c.Kind == "" {
			articles = append(articles, c)
		}
	}
	return articles
}

// compare reads the articles with each library.
func compare(cases []labelled.Case, corpus bool) {
	fmt.Println("| library | body F1 | title | date | no date | publisher | author | CPU ms a page |")
	fmt.Println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
	scores := make([]labelled.Score, len(libraries))
	for i, lib := range libraries {
		for _, c := range cases {
			scores[i].AddArticle(c, read(lib, c))
		}
	}
	times := readingTimes(cases)
	for i, lib := range libraries {
		s := scores[i]
		if corpus {
			spent[lib.name] += times[i]
		}
		each := times[i] / time.Duration(len(cases))
		fmt.Printf("| %s | %.4f | %s | %s | %s | %s | %s | %.2f |\n", lib.name, s.BodyF1(), given(lib.title, s.Title), given(lib.date, s.Date), given(lib.date, s.NoDate), given(lib.publisher, s.Publisher), given(lib.author, s.Author),
			float64(each.Microseconds())/1000)
	}
}

// readingTimes is the CPU time that each library takes for the articles, with that for decoding, which ours does by itself and the peers get done rightly for them, and
// that for collecting the garbage. The machine may do something else meanwhile, so the libraries take turns.
func readingTimes(cases []labelled.Case) []time.Duration {
	times := make([]time.Duration, len(libraries))
	for range rounds {
		for i, lib := range libraries {
			took := processorTime(func() {
				for range readings {
					for _, c := range cases {
						read(lib, c)
					}
				}
			}) / readings
			if times[i] == 0 || took < times[i] {
				times[i] = took
			}
		}
	}
	return times
}

func read(lib library, c labelled.Case) parser.Article {
	address, err := url.Parse(c.URL)
	if err != nil || c.URL == "" {
		address = &url.URL{Scheme: "http", Host: "example.com", Path: "/"}
	}
	text := ""
	if lib.name != ourName { // ours decodes by itself
		text = decoded(c)
	}
	return lib.read(c, text, address)
}

// processorTime is the CPU time, of user and system, that the process takes for f.
func processorTime(f func()) time.Duration {
	runtime.GC()
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			log.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	before := used()
	f()
	return used() - before
}

func given(gives bool, s labelled.Share) string {
	if !gives || s.Of == 0 {
		return "–"
	}
	return s.String()
}

// decoded is the page as UTF-8, decoded rightly.
func decoded(c labelled.Case) string {
	text, _ := parser.Decode(c.Bytes, "", "")
	return strings.ToValidUTF8(text, "\uFFFD")
}
