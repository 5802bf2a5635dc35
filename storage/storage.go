// Package storage keeps articles, where they were met, and the memory of the crawl in one SQLite file.
package storage

import (
	"context"
	"errors"
	"time"

	"zhaowen/facts"
	"zhaowen/parser"
)

// Errors that a caller tells apart. Each is wrapped with the path and what to do.
var (
	ErrNoFTS5   = errors.New("built without the sqlite_fts5 tag")
	ErrNewer    = errors.New("the file has a newer schema than this program")
	ErrForeign  = errors.New("not a Zhaowen database")
	ErrDamaged  = errors.New("the database file is damaged")
	ErrLocked   = errors.New("the database is locked by another program")
	ErrReadOnly = errors.New("the database cannot be written")
	ErrFull     = errors.New("the disk is full")
)

// DB is an open database: one writer connection and a pool of readers. It is safe for concurrent use.
type DB struct{}

// Open opens path for reading and writing, creates it where it is missing and migrates it forward.
func Open(ctx context.Context, path string) (*DB, error) { panic("not yet") }

// OpenReadOnly opens an existing file for reading alone; nothing is created or migrated.
func OpenReadOnly(ctx context.Context, path string) (*DB, error) { panic("not yet") }

// Close checkpoints the write-ahead log (when writable) and closes all connections.
func (db *DB) Close() error { panic("not yet") }

// Checkpoint moves the write-ahead log into the file; called after each run.
func (db *DB) Checkpoint(ctx context.Context) error { panic("not yet") }

// Writable makes sure that a write would succeed now (for /readyz and HEALTHCHECK).
func (db *DB) Writable(ctx context.Context) error { panic("not yet") }

// SourceConfig is what the configuration says of a source.
type SourceConfig struct {
	ID, Name, URL, RegionCode string
}

// SyncSources makes the sources table agree with the configuration: new ones are added, changed ones updated; ones no longer configured stay, with
// state "removed", since articles refer to them.
func (db *DB) SyncSources(ctx context.Context, sources []SourceConfig) error { panic("not yet") }

// Article is an article ready to be stored.
type Article struct {
	parser.Article
	Sections []facts.Section
}

// Listing is a row of a list page, as it is remembered in the frontier.
type Listing struct {
	URL         string
	Title       string
	PublishedOn string // YYYY-MM-DD or empty
}

// PageFetch is what is remembered of a URL that was asked for.
type PageFetch struct {
	URL          string
	Kind         parser.Kind
	Status       int // HTTP status; 0: no answer
	ETag         string
	LastModified string
	Err          string // why it failed, in words; empty: it did not fail
}

// Outcome is all that one fetched page, or one batch of a file's records, changes in the file. It is written in one transaction.
type Outcome struct {
	SourceID string // "" for files without a source: stored under the source "ingest"
	At       time.Time
	Page     *PageFetch // nil for files
	Listed   []Listing  // rows of a list page: unknown ones enter the frontier as due
	Next     string     // next list page, remembered as due until it was read; empty: none
	Articles []Article
}

// SightingKind says what an article was when it was met: new, same, copy, reprint or revision.
type SightingKind string

// The kinds of sighting.
const (
	SightingNew      SightingKind = "new"
	SightingSame     SightingKind = "same"
	SightingCopy     SightingKind = "copy"
	SightingReprint  SightingKind = "reprint"
	SightingRevision SightingKind = "revision"
)

// Saved is what became of one article of an Outcome.
type Saved struct {
	ID   int64
	Kind SightingKind
}

// Recorded is what became of an Outcome.
type Recorded struct {
	Articles []Saved
	Due      []Listing // the listed rows whose article is not stored yet, or whose title or date in the list has changed since
	Known    int       // listed rows that the frontier had already, whatever their state
}

// Record writes an Outcome in one transaction. After an error nothing of it is stored.
func (db *DB) Record(ctx context.Context, o Outcome) (Recorded, error) { panic("not yet") }

// PageDue is a page of the frontier that waits to be fetched.
type PageDue struct {
	URL      string
	Kind     parser.Kind // KindList or KindArticle
	Failures int
}

// DuePages returns the pages of a source that wait: list pages that an interrupted pass left unread, and articles not fetched or failed before.
func (db *DB) DuePages(ctx context.Context, sourceID string, now time.Time) ([]PageDue, error) {
	panic("not yet")
}

// Validators returns the ETag and Last-Modified that are remembered of a URL, empty where none.
func (db *DB) Validators(ctx context.Context, sourceID, url string) (etag, lastModified string, err error) {
	panic("not yet")
}

// Run is one pass over one source.
type Run struct {
	ID          int64
	SourceID    string
	StartedAt   time.Time
	FinishedAt  time.Time
	Status      string // running, ok, partial (a page failed), failed (nothing could be done), interrupted
	Listed      int    // rows found on list pages
	Fetched     int    // pages fetched, list pages included
	NotModified int
	New         int
	Updated     int
	Copies      int
	Reprints    int
	Failed      int
	Bytes       int64 // bytes of the bodies fetched, decompressed
	Err         string
}

// StartRun records that a pass begins and returns its id. Runs of the same source that an earlier process left "running" become "interrupted".
func (db *DB) StartRun(ctx context.Context, sourceID string, at time.Time) (int64, error) {
	panic("not yet")
}

// FinishRun records how a pass ended and the health of its source.
func (db *DB) FinishRun(ctx context.Context, r Run) error { panic("not yet") }
