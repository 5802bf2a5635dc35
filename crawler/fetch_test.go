package crawler

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"zhaowen/ingest"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

func fetchFrom(t *testing.T, s *site, path string) (ingest.Fetched, error) {
	t.Helper()
	return newTestCrawler(t, Options{}).Fetch(t.Context(), s.URL+path, s.source("s", path))
}

func TestFetchGivesBytesAndHeadersAsServed(t *testing.T) {
	s := newSite(t)
	gbk := "\xd5\xd0\xc9\xcc\xd2\xfd\xd7\xca" // 招商引资
	s.mux.HandleFunc("/a", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
		w.Header().Set("ETag", `"7"`)
		_, _ = io.WriteString(w, gbk)
	})
	s.mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/a", http.StatusFound) })
	got, err := fetchFrom(t, s, "/old")
	if err != nil {
		t.Fatal(err)
	}
	if string(got.Body) != gbk || got.ContentType != "text/html; charset=iso-8859-1" {
		t.Errorf("body %q of type %q was changed on the way", got.Body, got.ContentType)
	}
	if got.ETag != `"7"` || got.FinalURL != s.URL+"/a" || got.URL != s.URL+"/old" || got.Status != 200 {
		t.Errorf("got %+v", got)
	}
}

func TestFetchDecodesEveryCoding(t *testing.T) {
	const text = "<html>招商引资</html>"
	compress := func(open func(io.Writer) io.WriteCloser) string {
		var b bytes.Buffer
		w := open(&b)
		_, _ = io.WriteString(w, text)
		_ = w.Close()
		return b.String()
	}
	gz := compress(func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	tests := map[string]struct{ coding, body, want string }{
		"none":               {"", text, text},
		"gzip":               {"gzip", gz, text},
		"gzip in name only":  {"gzip", text, text},
		"gzip of nothing":    {"gzip", "", ""},
		"zlib":               {"deflate", compress(func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }), text},
		"raw deflate":        {"deflate", compress(func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, 5); return f }), text},
		"brotli":             {"br", compress(func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }), text},
		"zstd":               {"zstd", compress(func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z }), text},
		"unasked for":        {"compress", text, "error"},
		"four deep":          {"gzip, gzip, gzip, gzip", gz, "error"},
		"cut off in the end": {"gzip", gz[:len(gz)-9], "error"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.mux.HandleFunc("/a.xml.gz", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Encoding", tt.coding)
				_, _ = io.WriteString(w, tt.body)
			})
			s.mux.HandleFunc("/a", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Encoding", tt.coding)
				_, _ = io.WriteString(w, tt.body)
			})
			got, err := fetchFrom(t, s, "/a")
			if tt.want == "error" {
				if err == nil {
					t.Errorf("got %q, want an error", got.Body)
				}
				return
			}
			if err != nil || string(got.Body) != tt.want {
				t.Errorf("got %q, %v", got.Body, err)
			}
		})
	}
}

func TestFetchStopsGzipBomb(t *testing.T) {
	var bomb bytes.Buffer
	z, _ := gzip.NewWriterLevel(&bomb, gzip.BestSpeed)
	zeros := make([]byte, 1<<20)
	for range 64 {
		_, _ = z.Write(zeros)
	}
	_ = z.Close()
	s := newSite(t)
	s.mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb.Bytes())
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := fetchFrom(t, s, "/bomb")
	runtime.ReadMemStats(&after)
	var large *TooLargeError
	if !errors.As(err, &large) || large.Limit != 1<<20 {
		t.Fatalf("got %v, want a *TooLargeError", err)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 16<<20 {
		t.Errorf("64 MiB of zeros took %d MiB of memory", grown>>20)
	}
	s.Close() // a visit counts when its handler has returned
	if n := s.count("/bomb"); n != 1 {
		t.Errorf("the bomb was fetched %d times", n)
	}
}

func TestFetchLimitsPlainBody(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/exact", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<20)) })
	s.mux.HandleFunc("/more", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<20+1)) })
	if got, err := fetchFrom(t, s, "/exact"); err != nil || len(got.Body) != 1<<20 {
		t.Errorf("a body of the limit: %d bytes, %v", len(got.Body), err)
	}
	var large *TooLargeError
	if got, err := fetchFrom(t, s, "/more"); !errors.As(err, &large) {
		t.Errorf("a body over the limit: %d bytes, %v", len(got.Body), err)
	}
}

