package storage

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Several processes may start on a file that does not exist yet.
func TestOpenTogether(t *testing.T) {
	for range 5 {
		path := filepath.Join(t.TempDir(), "together.db")
		var group sync.WaitGroup
		for range 6 {
			group.Go(func() {
				db, err := Open(t.Context(), path)
				if err != nil {
					t.Error(err)
					return
				}
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
}

// Another program was killed: its last writes stand in its write-ahead log alone. Refusing the file must not move them.
func TestForeignLogIsLeftAlone(t *testing.T) {
	from, path := filepath.Join(t.TempDir(), "from.db"), filepath.Join(t.TempDir(), "killed.db")
	conn, err := sql.Open("sqlite3", from+"?_journal_mode=WAL")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Exec("CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('x')"); err != nil {
		t.Fatal(err)
	}
	before := map[string][]byte{}
	for _, suffix := range []string{"", "-wal"} {
		if before[suffix], err = os.ReadFile(from + suffix); err != nil || len(before[suffix]) == 0 {
			t.Fatal(err, suffix)
		}
		if err := os.WriteFile(path+suffix, before[suffix], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(t.Context(), path); !errors.Is(err, ErrForeign) {
		t.Errorf("got %v", err)
	}
	for suffix, want := range before {
		if got, err := os.ReadFile(path + suffix); err != nil || !bytes.Equal(got, want) {
			t.Errorf("killed.db%s was changed: %v", suffix, err)
		}
	}
}

func TestReadFromAReadOnlyDisk(t *testing.T) {
	dir := tmpfs(t, "size=4m")
	path := filepath.Join(dir, "ro.db")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	kinds(t, db, "s", article("http://a.gov.cn/1.html", "题", text(1), ""))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-o", "remount,ro", dir).CombinedOutput(); err != nil {
		t.Skipf("cannot remount: %s", out)
	}
	if db, err = OpenReadOnly(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if n := count(t, db, "SELECT count(*) FROM articles"); n != 1 {
		t.Errorf("%d articles", n)
	}
}

// A cancelled Record stores nothing and leaves the connection fit for the next one; whoever waits for the connection can give up.
func TestCancelledRecord(t *testing.T) {
	db := openTest(t)
	var many []Article
	for i := range 20000 {
		many = append(many, article(fmt.Sprintf("http://a.gov.cn/%d.html", i), "题", text(i), ""))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := db.Record(ctx, Outcome{SourceID: "s", At: noon, Articles: many}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if err := db.Writable(t.Context()); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	if n := count(t, db, "SELECT count(*) FROM articles"); n != 0 {
		t.Errorf("%d articles of a cancelled outcome", n)
	}
	db.write <- struct{}{} // someone is writing
	ctx, cancel = context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := db.Writable(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting: %v", err)
	}
	<-db.write
}

// One line names the copy once: nobody asked for the file that it is written to first.
func TestBackupThatCannotBeWritten(t *testing.T) {
	db := openTest(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{filepath.Join(t.TempDir(), "no", "folder.db"), filepath.Join(file, "below.db")} {
		err := db.Backup(t.Context(), target)
		if !errors.Is(err, ErrReadOnly) || strings.Contains(err.Error(), db.path) {
			t.Errorf("got %v", err)
			continue
		}
		if text := err.Error(); strings.Count(text, target) != 1 || strings.Contains(text, ".part") || strings.Contains(text, "\n") {
			t.Errorf("not one line that names the copy once: %s", text)
		}
	}
}

// A file that nothing was stored in yet has nothing to read.
func TestReadAnEmptyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := OpenReadOnly(t.Context(), path)
	if err == nil {
		db.Close()
	}
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "ingest something first") {
		t.Errorf("got %v", err)
	}
}

// A copy made during writes holds whole outcomes and nothing of a half one.
func TestBackupWhileWriting(t *testing.T) {
	db := openTest(t)
	stop := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			pair := []Article{article(fmt.Sprintf("http://a.gov.cn/%d.html", i), "题", text(2*i), ""), article(fmt.Sprintf("http://b.gov.cn/%d.html", i), "题", text(2*i+1), "")}
			if _, err := db.Record(context.Background(), Outcome{SourceID: "s", At: noon, Articles: pair}); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for i := range 5 {
		time.Sleep(10 * time.Millisecond)
		target := filepath.Join(t.TempDir(), fmt.Sprintf("%d.db", i))
		if err := db.Backup(t.Context(), target); err != nil {
			t.Error(err)
			break
		}
		copied, err := OpenReadOnly(t.Context(), target)
		if err != nil {
			t.Error(err)
			break
		}
		if n := count(t, copied, "SELECT count(*) FROM articles"); n%2 != 0 {
			t.Errorf("%d articles: half an outcome", n)
		}
		var check string
		if err := copied.reader.QueryRow("PRAGMA integrity_check").Scan(&check); err != nil || check != "ok" {
			t.Errorf("%v %s", err, check)
		}
		copied.Close()
	}
	close(stop)
	group.Wait()
}
