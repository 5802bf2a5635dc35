package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// inspect refuses a file that is not ours, or a newer program's, without opening it for writing: closing a connection that could write would move another
// program's write-ahead log into its file. Whatever else is wrong with a file shows when it is opened for writing.
func inspect(ctx context.Context, path string) error {
	if err := checkHeader(path); err != nil {
		return err
	}
	if stat, err := os.Stat(path); err != nil || stat.Size() == 0 {
		return nil //nolint:nilerr // nothing to inspect
	}
	options := []string{"mode=ro", "_query_only=1"}
	if !hasLog(path) {
		options = append(options, "immutable=1") // leaves no -wal and -shm beside the file
	}
	conn, err := sql.Open("sqlite3", dsn(path, options...))
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // it has only read
	_, err = checkVersion(ctx, conn, path)
	if errors.Is(err, ErrForeign) || errors.Is(err, ErrNewer) {
		return err
	}
	return nil
}

// hasLog tells whether a write-ahead log with content stands beside the file.
func hasLog(path string) bool {
	stat, err := os.Stat(path + "-wal")
	return err == nil && stat.Size() > 0
}

// checkHeader refuses a file that is no SQLite database, or whose header names another program.
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

// checkVersion gives the version of the file's schema; 0: nothing was stored in it yet. It refuses a file with another program's tables and one that a newer program has
// migrated. One statement reads all, since another process may be making the tables at this moment.
func checkVersion(ctx context.Context, conn *sql.DB, path string) (version int, err error) {
	var id, tables int
	err = conn.QueryRowContext(ctx, "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id, pragma_user_version").
		Scan(&id, &version, &tables)
	switch {
	case err != nil:
		return 0, err
	case id != applicationID && (id != 0 || tables > 0):
		return 0, fmt.Errorf("database %s: %w: it holds another program's tables: name another file", path, ErrForeign)
	case version < 0:
		return 0, fmt.Errorf("database %s: %w: no schema has the version %d (PRAGMA user_version): restore a backup or name another file", path, ErrForeign, version)
	case version > len(migrations):
		return 0, fmt.Errorf("database %s: %w (file %d, program %d): use the newer program", path, ErrNewer, version, len(migrations))
	}
	return version, nil
}

// checkFTS5 makes sure that the search index can be used, before any file is made.
func checkFTS5(ctx context.Context) error {
	conn, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // of memory alone
	var n int
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'").Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("%w: build with `make build`, which sets -tags sqlite_fts5", ErrNoFTS5)
	}
	return nil
}
