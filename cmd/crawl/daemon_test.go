package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long a test waits for what must happen.
const patience = 15 * time.Second

// TestDaemonEndsOnSIGTERM stops the daemon while an article is being fetched: it ends in good order, well within its shutdown time-out.
func TestDaemonEndsOnSIGTERM(t *testing.T) {
	site := newSlowSite(t)
	d := startDaemon(t, site.config("a"))
	site.await(t, "/a/?.html")
	d.await(t, func() bool { return exists(heartbeatFile(d.path("zhaowen.db"))) }, "a heartbeat")
	if out, err := d.crawl("health"); err != nil {
		t.Errorf("health of a daemon at work: %v: %s", err, out)
	}
	d.signal(t, syscall.SIGTERM)
	if err := d.end(t); err != nil {
		t.Errorf("the daemon ended with %v:\n%s", err, d.log.String())
	}
	if exists(heartbeatFile(d.path("zhaowen.db"))) {
		t.Error("the heartbeat outlives the daemon")
	}
	out, err := d.crawl("runs", "--json")
	if err != nil || !strings.Contains(out, `"status":"interrupted"`) {
		t.Errorf("runs: %v\n%s\nwant one that was interrupted", err, out)
	}
}

// TestDaemonReloadsOnSIGHUP gives the daemon another source, and then a configuration that is wrong: it keeps the one it has.
func TestDaemonReloadsOnSIGHUP(t *testing.T) {
	site := newSlowSite(t)
	close(site.release)
	d := startDaemon(t, site.config("a"))
	site.await(t, "/a/")

	d.write(t, site.config("a", "b"))
	d.signal(t, syscall.SIGHUP)
	site.await(t, "/b/")

	d.write(t, "databse: zhaowen.db\n")
	d.signal(t, syscall.SIGHUP)
	d.await(t, func() bool { return strings.Contains(d.log.String(), "zhaowen.yaml:1: ") }, "a word about the mistake")
	site.forget()
	site.await(t, "/b/")

	d.signal(t, syscall.SIGTERM)
	if err := d.end(t); err != nil {
		t.Errorf("the daemon ended with %v:\n%s", err, d.log.String())
	}
}

