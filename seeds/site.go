package seeds

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// The addresses of the columns of the demo site.
const (
	ColumnTRS   = "/tzdt/" // 投资动态: UTF-8, as a TRS content management system writes it
	ColumnTable = "/old/"  // 园区新闻: tables in GBK, declared in a META only
	ColumnFull  = "/qwyd/" // 全文快讯: full texts on the list pages, no article pages
)

// Site is a small investment-news site, invented and complete, that is served from memory. It lists 60 articles in three columns:
// 28 under ColumnTRS, 20 under ColumnTable and 12 under ColumnFull. Two of those of ColumnTable are special:
//
//   - /old/view_2107.html 南通洋口外湾海工装备配套园揭牌 首批11家企业进驻 is a copy, letter for letter, of an article of ColumnTRS;
//   - /old/view_2114.html 第四届“湾上创客”大赛落幕 16个项目拟入园 always answers 500.
//
// A crawl therefore has to store 58 articles, 60 less the copy and the failing one. After NextDay it has to store one more, and a
// revision of /tzdt/202609/t20260914_100258.html.
//
// Every page has an ETag; robots.txt keeps crawlers out of /intern/. A Site may be used by several goroutines at once.
type Site struct {
	mu    sync.RWMutex
	pages map[string]page
	truth []TruthArticle
}

// TruthArticle is one article of the site as its page shows it: what a reader of that page must find.
type TruthArticle struct {
	Path      string // of the article page; empty under ColumnFull, whose articles have none
	Column    string // address of the column
	Title     string
	Date      string // YYYY-MM-DD
	Publisher string // empty: the page names none
	Author    string // empty: the page names none
	Body      string // one paragraph a line
}

// page is one address of the site.
type page struct {
	body        []byte
	contentType string
	etag        string
	failing     bool
}

// DemoSite returns the site in its first state.
func DemoSite() *Site {
	s := &Site{}
	s.publish(firstDay())
	return s
}

// NextDay moves the site to its second and last state: under ColumnTRS, the article on the packaging plant in 无锡 has two figures
// corrected and bears the new date, and one article is new.
func (s *Site) NextDay() {
	s.publish(secondDay())
}

// Truth returns all articles of the current state but the failing one, in the order of the lists.
func (s *Site) Truth() []TruthArticle {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.truth)
}

// Paths returns the addresses of all pages of the current state, sorted.
func (s *Site) Paths() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	paths := make([]string, 0, len(s.pages))
	for path := range s.pages {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// ServeHTTP implements http.Handler.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	s.mu.RLock()
	p, ok := s.pages[path]
	s.mu.RUnlock()
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		http.Error(w, "Method Not Allowed", http.StatusMethodNotAllowed)
	case !ok:
		http.NotFound(w, r)
	case p.failing:
		http.Error(w, "Internal Server Error", http.StatusInternalServerError)
	default:
		w.Header().Set("Content-Type", p.contentType)
		w.Header().Set("ETag", p.etag)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(p.body)) // answers If-None-Match with 304
	}
}

// publish renders all pages of a state and puts them in the place of the old ones.
func (s *Site) publish(e edition) {
	pages := map[string]page{}
	add := func(path, contentType string, body []byte) {
		sum := sha256.Sum256(body)
		pages[path] = page{body: body, contentType: contentType, etag: `"` + hex.EncodeToString(sum[:8]) + `"`}
	}
	truth := e.trs.render(add)
	truth = append(truth, e.table.render(add)...)
	truth = append(truth, e.full.render(add)...)
	renderFrontDoor(add)
	pages[failingPath] = page{failing: true}

	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages = pages
	s.truth = slices.DeleteFunc(truth, func(a TruthArticle) bool { return a.Path == failingPath })
}

// addPage takes a rendered page.
type addPage func(path, contentType string, body []byte)

const utf8HTML = "text/html; charset=utf-8"
