package storage

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestPathsOfAllKinds(t *testing.T) {
	for _, name := range []string{"plain.db", "with space.db", "问号?井号#百分%41.db", "数据库.db", "a&b=c.db"} {
		path := filepath.Join(t.TempDir(), name)
		db, err := Open(t.Context(), path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		kinds(t, db, "s", article("http://a.gov.cn/1.html", "题", text(1), ""))
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		again, err := OpenReadOnly(t.Context(), path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if n := count(t, again, "SELECT count(*) FROM articles"); n != 1 {
			t.Errorf("%s: %d articles", name, n)
		}
		if err := again.Writable(t.Context()); !errors.Is(err, ErrReadOnly) {
			t.Errorf("a reader writes: %v", err)
		}
		again.Close()
	}
}

// rawDB makes a database by the driver alone.
func rawDB(t *testing.T, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "raw.db")
	conn, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, s := range statements {
		if _, err := conn.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func TestFilesThatAreRefused(t *testing.T) {
	text := filepath.Join(t.TempDir(), "notes.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("these are notes\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		path string
		want error
	}{
		"a text file":              {text, ErrForeign},
		"another program's tables": {rawDB(t, "CREATE TABLE bookmarks (url TEXT)"), ErrForeign},
		"another program's id":     {rawDB(t, "CREATE TABLE t (x)", "PRAGMA application_id = 77"), ErrForeign},
		"a newer schema":           {rawDB(t, "CREATE TABLE articles (x)", fmt.Sprintf("PRAGMA application_id = %d", applicationID), "PRAGMA user_version = 99"), ErrNewer},
		"a schema of no version":   {rawDB(t, "CREATE TABLE articles (x)", fmt.Sprintf("PRAGMA application_id = %d", applicationID), "PRAGMA user_version = -1"), ErrForeign},
		"a missing folder":         {filepath.Join(t.TempDir(), "no", "such", "folder.db"), ErrReadOnly},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(c.path)
			db, err := Open(t.Context(), c.path)
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if db != nil {
				db.Close()
			}
			if err != nil && (!strings.Contains(err.Error(), c.path) || strings.Contains(err.Error(), "\n")) {
				t.Errorf("not one line with the path: %q", err)
			}
			if after, _ := os.ReadFile(c.path); !bytes.Equal(before, after) {
				t.Error("the file was touched")
			}
		})
	}
}

// Reading alone migrates nothing: it says what to do about an earlier program's file.
func TestEarlierSchemaIsNotReadAlone(t *testing.T) {
	path := rawDB(t, "CREATE TABLE articles (x)", fmt.Sprintf("PRAGMA application_id = %d", applicationID), "PRAGMA user_version = 3")
	db, err := OpenReadOnly(t.Context(), path)
	if err == nil {
		db.Close()
	}
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "schema 3") || !strings.Contains(err.Error(), "crawl ingest") {
		t.Errorf("got %v", err)
	}
}

func TestDamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "damaged.db")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 200 {
		kinds(t, db, "s", article(fmt.Sprintf("http://a.gov.cn/%d.html", i), "题", text(i), ""))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 8192; i < len(body); i++ {
		body[i] = 0xA5
	}
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err = Open(t.Context(), path)
	if err == nil {
		_, err = db.Record(t.Context(), Outcome{SourceID: "s", At: noon, Articles: []Article{article("http://a.gov.cn/new.html", "题", text(999), "")}})
		db.Close()
	}
	if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v", err)
	}
	after, _ := os.ReadFile(path)
	if !bytes.Equal(body, after) {
		t.Error("the damaged file was changed")
	}
}

func TestLockedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "locked.db")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.writer.Exec("PRAGMA busy_timeout = 50"); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite3", path+"?_txlock=exclusive")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Writable(t.Context()); !errors.Is(err, ErrLocked) {
		t.Errorf("got %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := db.Writable(t.Context()); err != nil {
		t.Errorf("after the lock: %v", err)
	}
}

// tmpfs mounts a small file system of its own, as root.
func tmpfs(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no tmpfs can be mounted here (it needs root): %s", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v: %s", err, out)
		}
	})
	return dir
}

func TestFullDisk(t *testing.T) {
	path := filepath.Join(tmpfs(t, "size=4m"), "full.db")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	stored := 0
	for i := 0; err == nil && i < 5000; i++ {
		_, err = db.Record(t.Context(), Outcome{SourceID: "s", At: noon, Articles: []Article{article(fmt.Sprintf("http://a.gov.cn/%d.html", i), "题", strings.Repeat(text(i), 5), "")}})
		if err == nil {
			stored++
		}
	}
	if !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v after %d", err, stored)
	}
	if n := count(t, db, "SELECT count(*) FROM articles"); n != stored || stored == 0 {
		t.Errorf("%d articles, %d reported as stored", n, stored)
	}
	var check string
	if err := db.reader.QueryRow("PRAGMA integrity_check").Scan(&check); err != nil || check != "ok" {
		t.Errorf("%v %s", err, check)
	}
	_ = db.Close()
}

func TestReadOnlyDisk(t *testing.T) {
	dir := tmpfs(t, "size=4m")
	path := filepath.Join(dir, "ro.db")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-o", "remount,ro", dir).CombinedOutput(); err != nil {
		t.Skipf("cannot remount: %s", out)
	}
	if _, err = Open(t.Context(), path); !errors.Is(err, ErrReadOnly) {
		t.Errorf("got %v", err)
	}
}

func TestBackup(t *testing.T) {
	db := openTest(t)
	kinds(t, db, "s", article("http://a.gov.cn/1.html", "题", text(1), ""))
	target := filepath.Join(t.TempDir(), "备份.db")
	if err := db.Backup(t.Context(), target); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), target); err == nil {
		t.Error("a backup was written over another")
	}
	copied, err := Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if n := count(t, copied, "SELECT count(*) FROM articles"); n != 1 {
		t.Errorf("%d articles in the copy", n)
	}
}
