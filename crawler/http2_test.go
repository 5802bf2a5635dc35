package crawler

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"zhaowen/config"

	"golang.org/x/net/http2"
)

func TestHTTP2PagesAreCrawled(t *testing.T) {
	var protocols sync.Map
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		protocols.Store(r.Proto, true)
		status, body := proofPage(r.URL.Path)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	s.EnableHTTP2 = true
	s.TLS = &tls.Config{Certificates: testCertificate().Certificates, MinVersion: tls.VersionTLS12}
	s.StartTLS()
	defer s.Close()
	src := http2Source(s.URL)
	c := newTestCrawler(t, stored(t, src))
	c.sender.direct.TLSClientConfig = trustingTests()
	if run, err := c.Pass(t.Context(), src); err != nil || run.New != 4 {
		t.Errorf("%+v, %v", run, err)
	}
	if _, ok := protocols.Load("HTTP/1.1"); ok {
		t.Error("a request came by HTTP/1.1")
	}
}

func http2Source(url string) config.Source {
	return config.Source{ID: "h2", URL: url + "/", Crawl: config.Crawl{
		Schedule: "@hourly", Concurrency: 1, Timeout: time.Second, MaxPages: 2, MaxBody: 1 << 20, Robots: "obey",
	}}
}

// A connection that has died without a word is noticed by a ping, and the page asked for over another one.
func TestHTTP2DeadConnectionIsLeft(t *testing.T) {
	for name, last := range map[string]string{"after robots.txt": "/robots.txt", "after the list": "/"} {
		t.Run(name, func(t *testing.T) {
			dead := false // one connection after the other
			s := newEvilTLS(t, serveHTTP2(func(s *stream) {
				if *s.silent {
					return
				}
				status, body := proofPage(s.path)
				s.answer(status, body)
				if s.path == last && !dead {
					dead, *s.silent = true, true
				}
			}), "h2")
			src := http2Source(s.url)
			src.Retries = 1
			c := newTestCrawler(t, stored(t, src))
			c.sender.direct.TLSClientConfig = trustingTests()
			c.sender.direct.HTTP2 = &http.HTTP2Config{SendPingTimeout: c.sender.direct.HTTP2.SendPingTimeout / 100, PingTimeout: c.sender.direct.HTTP2.PingTimeout / 100}
			if run, err := c.Pass(t.Context(), src); err != nil || run.New != 4 || run.Failed != 0 {
				t.Errorf("%+v, %v", run, err)
			}
		})
	}
}

