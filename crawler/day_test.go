package crawler

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zhaowen/config"
	"zhaowen/storage"
)

// daySite answers for 200 hosts: a list of three articles in each column, in one of ten columns a fourth from noon on.
type daySite struct {
	log  visitLog
	noon time.Time
}

func (s *daySite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v := visited{path: r.URL.Path, start: time.Now()}
	time.Sleep(200 * time.Millisecond)
	defer func() { v.end = time.Now(); s.log.add(r.Host, v) }()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var column, n int
	switch {
	case r.URL.Path == "/robots.txt":
		fmt.Fprint(w, "User-agent: *\nAllow: /")
	case scan(r.URL.Path, "/article/%d", &n):
		fmt.Fprint(w, articlePage(n))
	case scan(r.URL.Path, "/column/%d/", &column):
		articles := 3
		if column%10 == 0 && !time.Now().Before(s.noon) {
			articles = 4
		}
		tag := fmt.Sprintf(`"%d"`, articles)
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		var b strings.Builder
		b.WriteString(`<html><head><title>投资动态</title></head><body><ul class="news_list">`)
		for i := articles - 1; i >= 0; i-- {
			n := column*10 + i
			fmt.Fprintf(&b, `<li><a href="/article/%d">%s</a><span>1999-12-%02d</span></li>`, n, articleTitle(n), 20+i)
		}
		b.WriteString(`</ul></body></html>`)
		fmt.Fprint(w, b.String())
	default:
		http.NotFound(w, r)
	}
}

// A day of 500 sources on 200 hosts, by a fake clock over real HTTP in memory and a real file: every scheduled pass is made, each host is left its delay, and nothing is left
// behind.
func TestADay(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some ten seconds")
	}
	began := time.Now()
	synctest.Test(t, func(t *testing.T) {
		specs := []string{"0 */3 * * *", "15 8,12,18 * * *", "30 6 * * *", "0 */6 * * *", "@every 4h"}
		var sources []config.Source
		for i := range 500 {
			src := config.Source{ID: fmt.Sprintf("s%03d", i), URL: fmt.Sprintf("http://h%d.test/column/%d/", i%200, i), Crawl: config.Crawl{
				Schedule: specs[i%len(specs)], Jitter: 5 * time.Minute, Delay: 2 * time.Second, Concurrency: 1 + i%3, Timeout: 30 * time.Second, MaxPages: 5, MaxBody: 1 << 20, Robots: "obey",
			}}
			sources = append(sources, src)
		}
		start := time.Now()
		site := &daySite{noon: start.Add(12 * time.Hour)}
		network := newPipes(site)
		o := stored(t, sources...)
		log := &logBuffer{}
		o.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn}))
		w := NewWorker(o)
		base := network.transport()
		w.crawler.transport.tries.base = base
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour-time.Minute)
		if err := w.Run(ctx); err != nil {
			t.Error(err)
		}
		cancel()
		base.CloseIdleConnections()
		_ = network.server.Close()
		if log.String() != "" {
			t.Errorf("warnings:\n%.2000s", log.String())
		}
		checkPasses(t, o.DB, sources, start)
		checkPoliteness(t, &site.log)
		stats, err := o.DB.Stats(t.Context())
		if err != nil || stats.Articles != 500*3+50 || stats.Waiting != 0 {
			t.Errorf("%+v, %v", stats, err)
		}
		if err := o.DB.Close(); err != nil { // its goroutines belong to the bubble
			t.Error(err)
		}
	})
	t.Logf("a day took %s", time.Since(began))
}

// checkPasses compares the runs with the times of the schedules: one soon after the start, and one at each time, at most its jitter late.
func checkPasses(t *testing.T, db *storage.DB, sources []config.Source, start time.Time) {
	t.Helper()
	runs, err := db.Runs(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	begun := map[string][]time.Time{}
	for _, r := range slices.Backward(runs) { // the oldest first
		at := moment(&r.StartedAt)
		if r.Status != statusOK {
			t.Errorf("%s at %s: %s", r.SourceID, at, r.Status)
		}
		begun[r.SourceID] = append(begun[r.SourceID], at)
	}
	total := 0
	for _, src := range sources {
		nominal, err := src.NextRuns(start, time.UTC, 30)
		if err != nil {
			t.Fatal(err)
		}
		want := []time.Time{start}
		for _, at := range nominal {
			if at.Before(start.Add(23*time.Hour + 55*time.Minute)) {
				want = append(want, at)
			}
		}
		got := begun[src.ID]
		total += len(got)
		if len(got) != len(want) {
			t.Errorf("%s: %d passes, want %d", src.ID, len(got), len(want))
			continue
		}
		for i := range got {
			if late := got[i].Sub(want[i]); late < -time.Second || late > 6*time.Minute {
				t.Errorf("%s: pass %d began %s after its time", src.ID, i, late)
			}
		}
	}
	t.Logf("%d passes", total)
}

// checkPoliteness looks into the server's log: one request at a time, two seconds apart, robots.txt once.
func checkPoliteness(t *testing.T, log *visitLog) {
	t.Helper()
	requests := 0
	for host, all := range log.visits {
		slices.SortFunc(all, func(a, b visited) int { return a.start.Compare(b.start) })
		requests += len(all)
		robots := 0
		for i, v := range all {
			if v.path == "/robots.txt" {
				robots++
			}
			if i == 0 {
				continue
			}
			if gap := v.start.Sub(all[i-1].start); gap < 2*time.Second || all[i-1].end.After(v.start) {
				t.Errorf("%s: %s came %s after %s, which took %s", host, v.path, gap, all[i-1].path, all[i-1].end.Sub(all[i-1].start))
			}
		}
		if robots != 1 {
			t.Errorf("%s: robots.txt was asked for %d times", host, robots)
		}
	}
	if len(log.visits) != 200 {
		t.Errorf("%d hosts were visited", len(log.visits))
	}
	t.Logf("%d requests", requests)
}
