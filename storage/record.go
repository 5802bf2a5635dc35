package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"zhaowen/facts"
	"zhaowen/parser"
)

// Article is an article ready to be stored.
type Article struct {
	parser.Article
	Sections []facts.Section
}

// Outcome is all that one fetched page, or one batch of a file's records, changes in the file. It is written in one transaction.
type Outcome struct {
	SourceID string // "" for files without a source: stored under the source "ingest"
	At       time.Time
	Page     *PageFetch // nil for files
	Listed   []Listing  // rows of a list page: unknown ones enter the frontier as due
	Next     string     // next list page, remembered as due until it was read; empty: none
	Lists    []string   // further list pages, remembered likewise
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

// Prepared is an Outcome with all that can be worked out of it without writing.
type Prepared struct {
	outcome  Outcome
	articles []prepared
	settled  map[uint32][]int64 // by fingerprint the articles that had it in the settled tables
	settles  int64              // how often fingerprints had been moved on by then
}

// Prepare works out what Store needs of an Outcome. Whoever stores many prepares the next while the last is stored.
func (db *DB) Prepare(ctx context.Context, o Outcome) (Prepared, error) {
	if o.SourceID == "" {
		o.SourceID = IngestSource
	}
	p := Prepared{outcome: o, articles: make([]prepared, len(o.Articles)), settles: db.settles.Load()}
	var prints []uint32
	for i, a := range o.Articles {
		p.articles[i] = prepareArticle(a)
		prints = append(prints, p.articles[i].text.Fingerprints()...)
	}
	var err error
	p.settled, err = db.settledPrints(ctx, prints)
	return p, explain(db.path, err)
}

// Record prepares an Outcome and stores it.
func (db *DB) Record(ctx context.Context, o Outcome) (Recorded, error) {
	p, err := db.Prepare(ctx, o)
	if err != nil {
		return Recorded{}, err
	}
	return db.Store(ctx, p)
}

// recorder writes Outcomes inside their transaction, one after another.
type recorder struct {
	ctx     context.Context //nolint:containedctx // lives as long as the transaction
	tx      *sql.Tx
	stmts   *statements
	bound   map[*sql.Stmt]*sql.Stmt // prepared statement → the same inside the transaction
	source  string
	now     string
	at      time.Time
	known   map[string]bool // hashes of texts and keys of addresses that the file may have; what is not here it has not
	entries []indexEntry    // of the search index, to be written
	prints  prints
}

// newRecorder gives a recorder whose statements are not cancelled one by one: each takes microseconds, and the driver starts a goroutine for one that can be.
// record looks at ctx between them.
func newRecorder(ctx context.Context, tx *sql.Tx, db *DB) *recorder {
	return &recorder{ctx: context.WithoutCancel(ctx), tx: tx, stmts: db.stmts, bound: map[*sql.Stmt]*sql.Stmt{}, known: map[string]bool{}, prints: prints{db: db}}
}

// begin turns to the next Outcome.
func (r *recorder) begin(p Prepared) {
	r.source, r.now, r.at = p.outcome.SourceID, stamp(p.outcome.At), p.outcome.At
	r.prints.settled, r.prints.settles = p.settled, p.settles
}

func (r *recorder) bind(stmt *sql.Stmt) *sql.Stmt {
	bound := r.bound[stmt]
	if bound == nil {
		bound = r.tx.StmtContext(r.ctx, stmt)
		r.bound[stmt] = bound
	}
	return bound
}

func (r *recorder) exec(stmt *sql.Stmt, args ...any) error {
	_, err := r.bind(stmt).ExecContext(r.ctx, args...)
	return err
}

// changes runs a statement and tells whether it changed a row.
func (r *recorder) changes(stmt *sql.Stmt, args ...any) (bool, error) {
	result, err := r.bind(stmt).ExecContext(r.ctx, args...)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// inserted runs a statement that inserts a row and returns the row's id.
func (r *recorder) inserted(stmt *sql.Stmt, args ...any) (int64, error) {
	result, err := r.bind(stmt).ExecContext(r.ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func (r *recorder) rows(stmt *sql.Stmt, args ...any) (*sql.Rows, error) {
	return r.bind(stmt).QueryContext(r.ctx, args...) //nolint:sqlclosecheck // the statement is closed with the file, the rows by who asks
}

func (r *recorder) row(stmt *sql.Stmt, args ...any) *sql.Row {
	return r.bind(stmt).QueryRowContext(r.ctx, args...)
}

func (r *recorder) record(ctx context.Context, o Outcome, articles []prepared) (Recorded, error) {
	var out Recorded
	if err := r.expect(articles); err != nil {
		return out, err
	}
	for _, a := range articles {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		saved, err := r.article(a)
		if err != nil {
			return out, fmt.Errorf("store article %q: %w", a.Title, err)
		}
		out.Articles = append(out.Articles, saved)
	}
	if o.Page != nil {
		if err := r.page(*o.Page); err != nil {
			return out, fmt.Errorf("remember page %s: %w", o.Page.URL, err)
		}
	}
	for _, l := range o.Listed {
		due, known, err := r.listing(l)
		if err != nil {
			return out, fmt.Errorf("remember row %s: %w", l.URL, err)
		}
		if due {
			out.Due = append(out.Due, l)
		}
		if known {
			out.Known++
		}
	}
	for _, next := range append([]string{o.Next}, o.Lists...) {
		key, err := CanonicalURL(next)
		if next == "" || err != nil {
			continue
		}
		if err := r.exec(r.stmts.pageNext, r.source, key, next); err != nil {
			return out, fmt.Errorf("remember next page %s: %w", next, err)
		}
	}
	return out, nil
}
