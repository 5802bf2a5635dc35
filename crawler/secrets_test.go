package crawler

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhaowen/config"
	"zhaowen/ingest"
	"zhaowen/storage"
	"zhaowen/warc"
)

// guarded is a source of the site with a secret in each place that takes one.
func guarded(s *site) config.Source {
	src := s.source("s", "/list/?page=1")
	src.Auth = config.Auth{User: "bob", Password: "hunter2/pass word"}
	src.Headers = map[string]string{"X-Api-Key": "Key hunter4-key", "Cookie": "sid=hunter5-sid", "Accept": "application/json"}
	src.Query = map[string]string{"token": "hunter3+token", "n": "1"}
	return src
}

var secretsOfGuarded = []string{"hunter2", "hunter3", "hunter4", "hunter5", base64.StdEncoding.EncodeToString([]byte("bob:hunter2/pass word"))}

// echo tells a server's visitors everything that they have told it.
func echo(r *http.Request) string {
	return fmt.Sprintf("%s %s %s %v", r.URL.RequestURI(), strings.TrimPrefix(r.Header.Get("Cookie"), "sid="), r.URL.Query().Get("token"), r.Header)
}

func (s *site) secured(t *testing.T, path string, handler http.HandlerFunc) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if user != "bob" || password != "hunter2/pass word" || r.Header.Get("X-Api-Key") != "Key hunter4-key" || !strings.Contains(r.Header.Get("Cookie"), "sid=hunter5-sid") ||
			strings.Join(r.URL.Query()["token"], ",") != "hunter3+token" || r.URL.Query().Get("n") != "1" || r.Header.Get("Accept") != "application/json" {
			t.Errorf("without its credentials: %s", echo(r))
		}
		w.Header().Set("X-Echo", echo(r))
		w.Header().Set("ETag", `"`+r.URL.Query().Get("token")+`"`)
		handler(w, r)
	})
}

