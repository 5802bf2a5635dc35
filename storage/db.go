package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver
)

// applicationID marks our files (PRAGMA application_id): "ZHWN".
const applicationID = 0x5A48574E

// DB is an open database: one writer connection and a pool of readers. It is safe for concurrent use.
type DB struct {
	path       string
	writer     *sql.DB // nil: opened for reading alone
	reader     *sql.DB
	write      chan struct{} // holds one token while a transaction runs: one at a time, and whoever waits can give up
	queue      queue
	together   int // outcomes of the last transaction; of who has the right to write
	stmts      *statements
	recent     recentPrints // of who has the right to write
	waiting    atomic.Int64 // how many these are
	settles    atomic.Int64 // how often fingerprints were moved on
	large      atomic.Bool  // the large table of fingerprints holds some
	unsettled  bool         // no fingerprint was settled when the file was opened
	mostMiddle int
}

// mostReaders is how many read at once.
const mostReaders = 4

// The page caches of a connection: 16 and 4 MiB of pages of 32 KiB. In pages, since a size in KiB, set before the size of a page is known, is taken for as many pages of 4 KiB.
const (
	writerCache = "512"
	readerCache = "128"
)

// busyTimeout is how long a statement waits for another process, in milliseconds.
const busyTimeout = "5000"

// Open opens path for reading and writing, creates it where it is missing and migrates it forward. A file that is not ours, or a newer program's, is refused
// with ErrForeign or ErrNewer and stays as it is, byte for byte.
func Open(ctx context.Context, path string) (*DB, error) {
	if err := checkFTS5(ctx); err != nil {
		return nil, err
	}
	if err := inspect(ctx, path); err != nil {
		return nil, err
	}
	db := newDB(path)
	if err := db.openWriter(ctx); err != nil {
		return nil, errors.Join(explain(path, err), db.Close())
	}
	if err := db.openReader(ctx); err != nil {
		return nil, errors.Join(explain(path, err), db.Close())
	}
	return db, nil
}

func newDB(path string) *DB {
	return &DB{path: path, write: make(chan struct{}, 1), queue: queue{many: make(chan struct{}, 1)}, mostMiddle: mostMiddle}
}

// oldestRead is the oldest schema that reads as the present one does: what came after it serves writing alone.
const oldestRead = 6

// OpenReadOnly opens an existing file for reading alone; nothing is created or migrated. On a read-only disk, where SQLite cannot make the shared memory that
// a file in WAL mode wants, the file is read as one that nobody changes.
func OpenReadOnly(ctx context.Context, path string) (*DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("database %s: no such file: crawl or ingest something first, or name it with --db", path)
	}
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	db := newDB(path)
	err := db.openReader(ctx)
	if cannotOpen(err) && !hasLog(path) {
		err = errors.Join(db.reader.Close(), db.openReader(ctx, "immutable=1"))
	}
	if err != nil {
		return nil, errors.Join(explain(path, err), db.Close())
	}
	version, err := checkVersion(ctx, db.reader, path)
	if err == nil && version == 0 {
		err = fmt.Errorf("database %s: nothing is stored in it yet: crawl or ingest something first, or name another with --db", path)
	}
	if err == nil && version < oldestRead {
		err = fmt.Errorf("database %s: an earlier program's (schema %d): `crawl ingest` or `crawl --once` brings it to %d", path, version, len(migrations))
	}
	if err != nil {
		return nil, errors.Join(explain(path, err), db.Close())
	}
	return db, nil
}

