package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func exchangeOf(address string, status int, body string) *Exchange {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	return &Exchange{
		URL: u, At: noon, IP: "192.0.2.1", Method: http.MethodGet, Status: status, Body: []byte(body),
		Asked: http.Header{"User-Agent": {"test"}, "Authorization": {"Basic c2VjcmV0"}}, Answered: http.Header{"Content-Type": {"text/html"}},
	}
}

func openTest(t *testing.T) *Archive {
	t.Helper()
	a, err := OpenArchive(filepath.Join(t.TempDir(), "warc"), "zhaowen/test", func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func files(t *testing.T, a *Archive) []string {
	t.Helper()
	names, err := Files(a.folder)
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// all reads a file: its records and their blocks.
func all(r io.Reader) (records []*Record, blocks []string, err error) {
	reader := NewReader(r)
	for {
		record, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return records, blocks, nil
		}
		if err != nil {
			return records, blocks, err
		}
		block, err := io.ReadAll(record.Block)
		if err != nil {
			return records, blocks, err
		}
		records, blocks = append(records, record), append(blocks, string(block))
	}
}

func TestArchive(t *testing.T) {
	a := openTest(t)
	for _, x := range []*Exchange{
		exchangeOf("http://user:secret@a.example/x?y=1#z", 200, "<p>one"),
		exchangeOf("http://a.example/x?y=1", 200, "<p>one"), // unchanged
		exchangeOf("http://a.example/x?y=1", 304, ""),
		exchangeOf("http://a.example/x?y=1", 200, "<p>two"),
		exchangeOf("http://b.example/", 304, ""),
		exchangeOf("http://b.example/old", 301, ""),
	} {
		if err := a.Add(x); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(a.Sync(), a.Close()); err != nil {
		t.Fatal(err)
	}
	names := files(t, a)
	if len(names) != 1 || filepath.Base(names[0]) != "zhaowen-20261124T120000Z-00001.warc.gz" {
		t.Fatalf("files %v", names)
	}
	data, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	records, blocks, err := all(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for i, r := range records {
		kinds = append(kinds, r.Type)
		if got := digest([]byte(blocks[i])); got != r.Get("warc-block-digest") {
			t.Errorf("record %d: block digest %s, said %s", i, got, r.Get("WARC-Block-Digest"))
		}
		if strings.Contains(blocks[i]+fmt.Sprint(r.Header), "secret") || strings.Contains(blocks[i], "c2VjcmV0") {
			t.Errorf("record %d tells a secret: %v %s", i, r.Header, blocks[i])
		}
		if first, _, err := all(bytes.NewReader(data[r.Offset:])); err != nil || first[0].Get("WARC-Record-ID") != r.Get("WARC-Record-ID") {
			t.Errorf("record %d does not begin at %d: %v", i, r.Offset, err)
		}
	}
	want := "warcinfo response request revisit request revisit request response request revisit request response request"
	if got := strings.Join(kinds, " "); got != want {
		t.Fatalf("records %s, want %s", got, want)
	}
	for i, profile := range map[int]string{3: ProfileSameDigest, 5: ProfileNotModified, 9: ProfileNotModified} {
		if got := records[i].Get("WARC-Profile"); got != profile {
			t.Errorf("record %d: profile %s", i, got)
		}
	}
	if got := records[3].Get("WARC-Refers-To"); got != records[1].Get("WARC-Record-ID") {
		t.Errorf("the revisit refers to %s", got)
	}
	if got := records[2].Get("WARC-Concurrent-To"); got != records[1].Get("WARC-Record-ID") {
		t.Errorf("the request belongs to %s", got)
	}
	if got := records[1].TargetURI(); got != "http://a.example/x?y=1" {
		t.Errorf("target %s", got)
	}
	resp, err := ReadResponse(strings.NewReader(blocks[1]), 100)
	if err != nil || resp.Status != 200 || string(resp.Body) != "<p>one" {
		t.Errorf("response %+v, %v", resp, err)
	}
}

func TestArchiveRotatesUnderConcurrentWriters(t *testing.T) {
	a := openTest(t)
	a.size = 4 << 10
	const writers, each = 8, 20
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for i := range each {
				if err := errors.Join(a.Add(exchangeOf(fmt.Sprintf("http://a.example/%d/%d", w, i), 200, strings.Repeat("x", i))), a.Sync()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	responses := 0
	names := files(t, a)
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		records, _, err := all(bytes.NewReader(data))
		if err != nil || records[0].Type != TypeWarcinfo || len(data) > 8<<10 {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
		for _, r := range records {
			if r.Type == TypeResponse {
				responses++
			}
		}
	}
	if responses != writers*each || len(names) < 5 {
		t.Errorf("%d responses in %d files", responses, len(names))
	}
	if err := a.Add(exchangeOf("http://a.example/", 200, "")); err == nil {
		t.Error("a closed archive takes records")
	}
}

func TestArchiveOnFullDisk(t *testing.T) {
	a := openTest(t)
	if err := a.Add(exchangeOf("http://a.example/1", 200, "one")); err != nil {
		t.Fatal(err)
	}
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	good := a.file
	a.file = full
	if err := a.Add(exchangeOf("http://a.example/2", 200, "two")); err == nil || !strings.Contains(err.Error(), "/dev/full") {
		t.Errorf("error %v does not name the file", err)
	}
	full.Close()
	a.file = good
	if err := errors.Join(a.Add(exchangeOf("http://a.example/2", 200, "two")), a.Close()); err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(files(t, a)[0])
	if records, _, err := all(bytes.NewReader(data)); err != nil || len(records) != 5 {
		t.Errorf("%d records, %v", len(records), err)
	}
}
