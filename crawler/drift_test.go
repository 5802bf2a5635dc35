package crawler

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

// A site that loses the dates of its rows: the source is "changed", says so in the log, and its new rows are stored all the same.
func TestSourceThatChangesItsLayout(t *testing.T) {
	s := newSite(t)
	var day, dated atomic.Int64
	s.mux.HandleFunc("/tzdt/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		var n int
		if scan(r.URL.Path, "/tzdt/%d.html", &n) {
			fmt.Fprint(w, articlePage(n))
			return
		}
		var b strings.Builder
		for i := range 8 {
			n := int(day.Load()) + 8 - i
			fmt.Fprintf(&b, `<li><a href="%d.html">%s</a>`, n, articleTitle(n))
			if dated.Load() == 1 {
				fmt.Fprintf(&b, `<span>2026-03-%02d</span>`, 1+n%28)
			}
			b.WriteString("</li>")
		}
		fmt.Fprintf(w, `<html><body><ul class="list">%s</ul></body></html>`, b.String())
	})
	src := s.source("s", "/tzdt/")
	o := stored(t, src)
	log := &logBuffer{}
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	c := newTestCrawler(t, o)
	state := func() string {
		t.Helper()
		sources, err := o.DB.Sources(t.Context())
		if err != nil || len(sources) != 1 {
			t.Fatalf("%v %+v", err, sources)
		}
		return sources[0].State
	}
	dated.Store(1)
	for range 3 {
		mustPass(t, c, src)
		day.Add(1)
	}
	if got := state(); got != "active" {
		t.Errorf("before: %s", got)
	}
	dated.Store(0)
	if run := mustPass(t, c, src); run.New != 1 || state() != "changed" {
		t.Errorf("without dates: %s, %+v", state(), run)
	}
	if !strings.Contains(log.String(), "source changed") || !strings.Contains(log.String(), "rows have a date") {
		t.Errorf("the log does not say so:\n%s", log)
	}
	dated.Store(1)
	day.Add(1)
	if mustPass(t, c, src); state() != "active" {
		t.Errorf("repaired: %s", state())
	}
}
