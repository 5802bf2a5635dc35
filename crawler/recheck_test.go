package crawler

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"zhaowen/config"
)

// revisedSite is a news site whose articles have validators and may change.
func revisedSite(t *testing.T, articles int) (*newsSite, map[int]string) {
	t.Helper()
	s := newNewsSite(t, articles, 20)
	s.etag = true
	changed := map[int]string{} // guarded by s.mu
	s.mux.HandleFunc("/tzdt/202603/", func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		var n int
		scan(strings.TrimPrefix(r.URL.Path, "/tzdt/202603/"), "t20260301_%d.html", &n)
		tag := fmt.Sprintf(`"%d%s"`, n, changed[n])
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, strings.Replace(articlePage(n), "<p>", "<p>"+changed[n], 1))
	})
	return s, changed
}

func TestRecheckAsksForYoungArticlesAgain(t *testing.T) {
	s, changed := revisedSite(t, 5)
	src := s.source("s", "/tzdt/index.html")
	src.Recheck = 30 * 24 * time.Hour
	now := time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC) // the articles are of 2 to 6 March
	o := stored(t, src)
	o.Now = func() time.Time { return now }
	o.Ingest.Now = o.Now
	c := newTestCrawler(t, o)
	mustPass(t, c, src)
	s.mu.Lock()
	changed[3] = "更正："
	s.mu.Unlock()
	for _, step := range []struct {
		after               time.Duration
		articles            int
		notModified, update int
	}{
		{30 * time.Minute, 0, 1, 0},   // too soon
		{40 * time.Minute, 5, 5, 1},   // the list page and four articles are unchanged
		{30 * time.Minute, 0, 1, 0},   // as far from the last look as that was from the first sight
		{45 * time.Minute, 5, 6, 0},   // nothing has changed
		{4 * 24 * time.Hour, 4, 5, 0}, // one is too old by now
	} {
		now = now.Add(step.after)
		s.forget()
		run := mustPass(t, c, src)
		if n := len(s.paths()) - 1; n != step.articles || run.NotModified != step.notModified || run.Updated != step.update {
			t.Errorf("after %s: %d articles asked for, %d not modified, %d revisions", step.after, n, run.NotModified, run.Updated)
		}
	}
	s.forget()
	now = now.Add(24 * 24 * time.Hour)
	if run := mustPass(t, c, src); run.NotModified != 1 || len(s.paths()) != 1 {
		t.Errorf("old articles: %+v", run)
	}
	src.Recheck = 0
	now = now.Add(-24 * 24 * time.Hour)
	if run := mustPass(t, c, src); run.NotModified != 1 {
		t.Errorf("switched off: %+v", run)
	}
}

// Selectors that change make the list page be read again, though the site says that it has not changed.
func TestChangedRulesAskUnconditionally(t *testing.T) {
	s, _ := revisedSite(t, 5)
	src := s.source("s", "/tzdt/index.html")
	src.List = config.ListRules{Row: "ul.news_list li:first-child", Link: "a"}
	c := newTestCrawler(t, stored(t, src))
	if run := mustPass(t, c, src); run.New != 1 {
		t.Errorf("one row: %+v", run)
	}
	if run := mustPass(t, c, src); run.NotModified != 1 {
		t.Errorf("unchanged: %+v", run)
	}
	src.List.Row = "ul.news_list li"
	if run := mustPass(t, c, src); run.New != 4 || run.NotModified != 0 {
		t.Errorf("five rows: %+v", run)
	}
	if run := mustPass(t, c, src); run.NotModified != 1 {
		t.Errorf("unchanged again: %+v", run)
	}
}

// A second pass with nothing changed costs one request that is answered by 304; changed articles that the list shows as updated are the only ones asked for.
func TestSecondPassAsksForNothing(t *testing.T) {
	s := newNewsSite(t, 100, 100)
	s.etag = true
	src := s.source("s", "/tzdt/index.html")
	c := newTestCrawler(t, stored(t, src))
	mustPass(t, c, src)
	s.forget()
	if run := mustPass(t, c, src); run.Fetched != 0 || run.NotModified != 1 || len(s.paths()) != 1 {
		t.Errorf("%+v, asked for %v", run, s.paths())
	}
	s.update(17, 67)
	s.forget()
	run := mustPass(t, c, src)
	want := []string{"/tzdt/202603/t20260301_17.html", "/tzdt/202603/t20260301_67.html", "/tzdt/index.html"}
	if paths := slices.Sorted(slices.Values(s.paths())); !slices.Equal(paths, want) || run.Updated != 2 || run.New != 0 {
		t.Errorf("%+v, asked for %v", run, paths)
	}
	s.forget()
	if run := mustPass(t, c, src); run.Fetched != 0 || run.NotModified != 1 {
		t.Errorf("afterwards: %+v", run)
	}
}
