package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Backup writes a consistent copy of the file while others write to it. The target must not exist. The copy is whole or absent: it is written beside the
// target and renamed when it is on the disk.
func (db *DB) Backup(ctx context.Context, target string) error {
	if _, err := os.Lstat(target); err == nil {
		return fmt.Errorf("backup %s: the file exists: name another one", target)
	}
	temporary := target + ".part"
	_ = os.Remove(temporary) // left by a killed backup
	// a connection of its own: those of the pool refuse every statement that writes, be it to another file
	conn, err := sql.Open("sqlite3", dsn(db.path, "mode=ro", "_busy_timeout=5000"))
	if err != nil {
		return fmt.Errorf("backup %s: %w", target, err)
	}
	defer conn.Close() //nolint:errcheck // it has written nothing of its own
	if _, err := conn.ExecContext(ctx, "VACUUM INTO ?", temporary); err != nil {
		_ = os.Remove(temporary) // it may not be there
		advice, known := diagnose(err)
		if known == nil || errors.Is(known, ErrDamaged) || errors.Is(known, ErrLocked) { // the original is
			return fmt.Errorf("backup %s: %w", target, explain(db.path, err))
		}
		return fmt.Errorf("backup %s: the copy is not made: %w: %s", target, known, advice)
	}
	if err := syncFile(temporary); err != nil {
		return fmt.Errorf("backup %s: %w", target, err)
	}
	if err := os.Rename(temporary, target); err != nil {
		return fmt.Errorf("backup %s: %w", target, err)
	}
	return syncFile(filepath.Dir(target))
}

func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
