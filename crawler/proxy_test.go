package crawler

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"

	"zhaowen/config"
)

// connectProxy is an HTTP proxy in this process that takes every host for one server.
type connectProxy struct {
	*httptest.Server
	to       string // host:port
	password string // that it wants of the user bob; empty: none

	mu    sync.Mutex
	asked []string
}

func newConnectProxy(t *testing.T, to, password string) *connectProxy {
	t.Helper()
	p := &connectProxy{to: to, password: password}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

func (p *connectProxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked = append(p.asked, r.Method+" "+r.RequestURI)
	p.mu.Unlock()
	if p.password != "" && r.Header.Get("Proxy-Authorization") != "Basic "+base64.StdEncoding.EncodeToString([]byte("bob:"+p.password)) {
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	server, err := net.Dial("tcp", p.to)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer server.Close()
	if r.Method == http.MethodConnect {
		client, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer client.Close()
		_, _ = io.WriteString(client, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { _, _ = io.Copy(server, client) }()
		_, _ = io.Copy(client, server)
		return
	}
	resp, err := (&http.Transport{DialContext: (&net.Dialer{}).DialContext, DisableKeepAlives: true, Proxy: func(*http.Request) (*url.URL, error) {
		return url.Parse("http://" + p.to)
	}}).RoundTrip(r)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	w.WriteHeader(resp.StatusCode)
	_, _ = io.Copy(w, resp.Body)
}

func (p *connectProxy) requests() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.asked, ", ")
}

// with returns the address of the proxy with a user and password.
func (p *connectProxy) with(password string) string {
	return strings.Replace(p.URL, "http://", "http://bob:"+password+"@", 1)
}

func TestProxyIsAskedForEverything(t *testing.T) {
	s := newSite(t)
	s.page("/robots.txt", "User-agent: *\nDisallow: /no")
	s.page("/list/", "<p>one")
	p := newConnectProxy(t, s.Listener.Addr().String(), "hunter2")
	src := s.source("s", "")
	src.URL, src.Proxy = "http://news.example.test/list/", p.with("hunter2")
	archive, folder := testArchive(t)
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:9")
	cfg := local(src)
	cfg.AllowAddresses = nil // the proxy itself is exempt
	c := newTestCrawler(t, Options{Config: cfg, Archive: archive})
	got, err := c.Fetch(t.Context(), src.URL, src)
	if err != nil || string(got.Body) != "<p>one" {
		t.Fatalf("%q, %v", got.Body, err)
	}
	if verdict, err := c.Robots(t.Context(), "http://news.example.test/no", src); err != nil || !strings.HasPrefix(verdict, "disallowed") {
		t.Error(verdict, err)
	}
	if asked := p.requests(); asked != "GET http://news.example.test/robots.txt, GET http://news.example.test/list/" {
		t.Error(asked)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if text := archiveText(t, folder); strings.Contains(text, "WARC-Ip-Address") || strings.Contains(text, "WARC-IP-Address") || strings.Contains(text, "hunter2") {
		t.Error("the archive names the address of the proxy, or its password:", text)
	}
}

func TestProxyOfNoneIsNotAsked(t *testing.T) {
	s := newSite(t)
	s.page("/list/", "<p>one")
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:9")
	t.Setenv("NO_PROXY", "")
	if _, err := fetchFrom(t, s, "/list/"); err != nil {
		t.Error(err)
	}
}

func TestProxyErrorsSayWhoseTheyAre(t *testing.T) {
	s := httptest.NewTLSServer(http.NotFoundHandler())
	defer s.Close()
	p := newConnectProxy(t, s.Listener.Addr().String(), "hunter2")
	gone := httptest.NewServer(nil)
	gone.Close()
	for name, tt := range map[string]struct{ url, proxy, want string }{
		"wrong password, https": {"https://news.example.test/", p.with("hunter3"), "the proxy answers 407 Proxy Authentication Required (look at user and password of `proxy`)"},
		"wrong password, http":  {"http://news.example.test/", p.with("hunter3"), "status 407 Proxy Authentication Required (look at user and password of `proxy`)"},
		"not there":             {"https://news.example.test/", gone.URL, "(the proxy cannot be reached)"},
		"socks not there":       {"https://news.example.test/", strings.Replace(gone.URL, "http", "socks5", 1), "(the proxy cannot be reached)"},
	} {
		t.Run(name, func(t *testing.T) {
			src := config.Source{ID: "s", URL: tt.url, Proxy: tt.proxy, Crawl: config.Crawl{Robots: "ignore"}}
			_, err := newTestCrawler(t, Options{}).Fetch(t.Context(), tt.url, src)
			if err == nil || !strings.HasSuffix(inWords(err), tt.want) || strings.Contains(err.Error(), "hunter3") {
				t.Errorf("%v", inWords(err))
			}
		})
	}
	if n := strings.Count(p.requests(), "CONNECT"); n != 1 {
		t.Errorf("%d tries with a wrong password", n)
	}
}

func TestProxyIsNotAskedForWhatIsInside(t *testing.T) {
	s := newSite(t)
	p := newConnectProxy(t, s.Listener.Addr().String(), "")
	cfg := local()
	cfg.AllowAddresses = nil
	c := newTestCrawler(t, Options{Config: cfg})
	for _, address := range []string{
		"http://127.0.0.1/", "https://10.0.0.1/", "http://[::1]/", "http://[::ffff:169.254.169.254]/", "http://localhost/", "http://a.LOCALHOST./", "http://127.1/", "http://0x7f.1/",
		"http://2130706433/", "http://0177.0.0.1/", "http://100.100.100.200/", "http://017700000001/",
	} {
		src := config.Source{ID: "s", URL: address, Proxy: p.URL, Crawl: config.Crawl{Robots: "ignore"}}
		_, err := c.Fetch(t.Context(), address, src)
		var forbidden *ForbiddenAddressError
		if !errors.As(err, &forbidden) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if asked := p.requests(); asked != "" {
		t.Error("the proxy was asked for", asked)
	}
}

func TestLiteralAddresses(t *testing.T) {
	for host, want := range map[string]string{
		"8.8.8.8": "8.8.8.8", "8.8.2056": "8.8.8.8", "134744072": "8.8.8.8", "0x8080808": "8.8.8.8", "fe80::1%eth0": "fe80::1%eth0", "localhost.": "127.0.0.1",
		"example.com": "", "1.2.3.4.5": "", "256.1.1.1": "", "1.2.65536": "", "4294967296": "", "1.2.3.4x": "", "": "", "1_0.1": "", "0b1.1": "", "..": "",
	} {
		addr, ok := literalAddress(host)
		if ok != (want != "") || ok && addr != netip.MustParseAddr(want) {
			t.Errorf("%q: %v %v, want %q", host, addr, ok, want)
		}
	}
}

// secureSite is a TLS server with a certificate that nobody has signed, and what it tells of failed handshakes thrown away.
func secureSite(t *testing.T, version uint16, handler http.Handler) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(handler)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.EnableHTTP2 = version >= tls.VersionTLS12 // RFC 9113, 9.2
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: version}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func TestInsecureTLSIsForTheOwnHost(t *testing.T) {
	for _, version := range []uint16{tls.VersionTLS10, tls.VersionTLS11, tls.VersionTLS12, tls.VersionTLS13} {
		t.Run(tls.VersionName(version), func(t *testing.T) {
			s := secureSite(t, version, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/away" { // the same machine by another name
					http.Redirect(w, r, strings.Replace("https://"+r.Host, "127.0.0.1", "[::ffff:127.0.0.1]", 1)+"/", http.StatusFound)
					return
				}
				_, _ = io.WriteString(w, "<p>one")
			}))
			var said bytes.Buffer
			strict := config.Source{ID: "s", URL: s.URL + "/", Crawl: config.Crawl{Robots: "obey"}}
			insecure := strict
			insecure.TLS = config.TLSInsecure
			insecure.ID = "i"
			c := newTestCrawler(t, Options{Log: slog.New(slog.NewTextHandler(&said, nil))})
			for range 2 { // the connection of one must not serve the other
				if got, err := c.Fetch(t.Context(), s.URL+"/", insecure); err != nil || string(got.Body) != "<p>one" {
					t.Errorf("insecure: %q, %v", got.Body, err)
				}
				if _, err := c.Fetch(t.Context(), s.URL+"/", strict); err == nil {
					t.Error("its certificate was taken without the exception")
				}
				if _, err := c.Fetch(t.Context(), s.URL+"/away", insecure); err == nil {
					t.Error("the certificate of another host was taken")
				}
			}
		})
	}
}

