package storage

import (
	"context"
	"encoding/json"
	"fmt"
)

// Stats are counts of what the file holds.
type Stats struct {
	Articles  int `json:"articles"`
	Originals int `json:"originals"`
	Reprints  int `json:"reprints"`
	Copies    int `json:"copies"`    // sightings of the same text at another address
	Revisions int `json:"revisions"` // earlier texts kept
	Sections  int `json:"sections"`
	Sources   int `json:"sources"`

	// SourceStates are the sources by state: active, changed, failing, removed.
	SourceStates map[string]int `json:"source_states"`

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

// Stats counts, from the indexes alone.
func (db *DB) Stats(ctx context.Context) (Stats, error) {
	var s Stats
	var states string
	err := db.reader.QueryRowContext(ctx, `SELECT count(*), count(*) - (SELECT count(*) FROM articles WHERE original_id IS NOT NULL), (SELECT count(*) FROM articles WHERE original_id IS NOT NULL),
		(SELECT count(*) FROM sightings WHERE kind = 'copy'), (SELECT count(*) FROM revisions), (SELECT count(*) FROM sections), (SELECT count(*) FROM sources),
		(SELECT count(*) FROM pages), (SELECT count(*) FROM pages WHERE state IN ('due', 'failed')), (SELECT count(*) FROM pages WHERE state = 'gone'),
		(SELECT count(*) FROM runs), (SELECT published_on FROM articles WHERE published_on IS NOT NULL ORDER BY `+articleDay+` LIMIT 1),
		(SELECT published_on FROM articles WHERE published_on IS NOT NULL ORDER BY `+articleDay+` DESC LIMIT 1), (SELECT count(*) FROM articles WHERE published_on IS NULL),
		coalesce(sum(char_count), 0),
		(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size),
		(SELECT json_group_object(state, n) FROM (SELECT state, count(*) AS n FROM sources GROUP BY state ORDER BY state)) FROM articles`).Scan(&s.Articles, &s.Originals, &s.Reprints, &s.Copies, &s.Revisions, &s.Sections, &s.Sources, &s.Pages,
		&s.Waiting, &s.Gone, &s.Runs, &s.OldestOn, &s.NewestOn, &s.WithoutDate, &s.Characters, &s.FileBytes, &states)
	if err != nil {
		return Stats{}, explain(db.path, err)
	}
	if err := json.Unmarshal([]byte(states), &s.SourceStates); err != nil {
		return Stats{}, fmt.Errorf("count the sources by state: %w", err)
	}
	return s, nil
}

// SourceStats are counts of what one source has brought.
type SourceStats struct {
	SourceID    string  `json:"source_id"`
	Source      string  `json:"source"` // name
	State       string  `json:"state"`
	Articles    int     `json:"articles"` // that it brought first
	Originals   int     `json:"originals"`
	Reprints    int     `json:"reprints"`
	Copies      int     `json:"copies"` // sightings there of a text that stands at another address
	Characters  int     `json:"characters"`
	OldestOn    *string `json:"oldest_on"`
	NewestOn    *string `json:"newest_on"`
	WithoutDate int     `json:"without_date"`
}

// StatsBySource counts by source, most articles first.
func (db *DB) StatsBySource(ctx context.Context) ([]SourceStats, error) {
	rows, err := db.reader.QueryContext(ctx, `WITH brought AS (SELECT source_id, count(*) AS articles, count(original_id) AS reprints, sum(char_count) AS characters,
			min(published_on) AS oldest_on, max(published_on) AS newest_on, count(*) - count(published_on) AS without_date FROM articles GROUP BY source_id),
		copied AS (SELECT source_id, count(*) AS copies FROM sightings WHERE kind = 'copy' GROUP BY source_id)
		SELECT s.id, s.name, s.state, coalesce(articles, 0), coalesce(articles - reprints, 0), coalesce(reprints, 0), coalesce(copies, 0), coalesce(characters, 0), oldest_on, newest_on,
			coalesce(without_date, 0)
		FROM sources s LEFT JOIN brought b ON b.source_id = s.id LEFT JOIN copied c ON c.source_id = s.id ORDER BY articles DESC, s.id`)
	if err != nil {
		return nil, explain(db.path, err)
	}
	defer rows.Close()
	var all []SourceStats
	for rows.Next() {
		var s SourceStats
		if err := rows.Scan(&s.SourceID, &s.Source, &s.State, &s.Articles, &s.Originals, &s.Reprints, &s.Copies, &s.Characters, &s.OldestOn, &s.NewestOn, &s.WithoutDate); err != nil {
			return nil, explain(db.path, err)
		}
		all = append(all, s)
	}
	return all, explain(db.path, rows.Err())
}

// SQLiteVersion is the version of the SQLite library that is built in.
func (db *DB) SQLiteVersion(ctx context.Context) (string, error) {
	var v string
	err := db.reader.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&v)
	return v, explain(db.path, err)
}
