// Package ingest takes one page or file, crawled or given by hand, through parser and facts into storage, and says what became of it.
package ingest

import (
	"context"
	"time"

	"zhaowen/parser"
	"zhaowen/storage"
)

// Ingester takes pages into one database. It is safe for concurrent use.
type Ingester struct {
	DB   *storage.DB
	Zone *time.Location   // zone of the sites
	Now  func() time.Time // clock
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
}

// Result is what became of a page.
type Result struct {
	Page     *parser.Page
	Recorded storage.Recorded
}

// Page reads a fetched page and records what it brings. followNext tells whether its next page, if it has one, is to be remembered as due; it is asked
// after the page was parsed and before it is recorded.
func (in *Ingester) Page(ctx context.Context, f Fetched, followNext func(*parser.Page) bool) (Result, error) {
	panic("not yet")
}

// Failed records that a page could not be fetched.
func (in *Ingester) Failed(ctx context.Context, f Fetched, cause error) error { panic("not yet") }
