// Package warcio checks our WARC files against warcio.js, in both directions.
package warcio

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"testing"
	"time"

	"zhaowen/warc"
)

// node runs a script of this folder. ZHAOWEN_WARCIO names the folder that npm has installed warcio into.
func node(t *testing.T, env string, args ...string) []byte {
	t.Helper()
	if os.Getenv("ZHAOWEN_WARCIO") == "" {
		t.Skip("npm install --prefix FOLDER warcio@2.4.11, and set ZHAOWEN_WARCIO=FOLDER")
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is missing: Debian: apt-get install nodejs npm")
	}
	var errs bytes.Buffer
	cmd := exec.Command("node", args...)
	cmd.Env, cmd.Stderr = append(os.Environ(), env), &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node %v: %v\n%s", args, err, errs.String())
	}
	if errs.Len() > 0 {
		t.Errorf("node %v complains: %s", args, errs.String())
	}
	return out
}

// pages are answers of every kind: address, status, body as received, its coding.
var pages = []struct {
	path   string
	status int
	text   string
	coding string
	want   string // type of the record
}{
	{"/robots.txt", 404, "not found", "", "response"},
	{"/", 200, "<p>招商引资</p>", "", "response"},
	{"/", 200, "<p>招商引资</p>", "", "revisit"},
	{"/", 304, "", "", "revisit"},
	{"/old", 302, "", "", "response"},
	{"/packed", 200, "<p>签约仪式</p>", "gzip", "response"},
	{"/packed", 200, "<p>签约仪式</p>", "gzip", "revisit"},
	{"/路径?问=答", 200, "x", "", "response"},
}

func TestWarcioReadsOurs(t *testing.T) {
	folder := t.TempDir()
	archive, err := warc.OpenArchive(folder, "zhaowen/test", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		u, err := url.Parse("http://a.example" + p.path)
		if err != nil {
			t.Fatal(err)
		}
		x := &warc.Exchange{URL: u, At: time.Now(), IP: "192.0.2.1", Method: http.MethodGet, Asked: http.Header{"Accept": {"*/*"}}, Status: p.status, Answered: http.Header{"Content-Type": {"text/html"}}, Body: []byte(p.text)}
		if p.coding != "" {
			x.Answered.Set("Content-Encoding", p.coding)
			x.Body = packed(p.text)
		}
		if err := archive.Add(x); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := warc.Files(folder)
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		Type, URL, BlockDigest, PayloadDigest, Block, Payload, Profile, Text string
		Length, Said, Status                                                 int
	}
	var kinds, texts []string
	for lines := json.NewDecoder(bytes.NewReader(node(t, "", append([]string{"read.mjs"}, names...)...))); ; {
		var l line
		if err := lines.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if l.Type == "decoded" {
			texts = append(texts, fmt.Sprint(l.Status, l.Text))
			continue
		}
		kinds = append(kinds, l.Type)
		if l.Block != l.BlockDigest || l.Length != l.Said || l.Type == "response" && l.Payload != l.PayloadDigest || l.Type == "revisit" && l.Profile == "" {
			t.Errorf("warcio.js reads %+v", l)
		}
	}
	want, wantTexts := []string{"warcinfo"}, []string(nil)
	for _, p := range pages {
		want = append(want, p.want, "request")
		if p.want == "response" {
			wantTexts = append(wantTexts, fmt.Sprint(p.status, p.text))
		}
	}
	if fmt.Sprint(kinds) != fmt.Sprint(want) || fmt.Sprint(texts) != fmt.Sprint(wantTexts) {
		t.Errorf("warcio.js reads\n%v\n%v\nwant\n%v\n%v", kinds, texts, want, wantTexts)
	}
}

func packed(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, text)
	z.Close()
	return b.Bytes()
}

func TestWeReadWarcios(t *testing.T) {
	for name, env := range map[string]string{"1.1, compressed": "", "1.0, plain": "PLAIN=1"} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for reader := warc.NewReader(bytes.NewReader(node(t, env, "write.mjs"))); ; {
				record, err := reader.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				line := record.Type + " " + record.TargetURI()
				if record.Type == warc.TypeResponse {
					resp, err := warc.ReadResponse(record.Block, 1<<20)
					if err != nil {
						t.Fatal(err)
					}
					line += " " + string(resp.Body)
				}
				got = append(got, line)
			}
			want := []string{
				"warcinfo ", "response http://a.example/plain <p>网页</p>", "response http://a.example/chunked <p>ab",
				"response http://a.example/gzip <p>packed</p>", "revisit http://a.example/plain",
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("read\n%q\nwant\n%q", got, want)
			}
		})
	}
}
