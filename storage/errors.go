package storage

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// Errors that a caller tells apart. Each is wrapped with the path and what to do.
var (
	ErrNoFTS5   = errors.New("built without the sqlite_fts5 tag")
	ErrNewer    = errors.New("the file has a newer schema than this program")
	ErrForeign  = errors.New("not a Zhaowen database")
	ErrDamaged  = errors.New("the database file is damaged")
	ErrLocked   = errors.New("the database is locked by another program")
	ErrReadOnly = errors.New("the database cannot be written")
	ErrFull     = errors.New("the disk is full")
)

// explain turns an error of the SQLite driver into one of the errors above, with the path and what to do; other errors pass unchanged.
func explain(path string, err error) error {
	if advice, known := diagnose(err); known != nil {
		var driver sqlite3.Error
		errors.As(err, &driver)
		return fmt.Errorf("database %s: %w (%s): %s", path, known, driver.Error(), advice)
	}
	return err
}

// diagnose tells what to do about an error of the SQLite driver, and which of the errors above it is; nil: none.
func diagnose(err error) (advice string, known error) {
	var driver sqlite3.Error
	if !errors.As(err, &driver) {
		return "", nil
	}
	code := driver.Code
	if code == sqlite3.ErrIoErr && errors.Is(driver.SystemErrno, syscall.ENOSPC) {
		code = sqlite3.ErrFull // the log's index could not grow
	}
	switch code {
	case sqlite3.ErrFull:
		return "make room and run again; what was stored stays", ErrFull
	case sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrAuth:
		return "check the permissions of the file and its folder", ErrReadOnly
	case sqlite3.ErrCantOpen:
		return "check that its folder exists and can be written", ErrReadOnly
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return "end the other program or wait for it", ErrLocked
	case sqlite3.ErrCorrupt:
		return "restore a backup, or try: sqlite3 FILE .recover", ErrDamaged
	case sqlite3.ErrNotADB:
		return "name another file", ErrForeign
	case sqlite3.ErrIoErr:
		return "the disk reports an error", ErrReadOnly
	}
	return "", nil
}

func busy(err error) bool {
	var driver sqlite3.Error
	return errors.As(err, &driver) && (driver.Code == sqlite3.ErrBusy || driver.Code == sqlite3.ErrLocked)
}

func cannotOpen(err error) bool {
	var driver sqlite3.Error
	return errors.As(err, &driver) && driver.Code == sqlite3.ErrCantOpen
}
