package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// newsSite is a column of a site as the TRS content management system renders it: index.html, index_1.html … and articles below it.
type newsSite struct {
	*site
	mu       sync.Mutex
	articles []int // numbers, newest first
	perPage  int
	etag     bool // list pages carry a validator
	updated  map[int]bool
}

func newNewsSite(t *testing.T, articles, perPage int) *newsSite {
	t.Helper()
	s := &newsSite{site: newSite(t), perPage: perPage}
	for n := articles; n > 0; n-- {
		s.articles = append(s.articles, n)
	}
	s.mux.HandleFunc("/tzdt/", s.serve)
	s.page("/robots.txt", "")
	return s
}

func (s *newsSite) publish(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.articles = append([]int{n}, s.articles...)
}

// update changes articles, and says so in their titles and so in the list.
func (s *newsSite) update(numbers ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updated = map[int]bool{}
	for _, n := range numbers {
		s.updated[n] = true
	}
}

func (s *newsSite) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	name := strings.TrimPrefix(r.URL.Path, "/tzdt/")
	var n, page int
	switch {
	case name == "index.html":
		s.list(w, r, 0)
	case scan(name, "index_%d.html", &page):
		s.list(w, r, page)
	case scan(name, "202603/t20260301_%d.html", &n):
		page := articlePage(n)
		if s.updated[n] {
			page = strings.ReplaceAll(page, articleTitle(n), articleTitle(n)+"（更新）")
			page = strings.Replace(page, "<p>", "<p>更新：", 1)
		}
		fmt.Fprint(w, page)
	default:
		http.NotFound(w, r)
	}
}

func scan(name, format string, to *int) bool {
	n, err := fmt.Sscanf(name, format, to)
	return err == nil && n == 1
}

func (s *newsSite) list(w http.ResponseWriter, r *http.Request, page int) {
	pages := (len(s.articles) + s.perPage - 1) / s.perPage
	if page >= pages {
		http.NotFound(w, r)
		return
	}
	if s.etag {
		tag := fmt.Sprintf(`"%d-%d-%d"`, page, len(s.articles), len(s.updated))
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	var b strings.Builder
	b.WriteString(`<html><head><title>投资动态_某市商务局</title></head><body><div class="nav"><a href="/">首页</a></div><ul class="news_list">`)
	for _, n := range s.articles[page*s.perPage : min((page+1)*s.perPage, len(s.articles))] {
		title := articleTitle(n)
		if s.updated[n] {
			title += "（更新）"
		}
		fmt.Fprintf(&b, `<li><a href="./202603/t20260301_%d.html" title="%s">%s</a><span>2026-03-%02d</span></li>`+"\n", n, title, title, n%28+1)
	}
	fmt.Fprintf(&b, `</ul><div class="page"><script>createPageHTML(%d, %d, "index", "html");</script></div></body></html>`, pages, page)
	fmt.Fprint(w, b.String())
}

func articleTitle(n int) string {
	return fmt.Sprintf("第%d号新能源汽车零部件产业项目在高新区签约落户", n)
}

// articlePage is an article whose text shares little with the others', so that none is taken for a reprint.
func articlePage(n int) string {
	var text strings.Builder
	for i := range 12 {
		fmt.Fprintf(&text, "<p>项目%d之%d：企业甲%d计划投资%d万元，在园区%d建设生产线%d条，达产后预计年产值%d万元，带动就业%d人。</p>",
			n, i, n*31+i, n*977+i*13, n*7+i, n+i*3, n*1313+i*17, n*11+i*5)
	}
	return fmt.Sprintf(`<html><head><title>%s_某市商务局</title></head><body><div class="nav"><a href="/">首页</a></div><h1>%s</h1>`+
		`<div class="info">发布时间：2026-03-%02d 来源：某市商务局</div><div class="TRS_Editor">%s</div></body></html>`, articleTitle(n), articleTitle(n), n%28+1, text.String())
}
