package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	_ "github.com/mattn/go-sqlite3" // the driver
)

// applicationID marks our files (PRAGMA application_id): "ZHWN".
const applicationID = 0x5A48574E

// DB is an open database: one writer connection and a pool of readers. It is safe for concurrent use.
type DB struct {
	path   string
	writer *sql.DB // nil: opened for reading alone
	reader *sql.DB
	write  sync.Mutex // one transaction at a time, in the order of asking
	stmts  *statements
}

// Open opens path for reading and writing, creates it where it is missing and migrates it forward.
func Open(ctx context.Context, path string) (*DB, error) {
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	db := &DB{path: path}
	if err := db.openWriter(ctx); err != nil {
		return nil, errors.Join(explain(path, err), db.Close())
	}
	if err := db.openReader(ctx); err != nil {
		return nil, errors.Join(explain(path, err), db.Close())
	}
	return db, nil
}

// OpenReadOnly opens an existing file for reading alone; nothing is created or migrated.
func OpenReadOnly(ctx context.Context, path string) (*DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("database %s: no such file: crawl or ingest something first, or name it with --db", path)
	}
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	db := &DB{path: path}
	if err := db.openReader(ctx); err != nil {
		return nil, errors.Join(explain(path, err), db.Close())
	}
	if err := checkVersion(ctx, db.reader, path); err != nil {
		return nil, errors.Join(explain(path, err), db.Close())
	}
	return db, nil
}

// checkHeader refuses a file that is no SQLite database, or another program's, before anything is opened for writing.
func checkHeader(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("database %s: %w: %w", path, ErrReadOnly, errors.Unwrap(err))
	}
	defer f.Close()
	var header [100]byte // https://sqlite.org/fileformat.html#the_database_header
	switch n, err := io.ReadFull(f, header[:]); {
	case n == 0 && errors.Is(err, io.EOF):
		return nil // an empty file is an empty database
	case err != nil || string(header[:16]) != "SQLite format 3\x00":
		return fmt.Errorf("database %s: %w: not an SQLite file: name another file", path, ErrForeign)
	}
	if id := binary.BigEndian.Uint32(header[68:]); id != 0 && id != applicationID {
		return fmt.Errorf("database %s: %w: another program's (application id %#x): name another file", path, ErrForeign, id)
	}
	return nil
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
	db.writer, err = sql.Open("sqlite3", dsn(db.path, "mode=rwc", "_txlock=immediate", "_busy_timeout=5000", "_foreign_keys=1", "_synchronous=NORMAL", "_cache_size=-16000"))
	if err != nil {
		return err
	}
	db.writer.SetMaxOpenConns(1)
	db.writer.SetMaxIdleConns(1)
	db.writer.SetConnMaxLifetime(0)
	if err := checkForeign(ctx, db.writer, db.path); err != nil {
		return err
	}
	if err := checkVersion(ctx, db.writer, db.path); err != nil {
		return err
	}
	if err := checkFTS5(ctx, db.writer); err != nil {
		return err
	}
	if _, err := db.writer.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	// the driver passes over options that it does not know: read back what matters
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "1", "foreign_keys": "1", "busy_timeout": "5000"} {
		var got string
		if err := db.writer.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("database %s: PRAGMA %s is %s, not %s", db.path, pragma, got, want)
		}
	}
	if err := migrate(ctx, db.writer); err != nil {
		return err
	}
	db.stmts, err = prepare(ctx, db.writer)
	return err
}

func (db *DB) openReader(ctx context.Context) error {
	var err error
	db.reader, err = sql.Open("sqlite3", dsn(db.path, "mode=ro", "_busy_timeout=5000", "_query_only=1", "_cache_size=-4000"))
	if err != nil {
		return err
	}
	db.reader.SetMaxOpenConns(4)
	db.reader.SetMaxIdleConns(4)
	var mode string
	if err := db.reader.QueryRowContext(ctx, "PRAGMA query_only").Scan(&mode); err != nil {
		return err
	}
	return db.reader.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(new(int))
}

// checkForeign refuses a file with tables of another program that set no application id.
func checkForeign(ctx context.Context, conn *sql.DB, path string) error {
	var id, tables int
	if err := conn.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if id != applicationID && (id != 0 || tables > 0) {
		return fmt.Errorf("database %s: %w: it holds another program's tables: name another file", path, ErrForeign)
	}
	return nil
}

// checkVersion refuses a file that a newer program has migrated, and for readers one that is not ours.
func checkVersion(ctx context.Context, conn *sql.DB, path string) error {
	if err := checkForeign(ctx, conn, path); err != nil {
		return err
	}
	var version int
	if err := conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > len(migrations) {
		return fmt.Errorf("database %s: %w (file %d, program %d): use the newer program", path, ErrNewer, version, len(migrations))
	}
	return nil
}

// checkFTS5 makes sure that the search index can be used.
func checkFTS5(ctx context.Context, conn *sql.DB) error {
	var n int
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'").Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("%w: build with `make build`, which sets -tags sqlite_fts5", ErrNoFTS5)
	}
	return nil
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
	db.write.Lock()
	defer db.write.Unlock()
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

// transact runs f in a transaction of the writer and commits it; after an error nothing of it is stored.
func (db *DB) transact(ctx context.Context, f func(*sql.Tx) error) error {
	if db.writer == nil {
		return fmt.Errorf("database %s: %w: opened for reading alone", db.path, ErrReadOnly)
	}
	db.write.Lock()
	defer db.write.Unlock()
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return explain(db.path, err)
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback() // the first error is the one that counts
		return explain(db.path, err)
	}
	return explain(db.path, tx.Commit())
}
