package storage

import (
	"context"
	"os"
	"time"
)

// Vitals are what an alarm wants to know of a source; they are read without a look at the articles.
type Vitals struct {
	ID          string
	State       string
	LastSuccess time.Time // zero: never
	PutOffUntil time.Time // zero: visited at its times
	Failures    int       // failed passes in a row
	Due         int       // pages of the frontier that wait to be fetched
	Failed      int       // that wait for another try
	Gone        int       // that were given up
}

// Vitals returns those of every configured source, by id.
func (db *DB) Vitals(ctx context.Context) ([]Vitals, error) {
	rows, err := db.reader.QueryContext(ctx, `SELECT id, state, last_success_at, put_off_until, consecutive_failures,
		(SELECT count(*) FROM pages p INDEXED BY pages_waiting WHERE p.source_id = s.id AND p.state IN ('due', 'failed') AND p.state = 'due'),
		(SELECT count(*) FROM pages p INDEXED BY pages_waiting WHERE p.source_id = s.id AND p.state IN ('due', 'failed') AND p.state = 'failed'),
		(SELECT count(*) FROM pages p INDEXED BY pages_gone WHERE p.source_id = s.id AND p.state = 'gone')
		FROM sources s WHERE id <> ? AND state <> 'removed' ORDER BY id`, IngestSource)
	if err != nil {
		return nil, explain(db.path, err)
	}
	defer rows.Close()
	var all []Vitals
	for rows.Next() {
		var v Vitals
		var success, putOff *string
		if err := rows.Scan(&v.ID, &v.State, &success, &putOff, &v.Failures, &v.Due, &v.Failed, &v.Gone); err != nil {
			return nil, explain(db.path, err)
		}
		v.LastSuccess, v.PutOffUntil = parseStamp(success), parseStamp(putOff)
		all = append(all, v)
	}
	return all, explain(db.path, rows.Err())
}

// FileSizes returns the bytes of the file and of its write-ahead log; 0 for one that is not there.
func (db *DB) FileSizes() (file, log int64) {
	if stat, err := os.Stat(db.path); err == nil {
		file = stat.Size()
	}
	if stat, err := os.Stat(db.path + "-wal"); err == nil {
		log = stat.Size()
	}
	return file, log
}
