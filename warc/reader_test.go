package warc

import (
	"bytes"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// foreign is a file as others write it: version 1.0, angle brackets, a folded field, lower-case names.
const foreign = "WARC/1.0\r\nwarc-type: warcinfo\r\nContent-Length: 2\r\n\r\na\n\r\n\r\n" +
	"WARC/1.0\r\nWARC-Type: Response\r\nWARC-Target-URI: <http://a.example/>\r\nWARC-Date: 2020-01-02T03:04:05Z\r\nX-Long: one\r\n two\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n" +
	"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 0\r\n\r\n\r\n\r\n"

func zipped(parts ...string) string {
	var b bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&b)
		z.Write([]byte(p))
		z.Close()
	}
	return b.String()
}

func TestReaderReadsEveryForm(t *testing.T) {
	third := strings.Index(foreign, "WARC/1.1")
	second := strings.Index(foreign[1:], "WARC/1.0") + 1
	for name, file := range map[string]string{
		"plain":                     foreign,
		"without its last newlines": strings.TrimRight(foreign, "\r\n") + "\r\n\r\n",
		"record by record":          zipped(foreign[:second], foreign[second:third], foreign[third:]),
		"as a whole":                zipped(foreign),
		"two records a member":      zipped(foreign[:third], foreign[third:]),
		"members cut anywhere":      zipped(foreign[:second+20], foreign[second+20:third-6], foreign[third-6:]),
	} {
		t.Run(name, func(t *testing.T) {
			records, blocks, err := all(strings.NewReader(file))
			if err != nil || len(records) != 3 {
				t.Fatalf("%d records, %v", len(records), err)
			}
			r := records[1]
			if r.Type != TypeResponse || r.TargetURI() != "http://a.example/" || r.Date().Year() != 2020 || r.Get("x-long") != "one two" || blocks[1] != "abc" {
				t.Errorf("record %+v %q", r, blocks[1])
			}
		})
	}
}

