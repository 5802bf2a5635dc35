package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"zhaowen/storage/sameness"
)

// pruneBatch is how many articles are removed in one transaction: few enough that whoever else writes waits for no more than a moment.
const pruneBatch = 100

// pruneSelect finds articles of a source from before a day that no other article reprints. Oldest first, it needs no sorting.
const pruneSelect = `SELECT id, original_id IS NULL, ` + articleDay + `, title, body FROM articles
	WHERE source_id = ?1 AND ` + articleDay + ` < ?2 AND NOT EXISTS (SELECT 1 FROM articles r WHERE r.original_id = articles.id)
	ORDER BY ` + articleDay + `, id LIMIT ?3`

// Prune removes the articles of a source that were published, or first seen where that is not known, before a day (YYYY-MM-DD), with their sightings, revisions,
// sections and fingerprints, and returns how many. An original stays as long as one of its reprints does, since without it the reprint would pass for news. Pages stay
// known as done, so that what was removed is not fetched again. Each batch is a transaction: after an error those before it are removed, and running it again does the
// rest.
func (db *DB) Prune(ctx context.Context, sourceID, before string) (removed int, err error) {
	for {
		n, err := db.pruneOnce(ctx, sourceID, before)
		if err != nil {
			return removed, fmt.Errorf("remove articles of %s from before %s: %w", sourceID, before, err)
		}
		if n == 0 {
			return removed, nil
		}
		removed += n
	}
}

// pruneOnce removes one batch and returns its size; 0: nothing is left to remove. An original whose last reprint is in the batch comes in one of the next.
func (db *DB) pruneOnce(ctx context.Context, sourceID, before string) (removed int, err error) {
	if err := db.acquire(ctx); err != nil {
		return 0, err
	}
	defer db.release()
	waited := false
	err = db.inTransaction(ctx, func(tx *sql.Tx) error {
		old, err := selectOld(ctx, tx, sourceID, before)
		if err != nil {
			return err
		}
		whole := context.WithoutCancel(ctx) // the driver starts a goroutine for a statement that can be cancelled
		for _, a := range old {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := db.remove(whole, tx, a); err != nil {
				return fmt.Errorf("article %d: %w", a.id, err)
			}
		}
		removed = len(old)
		waited, err = deleteWaiting(whole, tx, old)
		return err
	})
	if err != nil {
		return 0, err
	}
	if waited {
		db.recent = recentPrints{} // who stores next reads what is left
	}
	return removed, nil
}

// oldArticle is an article to be removed, with what its fingerprints and its place in the search index are made of.
type oldArticle struct {
	id               int64
	original         bool
	day, title, body string
}

func selectOld(ctx context.Context, tx *sql.Tx, sourceID, before string) ([]oldArticle, error) {
	rows, err := tx.QueryContext(ctx, pruneSelect, sourceID, before, pruneBatch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var old []oldArticle
	for rows.Next() {
		var a oldArticle
		if err := rows.Scan(&a.id, &a.original, &a.day, &a.title, &a.body); err != nil {
			return nil, err
		}
		old = append(old, a)
	}
	return old, rows.Err()
}

// remove deletes an article and all that belongs to it.
func (db *DB) remove(ctx context.Context, tx *sql.Tx, a oldArticle) error {
	if err := db.deleteIndexed(ctx, tx, a); err != nil {
		return err
	}
	if err := db.deletePrints(ctx, tx, a); err != nil {
		return err
	}
	for _, statement := range []string{
		"DELETE FROM sightings WHERE article_id = ?",
		"DELETE FROM revisions WHERE article_id = ?",
		"DELETE FROM section_spans WHERE article_id = ?",
		"DELETE FROM articles WHERE id = ?", // last: the others refer to it
	} {
		if _, err := tx.ExecContext(ctx, statement, a.id); err != nil {
			return err
		}
	}
	return nil
}

// deletePrints deletes the settled fingerprints of an article and of its earlier texts, which are found by their hashes alone.
func (db *DB) deletePrints(ctx context.Context, tx *sql.Tx, a oldArticle) error {
	texts, err := earlierTexts(ctx, tx, a.id)
	if err != nil {
		return err
	}
	var prints []uint32
	for _, body := range append(texts, a.body) {
		prints = append(prints, sameness.NewText(body).Fingerprints()...)
	}
	list, err := json.Marshal(prints)
	if err != nil {
		return err
	}
	for _, stmt := range []*sql.Stmt{db.stmts.printsDelete, db.stmts.printsDeleteMiddle} {
		if _, err := tx.StmtContext(ctx, stmt).ExecContext(ctx, string(list), a.id); err != nil {
			return err
		}
	}
	return nil
}

func earlierTexts(ctx context.Context, tx *sql.Tx, id int64) (bodies []string, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT body FROM revisions WHERE article_id = ?", id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var body string
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		bodies = append(bodies, body)
	}
	return bodies, rows.Err()
}

// deleteWaiting deletes the fingerprints of articles that are not settled yet, and tells whether there were any. It reads all that wait: once a batch. Another process may
// remember them; they then lead it to texts that turn out to be others.
func deleteWaiting(ctx context.Context, tx *sql.Tx, old []oldArticle) (bool, error) {
	if len(old) == 0 {
		return false, nil
	}
	ids := make([]int64, len(old))
	for i, a := range old {
		ids[i] = a.id
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return false, err
	}
	result, err := tx.ExecContext(ctx, "DELETE FROM fingerprints_recent WHERE article_id IN (SELECT value FROM json_each(?))", string(list))
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// deleteIndexed takes an article out of the search index.
func (db *DB) deleteIndexed(ctx context.Context, tx *sql.Tx, a oldArticle) error {
	row, err := searchRow(a.id, a.day, a.original)
	if err != nil {
		return err
	}
	_, err = tx.StmtContext(ctx, db.stmts.indexDelete).ExecContext(ctx, row, terms(a.body), terms(a.title))
	return err
}
