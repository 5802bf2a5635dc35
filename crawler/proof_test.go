package crawler

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"zhaowen/config"
)

const (
	proofDelay = 60 * time.Millisecond
	// clockTolerance is by how much two requests may reach a server closer together than they were sent: the first may be held up on its way, by the scheduler or
	// the kernel, for as long.
	clockTolerance = 25 * time.Millisecond
)

// proofHost is a server of its own address that writes down its visits. Of each column's four articles the first is slow, the second fails once, the third redirects to another
// host and the fourth to itself with a cookie.
type proofHost struct {
	*httptest.Server
	log  visitLog
	next *proofHost

	mu     sync.Mutex
	failed map[string]bool
}

func newProofHost(t *testing.T, address string) *proofHost {
	t.Helper()
	h := &proofHost{failed: map[string]bool{}}
	listener, err := net.Listen("tcp", address+":0")
	if err != nil {
		t.Skipf("no second loopback address here: %v", err)
	}
	h.Server = httptest.NewUnstartedServer(h)
	_ = h.Listener.Close()
	h.Listener = listener
	h.Start()
	t.Cleanup(h.Close)
	return h
}

func (h *proofHost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v := visited{path: r.URL.Path, start: time.Now()}
	defer func() { v.end = time.Now(); h.log.add("", v) }()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var column, n int
	switch {
	case r.URL.Path == "/robots.txt":
		time.Sleep(20 * time.Millisecond)
		fmt.Fprint(w, "User-agent: *\nDisallow: /private")
	case scan(r.URL.Path, "/moved/%d", &n):
		fmt.Fprint(w, articlePage(n))
	case scan(r.URL.Path, "/article/%d", &n):
		h.article(w, r, n)
	case scan(r.URL.Path, "/column/%d/", &column):
		var b strings.Builder
		b.WriteString(`<html><head><title>投资动态</title></head><body><ul class="news_list">`)
		for i := range 4 {
			n := column*10 + i
			fmt.Fprintf(&b, `<li><a href="/article/%d">%s</a><span>2026-03-%02d</span></li>`, n, articleTitle(n), 20-i)
		}
		b.WriteString(`</ul></body></html>`)
		fmt.Fprint(w, b.String())
	default:
		http.NotFound(w, r)
	}
}

func (h *proofHost) article(w http.ResponseWriter, r *http.Request, n int) {
	switch n % 10 {
	case 0:
		time.Sleep(3 * proofDelay)
	case 1:
		h.mu.Lock()
		again := h.failed[r.URL.Path]
		h.failed[r.URL.Path] = true
		h.mu.Unlock()
		if !again {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
	case 2:
		http.Redirect(w, r, fmt.Sprintf("%s/moved/%d", h.next.URL, n), http.StatusFound)
		return
	case 3:
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
			return
		}
	}
	fmt.Fprint(w, articlePage(n))
}

// TestPolitenessProof reads the logs of five servers under twenty sources with two passes at a time: never more requests at once than the strictest source of the host
// allows, never closer than the longest of their delays; retries, redirects and robots.txt included.
func TestPolitenessProof(t *testing.T) {
	if testing.Short() {
		t.Skip("goes by the clock")
	}
	hosts := make([]*proofHost, 5)
	for i := range hosts {
		hosts[i] = newProofHost(t, fmt.Sprintf("127.0.0.%d", i+2))
	}
	allowed := make([]int, len(hosts)) // requests at once
	var sources []config.Source
	for i := range 20 {
		h := i / 4 // neighbours share a host, so that the two passes often do
		hosts[h].next = hosts[(h+1)%len(hosts)]
		src := config.Source{ID: fmt.Sprintf("s%d", i), URL: fmt.Sprintf("%s/column/%d/", hosts[h].URL, i), Crawl: config.Crawl{
			Schedule: "@hourly", Delay: proofDelay / time.Duration(1+i%4), Concurrency: 1 + h%3 + i%2, Timeout: 10 * time.Second, MaxPages: 2, MaxBody: 1 << 20, Retries: 2, Robots: "obey",
		}}
		allowed[h] = 1 + h%3
		sources = append(sources, src)
	}
	o := stored(t, sources...)
	w := NewWorker(o)
	w.slots = make(chan struct{}, 2)
	w.crawler.transport.tries.backoff = time.Millisecond
	runs, err := w.Once(t.Context(), sources)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range runs {
		if r.Status != statusOK || r.New != 4 {
			t.Errorf("%+v", r)
		}
	}
	for i, h := range hosts {
		h.check(t, i, allowed[i])
	}
}

// check reads the log of a server.
func (h *proofHost) check(t *testing.T, number, allowed int) {
	t.Helper()
	all := h.log.visits[""]
	slices.SortFunc(all, func(a, b visited) int { return a.start.Compare(b.start) })
	if want := 1 + 4*(1+1+2+1+2) + 4; len(all) != want { // robots.txt; lists, articles with their retries and redirects; the neighbour's redirects
		t.Errorf("host %d: %d requests, want %d", number, len(all), want)
	}
	if n := atOnce(all); n > allowed {
		t.Errorf("host %d: %d requests at once, allowed are %d", number, n, allowed)
	}
	const window = 5
	for i, v := range all {
		for _, back := range []int{1, window} {
			if i < back {
				continue
			}
			if gap := v.start.Sub(all[i-back].start); gap < time.Duration(back)*proofDelay-clockTolerance {
				t.Errorf("host %d: %s came %s after the %d. before it, %s", number, v.path, gap, back, all[i-back].path)
			}
		}
	}
}
