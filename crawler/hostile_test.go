package crawler

import (
	"compress/gzip"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"zhaowen/config"
	"zhaowen/storage"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// hostile is one way to hurt a crawler, and what must come of it.
type hostile struct {
	name   string
	behave func(*wire)
	edit   func(*config.Source)

	status string // of the run; empty: failed
	err    string // in the run's error
	logged string // in the log
	names  *net.Resolver
	stored int // articles

	within time.Duration // 0: 3 s
	heap   int64         // MiB that the heap may grow by; 0: 48
}

func hostileServers() []hostile {
	const ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
	fastGzip := func(w io.Writer) io.WriteCloser { z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed); return z }
	large := func(s *config.Source) { s.MaxBody, s.Timeout = 32<<20, 20*time.Second }
	patient := func(s *config.Source) { s.Timeout = 5 * time.Second } // the server needs its time, under the race detector
	return []hostile{
		{name: "no answer at all", behave: func(w *wire) { w.drip("", 10*time.Millisecond) }, err: "no complete answer within 300ms"},
		{name: "slow headers", behave: func(w *wire) { w.say(ok); w.drip("X", 20*time.Millisecond) }, err: "no complete answer within 300ms"},
		{name: "slow body", behave: head("\r\n", ".", 20*time.Millisecond), err: "no complete answer within 300ms"},
		{
			name: "slow body, long timeout", behave: head("\r\n", ".", 20*time.Millisecond), edit: func(s *config.Source) { s.Timeout = time.Hour },
			err: "too slow: less than 1024 bytes a second",
		},
		{name: "silence, long timeout", behave: func(w *wire) { w.drip("", 10*time.Millisecond) }, edit: func(s *config.Source) { s.Timeout = time.Hour }, err: "no answer begun within 500ms"},
		{name: "endless body", behave: head("\r\n", strings.Repeat("<p>a</p>", 4096), 0), err: "larger than max_body"},
		{name: "one endless header", behave: head("X-A: ", strings.Repeat("a", 4096), 0), err: "headers"},
		{name: "endless headers", behave: head("", strings.Repeat("X-A: b\r\n", 512), 0), err: "headers"},
		{name: "endless early hints", behave: func(w *wire) { w.drip("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", 0) }, err: "headers exceeded"},
		{name: "endless chunk extension", behave: head("Transfer-Encoding: chunked\r\n\r\n1;", strings.Repeat("a", 4096), 0), err: "too long"},
		{name: "endless trailers", behave: head("Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", strings.Repeat("X-A: b\r\n", 512), 0), err: "trailer"},
		{name: "gzip bomb", behave: head("Content-Encoding: gzip\r\n\r\n", gzipMember(1<<20), 0), err: "larger than max_body"},
		{name: "gzip bomb in gzip", behave: bomb("gzip, gzip", fastGzip), err: "larger than max_body"},
		{name: "endless gzip of nothing", behave: head("Content-Encoding: gzip\r\n\r\n", strings.Repeat(gzipMember(0), 200), 0), err: "larger than max_body"},
		{name: "brotli bomb", behave: bomb("br", func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, 1) }), edit: patient, err: "larger than max_body"},
		{name: "zstd bomb", behave: bomb("zstd", func(w io.Writer) io.WriteCloser {
			z, _ := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
			return z
		}), edit: patient, err: "larger than max_body"},
		{name: "zstd window of 3.75 TiB", behave: head("Content-Encoding: zstd\r\n\r\n\x28\xb5\x2f\xfd\x00\xff", strings.Repeat("\x00", 4096), 0), err: "window size exceeded"},
		{name: "Content-Length too long", behave: raw(ok + "Content-Length: 1000\r\n\r\nshort"), err: "unexpected EOF"},
		{name: "Content-Length too short", behave: raw(ok + "Connection: close\r\nContent-Length: 40\r\n\r\n" + rows(1, 20, "")), status: statusOK},
		{name: "Content-Length beyond all", behave: raw(ok + "Content-Length: 99999999999\r\n\r\n"), err: "larger than max_body"},
		{name: "two Content-Lengths", behave: raw(ok + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nshort!"), err: "Content-Length"},
		{name: "no HTTP", behave: raw("SSH-2.0-OpenSSH_9.9\r\n"), err: "malformed HTTP"},
		{name: "reset at once", behave: func(w *wire) { w.reset() }, err: "broke off the connection"},
		{name: "reset midway", behave: func(w *wire) {
			w.say(ok + "Content-Length: 100000\r\n\r\n<html>")
			time.Sleep(20 * time.Millisecond)
			w.reset()
		}, err: "broke off the connection"},
		{name: "redirect loop", behave: redirect("/"), err: "the redirects go in a loop"},
		{name: "endless redirects", behave: func(w *wire) { redirect(w.asked.URL.Path + "a")(w) }, err: "more than 10 redirects"},
		{name: "redirect to loopback", behave: redirect("http://127.0.0.3/"), err: "127.0.0.3 is a loopback address"},
		{name: "redirect to metadata", behave: redirect("http://169.254.169.254/latest/meta-data/"), err: "169.254.169.254 is a link-local address"},
		{name: "redirect to loopback, IPv6", behave: redirect("http://[::1]:8080/"), err: "::1 is a loopback address"},
		{name: "redirect to loopback, mapped", behave: redirect("http://[::ffff:127.0.0.3]/"), err: "127.0.0.3 is a loopback address"},
		{name: "redirect to loopback, NAT64", behave: redirect("http://[64:ff9b::7f00:3]/"), err: "127.0.0.3 is a loopback address"},
		{name: "redirect to loopback, as a number", behave: redirect("http://2130706435/"), err: "2130706435"},
		{name: "redirect to a file", behave: redirect("file:///etc/passwd"), err: `only http and https are fetched, not "file"`},
		{name: "huge robots.txt", behave: func(w *wire) {
			if w.asked.URL.Path != "/robots.txt" {
				w.page(articlePage(99))
				return
			}
			w.say("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow: /private\n")
			w.drip(strings.Repeat("Disallow: /x\n", 1000), 0)
		}, status: statusOK, stored: 1},
		{name: "robots.txt of wildcards", behave: func(w *wire) {
			if w.asked.URL.Path != "/robots.txt" {
				w.page(articlePage(99))
				return
			}
			w.say("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\n")
			for n := 0; w.say("Disallow: /*%d*a*b$\nAllow: /*%d*a*b\n", n, n); n++ {
			}
		}, status: statusOK, stored: 1},
		{name: "robots.txt 500", behave: status(500, ""), err: "not now: robots.txt of"},
		{name: "robots.txt that never comes", behave: func(w *wire) { w.drip("", 10*time.Millisecond) }, err: "not now: robots.txt of"},
		{name: "429", behave: status(429, ""), err: "status 429"},
		{name: "429 with Retry-After", behave: status(429, "Retry-After: 3600\r\n"), err: "until"},
		{name: "429 with an absurd Retry-After", behave: status(429, "Retry-After: 99999999999999999999\r\n"), err: "until"},
		{name: "10 MB title", behave: func(w *wire) {
			w.page(strings.ReplaceAll(articlePage(99), articleTitle(99), articleTitle(99)+strings.Repeat("大", 10<<20/3)))
		}, edit: large, status: statusOK, within: 15 * time.Second, heap: 250},
		{name: "a million links", behave: millionLinks, edit: func(s *config.Source) { s.MaxBody, s.Timeout = 8<<20, 10*time.Second }, err: "larger than max_body", within: 5 * time.Second},
		{name: "a million links within max_body", behave: millionLinks, edit: func(s *config.Source) { s.MaxBody, s.Timeout, s.MaxPages = 256<<20, 20*time.Second, 1 }, status: statusPartial, logged: "more than 30000 links", within: 40 * time.Second, heap: 1000},
		{name: "as many links as max_body lets through", behave: shortLinks, edit: func(s *config.Source) { s.MaxBody, s.Timeout, s.MaxPages = 8<<20, 20*time.Second, 1 }, status: statusPartial, logged: "more rows than are taken", within: 20 * time.Second, heap: 200},
		{name: "more rows than are taken", behave: func(w *wire) { rowsOrNothing(w, 1500, "") }, edit: large, status: statusPartial, logged: "more rows than are taken", within: 10 * time.Second},
		{name: "endless next pages", behave: endlessPages, edit: func(s *config.Source) { s.MaxPages = 0; s.Timeout = 5 * time.Second }, status: statusPartial, logged: "more list pages than are read in a pass", within: 10 * time.Second},
		{name: "next pages that repeat", behave: func(w *wire) {
			rowsOrNothing(w, 5, `<a href="/?page=`+w.asked.URL.Query().Get("page")+`1">下一页</a>`)
		}, edit: func(s *config.Source) { s.MaxPages = 0 }, status: statusPartial, err: "404"},
		{name: "malformed charset", behave: raw("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"\xff\x00utf-99\r\n\r\n" + articlePage(99)), err: "header"},
		{name: "unknown charset", behave: raw("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-99;;=\r\n\r\n" + articlePage(99)), status: statusOK, stored: 1},
		{name: "an image as HTML", behave: raw(ok + "\r\n\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + strings.Repeat("\x00\x01\xfe", 4000)), err: "not a text page"},
		{name: "HTML as bytes", behave: raw("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n" + articlePage(99)), status: statusOK, stored: 1},
		{name: "10,000 cookies", behave: raw("HTTP/1.1 200 OK\r\n" + strings.Repeat("Set-Cookie: a=1\r\n", 10_000) + "\r\n" + articlePage(99)), status: statusOK, stored: 1},
	}
}

func millionLinks(w *wire) {
	if w.asked.URL.Path != "/" {
		status(404, "")(w)
		return
	}
	w.say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
	for n := 0; n < 1_000_000 && w.say("%s", rows(n, n+1000, "")); n += 1000 {
	}
}

// shortLinks serves one list of 170,000 rows in not quite 8 MiB, and no article of it.
func shortLinks(w *wire) {
	if w.asked.URL.Path != "/" {
		status(404, "")(w)
		return
	}
	w.say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<ul>")
	var b strings.Builder
	for n := range 170_000 {
		fmt.Fprintf(&b, "<li><a href=/%d>%d号项目签约</a>", n, n)
		if n%1000 == 999 {
			w.say("%s", b.String())
			b.Reset()
		}
	}
}

// rowsOrNothing serves a list and no article of it.
func rowsOrNothing(w *wire, n int, after string) {
	if w.asked.URL.Path != "/" {
		status(404, "")(w)
		return
	}
	w.page(rows(0, n, after))
}

// endlessPages serves list pages with new rows and a next page each, and no article.
func endlessPages(w *wire) {
	var n int
	if w.asked.URL.Path != "/" {
		status(404, "")(w)
		return
	}
	_, _ = fmt.Sscanf(w.asked.URL.Query().Get("page"), "%d", &n)
	w.page(rows(5*n, 5*n+5, fmt.Sprintf(`<a href="/?page=%d">下一页</a>`, n+1)))
}

func TestHostileServers(t *testing.T) {
	for _, h := range hostileServers() {
		t.Run(h.name, func(t *testing.T) {
			behave := h.behave
			if !strings.Contains(h.name, "robots.txt") {
				behave = okButRobots(behave)
			}
			h.run(t, newEvilServer(t, behave).url)
		})
	}
}

// run crawls an evil source and a good one at once.
func (h hostile) run(t *testing.T, url string) {
	site := newNewsSite(t, 5, 10)
	good := site.source("good", "/tzdt/index.html")
	good.Retries = 2 // the limits are made for tests, and the machine may be busy
	evil := site.source("evil", "/")
	evil.URL, evil.Timeout, evil.Retries = url+"/", 300*time.Millisecond, 1
	if h.edit != nil {
		h.edit(&evil)
	}
	log := &logBuffer{}
	o := stored(t, good, evil)
	o.Config.AllowAddresses = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix(evilAddress + "/32")}
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	c := newTestCrawler(t, o)
	c.sender.direct.DialContext = newDialing(o.Config, h.names).DialContext
	c.sender.direct.TLSClientConfig = trustingTests()
	c.sender.direct.TLSHandshakeTimeout = 400 * time.Millisecond
	c.limits = limits{firstByte: 500 * time.Millisecond, grace: 250 * time.Millisecond, window: 300 * time.Millisecond, rate: 1 << 10, rows: 1000, listPages: 30}

	runtime.GC()
	grown, started := peakHeap(), time.Now()
	var run storage.Run
	var both sync.WaitGroup
	both.Go(func() { run, _ = c.Pass(t.Context(), evil) })
	both.Go(func() {
		if run, err := c.Pass(t.Context(), good); err != nil || run.New != 5 || run.Status != statusOK {
			t.Errorf("the good source: %+v, %v", run, err)
		}
	})
	both.Wait()
	took, heap := time.Since(started), grown()>>20

	if want := either(h.status, statusFailed); run.Status != want || !strings.Contains(run.Err, h.err) || h.err == "" && want == statusOK && run.Err != "" {
		t.Errorf("the run ended %s: %s; want %s: %s", run.Status, run.Err, want, h.err)
	}
	if len(run.Err) > 2000 {
		t.Errorf("an error of %d bytes", len(run.Err))
	}
	if run.New != h.stored {
		t.Errorf("%d articles of the evil source were stored, want %d", run.New, h.stored)
	}
	if !strings.Contains(log.String(), h.logged) {
		t.Errorf("%q is not in the log:\n%.2000s", h.logged, log)
	}
	if limit := either(h.within, 3*time.Second); took > limit {
		t.Errorf("it took %s", took)
	}
	if limit := either(h.heap, 48); heap > limit {
		t.Errorf("the heap grew by %d MiB", heap)
	}
	if testing.Verbose() {
		t.Logf("%s: %s; %s, %d MiB", run.Status, run.Err, took.Round(time.Millisecond), heap)
	}
}

func either[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}
