package storage

import (
	"context"
	"time"
)

// maxPublications is how many articles are looked at to learn when a column publishes.
const maxPublications = 3000

// Publication is when an article came out, as far as that is known.
type Publication struct {
	At        time.Time // to the minute; zero: not known
	On        string    // YYYY-MM-DD; empty: not known
	FirstSeen time.Time
}

// Publications returns when the articles of a source came out since a day, the newest first.
func (db *DB) Publications(ctx context.Context, sourceID string, since time.Time) ([]Publication, error) {
	rows, err := db.reader.QueryContext(ctx, `SELECT published_at, coalesce(published_on, ''), first_seen_at FROM articles
		WHERE source_id = ? AND coalesce(published_on, substr(first_seen_at, 1, 10)) >= ? ORDER BY coalesce(published_on, substr(first_seen_at, 1, 10)) DESC, id DESC LIMIT ?`,
		sourceID, since.UTC().Format(time.DateOnly), maxPublications)
	if err != nil {
		return nil, explain(db.path, err)
	}
	defer rows.Close()
	var all []Publication
	for rows.Next() {
		var p Publication
		var at, seen *string
		if err := rows.Scan(&at, &p.On, &seen); err != nil {
			return nil, explain(db.path, err)
		}
		p.At, p.FirstSeen = parseStamp(at), parseStamp(seen)
		all = append(all, p)
	}
	return all, explain(db.path, rows.Err())
}
