// Package site generates a loopback site of list and article pages, the same one for the same seed, to measure crawlers on.
package site

import (
	"fmt"
	"hash/fnv"
	"html"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Site is a site of Columns columns; each has Lists list pages of Rows rows. Even columns are UTF-8 and built like TRS WCM, odd ones GB18030 declared only in
// a meta tag, of tables, with links to the next page.
type Site struct {
	Columns, Lists, Rows int
	Seed                 uint64
	Latency              time.Duration // before each answer

	Requests, ArticleRequests, NotModified atomic.Int64

	ready map[string]answer // by path and query
}

// Article is what is true of one article.
type Article struct {
	Path, Title, Date, Publisher, Body string
}

// Path is where a column begins.
func (s *Site) Path(column int) string { return fmt.Sprintf("/c%d/", column) }

// Article gives the n-th article of a column, newest first.
func (s *Site) Article(column, n int) Article {
	r := rand.New(rand.NewPCG(s.Seed, uint64(column)<<32|uint64(n)))
	number := column*s.Lists*s.Rows + n
	title, paragraphs := words(r, number)
	day := time.Date(2026, 9, 18, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -n/4)
	path := fmt.Sprintf("/c%d/%s/t%s_%d.html", column, day.Format("200601"), day.Format("20060102"), 1000000+number)
	if column%2 == 1 {
		path = fmt.Sprintf("/c%d/show.asp?id=%d", column, 1000000+number)
	}
	return Article{Path: path, Title: title, Date: day.Format("2006-01-02"), Publisher: pick(r, cities) + "商务局", Body: strings.Join(paragraphs, "\n")}
}

// Len is the number of articles.
func (s *Site) Len() int { return s.Columns * s.Lists * s.Rows }

// ServeHTTP answers with list pages, article pages and 304.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Requests.Add(1)
	if s.Latency > 0 {
		select {
		case <-time.After(s.Latency):
		case <-r.Context().Done():
			return
		}
	}
	if r.URL.Path == "/robots.txt" {
		fmt.Fprint(w, "User-agent: *\nDisallow: /intern/\n")
		return
	}
	a, ok := s.ready[r.URL.RequestURI()]
	if !ok {
		a, ok = s.answer(r.URL)
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	if a.article {
		s.ArticleRequests.Add(1)
	}
	w.Header().Set("Content-Type", a.contentType)
	w.Header().Set("ETag", a.etag)
	if r.Header.Get("If-None-Match") == a.etag {
		s.NotModified.Add(1)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Write(a.body)
}

// Prepare makes all pages before they are asked for, so that serving them takes little from whom is measured.
func (s *Site) Prepare() {
	s.ready = map[string]answer{}
	for c := range s.Columns {
		paths := []string{s.Path(c)}
		for i := range s.Lists {
			if c%2 == 1 {
				paths = append(paths, fmt.Sprintf("%slist.asp?page=%d", s.Path(c), i+1))
			} else {
				paths = append(paths, fmt.Sprintf("%sindex_%d.html", s.Path(c), i))
			}
		}
		for i := range s.Lists * s.Rows {
			paths = append(paths, s.Article(c, i).Path)
		}
		for _, path := range paths {
			if u, err := url.Parse(path); err == nil {
				s.ready[path], _ = s.answer(u)
			}
		}
	}
}

// answer is a page as it is served.
type answer struct {
	contentType, etag string
	body              []byte
	article           bool
}

func (s *Site) answer(u *url.URL) (answer, bool) {
	column, page, article, ok := s.render(u)
	if !ok {
		return answer{}, false
	}
	a := answer{contentType: "text/html; charset=utf-8", article: article}
	if column%2 == 1 {
		a.contentType = "text/html"
		page, _ = simplifiedchinese.GB18030.NewEncoder().String(page)
	}
	a.body = []byte(page)
	h := fnv.New64a()
	h.Write(a.body)
	a.etag = fmt.Sprintf(`"%x"`, h.Sum64())
	return a, true
}

func (s *Site) render(u *url.URL) (column int, page string, article, ok bool) {
	rest, found := strings.CutPrefix(u.Path, "/c")
	if !found {
		return 0, "", false, false
	}
	number, file, _ := strings.Cut(rest, "/")
	if _, err := fmt.Sscanf(number, "%d", &column); err != nil || column < 0 || column >= s.Columns {
		return 0, "", false, false
	}
	list := -1
	switch {
	case file == "" || file == "index.html" || file == "list.asp" && u.RawQuery == "":
		list = 0
	case strings.HasPrefix(file, "index_"):
		_, err := fmt.Sscanf(file, "index_%d.html", &list)
		ok = err == nil
	case strings.HasPrefix(file, "list.asp"):
		_, err := fmt.Sscanf(u.RawQuery, "page=%d", &list)
		list--
		ok = err == nil
	}
	if list >= 0 && list < s.Lists {
		return column, s.listPage(column, list), false, true
	}
	n := 0
	if _, err := fmt.Sscanf(u.RawQuery, "id=%d", &n); err != nil || file != "show.asp" {
		if i := strings.LastIndexByte(file, '_'); i < 0 {
			return 0, "", false, false
		} else if _, err := fmt.Sscanf(file[i:], "_%d.html", &n); err != nil {
			return 0, "", false, false
		}
	}
	n -= 1000000 + column*s.Lists*s.Rows
	if n < 0 || n >= s.Lists*s.Rows {
		return 0, "", false, false
	}
	return column, s.articlePage(column, n), true, true
}

func (s *Site) listPage(column, list int) string {
	var b strings.Builder
	if column%2 == 1 {
		s.tableList(&b, column, list)
	} else {
		s.trsList(&b, column, list)
	}
	return b.String()
}

func (s *Site) trsList(b *strings.Builder, column, list int) {
	s.head(b, column, "招商动态")
	b.WriteString(`<div class="main clearfix"><div class="fl w250">`)
	s.side(b, column)
	b.WriteString(`</div><div class="fr w730"><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="./">招商动态</a></div><ul class="newsList">` + "\n")
	for i := range s.Rows {
		a := s.Article(column, list*s.Rows+i)
		fmt.Fprintf(b, `<li><a href="%s" title="%s" target="_blank">%s</a><span>%s</span></li>`+"\n", "."+strings.TrimPrefix(a.Path, fmt.Sprintf("/c%d", column)), html.EscapeString(a.Title), cut(a.Title, 24), a.Date)
	}
	fmt.Fprintf(b, `</ul><div class="page"><script>createPageHTML(%d, %d, "index", "html")</script></div></div></div>`, s.Lists, list)
	s.foot(b)
}

func cut(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return string(runes[:n]) + "…"
}

func (s *Site) tableList(b *strings.Builder, column, list int) {
	s.oldHead(b, "园区新闻")
	b.WriteString(`<TABLE width=760 border=0 cellspacing=0><TR><TD width=180 valign=top>`)
	s.side(b, column)
	b.WriteString(`</TD><TD valign=top><TABLE width="100%" border=0>` + "\n")
	for i := range s.Rows {
		a := s.Article(column, list*s.Rows+i)
		fmt.Fprintf(b, `<TR><TD width=16 height=24><IMG src="/images/dot.gif"></TD><TD><A href="%s" target=_blank>%s</A></TD><TD width=100 align=right>[%s]</TD></TR>`+"\n", strings.TrimPrefix(a.Path, fmt.Sprintf("/c%d/", column)), html.EscapeString(a.Title), a.Date)
		if i%5 == 4 {
			b.WriteString(`<TR><TD colspan=3 height=12>&nbsp;</TD></TR>` + "\n")
		}
	}
	fmt.Fprintf(b, `</TABLE><TABLE width="100%%"><TR><TD align=center>共%d页 第%d页 <A href="list.asp">首页</A> `, s.Lists, list+1)
	if list > 0 {
		fmt.Fprintf(b, `<A href="list.asp?page=%d">上一页</A> `, list)
	}
	if list+1 < s.Lists {
		fmt.Fprintf(b, `<A href="list.asp?page=%d">下一页</A> `, list+2)
	}
	fmt.Fprintf(b, `<A href="list.asp?page=%d">尾页</A></TD></TR></TABLE></TD></TR></TABLE>`, s.Lists)
	s.oldFoot(b)
}
