package crawler

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"zhaowen/config"
)

func TestCookiesAreBounded(t *testing.T) {
	at := func(raw string) *url.URL { u, _ := url.Parse(raw); return u }
	set := func(c *cookies, u *url.URL, from, to int, value string) {
		for n := from; n < to; n++ {
			c.SetCookies(u, []*http.Cookie{{Name: fmt.Sprint("n", n), Value: value}})
		}
	}
	jar := func() *cookies {
		c, err := newCookies()
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	one, sister := at("http://www.one.test/"), at("http://m.one.test/")
	t.Run("number", func(t *testing.T) {
		c := jar()
		set(c, one, 0, 10_000, "a")
		set(c, sister, 0, 10, "a")
		set(c, one, 0, 1, "changed")
		if got := c.Cookies(one); len(got) != maxCookies || got[0].Value != "changed" {
			t.Errorf("%d cookies, the first one %v", len(got), got[0])
		}
		if n := len(c.Cookies(sister)); n != 0 {
			t.Errorf("%d cookies of a sister", n)
		}
		c.SetCookies(one, []*http.Cookie{{Name: "n7", MaxAge: -1}})
		set(c, sister, 0, 10, "a")
		if a, b := len(c.Cookies(one)), len(c.Cookies(sister)); a != maxCookies-1 || b != 1 {
			t.Errorf("after one was deleted: %d and %d", a, b)
		}
	})
	t.Run("size", func(t *testing.T) {
		c := jar()
		set(c, one, 0, 1, strings.Repeat("a", maxCookieBytes))
		set(c, one, 1, 2, strings.Repeat("a", maxCookieBytes-10))
		if got := c.Cookies(one); len(got) != 1 || got[0].Name != "n1" {
			t.Errorf("%d cookies", len(got))
		}
	})
	t.Run("hosts", func(t *testing.T) {
		c := jar()
		for n := range 100 {
			set(c, at(fmt.Sprintf("http://h%d.test/", n)), 0, maxCookies, "a")
		}
		if c.all != maxAllCookies {
			t.Errorf("%d cookies", c.all)
		}
	})
	t.Run("public suffixes", func(t *testing.T) {
		c := jar()
		c.SetCookies(at("http://a.gov.cn/"), []*http.Cookie{{Name: "n", Value: "1", Domain: "gov.cn"}})
		if n := len(c.Cookies(at("http://b.gov.cn/"))); n != 0 {
			t.Errorf("%d cookies for all of gov.cn", n)
		}
	})
}

// Each page sets a cookie by the name of its path, and says which it has got.
func TestSourcesShareNoCookies(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/robots.txt", http.NotFound)
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: r.URL.Path[1:], Value: "1", Path: "/"})
		w.Header().Set("Content-Type", "text/html")
		for _, c := range r.Cookies() {
			_, _ = io.WriteString(w, c.Name)
		}
	})
	c := newTestCrawler(t, Options{})
	got := map[string]string{}
	fetchers := map[string]*fetcher{}
	for _, path := range []string{"a1", "b1", "a2", "b2", "a3"} {
		source := path[:1]
		if fetchers[source] == nil {
			f, err := c.newFetcher(s.source(source, "/"))
			if err != nil {
				t.Fatal(err)
			}
			fetchers[source] = f
		}
		page, err := fetchers[source].fetch(t.Context(), t.Context(), s.URL+"/"+path, conditions{})
		if err != nil {
			t.Fatal(err)
		}
		got[path] = string(page.Body)
	}
	for path, want := range map[string]string{"a1": "", "b1": "", "a2": "a1", "b2": "b1", "a3": "a1a2"} {
		if got[path] != want {
			t.Errorf("%s came with %q, want %q", path, got[path], want)
		}
	}
}

// A site that sets more than ten thousand cookies, 350 a page, is sent back fifty of them.
func TestHostileCookies(t *testing.T) {
	var most atomic.Int64
	s := newEvilServer(t, okButRobots(func(w *wire) {
		most.Store(max(most.Load(), int64(len(w.asked.Cookies()))))
		var n int
		if w.asked.URL.Path != "/" {
			status(404, "")(w)
			return
		}
		_, _ = fmt.Sscanf(w.asked.URL.Query().Get("page"), "%d", &n)
		w.say("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n")
		for i := range 350 {
			w.say("Set-Cookie: n%d=%s\r\n", n*350+i, strings.Repeat("x", 100))
		}
		w.say("\r\n%s", rows(5*n, 5*n+5, fmt.Sprintf(`<a href="/?page=%d">下一页</a>`, n+1)))
	}))
	hostile{
		edit:   func(src *config.Source) { src.MaxPages, src.Timeout = 0, 5*time.Second },
		status: statusPartial, logged: "more list pages than are read in a pass", within: 10 * time.Second,
	}.run(t, s.url)
	if most.Load() != maxCookies {
		t.Errorf("%d cookies came back, want %d", most.Load(), maxCookies)
	}
}
