// Package crash kills the real program at random moments and runs it for long; see make crash and make soak.
package crash

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"zhaowen/bench/internal/measure"
	"zhaowen/bench/site"
)

var (
	program = flag.String("crawl", "", "the program; without it the tests are skipped")
	kills   = flag.Int("kills", 10, "how often a pass is killed")
	soak    = flag.Duration("soak", 0, "how long the daemon runs; 0: skip")
)

type rig struct {
	site             *site.Site
	dir, config, db  string
	crawl, sourceURL string
	archive          string // folder; empty: none
}

func newRig(t *testing.T, s *site.Site, schedule string, concurrency int) *rig {
	t.Helper()
	if *program == "" {
		t.Skip("name the program with -crawl (make crash, make soak)")
	}
	dir := t.TempDir()
	address, stop, err := measure.Serve(context.Background(), dir, s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	r := &rig{site: s, dir: dir, config: filepath.Join(dir, "zhaowen.yaml"), db: filepath.Join(dir, "zhaowen.db"), crawl: *program, sourceURL: address}
	if err := measure.Config(r.config, address, schedule, s, concurrency); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *rig) command(args ...string) *exec.Cmd {
	cmd := exec.Command(r.crawl, append(args, "--config", r.config, "--db", r.db)...)
	cmd.Stderr = os.Stderr
	return cmd
}

// stock runs the stock sqlite3 client where there is one, else the driver.
func (r *rig) query(t *testing.T, query string) string {
	t.Helper()
	if client, err := exec.LookPath("sqlite3"); err == nil {
		out, err := exec.Command(client, r.db, query).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", query, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	db, err := sql.Open("sqlite3", "file:"+r.db+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var answer string
	if err := db.QueryRow(query).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}

// TestKilledPasses kills a pass with the archive on at random moments, then lets it end: every article is there, none twice, and every page whose article is
// stored is in the archive, whose files can be read up to their last whole record.
func TestKilledPasses(t *testing.T) {
	// some hundred pages a second (twenty requests at once), of which every kill finds some left
	r := newRig(t, &site.Site{Columns: 10, Lists: max(*kills/2, 5), Rows: 20, Seed: 2, Latency: 150 * time.Millisecond}, "@hourly", 20)
	if err := r.withArchive(); err != nil {
		t.Fatal(err)
	}
	midway := 0
	for i := range *kills {
		cmd := r.command("--once")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(50+rand.IntN(1500)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if _, err := os.Stat(r.db); err != nil {
			t.Logf("kill %d: before the file was made", i)
			continue
		}
		if got := r.query(t, "PRAGMA integrity_check"); got != "ok" {
			t.Fatalf("kill %d: integrity_check: %s", i, got)
		}
		if r.query(t, "SELECT count(*) FROM sqlite_schema WHERE name = 'articles'") != "1" {
			continue
		}
		if r.query(t, "SELECT count(*) FROM articles") != strconv.Itoa(r.site.Len()) {
			midway++
		}
		if i%10 == 9 || i == *kills-1 {
			r.checkArchive(t, i)
		}
	}
	if t.Logf("%d of %d kills found work left", midway, *kills); midway*10 < *kills*9 {
		t.Errorf("too few kills found work left: %d of %d", midway, *kills)
	}
	u, err := measure.Run(r.command("--once"))
	if err != nil || u.ExitCode != 0 {
		t.Errorf("the last pass: %v, exit code %d", err, u.ExitCode)
	}
	stored, right, first, err := measure.Right(r.db, r.site)
	if err != nil {
		t.Fatal(err)
	}
	if stored != r.site.Len() || right != r.site.Len() {
		t.Errorf("%d stored, %d right of %d\n%s", stored, right, r.site.Len(), first)
	}
	if got := r.query(t, "PRAGMA integrity_check"); got != "ok" {
		t.Errorf("integrity_check: %s", got)
	}
	if got := r.query(t, "SELECT count(*) FROM pages WHERE state <> 'done'"); got != "0" {
		t.Errorf("%s pages are not done", got)
	}
	r.checkArchive(t, *kills)
}

// checkArchive asserts that the pages of all stored articles are in the archive.
func (r *rig) checkArchive(t *testing.T, kill int) {
	t.Helper()
	got, err := r.readArchive()
	if err != nil {
		t.Fatalf("kill %d: %v", kill, err)
	}
	urls := strings.Fields(r.query(t, "SELECT coalesce(group_concat(url, ' '), '') FROM articles"))
	missing := 0
	for _, url := range urls {
		if !got.pages[url] {
			missing++
		}
	}
	if missing > 0 {
		t.Fatalf("kill %d: %d of %d articles are stored but not in the archive", kill, missing, len(urls))
	}
	t.Logf("kill %d: %d articles; %d pages in %d files, %d of them cut off", kill, len(urls), len(got.pages), got.files, got.cut)
}

// TestSoak runs the daemon with a pass every two seconds: memory, goroutines (by its own metrics) and file handles stay flat, passes of a source never overlap, SIGTERM ends it in
// time.
func TestSoak(t *testing.T) {
	if *soak == 0 {
		t.Skip("name a time with -soak (make soak)")
	}
	r := newRig(t, &site.Site{Columns: 4, Lists: 10, Rows: 20, Seed: 3, Latency: 5 * time.Millisecond}, "@every 2s", 16)
	metrics := r.listen(t)
	cmd := r.command()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var samples []sample
	for start := time.Now(); time.Since(start) < *soak; time.Sleep(2 * time.Second) {
		s, err := look(cmd.Process.Pid)
		if err != nil {
			t.Fatal(err)
		}
		if len(samples) > 0 {
			if s.Goroutines, err = goroutines(metrics); err != nil {
				t.Fatal(err)
			}
		}
		samples = append(samples, s)
		if len(samples) > 3 {
			r.query(t, "SELECT count(*) FROM articles") // the stock client reads while the daemon writes
		}
	}
	for _, s := range samples {
		t.Logf("%+v", s)
	}
	third := len(samples) / 3
	early, late := most(samples[third:2*third]), most(samples[2*third:])
	t.Logf("at most %+v in the second third, %+v in the last", early, late)
	if late.RSS > early.RSS*5/4+8<<20 || late.Files > early.Files+8 || late.Threads > early.Threads+8 || late.Goroutines > early.Goroutines+16 {
		t.Errorf("not flat: %+v, then %+v", early, late)
	}
	began := time.Now()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("ended with %v", err)
		}
		t.Logf("SIGTERM: ended after %v", time.Since(began))
	case <-time.After(35 * time.Second):
		t.Fatal("SIGTERM: still running after 35 s")
	}
	if got := r.query(t, "SELECT count(*) FROM runs a JOIN runs b ON a.source_id = b.source_id AND a.id < b.id AND a.finished_at > b.started_at"); got != "0" {
		t.Errorf("%s pairs of passes overlap", got)
	}
	if got := r.query(t, "PRAGMA integrity_check"); got != "ok" {
		t.Errorf("integrity_check: %s", got)
	}
	t.Logf("%s passes, %s articles", r.query(t, "SELECT count(*) FROM runs"), r.query(t, "SELECT count(*) FROM articles"))
}

type sample struct {
	RSS            int64 // bytes
	Files, Threads int
	Goroutines     int
}

// most takes the largest of each.
func most(samples []sample) (m sample) {
	for _, s := range samples {
		m.RSS, m.Files, m.Threads, m.Goroutines = max(m.RSS, s.RSS), max(m.Files, s.Files), max(m.Threads, s.Threads), max(m.Goroutines, s.Goroutines)
	}
	return m
}

// listen gives the daemon a free address for its metrics, and returns their URL.
func (r *rig) listen(t *testing.T) string {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_ = free.Close()
	config, err := os.ReadFile(r.config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(r.config, append([]byte("listen: "+address+"\n"), config...), 0o600); err != nil {
		t.Fatal(err)
	}
	return "http://" + address + "/metrics"
}

// goroutines asks the daemon how many it has.
func goroutines(url string) (int, error) {
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(text), "\ngo_goroutines ")
	n := 0
	_, err = fmt.Sscan(after, &n)
	return n, err
}

func look(pid int) (sample, error) {
	var s sample
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return s, err
	}
	for line := range strings.Lines(string(status)) {
		if n, err := fmt.Sscanf(line, "VmRSS: %d kB", &s.RSS); n == 1 && err == nil {
			s.RSS <<= 10
		}
		fmt.Sscanf(line, "Threads: %d", &s.Threads)
	}
	files, err := fs.ReadDir(os.DirFS(fmt.Sprintf("/proc/%d", pid)), "fd")
	s.Files = len(files)
	return s, err
}
