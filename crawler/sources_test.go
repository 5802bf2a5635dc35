package crawler

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhaowen/storage"

	"github.com/google/go-cmp/cmp"
)

// storedDates returns the title and day of every stored article.
func storedDates(t *testing.T, o Options) map[string]string {
	t.Helper()
	got := map[string]string{}
	for a, err := range o.DB.Search(t.Context(), storage.Query{All: true}) {
		if err != nil {
			t.Fatal(err)
		}
		got[a.Title] = ""
		if a.PublishedOn != nil {
			got[a.Title] = *a.PublishedOn
		}
	}
	return got
}

// undated serves articles whose own pages have no date, and returns their addresses by number.
func (s *site) undated(numbers ...int) {
	for _, n := range numbers {
		date := fmt.Sprintf("发布时间：2026-03-%02d ", n%28+1)
		s.page(fmt.Sprintf("/show/%d.html", n), strings.Replace(articlePage(n), date, "", 1))
	}
}

func TestPassReadsFeeds(t *testing.T) {
	tests := map[string]struct{ contentType, feed string }{
		"RSS": {"application/rss+xml", `<?xml version="1.0"?><rss version="2.0"><channel><title>招商</title>
			<item><title>` + articleTitle(1) + `</title><link>/show/1.html</link><pubDate>Fri, 18 Sep 2026 08:30:00 +0000</pubDate></item>
			<item><title>` + articleTitle(2) + `</title><link>/show/2.html</link><pubDate>Thu, 17 Sep 2026 08:30:00 +0000</pubDate></item></channel></rss>`},
		"Atom": {"application/atom+xml", `<feed xmlns="http://www.w3.org/2005/Atom"><title>招商</title>
			<entry><title>` + articleTitle(1) + `</title><link href="/show/1.html"/><published>2026-09-18T10:00:00Z</published></entry>
			<entry><title>` + articleTitle(2) + `</title><link href="/show/2.html"/><published>2026-09-17T10:00:00Z</published></entry></feed>`},
		"JSON Feed": {"application/feed+json", `{"version":"https://jsonfeed.org/version/1.1","title":"招商","items":[
			{"id":"1","title":"` + articleTitle(1) + `","url":"/show/1.html","date_published":"2026-09-18T10:00:00Z"},
			{"id":"2","title":"` + articleTitle(2) + `","url":"/show/2.html","date_published":"2026-09-17T10:00:00Z"}]}`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.page("/robots.txt", "")
			s.typed("/feed", tt.contentType, tt.feed)
			s.undated(1, 2)
			src := s.source("feed", "/feed")
			o := stored(t, src)
			run := mustPass(t, newTestCrawler(t, o), src)
			if run.Listed != 2 || run.New != 2 || run.Fetched != 3 {
				t.Errorf("%+v", run)
			}
			if diff := cmp.Diff(map[string]string{articleTitle(1): "2026-09-18", articleTitle(2): "2026-09-17"}, storedDates(t, o)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func sitemap(s *site, numbers ...int) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for _, n := range numbers {
		fmt.Fprintf(&b, "<url><loc>%s/show/%d.html</loc><lastmod>2026-09-%02d</lastmod></url>", s.URL, n, n)
	}
	return b.String() + "</urlset>"
}

func TestPassReadsSitemap(t *testing.T) {
	s := newSite(t)
	s.page("/robots.txt", "")
	s.typed("/sitemap.xml", "application/xml", sitemap(s, 1, 2, 3))
	s.undated(1, 2, 3)
	src := s.source("map", "/sitemap.xml")
	o := stored(t, src)
	run := mustPass(t, newTestCrawler(t, o), src)
	if run.Listed != 3 || run.New != 3 || run.Fetched != 4 {
		t.Errorf("%+v", run)
	}
	want := map[string]string{articleTitle(1): "2026-09-01", articleTitle(2): "2026-09-02", articleTitle(3): "2026-09-03"}
	if diff := cmp.Diff(want, storedDates(t, o)); diff != "" {
		t.Error(diff)
	}
}

// sitemapIndex names four sitemaps of the site, the one changed last in the middle, one of another host and itself.
func sitemapIndex(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.page("/robots.txt", "")
	index := `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` +
		`<sitemap><loc>http://elsewhere.invalid/map.xml</loc><lastmod>2026-09-30</lastmod></sitemap><sitemap><loc>` + s.URL + `/index.xml</loc></sitemap>`
	for n, day := range []int{1: 3, 2: 9, 3: 5} {
		if n == 0 {
			continue
		}
		index += fmt.Sprintf("<sitemap><loc>%s/map%d.xml</loc><lastmod>2026-09-%02d</lastmod></sitemap>", s.URL, n, day)
		s.typed(fmt.Sprintf("/map%d.xml", n), "application/xml", sitemap(s, n*2, n*2+1))
	}
	// an index is not followed from an index
	index += "<sitemap><loc>" + s.URL + "/nested.xml</loc></sitemap></sitemapindex>"
	s.typed("/index.xml", "text/xml", index)
	s.typed("/nested.xml", "text/xml", strings.ReplaceAll(index, "/map", "/nested-map"))
	s.undated(2, 3, 4, 5, 6, 7)
	return s
}

func TestPassFollowsIndexOfSitemaps(t *testing.T) {
	s := sitemapIndex(t)
	src := s.source("map", "/index.xml")
	o := stored(t, src)
	run := mustPass(t, newTestCrawler(t, o), src)
	if run.Listed != 6 || run.New != 6 {
		t.Errorf("%+v", run)
	}
	if got := storedDates(t, o); len(got) != 6 {
		t.Errorf("stored: %v", got)
	}
	lists := slices.DeleteFunc(s.paths(), func(p string) bool { return strings.HasPrefix(p, "/show/") })
	slices.Sort(lists) // the hits are in the order of their ends
	if diff := cmp.Diff([]string{"/index.xml", "/map1.xml", "/map2.xml", "/map3.xml", "/nested.xml"}, lists); diff != "" {
		t.Error(diff)
	}
}

func TestIndexOfSitemapsKeepsToMaxPages(t *testing.T) {
	s := sitemapIndex(t)
	src := s.source("map", "/index.xml")
	src.MaxPages = 2
	o := stored(t, src)
	run := mustPass(t, newTestCrawler(t, o), src)
	want := map[string]string{articleTitle(4): "2026-09-04", articleTitle(5): "2026-09-05"} // of the sitemap changed last
	if diff := cmp.Diff(want, storedDates(t, o)); diff != "" || run.New != 2 {
		t.Errorf("%+v %s", run, diff)
	}
	due, err := o.DB.DuePages(t.Context(), "map", o.Ingest.Now())
	if err != nil || len(due) != 0 {
		t.Errorf("due after the pass: %v, %v", due, err)
	}
}
