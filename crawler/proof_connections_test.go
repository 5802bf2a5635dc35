package crawler

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"zhaowen/config"

	"golang.org/x/net/http2"
)

// proofPage is what the hosts of these tests serve: a list of four articles.
func proofPage(path string) (status int, body string) {
	var n int
	switch {
	case path == "/robots.txt":
		return http.StatusNotFound, ""
	case scan(path, "/article/%d", &n):
		return http.StatusOK, articlePage(n)
	}
	var b strings.Builder
	for n := range 4 {
		fmt.Fprintf(&b, `<li><a href="/article/%d">%s</a><span>2026-03-%02d</span></li>`, n, articleTitle(n), 20-n)
	}
	return http.StatusOK, `<html><head><title>投资动态</title></head><body><ul class="news_list">` + b.String() + `</ul></body></html>`
}

// TestPolitenessProofOfBrokenConnections reads the logs of servers that take a request and end its connection: net/http would send it again at once.
func TestPolitenessProofOfBrokenConnections(t *testing.T) {
	var log visitLog
	took := func(path string) { now := time.Now(); log.add("", visited{path: path, start: now, end: now}) }
	keptAlive := func(conn net.Conn) { // answers the first request of a connection, and ends it when it has read the second
		from := bufio.NewReader(conn)
		for i := 0; ; i++ {
			asked, err := http.ReadRequest(from)
			if err != nil {
				return
			}
			took(asked.URL.Path)
			if i == 1 {
				return
			}
			status, body := proofPage(asked.URL.Path)
			fmt.Fprintf(conn, "HTTP/1.1 %d X\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", status, len(body), body)
		}
	}
	streams := func(refuse func(*stream)) func(net.Conn) { // answers each address when it is asked the second time
		seen := map[string]bool{}
		return serveHTTP2(func(s *stream) {
			took(s.path)
			if !seen[s.path] {
				seen[s.path] = true
				refuse(s)
				return
			}
			status, body := proofPage(s.path)
			s.answer(status, body)
		})
	}
	for name, tt := range map[string]struct {
		protocol string
		handle   func(net.Conn)
		least    int // requests; at most each of the six is sent twice
	}{
		"kept-alive":           {"", keptAlive, 6 + 1},
		"kept-alive over TLS":  {"http/1.1", keptAlive, 6 + 1},
		"REFUSED_STREAM":       {"h2", streams(func(s *stream) { _ = s.framer.WriteRSTStream(s.id, http2.ErrCodeRefusedStream) }), 2 * 6},
		"GOAWAY before stream": {"h2", streams(func(s *stream) { _ = s.framer.WriteGoAway(s.id-1, http2.ErrCodeNo, nil) }), 2 * 6},
	} {
		t.Run(name, func(t *testing.T) {
			log = visitLog{}
			var url string
			if tt.protocol != "" {
				url = newEvilTLS(t, tt.handle, tt.protocol).url
			} else {
				url = newEvilListener(t, tt.handle).url
			}
			src := config.Source{ID: "s", URL: url + "/", Crawl: config.Crawl{
				Schedule: "@hourly", Delay: proofDelay, Concurrency: 1, Timeout: 10 * time.Second, MaxPages: 2, MaxBody: 1 << 20, Retries: 2, Robots: "obey",
			}}
			c := newTestCrawler(t, stored(t, src))
			c.sender.direct.TLSClientConfig = trustingTests()
			if run, err := c.Pass(t.Context(), src); err != nil || run.New != 4 || run.Failed != 0 {
				t.Errorf("%+v, %v", run, err)
			}
			all := log.visits[""]
			slices.SortFunc(all, func(a, b visited) int { return a.start.Compare(b.start) })
			if len(all) < tt.least || len(all) > 2*6 {
				t.Errorf("%d requests, want %d to 12", len(all), tt.least)
			}
			for i, v := range all[1:] {
				if gap := v.start.Sub(all[i].start); gap < proofDelay-clockTolerance {
					t.Errorf("%s came %s after %s", v.path, gap, all[i].path)
				}
			}
		})
	}
}
