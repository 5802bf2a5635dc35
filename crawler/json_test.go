package crawler

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"zhaowen/config"

	"github.com/google/go-cmp/cmp"
)

// jsonSite is a column whose list is an answer in JSON of two pages; its articles are HTML pages without a date.
func jsonSite(t *testing.T) (*site, config.Source) {
	t.Helper()
	s := newSite(t)
	s.page("/robots.txt", "")
	s.mux.HandleFunc("/api/list", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Query().Get("p") == "2" {
			fmt.Fprint(w, `{"meta":{"next":null},"records":[{"head":"<em>丙</em>公司签约落户","no":3,"at":"2026年9月16日"}]}`)
			return
		}
		// 2026-09-18 and 2026-09-17, 04:00 UTC
		fmt.Fprint(w, `{"meta":{"next":2},"records":[{"head":"甲公司签约落户","no":1,"at":1789704000},{"head":"乙公司签约落户","no":2,"at":1789617600000}]}`)
	})
	for n, title := range map[int]string{1: "甲公司签约落户", 2: "乙公司签约落户", 3: "丙公司签约落户"} {
		page := strings.ReplaceAll(articlePage(n), articleTitle(n), title)
		s.page(fmt.Sprintf("/show/%d.html", n), strings.Replace(page, fmt.Sprintf("发布时间：2026-03-%02d ", n%28+1), "", 1))
	}
	src := s.source("api", "/api/list")
	src.JSON = config.JSONRules{
		Rows: ".records", Title: ".head", URL: `"/show/\(.no).html"`, Date: ".at",
		Next: `.meta.next | if . then "?p=\(.)" else empty end`,
	}
	return s, src
}

func TestPassReadsJSONByExpressions(t *testing.T) {
	_, src := jsonSite(t)
	o := stored(t, src)
	c := newTestCrawler(t, o)
	run := mustPass(t, c, src)
	if run.Listed != 3 || run.New != 3 || run.Fetched != 5 {
		t.Errorf("%+v", run)
	}
	want := map[string]string{"甲公司签约落户": "2026-09-18", "乙公司签约落户": "2026-09-17", "丙公司签约落户": "2026-09-16"}
	if diff := cmp.Diff(want, storedDates(t, o)); diff != "" {
		t.Error(diff)
	}
}

// An interface that nothing is configured of: its pages are asked for by their numbers, as long as it tells of more.
func TestPassTurnsPagesOfJSON(t *testing.T) {
	s := newSite(t)
	s.page("/robots.txt", "")
	s.mux.HandleFunc("/api/list", func(w http.ResponseWriter, r *http.Request) {
		number, _ := strconv.Atoi(r.URL.Query().Get("pageNo"))
		if number < 1 || number > 3 || r.URL.Query().Get("cat") != "7" {
			t.Errorf("asked for %s", r.URL)
		}
		fmt.Fprintf(w, `{"total": 6, "pageSize": 2, "rows": [{"title": %q, "url": "/show/%d.html"}, {"title": %q, "url": "/show/%d.html"}]}`,
			articleTitle(2*number-1), 2*number-1, articleTitle(2*number), 2*number)
	})
	for n := 1; n <= 6; n++ {
		s.page(fmt.Sprintf("/show/%d.html", n), articlePage(n))
	}
	src := s.source("api", "/api/list?pageNo=1&cat=7")
	run := mustPass(t, newTestCrawler(t, stored(t, src)), src)
	if run.Listed != 6 || run.New != 6 || run.Fetched != 9 {
		t.Errorf("%+v", run)
	}
}

func TestJSONWithoutRowsFailsInWords(t *testing.T) {
	_, src := jsonSite(t)
	src.JSON.Rows = ".data.list"
	c := newTestCrawler(t, stored(t, src))
	run, err := c.Pass(t.Context(), src)
	if err == nil || run.Status != statusFailed || !strings.Contains(run.Err, "json.rows gives") {
		t.Errorf("%s: %s (%v)", run.Status, run.Err, err)
	}
}

func TestReadingKnowsExpressions(t *testing.T) {
	plain := config.Source{ID: "s"}
	queried := plain
	queried.JSON.Rows = ".a"
	other := queried
	other.JSON.Date = ".d"
	if a, b, c := readingOf(plain), readingOf(queried), readingOf(other); a == b || b == c {
		t.Errorf("%s, %s, %s: want three fingerprints", a, b, c)
	}
}
