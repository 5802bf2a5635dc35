package storage

import (
	"context"
	"time"
)

// Validators are what an earlier answer said of its version (RFC 9110, 8.8).
type Validators struct{ ETag, LastModified string }

// Recheck is a stored article that is asked for again.
type Recheck struct {
	Listing    Listing
	Validators Validators // empty where the answer had none, or was read by other rules
}

// firstRecheck is the least distance between two looks at an article. Each look is as far from the one before as that one was from the first sight of the article, so that
// a day costs five of them and a month ten.
const firstRecheck = "-1 hours"

// Rechecks returns at most limit articles of a source that are younger than age and whose turn it is to be looked at again, those not looked at for longest first. An article's age is
// that of its publication date, or, where that is not known, of its first sight. Reading is the fingerprint of the rules by which its page would be read.
func (db *DB) Rechecks(ctx context.Context, sourceID, reading string, now time.Time, age time.Duration, limit int) ([]Recheck, error) {
	rows, err := db.reader.QueryContext(ctx, `SELECT p.url, coalesce(p.listed_title, ''), coalesce(p.listed_on, ''),
			iif(p.reading IS ?2, coalesce(p.etag, ''), ''), iif(p.reading IS ?2, coalesce(p.last_modified, ''), '')
		FROM articles a JOIN pages p ON p.source_id = ?1 AND p.url_key = a.url_key
		WHERE coalesce(a.published_on, substr(a.first_seen_at, 1, 10)) >= ?3 AND p.kind = 'article' AND p.state = 'done' AND p.fetched_at <= strftime('%Y-%m-%dT%H:%M:%SZ', ?4, '`+firstRecheck+`')
			AND 2 * unixepoch(p.fetched_at) - unixepoch(a.first_seen_at) <= unixepoch(?4)
		ORDER BY p.fetched_at, p.url_key LIMIT ?5`, sourceID, reading, now.Add(-age).UTC().Format(time.DateOnly), stamp(now), limit)
	if err != nil {
		return nil, explain(db.path, err)
	}
	defer rows.Close()
	var all []Recheck
	for rows.Next() {
		var r Recheck
		if err := rows.Scan(&r.Listing.URL, &r.Listing.Title, &r.Listing.PublishedOn, &r.Validators.ETag, &r.Validators.LastModified); err != nil {
			return nil, explain(db.path, err)
		}
		all = append(all, r)
	}
	return all, explain(db.path, rows.Err())
}
