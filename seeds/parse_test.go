package seeds_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhaowen/parser"
	"zhaowen/seeds"
)

const host = "http://demo.example"

// TestParserReadsTheSite walks the columns as a crawl does, from next page to next page, and reads every article.
func TestParserReadsTheSite(t *testing.T) {
	for day, site := range []*seeds.Site{seeds.DemoSite(), secondDay()} {
		for column, pages := range map[string]int{seeds.ColumnTRS: 3, seeds.ColumnTable: 2, seeds.ColumnFull: 2} {
			t.Run(fmt.Sprintf("day %d%s", day+1, column), func(t *testing.T) { readColumn(t, site, column, pages) })
		}
	}
}

func secondDay() *seeds.Site {
	site := seeds.DemoSite()
	site.NextDay()
	return site
}

func readColumn(t *testing.T, site *seeds.Site, column string, pages int) {
	var got []seeds.TruthArticle
	next, listed := host+column, 0
	for range pages {
		page := parse(t, site, next)
		if page.Kind != parser.KindList {
			t.Fatalf("%s: %s (%s)", next, page.Kind, page.Reason)
		}
		listed += len(page.Rows) + len(page.Articles)
		for _, a := range page.Articles {
			got = append(got, found(a, "", column))
		}
		for _, row := range page.Rows {
			path := row.URL[len(host):]
			if path == failingPath {
				continue
			}
			article := parse(t, site, row.URL)
			if len(article.Articles) != 1 {
				t.Fatalf("%s: %s with %d articles (%s)", row.URL, article.Kind, len(article.Articles), article.Reason)
			}
			a := found(article.Articles[0], path, column)
			if row.Title != a.Title || row.Date != a.Date {
				t.Errorf("row %q of %s leads to %q of %s", row.Title, row.Date, a.Title, a.Date)
			}
			got = append(got, a)
		}
		next = page.Next
	}
	if next != "" {
		t.Errorf("a page after the last: %s", next)
	}
	want := slices.DeleteFunc(site.Truth(), func(a seeds.TruthArticle) bool { return a.Column != column })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%d listed; want -, got +:\n%s", listed, diff)
	}
}

func found(a parser.Article, path, column string) seeds.TruthArticle {
	return seeds.TruthArticle{
		Path: path, Column: column, Title: a.Title, Date: a.Date, Publisher: a.Publisher, Author: a.Author, Body: a.Body,
	}
}

func parse(t *testing.T, site *seeds.Site, address string) *parser.Page {
	t.Helper()
	w := get(t, site, address, "")
	if w.Code != http.StatusOK {
		t.Fatalf("%s: status %d", address, w.Code)
	}
	page, err := parser.Parse(parser.Input{Body: w.Body.Bytes(), URL: address, ContentType: w.Header().Get("Content-Type"), Now: today})
	if err != nil {
		t.Fatal(err)
	}
	return page
}