func TestReaderStopsAtDamage(t *testing.T) {
	var a, b bytes.Buffer
	for i, out := range []*bytes.Buffer{&a, &b} {
		if err := appendRecord(out, newHeader(TypeResource, newID(), noon), []byte(strings.Repeat("text", 10+i))); err != nil {
			t.Fatal(err)
		}
	}
	file := append(bytes.Clone(a.Bytes()), b.Bytes()...)
	for cut := a.Len() + 1; cut < len(file); cut++ {
		records, _, err := all(bytes.NewReader(file[:cut]))
		var damage *DamageError
		if len(records) != 1 || !errors.As(err, &damage) || damage.Offset != int64(a.Len()) {
			t.Fatalf("cut at %d of %d: %d records, %v", cut, len(file), len(records), err)
		}
	}
	plain := strings.TrimSuffix(foreign, "WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
	start := strings.LastIndex(plain, "WARC/1.0")
	for cut := start + 1; cut < len(plain)-4; cut++ {
		records, _, err := all(strings.NewReader(plain[:cut]))
		var damage *DamageError
		if len(records) != 1 || !errors.As(err, &damage) || damage.Offset != int64(start) {
			t.Fatalf("plain, cut at %d of %d: %d records, %v", cut, len(plain), len(records), err)
		}
	}
	flipped := bytes.Clone(file)
	flipped[len(flipped)-6] ^= 1 // in the checksum
	if records, _, err := all(bytes.NewReader(flipped)); len(records) != 1 || err == nil {
		t.Errorf("a wrong checksum: %d records, %v", len(records), err)
	}
	for _, other := range []string{"<html>", "plain text\nof two lines", strings.Repeat("x", 1<<20), zipped("<html>")} {
		if _, err := NewReader(strings.NewReader(other)).Next(); !errors.Is(err, ErrFormat) {
			t.Errorf("%.10q: %v", other, err)
		}
	}
	if _, err := NewReader(strings.NewReader("WARC/1.0\r\n" + strings.Repeat("a: b\r\n", 1<<20))).Next(); err == nil || !strings.Contains(err.Error(), "64 KiB") {
		t.Errorf("an endless header: %v", err)
	}
	if _, err := NewReader(strings.NewReader("")).Next(); !errors.Is(err, io.EOF) {
		t.Errorf("an empty file: %v", err)
	}
}

// TestReaderPassesOverLargeRecords reads past a record of 256 MiB in little memory.
func TestReaderPassesOverLargeRecords(t *testing.T) {
	const size = 256 << 20
	file := io.MultiReader(strings.NewReader("WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 268435456\r\n\r\n"), io.LimitReader(zeros{}, size), strings.NewReader("\r\n\r\n"+foreign))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	reader := NewReader(file)
	n := 0
	for ; ; n++ {
		if _, err := reader.Next(); err != nil {
			break
		}
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; n != 4 || used > 4<<20 {
		t.Errorf("%d records, %d bytes allocated", n, used)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestReadResponse(t *testing.T) {
	page := "<p>网页</p>"
	for name, test := range map[string]struct{ head, body, want string }{
		"as it is":                     {"Content-Type: text/html\r\n", page, page},
		"gzip":                         {"Content-Encoding: gzip\r\n", zipped(page), page},
		"only said to be gzip":         {"Content-Encoding: gzip\r\n", page, page},
		"only said to be br":           {"Content-Encoding: br\r\n", page, page},
		"chunked":                      {"Transfer-Encoding: chunked\r\n", "3\r\n<p>\r\n2\r\nab\r\n0\r\n\r\n", "<p>ab"},
		"chunked and undone":           {"Transfer-Encoding: chunked\r\n", page, page},
		"a length that is wrong":       {"Content-Length: 3\r\n", page, page},
		"a line that is no field":      {"nonsense\r\nContent-Encoding: gzip\r\n", zipped(page), page},
		"empty":                        {"Content-Encoding: gzip\r\n", "", ""},
		"chunked outside, gzip inside": {"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", "1\r\n<\r\n0\r\n\r\n", "<"},
	} {
		t.Run(name, func(t *testing.T) {
			resp, err := ReadResponse(strings.NewReader("HTTP/2 200\r\n"+test.head+"\r\n"+test.body), 100)
			if err != nil || resp.Status != 200 || string(resp.Body) != test.want {
				t.Errorf("%+v, %v", resp, err)
			}
		})
	}
	var large *TooLargeError
	if _, err := ReadResponse(strings.NewReader("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+zipped(strings.Repeat("x", 1<<20))), 1<<10+100); !errors.As(err, &large) {
		t.Errorf("a bomb: %v", err)
	}
	if _, err := ReadResponse(strings.NewReader("GET / HTTP/1.1\r\n\r\n"), 100); err == nil {
		t.Error("a request is no answer")
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(foreign))
	f.Add([]byte(zipped(foreign)))
	f.Add([]byte(zipped(foreign[:60], foreign[60:])))
	f.Add([]byte("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 60\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n\r\n\r\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		reader := NewReader(bytes.NewReader(file))
		last := int64(-1)
		for {
			record, err := reader.Next()
			if err != nil {
				if _, again := reader.Next(); again == nil {
					t.Fatalf("goes on after %v", err)
				}
				return
			}
			if record.Offset < last {
				t.Fatalf("offset %d after %d", record.Offset, last)
			}
			last = record.Offset
			_, _ = ReadResponse(record.Block, 1<<20)
		}
	})
}

func TestAt(t *testing.T) {
	third := strings.Index(foreign, "WARC/1.1")
	for name, file := range map[string]string{"plain": foreign, "by record": zipped(foreign[:third], foreign[third:]), "whole": zipped(foreign)} {
		path := t.TempDir() + "/x"
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		records, _, err := all(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		record, closer, err := At(path, records[2].Offset)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if record.Type != TypeResource {
			t.Errorf("%s: %+v", name, record)
		}
		closer.Close()
	}
}
