package crawler

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zhaowen/config"
	"zhaowen/ingest"
	"zhaowen/storage"
)

// openDB opens a new database in a folder of the test.
func openDB(t *testing.T) *storage.DB {
	t.Helper()
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "zhaowen.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// logBuffer keeps what was logged.
type logBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// stored are the options of a crawler that stores into a new file.
func stored(t *testing.T, sources ...config.Source) Options {
	t.Helper()
	db := openDB(t)
	var known []storage.SourceConfig
	for _, s := range sources {
		known = append(known, storage.SourceConfig{ID: s.ID, URL: s.URL})
	}
	if err := db.SyncSources(t.Context(), known); err != nil {
		t.Fatal(err)
	}
	return Options{Config: local(sources...), DB: db, Ingest: &ingest.Ingester{DB: db, Zone: time.UTC, Now: time.Now}}
}

// mustPass makes a pass that ends well.
func mustPass(t *testing.T, c *Crawler, src config.Source) storage.Run {
	t.Helper()
	run, err := c.Pass(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	if run.Status != statusOK {
		t.Fatalf("the pass ended %s: %s (%+v)", run.Status, run.Err, run)
	}
	return run
}

func TestPassReadsAllThenOnlyNews(t *testing.T) {
	s := newNewsSite(t, 25, 10)
	src := s.source("s", "/tzdt/index.html")
	c := newTestCrawler(t, stored(t, src))

	run := mustPass(t, c, src)
	if run.Listed != 25 || run.New != 25 || run.Fetched != 28 || run.Failed != 0 || run.Bytes == 0 {
		t.Errorf("first pass: %+v", run)
	}
	if paths := s.paths(); len(paths) != 28 {
		t.Errorf("%d requests for 3 list pages and 25 articles", len(paths))
	}

	for range 2 { // also the pass after the next
		s.forget()
		run = mustPass(t, c, src)
		if paths := s.paths(); !slices.Equal(paths, []string{"/tzdt/index.html"}) {
			t.Errorf("a pass without news asked for %v", paths)
		}
		if run.New != 0 || run.Fetched != 1 || run.Listed != 10 {
			t.Errorf("a pass without news: %+v", run)
		}
	}

	s.publish(26)
	s.forget()
	run = mustPass(t, c, src)
	want := []string{"/tzdt/202603/t20260301_26.html", "/tzdt/index.html", "/tzdt/index_1.html"}
	if paths := slices.Sorted(slices.Values(s.paths())); !slices.Equal(paths, want) {
		t.Errorf("one new article: asked for %v", paths)
	}
	if run.New != 1 {
		t.Errorf("one new article: %+v", run)
	}
	s.forget()
	mustPass(t, c, src)
	if paths := s.paths(); len(paths) != 1 {
		t.Errorf("the pass after the news asked for %v", paths)
	}
}

func TestPassSendsValidators(t *testing.T) {
	s := newNewsSite(t, 5, 10)
	s.etag = true
	src := s.source("s", "/tzdt/index.html")
	c := newTestCrawler(t, stored(t, src))
	mustPass(t, c, src)
	for range 2 {
		if run := mustPass(t, c, src); run.NotModified != 1 || run.Fetched != 0 {
			t.Errorf("an unchanged page: %+v", run)
		}
	}
	s.publish(6)
	if run := mustPass(t, c, src); run.New != 1 || run.NotModified != 0 {
		t.Errorf("a changed page: %+v", run)
	}
}

// A reading that brought nothing must not be relied on: its validators would hide the page for good.
func TestPassDoesNotSendValidatorsOfAFailure(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/list", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Content-Type", "text/html")
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = io.WriteString(w, "<html><body></body></html>")
	})
	src := s.source("s", "/list")
	c := newTestCrawler(t, stored(t, src))
	for range 2 {
		if run, err := c.Pass(t.Context(), src); err == nil || run.Status != statusFailed {
			t.Errorf("an empty page gave %+v, %v", run, err)
		}
	}
}

func TestPassStopsAtMaxPages(t *testing.T) {
	s := newNewsSite(t, 25, 5)
	src := s.source("s", "/tzdt/index.html")
	src.MaxPages = 2
	c := newTestCrawler(t, stored(t, src))
	if run := mustPass(t, c, src); run.Listed != 10 || run.New != 10 {
		t.Errorf("two pages of five: %+v", run)
	}
	s.forget()
	mustPass(t, c, src)
	if paths := s.paths(); len(paths) != 1 {
		t.Errorf("the next pass asked for %v", paths)
	}
}

