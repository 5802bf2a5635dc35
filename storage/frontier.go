package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"zhaowen/parser"
)

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
	Reading      string // fingerprint of the rules that it was read by
	Err          string // why it failed, in words; empty: it did not fail
}

// PageDue is a page of the frontier that waits to be fetched.
type PageDue struct {
	URL      string
	Kind     parser.Kind // KindList or KindArticle
	Failures int
	Listing  Listing // of an article: the row that led there
}

const (
	// giveUpAfter is how many failures in a row make a page "gone".
	giveUpAfter = "8"
	// retryAfter is the distance to the next try by the failures so far: 1 h, 4 h, 1 d, 3 d, then 7 d.
	retryAfter = `CASE failures + 1 WHEN 1 THEN '+1 hours' WHEN 2 THEN '+4 hours' WHEN 3 THEN '+1 days' WHEN 4 THEN '+3 days' ELSE '+7 days' END`
	firstRetry = time.Hour
)

// page remembers what became of a page that was asked for.
func (r *recorder) page(p PageFetch) error {
	key, err := CanonicalURL(p.URL)
	if err != nil {
		return err
	}
	kind := "article"
	if p.Kind != parser.KindArticle {
		kind = "list"
	}
	if p.Err != "" {
		return r.exec(r.stmts.pageFailed, r.source, key, p.URL, kind, p.Status, r.now, stamp(r.at.Add(firstRetry)), p.Err)
	}
	return r.exec(r.stmts.pageDone, r.source, key, p.URL, kind, orNull(p.ETag), orNull(p.LastModified), p.Status, r.now, orNull(p.Reading))
}

// listing remembers a row of a list page. It is due when its article is not stored yet, or when its title or date in the list has changed.
func (r *recorder) listing(l Listing) (due, known bool, err error) {
	key, err := CanonicalURL(l.URL)
	if err != nil {
		return false, true, nil //nolint:nilerr // an address that nobody can fetch is nothing to do
	}
	var state string
	var title, on *string
	err = r.row(r.stmts.pageByKey, r.source, key).Scan(&state, &title, &on)
	if errors.Is(err, sql.ErrNoRows) {
		return r.newListing(l, key)
	}
	if err != nil {
		return false, false, err
	}
	changed := differs(title, l.Title) || differs(on, l.PublishedOn)
	if changed || title == nil {
		if err := r.exec(r.stmts.pageRelisted, r.source, key, l.Title, orNull(l.PublishedOn), changed); err != nil {
			return false, true, err
		}
	}
	return changed || state == "due", true, nil
}

// newListing enters a row into the frontier; an article that another source has brought is not fetched again.
func (r *recorder) newListing(l Listing, key string) (due, known bool, err error) {
	state := "due"
	was, err := r.byKey(key)
	switch {
	case err == nil:
		state = "done"
		a := Article{Article: parser.Article{URL: l.URL, Title: l.Title, Date: l.PublishedOn}}
		if err := r.sighted(a, was.id, SightingSame); err != nil {
			return false, false, err
		}
	case !errors.Is(err, sql.ErrNoRows):
		return false, false, err
	}
	return state == "due", false, r.exec(r.stmts.pageNew, r.source, key, l.URL, state, l.Title, orNull(l.PublishedOn))
}

func differs(was *string, now string) bool {
	return was != nil && *was != "" && now != "" && *was != now
}

// DuePages returns the pages of a source that wait: list pages that an interrupted pass left unread, and articles not fetched yet or failed before and due
// for another try.
func (db *DB) DuePages(ctx context.Context, sourceID string, now time.Time) ([]PageDue, error) {
	rows, err := db.reader.QueryContext(ctx, `SELECT url, kind, failures, coalesce(listed_title, ''), coalesce(listed_on, '') FROM pages INDEXED BY pages_waiting
		WHERE source_id = ? AND state IN ('due', 'failed') AND (next_at IS NULL OR next_at <= ?) ORDER BY kind DESC, failures, url_key`, sourceID, stamp(now))
	if err != nil {
		return nil, explain(db.path, err)
	}
	defer rows.Close()
	var due []PageDue
	for rows.Next() {
		var p PageDue
		if err := rows.Scan(&p.URL, &p.Kind, &p.Failures, &p.Listing.Title, &p.Listing.PublishedOn); err != nil {
			return nil, explain(db.path, err)
		}
		p.Listing.URL = p.URL
		due = append(due, p)
	}
	return due, explain(db.path, rows.Err())
}

// Validators returns those of a URL; empty where none are known, or where the page was read by other rules than those of the fingerprint reading: what these
// would find in it is not known then, though it has not changed.
func (db *DB) Validators(ctx context.Context, sourceID, url, reading string) (Validators, error) {
	var v Validators
	key, err := CanonicalURL(url)
	if err != nil {
		return v, err
	}
	err = db.reader.QueryRowContext(ctx, `SELECT coalesce(etag, ''), coalesce(last_modified, '') FROM pages WHERE source_id = ? AND url_key = ? AND state = 'done' AND reading IS ?`,
		sourceID, key, orNull(reading)).Scan(&v.ETag, &v.LastModified)
	if errors.Is(err, sql.ErrNoRows) {
		return v, nil
	}
	return v, explain(db.path, err)
}

// Known is what the file knows of an address.
type Known struct {
	State     string // of the page in the frontier of the source: due, done, failed, gone; empty: not in it
	ArticleID int64  // of the article that stands at the address, whichever source brought it; 0: none
}

// Known tells what the file knows of an address. It returns an error for what is no address of the web.
func (db *DB) Known(ctx context.Context, sourceID, url string) (Known, error) {
	key, err := CanonicalURL(url)
	if err != nil {
		return Known{}, err
	}
	var k Known
	err = db.reader.QueryRowContext(ctx, `SELECT coalesce((SELECT state FROM pages WHERE source_id = ?1 AND url_key = ?2), ''),
		coalesce((SELECT id FROM articles WHERE url_key = ?2), 0)`, sourceID, key).Scan(&k.State, &k.ArticleID)
	return k, explain(db.path, err)
}
