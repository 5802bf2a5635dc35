// Package ingest takes one page or file, crawled or given by hand, through parser and facts into storage, and says what became of it.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zhaowen/facts"
	"zhaowen/parser"
	"zhaowen/storage"
)

// Ingester takes pages into one database. It is safe for concurrent use.
type Ingester struct {
	DB   *storage.DB
	Zone *time.Location   // zone of the sites
	Now  func() time.Time // clock

	// Stored is told after each transaction how far a file has come: the records of it that are safe, and what became of them; nil: nobody is.
	Stored func(FileReport)
}

// Fetched is one answer of a site.
type Fetched struct {
	SourceID     string
	URL          string // asked for
	FinalURL     string // after redirects: the base of relative links
	Status       int
	ContentType  string
	ETag         string
	LastModified string
	Body         []byte
	As           parser.Kind     // KindList for a source's own page, KindArticle for a row's link; empty: by evidence
	Listing      storage.Listing // the row that led here: its date and title help where the page has none
	Rules        *parser.Rules
	Charset      string
	KeptSince    string // YYYY-MM-DD: articles published before that day are left out; empty: none are
	Reading      string // fingerprint of the rules that it is read by
	MaxRows      int    // rows, or full texts, that are taken of a list; 0: all

	// Part fetches a further page of an article of several; nil: the first page is the article.
	Part func(ctx context.Context, url string) (Fetched, error)
}

// Result is what became of a page.
type Result struct {
	Page     *parser.Page
	Recorded storage.Recorded
	LeftOut  int // rows, or full texts, beyond MaxRows
}

// NoArticleError says that a page that should hold an article, or rows, holds none.
type NoArticleError struct {
	URL    string
	Reason string
}

func (e *NoArticleError) Error() string { return fmt.Sprintf("%s: %s", e.URL, e.Reason) }

// Page reads a fetched page and records what it brings. followNext tells whether its next page, and the lists it names, are to be remembered as due; it may shorten these, and is asked
// after the page was parsed and before it is recorded. A page that holds nothing is recorded as failed and gives a *NoArticleError.
func (in *Ingester) Page(ctx context.Context, f Fetched, followNext func(*parser.Page) bool) (Result, error) {
	now := in.now()
	page, err := parser.Parse(parser.Input{
		Body: f.Body, URL: f.base(), ContentType: f.ContentType, Charset: f.Charset, As: f.As, Rules: f.Rules, Now: now,
	})
	if errors.Is(err, parser.ErrBinary) {
		err = &NoArticleError{f.URL, "not a text page"}
	}
	if err == nil {
		err = f.unexpected(page)
	}
	if err == nil && page.Kind == parser.KindArticle {
		err = in.parts(ctx, f, page)
	}
	if err != nil {
		return Result{Page: page}, errors.Join(err, in.Failed(ctx, f, err))
	}
	leftOut := f.bound(page)
	outcome := storage.Outcome{SourceID: f.SourceID, At: now, Page: f.remembered(page.Kind)}
	for _, row := range page.Rows {
		outcome.Listed = append(outcome.Listed, storage.Listing{URL: row.URL, Title: row.Title, PublishedOn: row.Date})
	}
	if (page.Next != "" || len(page.Lists) > 0) && followNext != nil && followNext(page) {
		outcome.Next, outcome.Lists = page.Next, page.Lists
	}
	for _, a := range page.Articles {
		if article := f.article(page.Kind, a); article.Date == "" || article.Date >= f.KeptSince {
			outcome.Articles = append(outcome.Articles, article)
		}
	}
	recorded, err := in.DB.Record(ctx, outcome)
	if err != nil {
		return Result{Page: page}, fmt.Errorf("record %s: %w", f.URL, err)
	}
	return Result{Page: page, Recorded: recorded, LeftOut: leftOut}, nil
}

// Failed records that a page could not be fetched or read.
func (in *Ingester) Failed(ctx context.Context, f Fetched, cause error) error {
	remembered := f.remembered(f.As)
	remembered.Err = cause.Error()
	_, err := in.DB.Record(ctx, storage.Outcome{SourceID: f.SourceID, At: in.now(), Page: remembered})
	if err != nil {
		return fmt.Errorf("record the failure of %s: %w", f.URL, err)
	}
	return nil
}

func (in *Ingester) now() time.Time { return in.Now().In(in.Zone) }

func (f Fetched) base() string {
	if f.FinalURL != "" {
		return f.FinalURL
	}
	return f.URL
}

// unexpected tells why a page does not hold what it should.
func (f Fetched) unexpected(page *parser.Page) error {
	switch {
	case page.Kind == parser.KindUnknown:
		return &NoArticleError{f.URL, page.Reason}
	case f.As == parser.KindArticle && len(page.Articles) == 0:
		return &NoArticleError{f.URL, "no article: " + page.Reason}
	}
	return nil
}

// bound cuts a list to MaxRows and tells how many rows were left out.
func (f Fetched) bound(page *parser.Page) int {
	n := max(len(page.Rows), len(page.Articles))
	if f.MaxRows <= 0 || n <= f.MaxRows {
		return 0
	}
	page.Rows = page.Rows[:min(len(page.Rows), f.MaxRows)]
	page.Articles = page.Articles[:min(len(page.Articles), f.MaxRows)]
	return n - f.MaxRows
}

// remembered is what the frontier keeps of the page. A source's own page counts as a list whatever it turned out to be, so that it is asked for again.
func (f Fetched) remembered(kind parser.Kind) *storage.PageFetch {
	if f.As != "" {
		kind = f.As
	}
	return &storage.PageFetch{URL: f.URL, Kind: kind, Status: f.Status, ETag: f.ETag, LastModified: f.LastModified, Reading: f.Reading}
}

// article completes an article by what is known of it from outside: the address of its page, and the row that led there.
func (f Fetched) article(kind parser.Kind, a parser.Article) storage.Article {
	if kind == parser.KindArticle {
		a.URL = f.URL
		if a.Date == "" {
			a.Date = f.Listing.PublishedOn
		}
		if a.Title == "" {
			a.Title = f.Listing.Title
		}
	}
	return withSections(a)
}

func withSections(a parser.Article) storage.Article {
	return storage.Article{Article: a, Sections: facts.Sections(a.Body)}
}
