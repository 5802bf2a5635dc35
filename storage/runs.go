package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Run is one pass over one source.
type Run struct {
	ID          int64
	SourceID    string
	StartedAt   time.Time
	FinishedAt  time.Time
	Status      string // running, ok, partial (a page failed), failed (nothing could be done), interrupted
	Listed      int    // rows found on list pages: links, or articles with their full texts
	Fetched     int    // pages fetched, list pages included
	NotModified int
	New         int
	Updated     int
	Copies      int
	Reprints    int
	Failed      int
	Bytes       int64 // bytes of the bodies fetched, decompressed
	Err         string
	Removed     int         // articles that were kept no longer; not stored
	Seen        Observation // of the source's pages; not stored in itself
}

// StartRun records that a pass begins and returns its id. Runs of the same source that an earlier process left "running" become "interrupted".
func (db *DB) StartRun(ctx context.Context, sourceID string, at time.Time) (int64, error) {
	var id int64
	err := db.transact(ctx, func(tx *sql.Tx) error {
		if _, err := tx.StmtContext(ctx, db.stmts.ensureSource).ExecContext(ctx, sourceID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE runs SET status = 'interrupted', error = 'the process ended during the pass' WHERE source_id = ? AND status = 'running'`, sourceID)
		if err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO runs (source_id, started_at, status) VALUES (?, ?, 'running')`, sourceID, stamp(at))
		if err != nil {
			return err
		}
		id, err = result.LastInsertId()
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("start the pass of %s: %w", sourceID, err)
	}
	return id, nil
}

// FinishRun records how a pass ended and the health of its source.
func (db *DB) FinishRun(ctx context.Context, r Run) error {
	err := db.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE runs SET finished_at = ?, status = ?, listed = ?, fetched = ?, not_modified = ?, new = ?, updated = ?, copies = ?, reprints = ?, failed = ?,
			bytes = ?, error = ? WHERE id = ?`, stamp(r.FinishedAt), r.Status, r.Listed, r.Fetched, r.NotModified, r.New, r.Updated, r.Copies, r.Reprints, r.Failed, r.Bytes, orNull(r.Err), r.ID)
		if err != nil {
			return err
		}
		if r.Status == "interrupted" {
			return nil // says nothing of the source
		}
		failed := r.Status == "failed"
		_, err = tx.ExecContext(ctx, `UPDATE sources SET last_run_at = ?2, last_success_at = iif(?3, last_success_at, ?2), last_error = ?4,
			consecutive_failures = iif(?3, consecutive_failures + 1, 0), put_off_until = iif(?3, put_off_until, NULL),
			state = CASE WHEN state = 'removed' THEN state WHEN ?3 AND consecutive_failures + 1 >= `+failingAfter+` THEN 'failing' WHEN ?3 OR state = 'changed' THEN state ELSE 'active' END
			WHERE id = ?1`, r.SourceID, stamp(r.FinishedAt), failed, orNull(r.Err))
		if err != nil {
			return err
		}
		return judge(ctx, tx, r.SourceID, r.Seen)
	})
	if err != nil {
		return fmt.Errorf("finish the pass of %s: %w", r.SourceID, err)
	}
	return nil
}

// RunRow is a pass as it stands in the file.
type RunRow struct {
	ID          int64   `json:"id"`
	SourceID    string  `json:"source_id"`
	StartedAt   string  `json:"started_at"`
	FinishedAt  *string `json:"finished_at"`
	Status      string  `json:"status"`
	Listed      int     `json:"listed"`
	Fetched     int     `json:"fetched"`
	NotModified int     `json:"not_modified"`
	New         int     `json:"new"`
	Updated     int     `json:"updated"`
	Copies      int     `json:"copies"`
	Reprints    int     `json:"reprints"`
	Failed      int     `json:"failed"`
	Bytes       int64   `json:"bytes"`
	Error       *string `json:"error"`
}

// Runs returns the last passes, newest first; limit 0 means all.
func (db *DB) Runs(ctx context.Context, limit int) ([]RunRow, error) {
	if limit == 0 {
		limit = -1
	}
	rows, err := db.reader.QueryContext(ctx, `SELECT id, source_id, started_at, finished_at, status, listed, fetched, not_modified, new, updated, copies, reprints, failed, bytes, error
		FROM runs ORDER BY id DESC LIMIT ?`, limit)
	if err != nil {
		return nil, explain(db.path, err)
	}
	defer rows.Close()
	var runs []RunRow
	for rows.Next() {
		var r RunRow
		if err := rows.Scan(&r.ID, &r.SourceID, &r.StartedAt, &r.FinishedAt, &r.Status, &r.Listed, &r.Fetched, &r.NotModified, &r.New, &r.Updated, &r.Copies, &r.Reprints, &r.Failed,
			&r.Bytes, &r.Error); err != nil {
			return nil, explain(db.path, err)
		}
		runs = append(runs, r)
	}
	return runs, explain(db.path, rows.Err())
}
