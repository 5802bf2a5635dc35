package storage

import "context"

// Stats are counts of what the file holds.
type Stats struct {
	Articles    int     `json:"articles"`
	Originals   int     `json:"originals"`
	Reprints    int     `json:"reprints"`
	Copies      int     `json:"copies"`    // sightings of the same text at another address
	Revisions   int     `json:"revisions"` // earlier texts kept
	Sections    int     `json:"sections"`
	Sources     int     `json:"sources"`
	Pages       int     `json:"pages"`
	Waiting     int     `json:"waiting"` // pages due or failed
	Gone        int     `json:"gone"`    // pages given up
	Runs        int     `json:"runs"`
	OldestOn    *string `json:"oldest_on"`
	NewestOn    *string `json:"newest_on"`
	WithoutDate int     `json:"without_date"`
	Characters  int     `json:"characters"`
	FileBytes   int64   `json:"file_bytes"` // of the main file, without the write-ahead log
}

// Stats counts.
func (db *DB) Stats(ctx context.Context) (Stats, error) {
	var s Stats
	err := db.reader.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE original_id IS NULL), count(*) FILTER (WHERE original_id IS NOT NULL),
		(SELECT count(*) FROM sightings WHERE kind = 'copy'), (SELECT count(*) FROM revisions), (SELECT count(*) FROM sections), (SELECT count(*) FROM sources),
		(SELECT count(*) FROM pages), (SELECT count(*) FROM pages WHERE state IN ('due', 'failed')), (SELECT count(*) FROM pages WHERE state = 'gone'),
		(SELECT count(*) FROM runs), min(published_on), max(published_on), count(*) FILTER (WHERE published_on IS NULL), coalesce(sum(char_count), 0),
		(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) FROM articles`).Scan(&s.Articles, &s.Originals, &s.Reprints, &s.Copies, &s.Revisions, &s.Sections, &s.Sources, &s.Pages,
		&s.Waiting, &s.Gone, &s.Runs, &s.OldestOn, &s.NewestOn, &s.WithoutDate, &s.Characters, &s.FileBytes)
	return s, explain(db.path, err)
}

// SQLiteVersion is the version of the SQLite library that is built in.
func (db *DB) SQLiteVersion(ctx context.Context) (string, error) {
	var v string
	err := db.reader.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&v)
	return v, explain(db.path, err)
}