func TestInterruptedPassGoesOn(t *testing.T) {
	s := newNewsSite(t, 40, 5)
	src := s.source("s", "/tzdt/index.html")
	o := stored(t, src)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	pages := 0
	o.Progress = func(e Event) {
		if pages++; pages == 14 {
			cancel()
		}
	}
	run, err := newTestCrawler(t, o).Pass(ctx, src)
	if !errors.Is(err, context.Canceled) || run.Status != statusInterrupted || run.FinishedAt.IsZero() {
		t.Fatalf("the interrupted pass: %+v, %v", run, err)
	}
	first := s.paths()
	if len(first) >= 48 {
		t.Fatalf("nothing was interrupted: %d requests", len(first))
	}
	o.Progress = nil
	second := mustPass(t, newTestCrawler(t, o), src)
	if run.New+second.New != 40 {
		t.Errorf("%d and %d articles of 40", run.New, second.New)
	}
	if most := 48 + 1 + 3; len(s.paths()) > most { // its own page again, and what was cut off
		t.Errorf("%d requests in both passes, want at most %d", len(s.paths()), most)
	}
	s.forget()
	mustPass(t, newTestCrawler(t, o), src)
	if paths := s.paths(); len(paths) != 1 {
		t.Errorf("the third pass asked for %v", paths)
	}
}

func TestSoftStopFinishesPagesUnderWay(t *testing.T) {
	s := newNewsSite(t, 10, 10)
	src := s.source("s", "/tzdt/index.html")
	src.Concurrency = 1
	o := stored(t, src)
	starting, stop := context.WithCancel(t.Context())
	defer stop()
	s.mux.HandleFunc("/tzdt/202603/t20260301_9.html", func(w http.ResponseWriter, _ *http.Request) {
		stop()
		time.Sleep(50 * time.Millisecond)
		_, _ = io.WriteString(w, articlePage(9))
	})
	run, err := newTestCrawler(t, o).pass(t.Context(), starting, src)
	if !errors.Is(err, context.Canceled) || run.Status != statusInterrupted {
		t.Errorf("got %+v, %v", run, err)
	}
	begun := slices.DeleteFunc(s.paths(), func(path string) bool { return !strings.Contains(path, "/t2026") })
	if run.New != len(begun) || run.New == 0 || run.New > 3 || run.Failed != 0 {
		t.Errorf("%d articles were stored and %d failed; begun were %v", run.New, run.Failed, begun)
	}
}

func TestPassOfTwoSourcesSharesTheHost(t *testing.T) {
	s := newNewsSite(t, 4, 10)
	s.page("/other/index.html", `<html><body><ul class="list"><li><a href="/tzdt/202603/t20260301_501.html">`+articleTitle(501)+`</a><span>2026-03-01</span></li><li><a href="/tzdt/202603/t20260301_502.html">`+
		articleTitle(502)+`</a><span>2026-03-02</span></li><li><a href="/tzdt/202603/t20260301_503.html">`+articleTitle(503)+`</a><span>2026-03-03</span></li></ul></body></html>`)
	a, b := s.source("a", "/tzdt/index.html"), s.source("b", "/other/index.html")
	a.Delay, b.Delay = 40*time.Millisecond, 40*time.Millisecond
	a.Concurrency, b.Concurrency = 1, 1
	w := NewWorker(stored(t, a, b))
	runs, err := w.Once(t.Context(), []config.Source{a, b})
	if err != nil || len(runs) != 2 || runs[0].SourceID != "a" || runs[0].New != 4 || runs[1].New != 3 {
		t.Fatalf("got %+v, %v", runs, err)
	}
	slices.SortFunc(s.hits, func(x, y hit) int { return x.start.Compare(y.start) })
	for i := 1; i < len(s.hits); i++ {
		if gap := s.hits[i].start.Sub(s.hits[i-1].start); gap < a.Delay-clockTolerance {
			t.Errorf("%s came %s after %s", s.hits[i].path, gap, s.hits[i-1].path)
		}
		if s.hits[i].start.Before(s.hits[i-1].end.Add(-time.Millisecond)) {
			t.Errorf("%s and %s at once", s.hits[i-1].path, s.hits[i].path)
		}
	}
	if n := s.count("/robots.txt"); n != 1 {
		t.Errorf("robots.txt was asked for %d times", n)
	}
}

func TestPassCountsFailuresAndGoesOn(t *testing.T) {
	s := newNewsSite(t, 6, 10)
	s.mux.HandleFunc("/tzdt/202603/t20260301_3.html", http.NotFound)
	s.page("/tzdt/202603/t20260301_4.html", "<html><body></body></html>")
	src := s.source("s", "/tzdt/index.html")
	log := &logBuffer{}
	o := stored(t, src)
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	run, err := newTestCrawler(t, o).Pass(t.Context(), src)
	if err != nil || run.Status != statusPartial || run.New != 4 || run.Failed != 2 {
		t.Errorf("got %+v, %v", run, err)
	}
	if n := strings.Count(log.String(), "page failed"); n != 2 || !strings.Contains(log.String(), "status 404") {
		t.Errorf("the log: %s", log)
	}
}