func TestInsecureTLSIsSaidOnceAPass(t *testing.T) {
	s := secureSite(t, tls.VersionTLS13, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "<ul><li><a href='/a/1.html'>招商引资项目签约仪式一</a> 2026-01-02</li><li><a href='/a/2.html'>招商引资项目签约仪式二</a> 2026-01-01</li></ul>")
	}))
	src := config.Source{ID: "s", URL: s.URL + "/", TLS: config.TLSInsecure, Crawl: config.Crawl{Robots: "obey"}}
	var said bytes.Buffer
	o := stored(t, src)
	o.Log = slog.New(slog.NewTextHandler(&said, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if _, err := newTestCrawler(t, o).Pass(t.Context(), src); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(said.String(), "certificates are not checked"); n != 1 {
		t.Errorf("said %d times: %s", n, said.String())
	}
}

func TestInsecureTLSThroughProxies(t *testing.T) {
	s := secureSite(t, tls.VersionTLS12, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<p>one") }))
	p := newConnectProxy(t, s.Listener.Addr().String(), "")
	src := config.Source{ID: "s", URL: "https://news.example.test/", Proxy: p.URL, TLS: config.TLSInsecure, Crawl: config.Crawl{Robots: "ignore"}}
	c := newTestCrawler(t, Options{})
	if got, err := c.Fetch(t.Context(), src.URL, src); err != nil || string(got.Body) != "<p>one" {
		t.Errorf("%q, %v", got.Body, err)
	}
	if asked := p.requests(); asked != "CONNECT news.example.test:443" {
		t.Error(asked)
	}

	secure := httptest.NewUnstartedServer(p)
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	src.Proxy = secure.URL
	var unknown x509.UnknownAuthorityError
	if _, err := c.Fetch(t.Context(), src.URL, src); !errors.As(err, &unknown) {
		t.Error("the exception of a source holds for the proxy:", err)
	}
}

// socksProxy is a SOCKS5 proxy (RFC 1928, 1929) in this process that takes every name for one server, and sends what it was asked for.
func socksProxy(t *testing.T, to, user, password string) (address string, asked <-chan string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	names := make(chan string, 10)
	var serving sync.WaitGroup
	t.Cleanup(func() { _ = listener.Close(); serving.Wait() })
	serve := func(c net.Conn) {
		defer c.Close()
		read := func(n int) string {
			b := make([]byte, n)
			_, _ = io.ReadFull(c, b)
			return string(b)
		}
		sized := func() string { return read(int(read(1)[0])) }
		read(1)
		sized()
		_, _ = c.Write([]byte{5, 2}) // user and password, please
		read(1)
		if sized() != user || sized() != password {
			_, _ = c.Write([]byte{1, 1})
			return
		}
		_, _ = c.Write([]byte{1, 0})
		if read(4)[3] != 3 {
			return // no name
		}
		names <- sized()
		read(2)
		server, err := net.Dial("tcp", to)
		if err != nil {
			return
		}
		defer server.Close()
		_, _ = c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
		serving.Go(func() { _, _ = io.Copy(server, c); _ = server.Close() })
		_, _ = io.Copy(c, server)
	}
	serving.Go(func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { serve(c) })
		}
	})
	return listener.Addr().String(), names
}

