package crawler

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"zhaowen/config"
	"zhaowen/storage"
)

// The articles of the site are of 2 to 26 March 2026.
func TestPassRemovesWhatIsKeptNoLonger(t *testing.T) {
	s := newNewsSite(t, 25, 10)
	src := s.source("s", "/tzdt/index.html")
	now := time.Date(2026, 3, 30, 12, 0, 0, 0, time.UTC)
	o := stored(t, src)
	o.Now = func() time.Time { return now }
	o.Ingest.Now = o.Now
	log := &logBuffer{}
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	c := newTestCrawler(t, o)

	if run := mustPass(t, c, src); run.New != 25 || run.Removed != 0 || strings.Contains(log.String(), "removed") {
		t.Errorf("without keep: %+v", run)
	}
	src.Keep = config.Period{Number: 10, Unit: "d"} // from 20 March on
	if run := mustPass(t, c, src); run.Removed != 18 || !strings.Contains(log.String(), "articles=18") {
		t.Errorf("removed %d, want 18: %s", run.Removed, log.String())
	}
	s.forget()
	if run := mustPass(t, c, src); run.Removed != 0 || run.New != 0 {
		t.Errorf("the pass after that: %+v", run)
	}
	if paths := s.paths(); !slices.Equal(paths, []string{"/tzdt/index.html"}) {
		t.Errorf("what was removed is fetched again: %v", paths)
	}
	now = now.AddDate(0, 1, 0)
	if run := mustPass(t, c, src); run.Removed != 7 {
		t.Errorf("a month later: %+v", run)
	}
}

// What is too old is not stored in the first place, and not fetched twice.
func TestPassLeavesOutWhatIsNotKept(t *testing.T) {
	s := newNewsSite(t, 25, 10)
	src := s.source("s", "/tzdt/index.html")
	src.Keep = config.Period{Number: 10, Unit: "d"}
	o := stored(t, src)
	o.Now = func() time.Time { return time.Date(2026, 3, 30, 12, 0, 0, 0, time.UTC) }
	o.Ingest.Now = o.Now
	c := newTestCrawler(t, o)
	if run := mustPass(t, c, src); run.New != 7 || run.Removed != 0 || run.Failed != 0 {
		t.Errorf("first pass: %+v", run)
	}
	for a, err := range o.DB.Search(t.Context(), storage.Query{}) {
		if err != nil || *a.PublishedOn < "2026-03-20" {
			t.Errorf("stored: %v, %v", a.Title, err)
		}
	}
	s.forget()
	mustPass(t, c, src)
	if paths := s.paths(); !slices.Equal(paths, []string{"/tzdt/index.html"}) {
		t.Errorf("fetched again: %v", paths)
	}
}