// TestSecretsStayOnTheWire makes two passes over a site that repeats all that it is told, in links, redirects, texts and headers, and looks for it in
// everything that is left of them.
func TestSecretsStayOnTheWire(t *testing.T) {
	s := newSite(t)
	s.secured(t, "/robots.txt", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "# "+echo(r)+"\nUser-agent: *\nDisallow: /no")
	})
	s.secured(t, "/list/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, `<ul><li><a href="/a/1.html?token=hunter3%%2Btoken">招商引资项目签约仪式一</a> 2026-01-02</li><li><a href="/moved">招商引资项目签约仪式二</a> 2026-01-01</li>
<li><a href="/fails">招商引资项目签约仪式三</a> 2026-01-01</li></ul>`)
		if r.URL.Query().Get("page") == "1" {
			_, _ = io.WriteString(w, `<a href="?`+strings.Replace(r.URL.RawQuery, "page=1", "page=2", 1)+`">下一页</a>`)
		}
	})
	s.secured(t, "/a/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "<h1>招商引资项目签约仪式"+r.URL.Path+"</h1><p>"+strings.Repeat("项目总投资十亿元，落户高新区。", 20)+echo(r)+"</p>")
	})
	s.secured(t, "/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/a/2.html?"+r.URL.RawQuery, http.StatusFound)
	})
	s.secured(t, "/fails", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "ftp://"+r.URL.Query().Get("token")+"/", http.StatusFound)
	})
	src := guarded(s)
	path := filepath.Join(t.TempDir(), "zhaowen.db")
	db, err := storage.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.SyncSources(t.Context(), []storage.SourceConfig{{ID: src.ID, URL: src.URL}}); err != nil {
		t.Fatal(err)
	}
	o := Options{Config: local(src), DB: db, Ingest: &ingest.Ingester{DB: db, Zone: time.UTC, Now: time.Now}}
	archive, folder := testArchive(t)
	o.Archive = archive
	var log bytes.Buffer
	o.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	c := newTestCrawler(t, o)
	for range 2 {
		run, err := c.Pass(t.Context(), src)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&log, "%+v\n", run)
	}
	if got := s.count("/list/"); got < 2 || s.count("/a/2.html") == 0 || s.count("/fails") == 0 {
		t.Errorf("visited %v", s.paths())
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	left := map[string]string{"the log": log.String(), "the archive": archiveText(t, folder), "the file": filesOf(t, path)}
	for _, secret := range secretsOfGuarded {
		for where, text := range left {
			if at := strings.Index(text, secret); at >= 0 {
				t.Errorf("%s stands in %s: …%q…", secret, where, text[max(0, at-100):min(len(text), at+100)])
			}
		}
	}
	if !strings.Contains(left["the file"], "签约仪式/a/2.html") || !strings.Contains(left["the archive"], "签约仪式/a/1.html") {
		t.Error("the articles are not there")
	}
}

// archiveText is all that stands in an archive, not compressed.
func archiveText(t *testing.T, folder string) string {
	t.Helper()
	names, err := warc.Files(folder)
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	var text strings.Builder
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		for reader := warc.NewReader(file); ; {
			record, err := reader.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			block, err := io.ReadAll(record.Block)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&text, "%v\n%s\n", record.Header, block)
		}
	}
	return text.String()
}

// filesOf is every byte of a database and of what belongs to it, as it is now.
func filesOf(t *testing.T, path string) string {
	t.Helper()
	names, err := filepath.Glob(path + "*")
	if err != nil || len(names) < 2 {
		t.Fatal(names, err)
	}
	var all strings.Builder
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}

func TestCredentialsAreForTheOwnHost(t *testing.T) {
	told := make(chan string, 10)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { told <- echo(r) }))
	defer elsewhere.Close()
	s := newSite(t)
	s.secured(t, "/list/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL+"/?"+r.URL.RawQuery, http.StatusFound)
	})
	c := newTestCrawler(t, Options{})
	for _, address := range []string{s.URL + "/list/", elsewhere.URL + "/direct"} {
		if _, err := c.Fetch(t.Context(), address, guarded(s)); err != nil {
			t.Fatal(err)
		}
	}
	close(told)
	for got := range told {
		if strings.Contains(got, "hunter") || strings.Contains(got, "Authorization") || strings.Contains(got, "X-Api-Key") {
			t.Errorf("another host was told %s", got)
		}
	}
}

func TestQueryOfTheOwnHostKeepsItsForm(t *testing.T) {
	src := config.Source{URL: "http://example.com/", Query: map[string]string{"b": "&", "a": "1"}}
	w, err := newWay(src)
	if err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[string]string{
		"http://example.com/":                              "a=1&b=%26",
		"http://EXAMPLE.com:80/?q=%b9%e3+x;y&a=***&%61=2&": "q=%b9%e3+x;y&a=1&b=%26",
		"https://example.com/?q":                           "q",
		"http://example.com:81/?q":                         "q",
		"http://www.example.com/?q":                        "q",
	} {
		req := httptest.NewRequest(http.MethodGet, asked, http.NoBody)
		if got := w.outgoing(req).URL.RawQuery; got != want {
			t.Errorf("%s: sent with %s, want %s", asked, got, want)
		}
	}
}

func TestSecretsAreHiddenAcrossReads(t *testing.T) {
	const text = "hunter2 hunhunter2 hunter22 hunter longer-hunter2 hunter2"
	for chunk := 1; chunk < len(text); chunk++ {
		body := &hidingBody{ReadCloser: io.NopCloser(&chunks{text, chunk}), secrets: [][]byte{[]byte("longer-hunter2"), []byte("hunter2")}}
		got, err := io.ReadAll(body)
		if want := "******* hun******* *******2 hunter ************** *******"; err != nil || string(got) != want {
			t.Errorf("by %d bytes: %q, %v", chunk, got, err)
		}
	}
}

// chunks gives a few bytes at a time.
type chunks struct {
	text string
	size int
}

func (c *chunks) Read(p []byte) (int, error) {
	if c.text == "" {
		return 0, io.EOF
	}
	n := copy(p, c.text[:min(c.size, len(c.text))])
	c.text = c.text[n:]
	return n, nil
}
