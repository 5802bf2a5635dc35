package crawler

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// Each failure of a pass stands in its run in words that tell what to do.
func TestFailuresInWords(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	secure.StartTLS()
	defer secure.Close()
	s := newSite(t)
	s.page("/robots.txt", "User-agent: *\nDisallow: /forbidden")
	for path, status := range map[string]int{"/403": 403, "/404": 404, "/429": 429, "/503": 503, "/500": 500, "/412": 412} {
		s.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	}
	s.mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	s.mux.HandleFunc("/reset", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	for _, tt := range []struct{ name, url, want string }{
		{"403", s.URL + "/403", "status 403 Forbidden (the site refuses"},
		{"404", s.URL + "/404", "not there any more"},
		{"412", s.URL + "/412", "firewall"},
		{"429", s.URL + "/429", "asked too often"},
		{"500", s.URL + "/500", "own mistake"},
		{"503", s.URL + "/503", "overloaded"},
		{"slow", s.URL + "/slow", "`timeout`"},
		{"reset", s.URL + "/reset", "broke off"},
		{"robots", s.URL + "/forbidden", "does not want it"},
		{"refused", "http://" + closed.Addr().String() + "/", "robots.txt answers"},
		{"no name", "http://nowhere.invalid/", "robots.txt answers"},
		{"certificate", secure.URL, "robots.txt"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := s.source("s", "/")
			src.URL, src.Timeout = tt.url, 300*time.Millisecond
			run, err := newTestCrawler(t, stored(t, src)).Pass(t.Context(), src)
			if err == nil || run.Status != statusFailed || !strings.Contains(run.Err, tt.want) {
				t.Errorf("%s: %q, want %q", run.Status, run.Err, tt.want)
			}
			src.Robots = robotsIgnore
			want := map[string]string{"refused": "no server listens", "no name": "name", "certificate": "certificate of the site"}[tt.name]
			if want == "" {
				return
			}
			if run, _ = newTestCrawler(t, stored(t, src)).Pass(t.Context(), src); !strings.Contains(run.Err, want) {
				t.Errorf("robots ignored: %q, want %q", run.Err, want)
			}
		})
	}
}
