package crawler

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"zhaowen/warc"
)

func testArchive(t *testing.T) (*warc.Archive, string) {
	t.Helper()
	folder := t.TempDir()
	a, err := warc.OpenArchive(folder, "zhaowen/test", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return a, folder
}

// archiveLines tells what is in an archive: type, path, status, and the decoded body of responses.
func archiveLines(t *testing.T, folder string) (lines []string) {
	t.Helper()
	names, err := warc.Files(folder)
	if err != nil {
		t.Fatal(err)
	}
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
			if record.Type != warc.TypeResponse && record.Type != warc.TypeRevisit {
				continue
			}
			resp, err := warc.ReadResponse(record.Block, 1<<20)
			if err != nil && record.Type == warc.TypeResponse {
				t.Fatal(err)
			}
			_, path, _ := strings.Cut(strings.TrimPrefix(record.TargetURI(), "http://"), "/")
			line := fmt.Sprintf("%s /%s %d", record.Type, path, resp.Status)
			if record.Type == warc.TypeResponse {
				line += " " + string(resp.Body) + record.Get("WARC-Truncated")
			}
			if record.Get("WARC-IP-Address") == "" || record.Date().IsZero() {
				t.Errorf("%s: header %v", line, record.Header)
			}
			lines = append(lines, line)
		}
	}
	return lines
}

func TestEverythingFetchedIsArchived(t *testing.T) {
	s := newSite(t)
	tries := 0
	s.page("/robots.txt", "User-agent: *")
	s.page("/plain", "<p>one")
	s.mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/gzip", http.StatusFound) })
	s.mux.HandleFunc("/gzip", func(w http.ResponseWriter, _ *http.Request) {
		if tries++; tries == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, "<p>two")
		_ = z.Close()
	})
	s.mux.HandleFunc("/same", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) })
	archive, folder := testArchive(t)
	c := newTestCrawler(t, Options{Archive: archive})
	src := s.source("s", "/")
	src.Retries = 1
	f, err := c.newFetcher(src)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/plain", "/plain", "/old"} {
		if _, err := f.fetch(t.Context(), t.Context(), s.URL+path, conditions{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.fetch(t.Context(), t.Context(), s.URL+"/same", conditions{etag: `"1"`}); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"response /robots.txt 200 User-agent: *", "response /plain 200 <p>one", "revisit /plain 200", "response /old 302 ",
		"response /gzip 503 ", "response /gzip 200 <p>two", "revisit /same 304",
	}
	got := archiveLines(t, folder)
	for i := range got { // the text of a redirect is net/http's own
		if strings.HasPrefix(got[i], "response /old 302") {
			got[i] = "response /old 302 "
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("archive\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestWhatCannotBeArchivedIsNotStored(t *testing.T) {
	s := newSite(t)
	s.page("/list/", "<ul><li><a href='/a/1.html'>招商引资项目签约仪式一</a> 2026-01-02</li><li><a href='/a/2.html'>招商引资项目签约仪式二</a> 2026-01-01</li></ul>")
	src := s.source("s", "/list/")
	archive, _ := testArchive(t)
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	o := stored(t, src)
	o.Archive = archive
	run, err := newTestCrawler(t, o).Pass(t.Context(), src)
	if err == nil || !strings.Contains(run.Err, "the archive is closed") || run.Status != statusFailed {
		t.Errorf("run %+v, %v", run, err)
	}
	due, err := o.DB.DuePages(t.Context(), "s", time.Now().Add(1000*time.Hour))
	if err != nil || len(due) != 0 {
		t.Errorf("pages %v, %v", due, err)
	}
}

// A compressed body of unknown length that is larger than a page may be is archived as cut off, and counts for no revisit.
func TestCutBodiesAreArchivedAsCut(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/large", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		noise := rand.New(rand.NewPCG(1, 2))
		for range 64 << 10 {
			_, _ = fmt.Fprintf(z, "%x", noise.Uint64())
		}
		_ = z.Close()
	})
	archive, folder := testArchive(t)
	c := newTestCrawler(t, Options{Archive: archive})
	src := s.source("s", "/")
	src.MaxBody = 64 << 10
	f, err := c.newFetcher(src)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		var large *TooLargeError
		if _, err := f.fetch(t.Context(), t.Context(), s.URL+"/large", conditions{}); !errors.As(err, &large) {
			t.Fatalf("got %v", err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := warc.Files(folder)
	if err != nil {
		t.Fatal(err)
	}
	cut := 0
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		reader := warc.NewReader(file)
		for record, err := reader.Next(); err == nil; record, err = reader.Next() {
			if record.Type == warc.TypeResponse && record.Get("WARC-Truncated") == "length" {
				cut++
			}
		}
	}
	if cut != 2 {
		t.Errorf("%d records are said to be cut off, want 2", cut)
	}
}
