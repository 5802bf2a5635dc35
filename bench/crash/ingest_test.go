package crash

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"zhaowen/bench/corpus"
	"zhaowen/bench/internal/measure"
	"zhaowen/bench/pairs"
)

// dumpArticles is how many articles the dump holds: enough for some seconds.
const dumpArticles = 12_000

// TestKilledIngest kills an ingest at random moments, many times over. After each kill the file and its search index are whole, and hold all that was reported as stored; in
// the end they hold what an ingest that nobody disturbed has stored, and nothing twice.
func TestKilledIngest(t *testing.T) {
	if *program == "" {
		t.Skip("name the program with -crawl (make crash)")
	}
	dir := t.TempDir()
	dump := filepath.Join(dir, "dump.txt")
	writeDump(t, dump)
	whole := &rig{dir: dir, db: filepath.Join(dir, "whole.db"), crawl: *program}
	if u, err := measure.Run(exec.Command(*program, "ingest", "--db", whole.db, dump)); err != nil || u.ExitCode != 0 {
		t.Fatalf("%v, exit code %d", err, u.ExitCode)
	}
	r := &rig{dir: dir, db: filepath.Join(dir, "killed.db"), crawl: *program}
	before := 0
	for i := range *kills {
		reported := r.killIngest(t, dump)
		if _, err := os.Stat(r.db); err != nil {
			continue // killed before the file was made
		}
		r.sound(t, fmt.Sprintf("kill %d", i))
		now := r.articles(t)
		if now < before+reported {
			t.Fatalf("kill %d: %d articles; %d were there and %d more reported as stored", i, now, before, reported)
		}
		t.Logf("kill %d: %d articles, %d reported", i, now, reported)
		if before = now; now > dumpArticles*9/10 { // nearly all: begin again
			if err := os.Remove(r.db); err != nil {
				t.Fatal(err)
			}
			for _, more := range []string{"-wal", "-shm"} {
				_ = os.Remove(r.db + more)
			}
			before = 0
		}
	}
	if u, err := measure.Run(exec.Command(*program, "ingest", "--db", r.db, dump)); err != nil || u.ExitCode != 0 {
		t.Fatalf("%v, exit code %d", err, u.ExitCode)
	}
	r.sound(t, "in the end")
	for _, query := range []string{
		"SELECT count(*), count(DISTINCT content_hash) FROM articles",
		"SELECT group_concat(content_hash || coalesce((SELECT o.content_hash FROM articles o WHERE o.id = a.original_id), ''), ' ') FROM (SELECT * FROM articles ORDER BY content_hash) a",
		"SELECT kind, count(*) FROM sightings WHERE kind IN ('new', 'reprint') GROUP BY kind",
		"SELECT count(*) FROM search WHERE search MATCH '\"项 目\"'",
	} {
		if want, got := whole.query(t, query), r.query(t, query); want != got {
			t.Errorf("%s\n  whole  %.300s\n  killed %.300s", query, want, got)
		}
	}
}

func writeDump(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	c := corpus.Corpus{Seed: 5, Size: corpus.DefaultSize, Reprints: 0.1, Changes: pairs.Changes()}
	if err := corpus.WriteDump(f, c.Articles(0, dumpArticles)); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

var reportedLine = regexp.MustCompile(`stored.*articles=(\d+)`)

// killIngest starts an ingest, kills it at a random moment and returns how many articles it had reported as stored.
func (r *rig) killIngest(t *testing.T, dump string) (reported int) {
	t.Helper()
	cmd := exec.Command(r.crawl, "ingest", "--db", r.db, "--log-level", "debug", "--log-format", "text", dump)
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := make(chan int)
	go func() { lines <- lastReported(out) }()
	time.Sleep(time.Duration(10+rand.IntN(1500)) * time.Millisecond)
	_ = cmd.Process.Kill() // it may have ended
	reported = <-lines
	_ = cmd.Wait()
	return reported
}

func lastReported(out io.Reader) (articles int) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if m := reportedLine.FindStringSubmatch(lines.Text()); m != nil {
			articles, _ = strconv.Atoi(m[1])
		}
	}
	return articles
}

func (r *rig) articles(t *testing.T) int {
	t.Helper()
	if r.query(t, "SELECT count(*) FROM sqlite_schema WHERE name = 'section_spans'") == "0" {
		return 0 // killed before the file was ready
	}
	n, err := strconv.Atoi(r.query(t, "SELECT count(*) FROM articles"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// sound makes sure that the file and its search index are whole, and that the index holds the articles and nothing else.
func (r *rig) sound(t *testing.T, when string) {
	t.Helper()
	if got := r.query(t, "PRAGMA integrity_check"); got != "ok" {
		t.Fatalf("%s: integrity_check: %s", when, got)
	}
	if r.query(t, "SELECT count(*) FROM sqlite_schema WHERE name = 'section_spans'") == "0" {
		return
	}
	if got := r.query(t, "INSERT INTO search (search) VALUES ('integrity-check'); SELECT 'ok'"); got != "ok" {
		t.Fatalf("%s: check of the search index: %s", when, got)
	}
	if got := r.query(t, "SELECT (SELECT count(*) FROM articles) - (SELECT count(*) FROM search_docsize), (SELECT count(*) FROM search_docsize WHERE id & 16777215 NOT IN (SELECT id FROM articles))"); got != "0|0" {
		t.Fatalf("%s: articles and index differ by %s", when, got)
	}
	if got := r.query(t, "SELECT count(*) FROM search_docsize d JOIN articles a ON a.id = d.id & 16777215 WHERE (d.id & 16777216 <> 0) <> (a.original_id IS NULL)"); got != "0" {
		t.Fatalf("%s: %s articles are originals in one and reprints in the other", when, got)
	}
	if got := r.query(t, "SELECT count(*) FROM (SELECT content_hash FROM articles GROUP BY content_hash HAVING count(*) > 1)"); got != "0" {
		t.Fatalf("%s: %s texts are stored twice", when, got)
	}
}
