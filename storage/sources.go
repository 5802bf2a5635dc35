package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// IngestSource is the source of articles that came from files.
const IngestSource = "ingest"

// SourceConfig is what the configuration says of a source.
type SourceConfig struct {
	ID, Name, URL, RegionCode string
}

// SyncSources makes the sources table agree with the configuration: new ones are added, changed ones updated; ones no longer configured stay, with
// state "removed", since articles refer to them.
func (db *DB) SyncSources(ctx context.Context, sources []SourceConfig) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		ids := make([]string, len(sources))
		for i, s := range sources {
			ids[i] = s.ID
		}
		configured, err := json.Marshal(ids)
		if err != nil {
			return fmt.Errorf("list the sources: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "UPDATE sources SET state = 'removed' WHERE id <> ? AND id NOT IN (SELECT value FROM json_each(?))", IngestSource, string(configured)); err != nil {
			return fmt.Errorf("update the sources: %w", err)
		}
		for _, s := range sources {
			_, err := tx.ExecContext(ctx, `INSERT INTO sources (id, name, url, region_code) VALUES (?1, ?2, nullif(?3, ''), nullif(?4, ''))
				ON CONFLICT (id) DO UPDATE SET name = ?2, url = nullif(?3, ''), region_code = nullif(?4, ''), usual_rows = iif(url IS nullif(?3, ''), usual_rows, NULL), observed_passes = iif(url IS nullif(?3, ''), observed_passes, 0),
				changed_reason = iif(url IS nullif(?3, ''), changed_reason, NULL),
				state = CASE WHEN state = 'changed' AND url IS nullif(?3, '') THEN state WHEN consecutive_failures >= `+failingAfter+` THEN 'failing' ELSE 'active' END`, s.ID, s.Name, s.URL, s.RegionCode)
			if err != nil {
				return fmt.Errorf("update source %s: %w", s.ID, err)
			}
		}
		return nil
	})
}

// failingAfter is how many failed passes in a row make a source "failing".
const failingAfter = "3"

// SourceRow is a source with its health.
type SourceRow struct {
	ID                  string   `json:"id"`
	Name                string   `json:"name"`
	URL                 *string  `json:"url"`
	RegionCode          *string  `json:"region_code"`
	State               string   `json:"state"`
	Articles            int      `json:"articles"`
	LastRunAt           *string  `json:"last_run_at"`
	LastSuccessAt       *string  `json:"last_success_at"`
	ConsecutiveFailures int      `json:"consecutive_failures"`
	LastError           *string  `json:"last_error"`
	PutOffUntil         *string  `json:"put_off_until"` // no scheduled pass before, since it keeps failing
	ChangedReason       *string  `json:"changed_reason"`
	UsualRows           *float64 `json:"usual_rows"`
	UsualDated          *float64 `json:"usual_dated"`
	UsualChars          *float64 `json:"usual_chars"`
	UsualFailed         *float64 `json:"usual_failed"`
	Waiting             int      `json:"waiting"` // pages of the frontier that are due or failed
	Gone                int      `json:"gone"`    // pages given up
}

// Sources returns every source with its health, by id.
func (db *DB) Sources(ctx context.Context) ([]SourceRow, error) {
	rows, err := db.reader.QueryContext(ctx, `SELECT id, name, url, region_code, state,
		(SELECT count(*) FROM articles a WHERE a.source_id = s.id), last_run_at, last_success_at, consecutive_failures, last_error, put_off_until, changed_reason, usual_rows, usual_dated, usual_chars, usual_failed,
		(SELECT count(*) FROM pages p INDEXED BY pages_waiting WHERE p.source_id = s.id AND p.state IN ('due', 'failed')),
		(SELECT count(*) FROM pages p WHERE p.source_id = s.id AND p.state = 'gone')
		FROM sources s WHERE id <> ?1 OR EXISTS (SELECT 1 FROM articles a WHERE a.source_id = ?1) ORDER BY id`, IngestSource)
	if err != nil {
		return nil, explain(db.path, err)
	}
	defer rows.Close()
	var all []SourceRow
	for rows.Next() {
		var s SourceRow
		if err := rows.Scan(&s.ID, &s.Name, &s.URL, &s.RegionCode, &s.State, &s.Articles, &s.LastRunAt, &s.LastSuccessAt, &s.ConsecutiveFailures, &s.LastError, &s.PutOffUntil,
			&s.ChangedReason, &s.UsualRows, &s.UsualDated, &s.UsualChars, &s.UsualFailed, &s.Waiting, &s.Gone); err != nil {
			return nil, explain(db.path, err)
		}
		all = append(all, s)
	}
	return all, explain(db.path, rows.Err())
}

// PutOff remembers that a source that keeps failing has no scheduled pass before until; the zero time takes that back.
func (db *DB) PutOff(ctx context.Context, sourceID string, until time.Time) error {
	var at any
	if !until.IsZero() {
		at = stamp(until)
	}
	return db.transact(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "UPDATE sources SET put_off_until = ? WHERE id = ?", at, sourceID); err != nil {
			return fmt.Errorf("put off source %s: %w", sourceID, err)
		}
		return nil
	})
}

// Failures returns how many passes of a source failed in a row.
func (db *DB) Failures(ctx context.Context, sourceID string) (n int, err error) {
	err = db.reader.QueryRowContext(ctx, "SELECT coalesce((SELECT consecutive_failures FROM sources WHERE id = ?), 0)", sourceID).Scan(&n)
	return n, explain(db.path, err)
}

// stamp writes a moment as RFC 3339 in UTC, to the second.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// orNull stores an empty text as NULL.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
