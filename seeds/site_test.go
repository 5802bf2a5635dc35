package seeds_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zhaowen/seeds"
)

const (
	copyPath    = "/old/view_2107.html"
	failingPath = "/old/view_2114.html"
	revisedPath = "/tzdt/202609/t20260914_100258.html"
)

// get asks the site for a page, with an If-None-Match where etag is not empty.
func get(t *testing.T, site *seeds.Site, path, etag string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, path, http.NoBody)
	if etag != "" {
		request.Header.Set("If-None-Match", etag)
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, request)
	return w
}

func TestEveryPageIsServed(t *testing.T) {
	site := seeds.DemoSite()
	for _, path := range site.Paths() {
		w := get(t, site, path, "")
		if path == failingPath {
			if w.Code != http.StatusInternalServerError {
				t.Errorf("%s: status %d, want 500", path, w.Code)
			}
			continue
		}
		etag := w.Header().Get("ETag")
		if w.Code != http.StatusOK || w.Body.Len() == 0 || etag == "" {
			t.Errorf("%s: status %d, %d bytes, ETag %q", path, w.Code, w.Body.Len(), etag)
		}
		if again := get(t, site, path, etag); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("%s with its ETag: status %d, %d bytes; want 304 and none", path, again.Code, again.Body.Len())
		}
		if again := get(t, site, path, `"other"`); again.Code != http.StatusOK {
			t.Errorf("%s with another ETag: status %d, want 200", path, again.Code)
		}
	}
	for path, status := range map[string]int{"/tzdt/": 200, "/old/": 200, "/qwyd/": 200, "/": 200, "/intern/": 200, "/tzdt/index_3.html": 404} {
		if w := get(t, site, path, ""); w.Code != status {
			t.Errorf("%s: status %d, want %d", path, w.Code, status)
		}
	}
}

var link = regexp.MustCompile(`(?i)<a href="([^"' ]+)"`)

func TestNoLinkIsDead(t *testing.T) {
	site := seeds.DemoSite()
	links := 0
	for _, path := range site.Paths() {
		for _, found := range link.FindAllStringSubmatch(get(t, site, path, "").Body.String(), -1) {
			target, err := (&url.URL{Path: path}).Parse(found[1])
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if target.Scheme == "javascript" {
				continue
			}
			links++
			if w := get(t, site, target.Path, ""); w.Code != http.StatusOK && target.Path != failingPath {
				t.Errorf("%s links to %s: status %d", path, target.Path, w.Code)
			}
		}
	}
	if links < 500 {
		t.Errorf("%d links, want some ten a page", links)
	}
}

func TestTablePagesAreGBK(t *testing.T) {
	site := seeds.DemoSite()
	for _, a := range site.Truth() {
		if a.Column != seeds.ColumnTable {
			continue
		}
		w := get(t, site, a.Path, "")
		if got := w.Header().Get("Content-Type"); got != "text/html" {
			t.Errorf("%s: Content-Type %q", a.Path, got)
		}
		html, err := simplifiedchinese.GBK.NewDecoder().String(w.Body.String())
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range append(strings.Split(a.Body, "\n"), a.Title, "charset=gb2312") {
			if !strings.Contains(html, text) {
				t.Errorf("%s lacks %q", a.Path, text)
			}
		}
	}
}

func TestTruth(t *testing.T) {
	columns, bodies, paths := map[string]int{}, map[string]seeds.TruthArticle{}, map[string]bool{}
	var last seeds.TruthArticle
	for _, a := range seeds.DemoSite().Truth() {
		columns[a.Column]++
		if other, ok := bodies[a.Body]; ok {
			if a.Path != copyPath || other.Column != seeds.ColumnTRS || a.Title != other.Title {
				t.Errorf("%s has the text of %s", a.Path, other.Path)
			}
			columns["copies"]++
		}
		if a.Path != "" && paths[a.Path] {
			t.Errorf("%s is listed twice", a.Path)
		}
		if a.Column == last.Column && a.Date > last.Date {
			t.Errorf("%s of %s stands after %s", a.Title, a.Date, last.Date)
		}
		bodies[a.Body], paths[a.Path], last = a, true, a
	}
	// The failing page is the 20th of the second column.
	want := map[string]int{seeds.ColumnTRS: 28, seeds.ColumnTable: 19, seeds.ColumnFull: 12, "copies": 1}
	for column, n := range want {
		if columns[column] != n {
			t.Errorf("%s: %d articles, want %d", column, columns[column], n)
		}
	}
	if len(bodies) != 58 {
		t.Errorf("%d texts, want 58", len(bodies))
	}
}

func TestNextDay(t *testing.T) {
	site := seeds.DemoSite()
	before := map[string]seeds.TruthArticle{}
	for _, a := range site.Truth() {
		before[a.Path+a.Title] = a
	}
	etag := get(t, site, revisedPath, "").Header().Get("ETag")
	untouched := get(t, site, copyPath, "").Header().Get("ETag")
	site.NextDay()

	var added, changed []string
	for i, a := range site.Truth() {
		old, ok := before[a.Path+a.Title]
		switch {
		case !ok:
			added = append(added, a.Path)
			if i != 0 {
				t.Errorf("the new article stands at %d", i)
			}
		case old != a:
			changed = append(changed, a.Path)
			if len(old.Body) != len(a.Body) || a.Date <= old.Date {
				t.Errorf("%s: want two figures and a later date, got %s for %s, %q", a.Path, a.Date, old.Date, a.Body)
			}
		}
	}
	if len(added) != 1 || len(changed) != 1 || changed[0] != revisedPath {
		t.Errorf("added %v, changed %v; want one and %s", added, changed, revisedPath)
	}
	if w := get(t, site, revisedPath, etag); w.Code != http.StatusOK {
		t.Errorf("the revised page with its old ETag: %d, want 200", w.Code)
	}
	if w := get(t, site, copyPath, untouched); w.Code != http.StatusNotModified {
		t.Errorf("an unchanged page: %d, want 304", w.Code)
	}
	once := site.Truth()
	if site.NextDay(); len(site.Truth()) != len(once) || site.Truth()[1] != once[1] {
		t.Error("the second state is not the last")
	}
}

func TestRobots(t *testing.T) {
	if got := get(t, seeds.DemoSite(), "/robots.txt", "").Body.String(); got != "User-agent: *\nDisallow: /intern/\n" {
		t.Errorf("robots.txt: %q", got)
	}
}