func TestHostileHTTP2(t *testing.T) {
	long := func(s *config.Source) { s.Timeout = time.Hour }
	reset := func(code http2.ErrCode) func(*stream) {
		return func(s *stream) { _ = s.framer.WriteRSTStream(s.id, code) }
	}
	goAway := func(last uint32, code http2.ErrCode, debug string) func(*stream) {
		return func(s *stream) { _ = s.framer.WriteGoAway(last, code, []byte(debug)) }
	}
	for _, tt := range []struct {
		hostile
		behave func(*stream)
	}{
		{hostile{name: "RST_STREAM", err: "broke off"}, reset(http2.ErrCodeInternal)},
		{hostile{name: "RST_STREAM, refused", err: "the connection ended before an answer began (the server broke off"}, reset(http2.ErrCodeRefusedStream)},
		{hostile{name: "RST_STREAM, calm", err: "`delay`"}, reset(http2.ErrCodeEnhanceYourCalm)},
		{hostile{name: "RST_STREAM, HTTP/1.1", err: "HTTP/1.1"}, reset(http2.ErrCodeHTTP11Required)},
		{hostile{name: "RST_STREAM midway", err: "broke off"}, func(s *stream) {
			s.head(200, false)
			_ = s.framer.WriteData(s.id, false, []byte("<html>"))
			reset(http2.ErrCodeInternal)(s)
		}},
		{hostile{name: "GOAWAY before the stream", err: "broke off"}, goAway(0, http2.ErrCodeNo, "")},
		{hostile{name: "GOAWAY, calm", err: "`delay`"}, func(s *stream) {
			goAway(s.id, http2.ErrCodeEnhanceYourCalm, "")(s)
			s.hangUp()
		}},
		{hostile{name: "GOAWAY midway", err: "broke off"}, func(s *stream) {
			s.head(200, false)
			goAway(s.id, http2.ErrCodeInternal, strings.Repeat("too many pages ", 900))(s)
			s.hangUp()
		}},
		{hostile{name: "no answer", err: "no complete answer within 300ms"}, func(*stream) {}},
		{hostile{name: "no answer, long timeout", edit: long, err: "no answer begun within 500ms"}, func(*stream) {}},
		{hostile{name: "stalled stream", err: "no complete answer within 300ms"}, func(s *stream) { s.head(200, false) }},
		{hostile{name: "stalled stream, long timeout", edit: long, err: "too slow: less than 1024 bytes a second"}, func(s *stream) { s.head(200, false) }},
		{hostile{name: "empty frames for ever", err: "no complete answer within 300ms"}, func(s *stream) {
			s.head(200, false)
			for s.framer.WriteData(s.id, false, nil) == nil {
			}
		}},
		{hostile{name: "endless body", err: "larger than max_body"}, func(s *stream) {
			s.head(200, false)
			for at := 0; at < 4<<20; at += 16 << 10 { // our window is not kept
				if s.framer.WriteData(s.id, false, make([]byte, 16<<10)) != nil {
					return
				}
			}
		}},
		{hostile{name: "header flood", err: "breaks the rules"}, func(s *stream) {
			_ = s.framer.WriteHeaders(http2.HeadersFrameParam{StreamID: s.id, BlockFragment: []byte("\x88")})      // :status: 200
			for s.framer.WriteContinuation(s.id, false, []byte(strings.Repeat("\x00\x03x-a\x01a", 2000))) == nil { // x-a: a
			}
		}},
		{hostile{name: "large headers", err: "http2"}, func(s *stream) {
			s.head(200, false, strings.Split(strings.Repeat("x-a|"+strings.Repeat("a", 70)+"|", 5000), "|")...)
		}},
		{hostile{name: "endless pings", err: "no complete answer within 300ms"}, func(s *stream) {
			for s.framer.WritePing(false, [8]byte{}) == nil {
			}
		}},
		{hostile{name: "endless settings", err: "no complete answer within 300ms"}, func(s *stream) {
			for s.framer.WriteSettings(http2.Setting{ID: http2.SettingMaxConcurrentStreams, Val: 100}) == nil {
			}
		}},
		{hostile{name: "endless early hints", err: "no complete answer within 300ms"}, func(s *stream) {
			for range 100_000 {
				s.head(103, false, "link", "</a.css>")
			}
		}},
		{hostile{name: "no frames", err: "http2"}, func(s *stream) { s.say("HTTP/1.1 400 Bad Request\r\n\r\n" + strings.Repeat("x", 100)) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newEvilTLS(t, serveHTTP2(func(s *stream) {
				if s.path == "/robots.txt" {
					s.answer(404, "")
					return
				}
				tt.behave(s)
			}), "h2")
			tt.run(t, s.url)
		})
	}
}

// ENHANCE_YOUR_CALM slows the host down as 429 does.
func TestHTTP2CalmSlowsTheHost(t *testing.T) {
	s := newEvilTLS(t, serveHTTP2(func(s *stream) {
		if s.path == "/robots.txt" {
			s.answer(404, "")
			return
		}
		_ = s.framer.WriteRSTStream(s.id, http2.ErrCodeEnhanceYourCalm)
	}), "h2")
	src := http2Source(s.url)
	c := newTestCrawler(t, stored(t, src))
	c.sender.direct.TLSClientConfig = trustingTests()
	if _, err := c.Fetch(t.Context(), src.URL, src); err == nil {
		t.Error("no error")
	}
	h := c.politeness.enter(hostname(src.URL))
	if h.pace.penalty != c.politeness.firstPenalty {
		t.Errorf("the host's delay grew to %s", h.pace.penalty)
	}
}
