package storage

import (
	"path/filepath"
	"testing"
)

// A full-text index comes along as it is: rowids, what was deleted, and all.
func TestBackupKeepsFullTextIndexes(t *testing.T) {
	db := openTest(t)
	_, err := db.writer.ExecContext(t.Context(), `CREATE VIRTUAL TABLE words USING fts5(text, content='');
		INSERT INTO words (rowid, text) VALUES (7, '招 商'), (1000000, '签 约'), (9, '推 介');
		INSERT INTO words (words, rowid, text) VALUES ('delete', 7, '招 商')`)
	if err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(t.TempDir(), "copy.db")
	if err := db.Backup(t.Context(), target); err != nil {
		t.Fatal(err)
	}
	copied, err := Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if _, err := copied.writer.ExecContext(t.Context(), "INSERT INTO words (words) VALUES ('integrity-check')"); err != nil {
		t.Errorf("the index's own check: %v", err)
	}
	for query, want := range map[string]int{`"签 约"`: 1000000, `"推 介"`: 9, `"招 商"`: 0} {
		if got := count(t, copied, "SELECT coalesce(max(rowid), 0) FROM words WHERE words MATCH ?", query); got != want {
			t.Errorf("%s: row %d, want %d", query, got, want)
		}
	}
}
