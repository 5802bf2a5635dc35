package storage

import (
	"context"
	"time"
)

// PageAt is a page of the frontier of one source.
type PageAt struct {
	SourceID  string
	Kind      string  // list or article
	State     string  // due, done, failed or gone
	Listing   Listing // of an article: the row that led there
	FetchedAt time.Time
}

// PagesAt returns the pages at an address, those of every source, sorted by source. An address that is none of the web has none.
func (db *DB) PagesAt(ctx context.Context, url string) ([]PageAt, error) {
	key, err := CanonicalURL(url)
	if err != nil {
		return nil, nil //nolint:nilerr // nobody could fetch it
	}
	rows, err := db.reader.QueryContext(ctx, `SELECT p.source_id, p.kind, p.state, p.url, coalesce(p.listed_title, ''), coalesce(p.listed_on, ''), coalesce(p.fetched_at, '')
		FROM sources s CROSS JOIN pages p ON p.source_id = s.id AND p.url_key = ? ORDER BY p.source_id`, key)
	if err != nil {
		return nil, explain(db.path, err)
	}
	defer rows.Close()
	var pages []PageAt
	for rows.Next() {
		var p PageAt
		var at string
		if err := rows.Scan(&p.SourceID, &p.Kind, &p.State, &p.Listing.URL, &p.Listing.Title, &p.Listing.PublishedOn, &at); err != nil {
			return nil, explain(db.path, err)
		}
		p.FetchedAt, _ = time.Parse(time.RFC3339, at) // zero where never
		pages = append(pages, p)
	}
	return pages, explain(db.path, rows.Err())
}
