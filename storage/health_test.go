package storage

import (
	"strings"
	"testing"
)

// What is usual is learnt from the first passes; a pass far off it makes the source "changed", through restarts, until a pass is as usual again.
func TestSourceThatChanges(t *testing.T) {
	usualPass := Observation{List: true, Rows: 20, Dated: 20, Articles: 5, Chars: 4000}
	cases := map[string]struct {
		seen   Observation
		reason string // part of it; empty: as usual
	}{
		"as usual":          {usualPass, ""},
		"a few rows less":   {Observation{List: true, Rows: 14, Dated: 14, Articles: 5, Chars: 3000}, ""},
		"no rows":           {Observation{List: true}, "0 rows on its list page, usually 20"},
		"few rows":          {Observation{List: true, Rows: 5, Dated: 5}, "5 rows on its list page"},
		"many rows":         {Observation{List: true, Rows: 90, Dated: 90}, "90 rows on its list page"},
		"dates are gone":    {Observation{List: true, Rows: 20}, "0 % of its rows have a date, usually 100 %"},
		"texts are cut":     {Observation{List: true, Rows: 20, Dated: 20, Articles: 4, Chars: 400}, "100 characters an article, usually 800"},
		"texts hold all":    {Observation{List: true, Rows: 20, Dated: 20, Articles: 4, Chars: 40000}, "10000 characters an article"},
		"articles fail":     {Observation{List: true, Rows: 20, Dated: 20, Articles: 1, Chars: 800, Failed: 9}, "90 % of its articles failed, usually 0 %"},
		"one short article": {Observation{List: true, Rows: 20, Dated: 20, Articles: 1, Chars: 60}, ""},
		"not modified":      {Observation{}, ""},
		"articles alone":    {Observation{Articles: 3, Chars: 2100}, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			db := openTest(t)
			configured := []SourceConfig{{ID: "s", URL: "http://a.gov.cn/x/"}}
			pass := func(o Observation) SourceRow {
				t.Helper()
				if err := db.SyncSources(t.Context(), configured); err != nil { // as a restart does
					t.Fatal(err)
				}
				id, err := db.StartRun(t.Context(), "s", noon)
				if err != nil {
					t.Fatal(err)
				}
				if err := db.FinishRun(t.Context(), Run{ID: id, SourceID: "s", FinishedAt: noon, Status: "ok", Seen: o}); err != nil {
					t.Fatal(err)
				}
				sources, err := db.Sources(t.Context())
				if err != nil || len(sources) != 1 {
					t.Fatalf("%v %+v", err, sources)
				}
				return sources[0]
			}
			for range 3 {
				if s := pass(usualPass); s.State != "active" {
					t.Fatalf("while learning: %+v", s)
				}
			}
			s := pass(c.seen)
			if (s.State == "changed") != (c.reason != "") || c.reason != "" && (s.ChangedReason == nil || !strings.Contains(*s.ChangedReason, c.reason)) {
				t.Errorf("%s %v, want %q", s.State, s.ChangedReason, c.reason)
			}
			if reason, err := db.Changed(t.Context(), "s"); err != nil || !strings.Contains(reason, c.reason) {
				t.Errorf("%v %q", err, reason)
			}
			if c.reason != "" && *s.UsualRows != 20 {
				t.Errorf("learnt from what is off: %v", *s.UsualRows)
			}
			if s = pass(usualPass); s.State != "active" || s.ChangedReason != nil {
				t.Errorf("back to the usual: %+v", s)
			}
		})
	}
}

func TestChangeThatStays(t *testing.T) {
	u := usual{}
	for range 3 {
		u.learn(Observation{List: true, Rows: 20, Dated: 20})
	}
	db := openTest(t)
	if err := db.SyncSources(t.Context(), []SourceConfig{{ID: "s", URL: "http://a.gov.cn/x/"}}); err != nil {
		t.Fatal(err)
	}
	states := []string{}
	for i := range 9 {
		o := Observation{List: true, Rows: 20, Dated: 20}
		if i >= 3 {
			o = Observation{List: true, Rows: 4, Dated: 4}
		}
		id, err := db.StartRun(t.Context(), "s", noon)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.FinishRun(t.Context(), Run{ID: id, SourceID: "s", FinishedAt: noon, Status: "ok", Seen: o}); err != nil {
			t.Fatal(err)
		}
		sources, err := db.Sources(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, sources[0].State)
	}
	if got := strings.Join(states, " "); got != "active active active changed changed changed changed active active" {
		t.Error(got)
	}
}

func TestAnotherAddressIsLearntAnew(t *testing.T) {
	db := openTest(t)
	for _, url := range []string{"http://a.gov.cn/x/", "http://a.gov.cn/y/"} {
		if err := db.SyncSources(t.Context(), []SourceConfig{{ID: "s", URL: url}}); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			id, err := db.StartRun(t.Context(), "s", noon)
			if err != nil {
				t.Fatal(err)
			}
			rows := 20
			if url == "http://a.gov.cn/y/" {
				rows = 3
			}
			if err := db.FinishRun(t.Context(), Run{ID: id, SourceID: "s", FinishedAt: noon, Status: "ok", Seen: Observation{List: true, Rows: rows, Dated: rows}}); err != nil {
				t.Fatal(err)
			}
		}
		if n := count(t, db, "SELECT count(*) FROM sources WHERE state = 'active'"); n != 1 {
			t.Errorf("%s: not active", url)
		}
	}
}