func TestPassSkipsFiles(t *testing.T) {
	s := newNewsSite(t, 3, 10)
	s.page("/mixed", `<html><body><ul class="list"><li><a href="/a/plan.pdf">产业园区招商引资实施方案全文下载</a><span>2026-03-01</span></li><li><a href="/tzdt/202603/t20260301_1.html">`+
		articleTitle(1)+`</a><span>2026-03-02</span></li><li><a href="/tzdt/202603/t20260301_2.html">`+articleTitle(2)+`</a><span>2026-03-03</span></li></ul></body></html>`)
	src := s.source("s", "/mixed")
	run := mustPass(t, newTestCrawler(t, stored(t, src)), src)
	if run.New != 2 || run.Failed != 0 || s.count("/a/plan.pdf") != 0 {
		t.Errorf("got %+v", run)
	}
}

func TestPassGivesUpOnADeadHost(t *testing.T) {
	s := newNewsSite(t, 20, 20)
	var dead sync.Map
	for n := 1; n <= 20; n++ {
		path := fmt.Sprintf("/tzdt/202603/t20260301_%d.html", n)
		s.mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			dead.Store(r.URL.Path, true)
			w.WriteHeader(http.StatusBadGateway)
		})
	}
	src := s.source("s", "/tzdt/index.html")
	src.Concurrency = 1
	run, err := newTestCrawler(t, stored(t, src)).Pass(t.Context(), src)
	if err != nil || run.Status != statusPartial || !strings.Contains(run.Err, "gave up") {
		t.Errorf("got %+v, %v", run, err)
	}
	asked := 0
	dead.Range(func(any, any) bool { asked++; return true })
	if asked < maxRowFailures || asked > maxRowFailures+1 { // one may have been on its way
		t.Errorf("%d pages of a dead host were asked for", asked)
	}
}

func TestPassFailsWhenItsOwnPageDoes(t *testing.T) {
	s := newNewsSite(t, 3, 10)
	for path, want := range map[string]string{"/tzdt/index_9.html": "status 404", "/tzdt/none.pdf": "a file"} {
		src := s.source("s", path)
		run, err := newTestCrawler(t, stored(t, src)).Pass(t.Context(), src)
		if err == nil || run.Status != statusFailed || !strings.Contains(run.Err, want) {
			t.Errorf("%s: %+v, %v", path, run, err)
		}
	}
	src := s.source("s", "/tzdt/index.html")
	src.List.Row = "li["
	if run, err := newTestCrawler(t, stored(t, src)).Pass(t.Context(), src); err == nil || run.Status != statusFailed {
		t.Errorf("a bad selector: %+v, %v", run, err)
	}
}

func TestPassOverASingleArticle(t *testing.T) {
	s := newNewsSite(t, 3, 10)
	src := s.source("s", "/tzdt/202603/t20260301_2.html")
	c := newTestCrawler(t, stored(t, src))
	run, err := c.Pass(t.Context(), src)
	if err != nil || run.New != 1 {
		t.Errorf("got %+v, %v", run, err)
	}
}

// A panic while a page is handled costs that page alone. The ingester panics here because its clock does.
func TestPanicCostsOnePage(t *testing.T) {
	s := newNewsSite(t, 6, 10)
	src := s.source("s", "/tzdt/index.html")
	src.Concurrency = 1
	log := &logBuffer{}
	o := stored(t, src)
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	var calls atomic.Int64
	o.Ingest.Now = func() time.Time {
		if calls.Add(1) == 4 {
			panic("the clock is broken")
		}
		return time.Now()
	}
	run, err := newTestCrawler(t, o).Pass(t.Context(), src)
	if err != nil || run.Status != statusPartial || run.New != 5 || run.Failed != 1 {
		t.Errorf("got %+v, %v", run, err)
	}
	if !strings.Contains(log.String(), "the clock is broken") || !strings.Contains(log.String(), "stack=") {
		t.Errorf("the panic is not logged with its stack: %s", log)
	}
}

func TestProgressIsSerialAndComplete(t *testing.T) {
	s := newNewsSite(t, 12, 5)
	src := s.source("s", "/tzdt/index.html")
	src.Concurrency = 4
	o := stored(t, src)
	var inside sync.Mutex
	pages, done := 0, 0
	o.Progress = func(e Event) {
		if !inside.TryLock() {
			t.Error("two calls at once")
			return
		}
		defer inside.Unlock()
		if e.Done {
			done++
			if e.Run.New != 12 || e.Waiting != 0 {
				t.Errorf("at the end: %+v", e)
			}
			return
		}
		pages++
	}
	mustPass(t, newTestCrawler(t, o), src)
	if pages != 15 || done != 1 {
		t.Errorf("%d pages and %d ends were told of", pages, done)
	}
}