func TestSocksProxyIsGivenTheName(t *testing.T) {
	s := newSite(t)
	s.page("/list/", "<p>one")
	address, asked := socksProxy(t, s.Listener.Addr().String(), "bob", "hunter2")
	src := config.Source{ID: "s", URL: "http://news.example.test/list/", Proxy: "socks5://bob:hunter2@" + address, Crawl: config.Crawl{Robots: "ignore"}}
	c := newTestCrawler(t, Options{})
	got, err := c.Fetch(t.Context(), src.URL, src)
	if err != nil || string(got.Body) != "<p>one" {
		t.Errorf("%q, %v", got.Body, err)
	}
	if name := <-asked; name != "news.example.test" {
		t.Error(name)
	}
	src.Proxy = "socks5://bob:hunter3@" + address
	if _, err := c.Fetch(t.Context(), src.URL, src); err == nil || strings.Contains(err.Error(), "hunter3") {
		t.Error(err)
	}
	c.Close()
}

func TestProxyErrorsEndAPass(t *testing.T) {
	if err := fmt.Errorf("fetch: %w", &ProxyError{Status: http.StatusBadGateway}); !hostFailed(err) || !worthRetry(err) || worthRetry(&ProxyError{Status: http.StatusForbidden}) {
		t.Error("the next page would go the same way")
	}
}
