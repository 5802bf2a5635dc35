//go:build !sqlite_fts5

package storage

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A build without the tag says so, by name, before it makes a file: go test -tags= -run TestWithoutFTS5 ./storage
func TestWithoutFTS5(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	if _, err := Open(t.Context(), path); !errors.Is(err, ErrNoFTS5) || !strings.Contains(err.Error(), "sqlite_fts5") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a file was made")
	}
}
