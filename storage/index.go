package storage

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"
)

// idBits is how many bits of a row number of the search index are the article's id, 16,777,215 at most. With fewer
// bits the index is smaller. The bit above tells originals from reprints, and those above it are the day by which articles are ordered.
const idBits = 24

// originalBit is set in the row numbers of originals.
const originalBit = 1 << idBits

// searchRow is the row number of an article in the search index: the newer its day, the larger.
func searchRow(id int64, day string, original bool) (int64, error) {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0, fmt.Errorf("article %d: %w", id, err)
	}
	if id >= 1<<idBits {
		return 0, fmt.Errorf("article %d: the search index holds %d articles at most", id, 1<<idBits-1)
	}
	row := searchDay(t)<<(idBits+1) | id
	if original {
		row |= originalBit
	}
	return row, nil
}

// searchDay counts the days since 0001-01-01.
func searchDay(t time.Time) int64 {
	const epoch = 719162 // of 1970-01-01
	return t.Unix()/86400 + epoch
}

// indexEntry is a row that enters the search index or leaves it.
type indexEntry struct {
	row         int64
	leaves      bool
	body, title string // characters apart, as the index has them
}

// terms gives a text as the search index has it: folded, every character apart.
func terms(s string) string { return string(appendFolded(make([]byte, 0, len(s)+len(s)/2), s, ' ')) }

// index notes that an article enters the index with this text or, with it, leaves it. All is written at the end of the transaction.
func (r *recorder) index(id int64, day string, original, leaves bool, body, title string) error {
	row, err := searchRow(id, day, original)
	if err != nil {
		return err
	}
	r.entries = append(r.entries, indexEntry{row, leaves, body, title})
	return nil
}

// reindex moves a stored article to another day, another text or both.
func (r *recorder) reindex(was stored, body, day, newBody, newTitle string) error {
	if err := r.index(was.id, was.day, was.original, true, body, terms(was.title)); err != nil {
		return err
	}
	return r.index(was.id, day, was.original, false, newBody, newTitle)
}

// writeIndex writes what was noted in the order of the rows: FTS5 writes out what it has gathered whenever a row comes that is smaller than the last.
func (r *recorder) writeIndex() error {
	slices.SortStableFunc(r.entries, func(a, b indexEntry) int { return cmp.Compare(a.row, b.row) })
	for _, e := range r.entries {
		stmt := r.stmts.indexInsert
		if e.leaves {
			stmt = r.stmts.indexDelete
		}
		if err := r.exec(stmt, e.row, e.body, e.title); err != nil {
			return fmt.Errorf("index article %d: %w", e.row&(1<<idBits-1), err)
		}
	}
	r.entries = r.entries[:0]
	return nil
}

// fillIndex indexes the articles of a file that was written before there was an index.
func fillIndex(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, "SELECT id, "+articleDay+", original_id IS NULL, body, title FROM articles ORDER BY "+articleDay+", id")
	if err != nil {
		return err
	}
	defer rows.Close()
	insert, err := tx.PrepareContext(ctx, indexInsert)
	if err != nil {
		return err
	}
	defer insert.Close() //nolint:errcheck // it has only written
	for rows.Next() {
		var id int64
		var day, body, title string
		var original bool
		if err := rows.Scan(&id, &day, &original, &body, &title); err != nil {
			return err
		}
		row, err := searchRow(id, day, original)
		if err != nil {
			return err
		}
		if _, err := insert.ExecContext(ctx, row, terms(body), terms(title)); err != nil {
			return err
		}
	}
	return rows.Err()
}

// articleDay is the day by which articles are ordered.
const articleDay = "coalesce(published_on, substr(first_seen_at, 1, 10))"

const (
	indexInsert = `INSERT INTO search (rowid, body, title) VALUES (?, ?, ?)`
	indexDelete = `INSERT INTO search (search, rowid, body, title) VALUES ('delete', ?, ?, ?)`
)
