package crawler

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"
	"time"

	"zhaowen/config"
)

// hit is one request as a site saw it.
type hit struct {
	path       string
	start, end time.Time
	header     http.Header
}

// site is a server in this process that remembers its visitors.
type site struct {
	*httptest.Server
	mux *http.ServeMux

	mu   sync.Mutex
	hits []hit
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{mux: http.NewServeMux()}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := hit{path: r.URL.Path, start: time.Now(), header: r.Header}
		s.mux.ServeHTTP(w, r)
		h.end = time.Now()
		s.mu.Lock()
		s.hits = append(s.hits, h)
		s.mu.Unlock()
	}))
	t.Cleanup(s.Close)
	return s
}

// page serves a fixed HTML page.
func (s *site) page(path, body string) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(body))
	})
}

// typed serves a fixed body of a type.
func (s *site) typed(path, contentType, body string) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(body))
	})
}

// paths returns what was asked for, without robots.txt, in the order of the starts.
func (s *site) paths() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var paths []string
	for _, h := range s.hits {
		if h.path != "/robots.txt" {
			paths = append(paths, h.path)
		}
	}
	return paths
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, h := range s.hits {
		if h.path == path {
			n++
		}
	}
	return n
}

func (s *site) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits = nil
}

// source returns a source of the site that waits for nothing.
func (s *site) source(id, path string) config.Source {
	return config.Source{ID: id, URL: s.URL + path, Crawl: config.Crawl{
		Schedule: "@hourly", Concurrency: 2, Timeout: 5 * time.Second, MaxPages: 20, MaxBody: 1 << 20, Robots: "obey",
	}}
}

// local is a configuration that may visit servers of this process.
func local(sources ...config.Source) *config.Config {
	return &config.Config{
		Location: time.UTC, AllowAddresses: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")},
		ShutdownTimeout: 5 * time.Second, Sources: sources, UserAgent: "Zhaowen/test",
	}
}

// newTestCrawler returns a crawler that tries again soon.
func newTestCrawler(t *testing.T, o Options) *Crawler {
	t.Helper()
	if o.Config == nil {
		o.Config = local()
	}
	c := New(o)
	c.transport.tries.backoff = time.Millisecond
	c.politeness.firstPenalty = time.Millisecond
	t.Cleanup(c.Close)
	return c
}
