package storage

import (
	"fmt"
	"testing"

	"zhaowen/parser"
)

// A source whose list has most of its rows missing is "changed", through later passes and restarts, until the rows are back.
func TestListThatLooksChanged(t *testing.T) {
	db := openTest(t)
	configured := []SourceConfig{{ID: "s", Name: "青岚", URL: "http://a.gov.cn/x/index.html"}}
	sync := func() {
		t.Helper()
		if err := db.SyncSources(t.Context(), configured); err != nil {
			t.Fatal(err)
		}
	}
	sync()
	pass := func(url string, status, rows int) {
		t.Helper()
		id, err := db.StartRun(t.Context(), "s", noon)
		if err != nil {
			t.Fatal(err)
		}
		o := Outcome{SourceID: "s", Page: &PageFetch{URL: url, Kind: parser.KindList, Status: status}}
		for i := range rows {
			o.Listed = append(o.Listed, Listing{URL: fmt.Sprintf("http://a.gov.cn/x/%d.html", i), Title: "题"})
		}
		record(t, db, o)
		if err := db.FinishRun(t.Context(), Run{ID: id, SourceID: "s", FinishedAt: noon, Status: "ok"}); err != nil {
			t.Fatal(err)
		}
	}
	const own, second = "http://a.gov.cn/x/", "http://a.gov.cn/x/index_1.html"
	steps := []struct {
		name   string
		url    string
		status int
		rows   int
		state  string
		usual  float64
	}{
		{"first pass", own, 200, 20, "active", 20},
		{"a few less", own, 200, 15, "active", 19},
		{"a short last page", second, 200, 2, "active", 19},
		{"not modified", own, 304, 0, "active", 19},
		{"most are missing", own, 200, 3, "changed", 19},
		{"still", own, 200, 0, "changed", 19},
		{"they are back", own, 200, 19, "active", 19},
	}
	for _, step := range steps {
		pass(step.url, step.status, step.rows)
		sync() // as a restart does
		sources, err := db.Sources(t.Context())
		if err != nil || len(sources) != 1 || sources[0].State != step.state || sources[0].UsualRows == nil || *sources[0].UsualRows != step.usual {
			t.Errorf("%s: %v %+v", step.name, err, sources)
		}
	}
	configured[0].URL = "http://a.gov.cn/y/"
	sync()
	if n := count(t, db, "SELECT count(*) FROM sources WHERE usual_rows IS NULL"); n != 1 {
		t.Errorf("another address keeps the usual rows of the earlier one: %d", n)
	}
}