// TestDaemonIsSeenFromOutside asks a daemon whose configuration has `listen` for its health and metrics.
func TestDaemonIsSeenFromOutside(t *testing.T) {
	site := newSlowSite(t)
	close(site.release)
	d := startDaemon(t, "listen: 127.0.0.1:0\n"+site.config("a"))
	site.await(t, "/a/?.html")
	_, after, found := strings.Cut(d.log.String(), "listen=")
	if !found {
		t.Fatalf("the address is not logged:\n%s", d.log.String())
	}
	get := func(path string) string {
		resp, err := http.Get("http://" + strings.Fields(after)[0] + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		return fmt.Sprintf("%d %s", resp.StatusCode, body)
	}
	if got := get("/readyz"); got != "200 ok\n" {
		t.Errorf("readyz: %s", got)
	}
	d.await(t, func() bool { return strings.Contains(get("/metrics"), `zhaowen_passes_total{source="a",status="ok"}`) }, "the metrics of a pass")
	http.DefaultClient.CloseIdleConnections()
	d.signal(t, syscall.SIGTERM)
	if err := d.end(t); err != nil {
		t.Errorf("the daemon ended with %v:\n%s", err, d.log.String())
	}
}

// TestOnceStopsOnSIGINT stops a pass: what it has is kept, the run is known as interrupted, and the exit code says that it was done in part.
func TestOnceStopsOnSIGINT(t *testing.T) {
	site := newSlowSite(t)
	d := startCrawl(t, site.config("a"), "--once")
	site.await(t, "/a/?.html")
	d.signal(t, os.Interrupt)
	close(site.release)
	err := d.end(t)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitPartial {
		t.Errorf("ended with %v, want exit code %d:\n%s", err, exitPartial, d.log.String())
	}
	if out, err := d.crawl("runs", "--json"); err != nil || !strings.Contains(out, `"status":"interrupted"`) {
		t.Errorf("runs: %v\n%s\nwant one that was interrupted", err, out)
	}
}

// slowSite serves lists at /NAME/ whose articles answer only once they are released.
type slowSite struct {
	*httptest.Server
	release chan struct{}
	mu      sync.Mutex
	asked   map[string]bool
}

func newSlowSite(t *testing.T) *slowSite {
	s := &slowSite{release: make(chan struct{}), asked: map[string]bool{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.CloseClientConnections)
	t.Cleanup(s.Close)
	return s
}

func (s *slowSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked[r.URL.Path] = true
	s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	switch {
	case r.URL.Path == "/robots.txt":
		http.NotFound(w, r)
	case strings.HasSuffix(r.URL.Path, "/"):
		fmt.Fprint(w, `<html><head><title>投资动态</title></head><body><ul class="list">`)
		for i := range 6 {
			fmt.Fprintf(w, `<li><a href="%d.html">某市高新区集中签约第%d批重大产业项目</a><span>2024-03-0%d</span></li>`, i+1, i+1, i+1)
		}
		fmt.Fprint(w, `</ul></body></html>`)
	default:
		select {
		case <-s.release:
		case <-r.Context().Done():
			return
		}
		fmt.Fprintf(w, `<html><head><title>某市签约</title></head><body><h1>某市高新区集中签约重大产业项目 %s</h1><div>发布时间：2024-03-01</div><div class="content">
<p>某市高新区举行重大产业项目集中签约活动，共签约项目四十五个，总投资额超过一千亿元，涵盖新能源汽车、生物医药等领域。</p>
<p>负责人表示，将为落户企业提供全流程服务，推动项目早开工、早投产、早见效。</p></div></body></html>`, r.URL.Path)
	}
}

// config is a configuration whose sources run every second.
func (s *slowSite) config(names ...string) string {
	var b strings.Builder
	b.WriteString("allow_addresses: [127.0.0.0/8]\nshutdown_timeout: 3s\ndefaults: {schedule: '@every 1s', delay: 0s, retries: 0}\nsources:\n")
	for _, name := range names {
		fmt.Fprintf(&b, "  - {id: %s, url: '%s/%s/'}\n", name, s.URL, name)
	}
	return b.String()
}

// await waits for a request for a path that fits the pattern.
func (s *slowSite) await(t *testing.T, pattern string) {
	t.Helper()
	await(t, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		for asked := range s.asked {
			if fits, err := path.Match(pattern, asked); fits || err != nil {
				return true
			}
		}
		return false
	}, "a request for "+pattern)
}

// forget makes await wait for another request.
func (s *slowSite) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.asked)
}

// process is the program at work in a folder of its own.
type process struct {
	dir  string
	cmd  *exec.Cmd
	log  *lockedBuffer
	done chan error
}

func startDaemon(t *testing.T, config string) *process { return startCrawl(t, config) }

func startCrawl(t *testing.T, config string, args ...string) *process {
	p := &process{dir: t.TempDir(), log: &lockedBuffer{}, done: make(chan error, 1)}
	p.write(t, config)
	p.cmd = exec.Command("crawl", args...)
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = p.dir, p.log, p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.done <- p.cmd.Wait() }()
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	return p
}

func (p *process) path(name string) string { return filepath.Join(p.dir, name) }

func (p *process) write(t *testing.T, config string) {
	t.Helper()
	if err := os.WriteFile(p.path("zhaowen.yaml"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (p *process) signal(t *testing.T, s os.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		t.Fatalf("%v; the log:\n%s", err, p.log.String())
	}
}

func (p *process) await(t *testing.T, happened func() bool, what string) {
	t.Helper()
	defer func() {
		if t.Failed() {
			t.Log(p.log.String())
		}
	}()
	await(t, happened, what)
}

// end waits for the end of the process.
func (p *process) end(t *testing.T) error {
	t.Helper()
	select {
	case err := <-p.done:
		return err
	case <-time.After(patience):
		t.Fatalf("still running; the log:\n%s", p.log.String())
		return nil
	}
}

// crawl runs another command in the same folder.
func (p *process) crawl(args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "crawl", args...)
	cmd.Dir = p.dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func await(t *testing.T, happened func() bool, what string) {
	t.Helper()
	for end := time.Now().Add(patience); !happened(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// lockedBuffer is a buffer that a process writes while a test reads.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
