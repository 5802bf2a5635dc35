package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

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
func (db *DB) Record(ctx context.Context, o Outcome) (Recorded, error) {
	if o.SourceID == "" {
		o.SourceID = IngestSource
	}
	var recorded Recorded
	err := db.transact(ctx, func(tx *sql.Tx) error {
		r := newRecorder(ctx, tx, db.stmts, o)
		if err := r.exec(r.stmts.ensureSource, o.SourceID); err != nil {
			return err
		}
		var err error
		recorded, err = r.record(ctx, o)
		return err
	})
	if err != nil {
		return Recorded{}, err
	}
	return recorded, nil
}

// recorder writes one Outcome inside its transaction.
type recorder struct {
	ctx    context.Context //nolint:containedctx // lives as long as the transaction
	tx     *sql.Tx
	stmts  *statements
	bound  map[*sql.Stmt]*sql.Stmt // prepared statement → the same inside the transaction
	source string
	now    string
	at     time.Time
}

// newRecorder gives a recorder whose statements are not cancelled one by one: each takes microseconds, and the driver starts a goroutine for one that can be.
// record looks at ctx between them.
func newRecorder(ctx context.Context, tx *sql.Tx, stmts *statements, o Outcome) *recorder {
	return &recorder{
		ctx: context.WithoutCancel(ctx), tx: tx, stmts: stmts, bound: map[*sql.Stmt]*sql.Stmt{}, source: o.SourceID, now: stamp(o.At), at: o.At,
	}
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

func (r *recorder) row(stmt *sql.Stmt, args ...any) *sql.Row {
	return r.bind(stmt).QueryRowContext(r.ctx, args...)
}

func (r *recorder) record(ctx context.Context, o Outcome) (Recorded, error) {
	var out Recorded
	for _, a := range o.Articles {
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
	if o.Next != "" {
		if key, err := CanonicalURL(o.Next); err == nil {
			if err := r.exec(r.stmts.pageNext, r.source, key, o.Next); err != nil {
				return out, fmt.Errorf("remember next page %s: %w", o.Next, err)
			}
		}
	}
	return out, nil
}

// stored is what the file holds of an article that is met again.
type stored struct {
	id       int64
	hash     string
	title    string
	revision int
	urlKey   *string
	source   string
}

// article stores one article as what it is: known by its address, by its text, or new.
func (r *recorder) article(a Article) (Saved, error) {
	hash := ContentHash(a.Title, a.Body)
	key := ""
	if a.URL != "" {
		var err error
		if key, err = CanonicalURL(a.URL); err != nil {
			return Saved{}, err
		}
		was, err := r.byKey(key)
		if err == nil {
			return r.again(a, was, hash)
		} else if !errors.Is(err, sql.ErrNoRows) {
			return Saved{}, err
		}
	}
	was, err := r.byHash(hash)
	switch {
	case err == nil:
		return r.copied(a, was, key)
	case !errors.Is(err, sql.ErrNoRows):
		return Saved{}, err
	}
	if key == "" {
		was, ok, err := r.changed(a)
		if err != nil {
			return Saved{}, err
		}
		if ok {
			return r.again(a, was, hash)
		}
	}
	return r.insert(a, key, hash)
}

func (r *recorder) byKey(key string) (stored, error) {
	var was stored
	err := r.row(r.stmts.articleByKey, key).Scan(&was.id, &was.hash, &was.title, &was.revision)
	return was, err
}

func (r *recorder) byHash(hash string) (stored, error) {
	was := stored{hash: hash}
	err := r.row(r.stmts.articleByHash, hash).Scan(&was.id, &was.urlKey, &was.source)
	return was, err
}

// changed finds the earlier text of an article without an address: same source, title and date, and half of its characters' pairs.
func (r *recorder) changed(a Article) (stored, bool, error) {
	if r.source == IngestSource {
		return stored{}, false, nil // dumps of different sites may share a title
	}
	var was stored
	var body string
	err := r.row(r.stmts.articleLikeIt, r.source, a.Title, orNull(a.Date)).Scan(&was.id, &was.hash, &was.title, &was.revision, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return stored{}, false, nil
	}
	return was, err == nil && similar(body, a.Body), err
}

// again records an article that is met under its own address (or is known to be the same one): unchanged, or a revision.
func (r *recorder) again(a Article, was stored, hash string) (Saved, error) {
	if was.hash == hash && NormalText(was.title) == NormalText(a.Title) {
		if err := r.exec(r.stmts.articleSeen, was.id, r.now); err != nil {
			return Saved{}, err
		}
		return Saved{was.id, SightingSame}, r.sighted(a, was.id, SightingSame)
	}
	if err := r.exec(r.stmts.revisionInsert, was.id, r.now); err != nil {
		return Saved{}, err
	}
	err := r.exec(r.stmts.articleRevise, was.id, a.Title, a.Body, orNull(a.Date), moment(a.Time), orNull(a.Publisher), orNull(a.Author), utf8.RuneCountInString(a.Body), hash, r.now, parser.Version)
	if err != nil {
		return Saved{}, err
	}
	if err := r.exec(r.stmts.sectionsDelete, was.id); err != nil {
		return Saved{}, err
	}
	if err := r.sections(was.id, a); err != nil {
		return Saved{}, err
	}
	return Saved{was.id, SightingRevision}, r.exec(r.stmts.sightingInsert, was.id, r.source, orNull(a.URL), a.Title, orNull(a.Date), r.now, string(SightingRevision))
}

// copied records an article whose text is stored already under another address, or none. A stored article without an address takes the one that is met now.
func (r *recorder) copied(a Article, was stored, key string) (Saved, error) {
	var err error
	if was.urlKey == nil && key != "" {
		err = r.exec(r.stmts.articleAdopt, was.id, a.URL, key, r.now)
	} else {
		err = r.exec(r.stmts.articleSeen, was.id, r.now)
	}
	if err != nil {
		return Saved{}, err
	}
	kind := SightingCopy
	if was.urlKey == nil && (key != "" || was.source == r.source) {
		kind = SightingSame
	}
	known, err := r.changes(r.stmts.sightingSeen, was.id, r.source, orNull(a.URL), r.now)
	if err != nil || known {
		return Saved{was.id, SightingSame}, err
	}
	return Saved{was.id, kind}, r.exec(r.stmts.sightingInsert, was.id, r.source, orNull(a.URL), a.Title, orNull(a.Date), r.now, string(kind))
}

func (r *recorder) insert(a Article, key, hash string) (Saved, error) {
	result, err := r.bind(r.stmts.articleInsert).ExecContext(r.ctx, r.source, orNull(a.URL), orNull(key), a.Title, a.Body, orNull(a.Date), moment(a.Time),
		orNull(a.Publisher), orNull(a.Author), utf8.RuneCountInString(a.Body), hash, r.now, parser.Version)
	if err != nil {
		return Saved{}, err
	}
	id, err := result.LastInsertId()
	if err != nil {
		return Saved{}, err
	}
	if err := r.sections(id, a); err != nil {
		return Saved{}, err
	}
	return Saved{id, SightingNew}, r.exec(r.stmts.sightingInsert, id, r.source, orNull(a.URL), a.Title, orNull(a.Date), r.now, string(SightingNew))
}

// sighted notes that an article was met where it was met before, or at a new place.
func (r *recorder) sighted(a Article, id int64, kind SightingKind) error {
	known, err := r.changes(r.stmts.sightingSeen, id, r.source, orNull(a.URL), r.now)
	if err != nil || known {
		return err
	}
	return r.exec(r.stmts.sightingInsert, id, r.source, orNull(a.URL), a.Title, orNull(a.Date), r.now, string(kind))
}

func (r *recorder) sections(id int64, a Article) error {
	for _, s := range a.Sections {
		if err := r.exec(r.stmts.sectionInsert, id, s.Number, s.Heading, s.Body); err != nil {
			return err
		}
	}
	return nil
}

func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return stamp(t)
}
