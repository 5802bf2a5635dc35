package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// mostRecent is how many fingerprints wait before they are moved into a table by hash. Moved in order they touch each of its pages once.
const mostRecent = 300_000

// mostMiddle is how many of the settled ones wait in a table of middle size before they are moved on.
const mostMiddle = 10 * mostRecent

// recentPrints are the fingerprints of the table fingerprints_recent: by hash the articles that have it, the latest first. Written one by one into a table by hash each would
// touch a page of its own; here they wait until they are many. Who has the right to write may use it.
type recentPrints struct {
	heads       map[uint32]int32 // by hash the last of its entries, counted from 1
	entries     []recentEntry
	first, last int64 // ids of the first and the last row in the table; 0: none
}

type recentEntry struct {
	article int64
	next    int32 // the entry before it of the same hash, counted from 1; 0: none
}

func (p *recentPrints) add(article int64, prints []uint32) {
	if p.heads == nil {
		p.heads = map[uint32]int32{}
	}
	for _, print := range prints {
		p.entries = append(p.entries, recentEntry{article, p.heads[print]})
		p.heads[print] = int32(len(p.entries))
	}
}

// of appends the articles that have a fingerprint.
func (p *recentPrints) of(print uint32, articles []int64) []int64 {
	for at := p.heads[print]; at > 0; at = p.entries[at-1].next {
		articles = append(articles, p.entries[at-1].article)
	}
	return articles
}

// recentRow is a row of the table that a transaction has written.
type recentRow struct {
	id, article int64
	prints      []uint32
}

// committed takes over what a transaction has written.
func (p *recentPrints) committed(rows []recentRow) {
	for _, row := range rows {
		p.add(row.article, row.prints)
		p.last = row.id
		if p.first == 0 {
			p.first = row.id
		}
	}
}

// refresh brings the memory to what the table holds: at first all of it, then what other processes have written since. When one of them has moved the rows
// on, settled says so.
func (p *recentPrints) refresh(r *recorder) (settled bool, err error) {
	var first, last int64
	if err := r.row(r.stmts.recentBounds).Scan(&first, &last); err != nil {
		return false, err
	}
	if first != p.first && p.first != 0 {
		*p, settled = recentPrints{}, true
	}
	if last <= p.last {
		return settled, nil
	}
	rows, err := r.rows(r.stmts.recentSince, p.last)
	if err != nil {
		return settled, err
	}
	defer rows.Close()
	for rows.Next() {
		var row recentRow
		var hashes []byte
		if err := rows.Scan(&row.id, &row.article, &hashes); err != nil {
			return settled, err
		}
		if err := json.Unmarshal(hashes, &row.prints); err != nil {
			return settled, fmt.Errorf("fingerprints of article %d: %w", row.article, err)
		}
		p.committed([]recentRow{row})
	}
	return settled, rows.Err()
}

// settlePrints moves the recent fingerprints into the table of middle size, and those of that one into the large one when they are many. Who calls it has the right to write.
func (db *DB) settlePrints(ctx context.Context) error {
	large := false
	err := db.inTransaction(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO fingerprints_middle (hash, article_id) SELECT j.value, r.article_id FROM fingerprints_recent r, json_each(r.hashes) j
			WHERE EXISTS (SELECT 1 FROM articles WHERE id = r.article_id) ORDER BY 1, 2;
			DELETE FROM fingerprints_recent`)
		var middle int
		if err == nil {
			err = tx.QueryRowContext(ctx, "SELECT count(*) FROM fingerprints_middle").Scan(&middle)
		}
		if err == nil && middle >= db.mostMiddle {
			_, err = tx.ExecContext(ctx, "INSERT OR IGNORE INTO fingerprints SELECT hash, article_id FROM fingerprints_middle ORDER BY 1, 2; DELETE FROM fingerprints_middle")
			large = true
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("settle fingerprints: %w", err)
	}
	db.recent = recentPrints{}
	if large {
		db.large.Store(true)
	}
	db.settles.Add(1)
	db.waiting.Store(0)
	return nil
}