func TestFetchTellsStatusesApart(t *testing.T) {
	tests := []struct {
		status int
		header map[string]string
		ok     bool
		tries  int
	}{
		{status: 200, ok: true, tries: 1},
		{status: 203, ok: true, tries: 1},
		{status: 202, tries: 1},
		{status: 204, tries: 1},
		{status: 206, header: map[string]string{"Content-Range": "bytes 0-3/4"}, ok: true, tries: 1},
		{status: 206, header: map[string]string{"Content-Range": "bytes 0-3/9"}, tries: 1},
		{status: 206, tries: 1},
		{status: 304, tries: 1},
		{status: 403, tries: 1},
		{status: 404, tries: 1},
		{status: 412, tries: 1},
		{status: 429, tries: 3},
		{status: 500, tries: 3},
		{status: 501, tries: 1},
		{status: 503, tries: 3},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.status, tt.header), func(t *testing.T) {
			s := newSite(t)
			s.mux.HandleFunc("/a", func(w http.ResponseWriter, _ *http.Request) {
				for k, v := range tt.header {
					w.Header().Set(k, v)
				}
				w.WriteHeader(tt.status)
				if tt.status != 204 && tt.status != 304 {
					_, _ = io.WriteString(w, "page")
				}
			})
			src := s.source("s", "/a")
			src.Retries = 2
			got, err := newTestCrawler(t, Options{}).Fetch(t.Context(), src.URL, src)
			var status *StatusError
			switch {
			case tt.ok && (err != nil || string(got.Body) != "page"):
				t.Errorf("got %q, %v", got.Body, err)
			case !tt.ok && (!errors.As(err, &status) || status.Status != tt.status || len(got.Body) > 0):
				t.Errorf("got %q, %v", got.Body, err)
			case got.Status != tt.status:
				t.Errorf("got status %d", got.Status)
			}
			if n := s.count("/a"); n != tt.tries {
				t.Errorf("%d tries, want %d", n, tt.tries)
			}
		})
	}
}

func TestFetchRetriesUntilItWorks(t *testing.T) {
	s := newSite(t)
	var n atomic.Int32
	s.mux.HandleFunc("/a", func(w http.ResponseWriter, _ *http.Request) {
		switch n.Add(1) {
		case 1:
			panic(http.ErrAbortHandler) // the connection breaks
		case 2:
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "half of it")
		case 3:
			w.WriteHeader(http.StatusBadGateway)
		default:
			_, _ = io.WriteString(w, "whole")
		}
	})
	src := s.source("s", "/a")
	src.Retries = 3
	got, err := newTestCrawler(t, Options{}).Fetch(t.Context(), src.URL, src)
	if err != nil || string(got.Body) != "whole" {
		t.Errorf("got %q, %v", got.Body, err)
	}
}

func TestFetchEndsSlowBody(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil { // a byte now and then, for ever
			_, _ = io.WriteString(w, ".")
			w.(http.Flusher).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	})
	src := s.source("s", "/slow")
	src.Timeout = 200 * time.Millisecond
	started := time.Now()
	_, err := newTestCrawler(t, Options{}).Fetch(t.Context(), src.URL, src)
	var timeout *TimeoutError
	if !errors.As(err, &timeout) {
		t.Errorf("got %v, want a *TimeoutError", err)
	}
	if took := time.Since(started); took > 2*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestFetchHonoursContext(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	src := s.source("s", "/slow")
	src.Retries = 5
	_, err := newTestCrawler(t, Options{}).Fetch(ctx, src.URL, src)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if n := s.count("/slow"); n > 1 {
		t.Errorf("%d tries", n)
	}
}