// dsn escapes the path as SQLite's URI file names want it (https://sqlite.org/uri.html) and adds the options.
func dsn(path string, options ...string) string {
	parts := strings.Split(filepath.ToSlash(path), "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return "file:" + strings.Join(parts, "/") + "?" + strings.Join(options, "&")
}

func (db *DB) openWriter(ctx context.Context) error {
	var err error
	db.writer, err = sql.Open("sqlite3", dsn(db.path, "mode=rwc", "_txlock=immediate", "_busy_timeout="+busyTimeout, "_foreign_keys=1", "_synchronous=NORMAL", "_cache_size="+writerCache))
	if err != nil {
		return err
	}
	db.writer.SetMaxOpenConns(1)
	db.writer.SetMaxIdleConns(1)
	db.writer.SetConnMaxLifetime(0)
	if _, err := checkVersion(ctx, db.writer, db.path); err != nil {
		return err
	}
	// of a new file alone: articles of 1,000 characters waste a ninth of pages of this size, and a quarter of those of half of it
	if _, err := db.writer.ExecContext(ctx, "PRAGMA page_size = 32768"); err != nil {
		return err
	}
	if err := useLog(ctx, db.writer); err != nil {
		return err
	}
	err = readBack(ctx, db.writer, db.path, map[string]string{"journal_mode": "wal", "synchronous": "1", "foreign_keys": "1", "busy_timeout": busyTimeout})
	if err != nil {
		return err
	}
	if err := migrate(ctx, db.writer); err != nil {
		return err
	}
	var large, middle bool
	if err := db.writer.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM fingerprints), EXISTS (SELECT 1 FROM fingerprints_middle)").Scan(&large, &middle); err != nil {
		return err
	}
	db.large.Store(large)
	db.unsettled = !large && !middle
	db.stmts, err = prepare(ctx, db.writer)
	return err
}

// useLog puts the file into WAL mode. SQLite does not wait its busy timeout for this when another process is doing the same, so this does.
func useLog(ctx context.Context, conn *sql.DB) error {
	for try := 0; ; try++ {
		_, err := conn.ExecContext(ctx, "PRAGMA journal_mode = WAL")
		if !busy(err) || try == 100 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// readBack makes sure of the settings that matter, since the driver passes over options that it does not know.
func readBack(ctx context.Context, conn *sql.DB, path string, want map[string]string) error {
	for pragma, value := range want {
		var got string
		if err := conn.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil {
			return err
		}
		if got != value {
			return fmt.Errorf("database %s: PRAGMA %s is %s, not %s", path, pragma, got, value)
		}
	}
	return nil
}

func (db *DB) openReader(ctx context.Context, options ...string) error {
	var err error
	db.reader, err = sql.Open("sqlite3", dsn(db.path, append(options, "mode=ro", "_busy_timeout="+busyTimeout, "_query_only=1", "_cache_size="+readerCache)...))
	if err != nil {
		return err
	}
	db.reader.SetMaxOpenConns(mostReaders)
	db.reader.SetMaxIdleConns(mostReaders)
	if err := db.reader.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(new(int)); err != nil {
		return err
	}
	return readBack(ctx, db.reader, db.path, map[string]string{"query_only": "1", "busy_timeout": busyTimeout})
}

// Close checkpoints the write-ahead log (when writable) and closes all connections.
func (db *DB) Close() error {
	var errs []error
	if db.reader != nil {
		errs = append(errs, db.reader.Close())
	}
	if db.stmts != nil {
		errs = append(errs, db.stmts.close())
	}
	if db.writer != nil {
		errs = append(errs, db.writer.Close())
	}
	return errors.Join(errs...)
}

// Checkpoint moves the write-ahead log into the file, as far as readers let it; called after each run.
func (db *DB) Checkpoint(ctx context.Context) error {
	if err := db.acquire(ctx); err != nil {
		return err
	}
	defer db.release()
	var busy, frames, moved int
	err := db.writer.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &frames, &moved)
	return explain(db.path, err)
}

// Writable makes sure that a write would succeed now.
func (db *DB) Writable(ctx context.Context) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE sources SET name = name WHERE id = 'ingest'")
		return err
	})
}

// transact waits for the right to write, runs f in a transaction of the writer and commits it; after an error nothing of it is stored.
func (db *DB) transact(ctx context.Context, f func(*sql.Tx) error) error {
	if err := db.acquire(ctx); err != nil {
		return err
	}
	defer db.release()
	return db.inTransaction(ctx, f)
}

// inTransaction does what transact does for who has the right to write.
func (db *DB) inTransaction(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return explain(db.path, err)
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback() // the first error is the one that counts
		if ctx.Err() != nil {
			err = ctx.Err() // the end of ctx rolls back at once: what a statement says of that is beside the point
		}
		return explain(db.path, err)
	}
	return explain(db.path, tx.Commit())
}

// acquire waits for the right to write.
func (db *DB) acquire(ctx context.Context) error {
	if db.writer == nil {
		return fmt.Errorf("database %s: %w: opened for reading alone", db.path, ErrReadOnly)
	}
	select {
	case db.write <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for the database %s: %w", db.path, ctx.Err())
	}
}

func (db *DB) release() { <-db.write }
