// Package measure runs programs against the generated site and tells what they took and what they stored.
package measure

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"zhaowen/bench/site"

	_ "github.com/mattn/go-sqlite3" // to read what was stored
)

// Usage is what a child process took.
type Usage struct {
	Wall, CPU time.Duration
	PeakRSS   int64 // bytes
	ExitCode  int
}

// Run runs a command to its end. An exit code other than 0 is told in the Usage, not as an error.
func Run(cmd *exec.Cmd) (Usage, error) {
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return Usage{}, err
	}
	ended := make(chan struct{})
	peak := make(chan int64)
	go func() { peak <- peakOf(cmd.Process.Pid, ended) }()
	_ = cmd.Wait() // the exit code tells
	u := Usage{Wall: time.Since(start)}
	close(ended)
	u.PeakRSS = <-peak
	u.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	u.ExitCode = cmd.ProcessState.ExitCode()
	return u, nil
}

// peakOf watches the peak of a process's memory, in bytes, until it has ended. What the kernel tells in the end (ru_maxrss) counts what the parent had when it forked.
func peakOf(pid int, ended <-chan struct{}) int64 {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	var peak int64
	for {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if _, rest, ok := strings.Cut(string(status), "VmHWM:"); err == nil && ok {
			var kib int64
			if _, err := fmt.Sscan(rest, &kib); err == nil {
				peak = max(peak, kib*1024)
			}
		}
		select {
		case <-ended:
			return peak
		case <-tick.C:
		}
	}
}

// Tool builds a program of this module into dir.
func Tool(ctx context.Context, dir, name string) (string, error) {
	_, here, _, _ := runtime.Caller(0)
	out := filepath.Join(dir, name)
	cmd := exec.CommandContext(ctx, "go", "build", "-o", out, "./cmd/"+name)
	cmd.Dir = filepath.Join(filepath.Dir(here), "..", "..")
	if text, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", name, err, text)
	}
	return out, nil
}

// Serve starts the site as a process of its own, on a loopback port unless listen says where, and returns its address and a function that ends it.
func Serve(ctx context.Context, dir string, s *site.Site, listen ...string) (address string, stop func(), err error) {
	program, err := Tool(ctx, dir, "site")
	if err != nil {
		return "", nil, err
	}
	cmd := exec.CommandContext(ctx, program, fmt.Sprintf("-columns=%d", s.Columns), fmt.Sprintf("-lists=%d", s.Lists), fmt.Sprintf("-rows=%d", s.Rows), fmt.Sprintf("-seed=%d", s.Seed),
		"-latency="+s.Latency.String())
	if len(listen) > 0 {
		cmd.Args = append(cmd.Args, "-listen="+listen[0])
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	stop = func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }
	if err != nil {
		stop()
		return "", nil, fmt.Errorf("start the site: %w", err)
	}
	return strings.TrimSpace(line), stop, nil
}

// Config writes a configuration for crawl: every column a source, no selectors.
func Config(path, address, schedule string, s *site.Site, concurrency int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "allow_addresses: [127.0.0.0/8]\ndefaults: {delay: 0s, concurrency: %d, max_pages: 0, retries: 1, schedule: %q}\nsources:\n", concurrency, schedule)
	for c := range s.Columns {
		fmt.Fprintf(&b, "  - {id: c%d, url: \"%s%s\"}\n", c, address, s.Path(c))
	}
	return os.WriteFile(path, []byte(b.String()), 0o600)
}

// Right counts the articles of the site that a database holds with the right title, date and body.
func Right(file string, s *site.Site) (stored, right int, first string, err error) {
	db, err := sql.Open("sqlite3", "file:"+file+"?mode=ro")
	if err != nil {
		return 0, 0, "", err
	}
	defer db.Close()
	rows, err := db.Query("SELECT url, title, coalesce(published_on, ''), body FROM articles")
	if err != nil {
		return 0, 0, "", err
	}
	defer rows.Close()
	truth := make(map[string]site.Article, s.Len())
	for c := range s.Columns {
		for n := range s.Lists * s.Rows {
			a := s.Article(c, n)
			truth[a.Path] = a
		}
	}
	for rows.Next() {
		var url, title, date, body string
		if err := rows.Scan(&url, &title, &date, &body); err != nil {
			return 0, 0, "", err
		}
		stored++
		_, rest, _ := strings.Cut(url, "://")
		_, path, _ := strings.Cut(rest, "/")
		want, ok := truth["/"+path]
		switch {
		case ok && want.Title == title && want.Date == date && want.Body == body:
			right++
			delete(truth, "/"+path)
		case first == "":
			first = fmt.Sprintf("%s\n  got  %q %s %.300q\n  want %q %s %.300q", url, title, date, body, want.Title, want.Date, want.Body)
		}
	}
	return stored, right, first, rows.Err()
}