func TestFetchRedirects(t *testing.T) {
	s := newSite(t)
	to := func(from, target string) {
		s.mux.HandleFunc(from, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target, http.StatusFound) })
	}
	to("/loop", "/loop2")
	to("/loop2", "/loop")
	for i := range 12 {
		to(fmt.Sprintf("/n/%d", i), fmt.Sprintf("/n/%d", i+1))
	}
	s.page("/n/12", "end")
	to("/metadata", "http://169.254.169.254/latest/meta-data/")
	to("/file", "file:///etc/passwd")
	to("/ftp", "ftp://example.com/a")
	to("/pdf", "/notice.PDF")
	s.page("/robots.txt", "User-agent: *\nDisallow: /private/")
	to("/inside", "/private/a")
	s.mux.HandleFunc("/cookie", func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
			http.Redirect(w, r, "/cookie", http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, "welcome")
	})

	if got, err := fetchFrom(t, s, "/cookie"); err != nil || string(got.Body) != "welcome" {
		t.Errorf("a redirect that sets a cookie: %q, %v", got.Body, err)
	}
	if _, err := fetchFrom(t, s, "/n/2"); err != nil {
		t.Errorf("ten redirects: %v", err)
	}
	tests := []struct {
		path string
		is   any
	}{
		{"/loop", new(*RedirectError)},
		{"/n/1", new(*RedirectError)},
		{"/metadata", new(*ForbiddenAddressError)},
		{"/file", new(*SchemeError)},
		{"/ftp", new(*SchemeError)},
		{"/pdf", new(*FileError)},
		{"/inside", new(*RobotsError)},
	}
	for _, tt := range tests {
		if _, err := fetchFrom(t, s, tt.path); !errors.As(err, tt.is) {
			t.Errorf("%s: got %v, want a %T", tt.path, err, tt.is)
		}
	}
}

func TestFetchRefusesPrivateAddress(t *testing.T) {
	s := newSite(t)
	s.page("/", "inside")
	cfg := local()
	cfg.AllowAddresses = nil
	for _, address := range []string{s.URL, strings.Replace(s.URL, "127.0.0.1", "localhost", 1)} {
		_, err := newTestCrawler(t, Options{Config: cfg}).Fetch(t.Context(), address, s.source("s", "/"))
		var forbidden *ForbiddenAddressError
		if !errors.As(err, &forbidden) {
			t.Errorf("%s: got %v", address, err)
		}
	}
	if n := len(s.hits); n != 0 {
		t.Errorf("the server was reached %d times", n)
	}
}

func TestFetchSkipsFiles(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/download", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		w.Header().Set("Content-Length", "500000")
		_, _ = w.Write(make([]byte, 500_000))
	})
	var file *FileError
	if got, err := fetchFrom(t, s, "/download"); !errors.As(err, &file) || len(got.Body) > 0 {
		t.Errorf("a PDF by its type: %v", err)
	}
	if _, err := fetchFrom(t, s, "/a/b.docx?x=1"); !errors.As(err, &file) {
		t.Errorf("a document by its name: %v", err)
	}
	if n := s.count("/a/b.docx"); n != 0 {
		t.Error("the document was asked for")
	}
}

func TestFetchRefusesBadCertificate(t *testing.T) {
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	site := newSite(t)
	src := site.source("s", "/")
	src.Robots, src.Retries = robotsIgnore, 3
	_, err := newTestCrawler(t, Options{}).Fetch(t.Context(), s.URL, src)
	if err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("got %v", err)
	}
}

func TestFetchIgnoresCollyEnvironment(t *testing.T) {
	t.Setenv("COLLY_MAX_BODY_SIZE", "3")
	t.Setenv("COLLY_DETECT_CHARSET", "1")
	t.Setenv("COLLY_IGNORE_ROBOTSTXT", "0")
	t.Setenv("COLLY_ALLOWED_DOMAINS", "example.com")
	s := newSite(t)
	s.page("/a", "a long body")
	if got, err := fetchFrom(t, s, "/a"); err != nil || string(got.Body) != "a long body" {
		t.Errorf("got %q, %v", got.Body, err)
	}
}

func TestUserAgent(t *testing.T) {
	cfg := local()
	cfg.UserAgent, cfg.Contact = "", "https://example.com/bot"
	if got, want := userAgent(cfg, "1.2"), "Zhaowen/1.2 (+https://example.com/bot)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for in, want := range map[string]string{
		"Zhaowen/1.2 (+https://x)": "Zhaowen", "Mozilla/5.0 (compatible; Bureau-Bot/1.0; +https://x)": "Bureau-Bot", "Bare": "Bare", "": "Zhaowen", "/odd": "Zhaowen",
	} {
		if got := agentToken(in); got != want {
			t.Errorf("token of %q is %q, want %q", in, got, want)
		}
	}
}
