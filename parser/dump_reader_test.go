package parser

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// readAtOnce is the reading of a dump in its plainest form: all lines are made, then all groups, then all articles.
func readAtOnce(text string) (blocks []Block, articles []Article, warnings []Warning) {
	d := &Document{now: noon, pager: -1}
	var s lineScanner
	for len(text) > 0 {
		var line string
		line, text = cutLine(text)
		b, ok, why := s.take(line)
		if why != "" {
			warnings = append(warnings, Warning{s.number, why})
		}
		if ok {
			d.Blocks = append(d.Blocks, b)
		}
	}
	for _, group := range splitRecords(d.recordLines()) {
		a, left, ok := readRecord(group)
		if ok {
			articles = append(articles, a)
		}
		warnings = append(warnings, left...)
	}
	return d.Blocks, articles, warnings
}

// readInWindows reads a dump by a DumpReader in pieces of n bytes.
func readInWindows(body []byte, n int) *Page {
	p := &Page{Kind: KindDump}
	r := NewDumpReader(noon)
	take := func(articles []Article, warnings []Warning) {
		p.Articles, p.Warnings = append(p.Articles, articles...), append(p.Warnings, warnings...)
	}
	for len(body) > 0 {
		n := min(n, len(body))
		piece := append([]byte(nil), body[:n]...)
		take(r.Feed(piece))
		clear(piece) // it must keep none of it
		body = body[n:]
	}
	take(r.End())
	p.Charset = r.Charset()
	return p
}

// sampleDumps are the dumps of the seeds, generated ones, and those of all sorts of shapes and charsets.
func sampleDumps(t *testing.T) map[string][]byte {
	t.Helper()
	dumps := map[string][]byte{}
	files, err := filepath.Glob("../seeds/dumps/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no seeds: %v", err)
	}
	for _, path := range append(files, seedDump()) {
		if body, err := os.ReadFile(path); err == nil {
			dumps[filepath.Base(path)] = body
			dumps[filepath.Base(path)+", CRLF"] = []byte(strings.ReplaceAll(string(body), "\n", "\r\n"))
			dumps[filepath.Base(path)+", CR"] = []byte(strings.ReplaceAll(string(body), "\n", "\r"))
		}
	}
	text := string(dumps["changsha.txt"])
	encode := func(enc encoding.Encoding, text string) []byte {
		raw, err := encoding.ReplaceUnsupported(enc.NewEncoder()).String(text)
		if err != nil {
			t.Fatal(err)
		}
		return []byte(raw)
	}
	ascii := strings.Repeat("-\nA title in plain letters\nThe text of it, which goes on for more than forty characters.\n2025-09-04\n", 1000)
	dumps["gb18030"] = encode(simplifiedchinese.GB18030, text)
	dumps["gb18030, late"] = append([]byte(ascii), encode(simplifiedchinese.GB18030, text)...)
	dumps["utf-8, late"] = []byte(ascii + text)
	dumps["ascii"] = []byte(ascii)
	dumps["big5"] = encode(traditionalchinese.Big5, strings.Repeat("-\n臺灣招商引資大會舉行\n"+strings.Repeat("在大會上的人都是有的，我們也要來這個地方投資，", 5)+"。\n2025-09-04\n", 20))
	dumps["utf-16le"] = encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text)
	dumps["utf-16be, CRLF"] = encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), strings.ReplaceAll(text, "\n", "\r\n"))
	dumps["utf-16le, CR, odd"] = append(encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), strings.ReplaceAll(text, "\n", "\r")), 'x')
	dumps["BOM"] = []byte("\ufeff" + text)
	twice, err := charmap.ISO8859_1.NewDecoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	dumps["encoded twice"] = []byte(twice)
	dumps["broken byte"] = []byte(strings.Replace(text, "项目", "项\xe7\x9b", 7))
	dumps["binary in the midst"] = append(append([]byte(text), binary(50_000)...), text...)
	dumps["no line end"] = []byte(strings.TrimRight(text, "\n"))
	soups := uint64(24)
	if testing.Short() {
		soups = 6
	}
	for seed := range soups {
		dumps[fmt.Sprintf("soup %d", seed)] = []byte(soup(rand.New(rand.NewPCG(seed, 1)), 300))
	}
	if !testing.Short() {
		dumps["large soup"] = []byte(soup(rand.New(rand.NewPCG(1, 2)), 20_000))
	}
	return dumps
}

func binary(n int) []byte {
	r := rand.New(rand.NewPCG(3, 4))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.UintN(256))
	}
	return b
}

// soup is n lines of all kinds that a dump may have, in any order.
func soup(r *rand.Rand, n int) string {
	lines := []string{
		"-", "- 青岚市集中签约十二个项目", "青岚市集中签约十二个项目", "南浦经开区产业园二期开工", "一、签约情况", bodyA, bodyB, "- " + bodyA, "2025-09-04", "2025年9月3日", "发布时间：2025-09-03",
		"来源：青岚日报 作者：李禾 2025-09-04", "关于我们", "- 联系我们", "", "　", "（二）下一步：", "短句。", "2025-02-30", "\xff\xfe\x01\x02\x80", strings.Repeat(bodyB, 30),
	}
	ends := []string{"\n", "\n", "\n", "\r\n", "\r", "\n\n"}
	var out strings.Builder
	bias := r.IntN(3)
	for range n {
		if bias > 0 && r.IntN(3) == 0 {
			out.WriteString("-\n青岚市集中签约十二个项目\n" + bodyA + "\n2025-09-04\n")
		}
		out.WriteString(lines[r.IntN(len(lines))] + ends[r.IntN(len(ends))])
	}
	return out.String()
}

// Wherever a dump is cut, what comes out is what the whole gives.
func TestDumpReaderGivesWhatTheWholeGives(t *testing.T) {
	for name, body := range sampleDumps(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, err := Parse(Input{Body: body, As: KindDump, Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			if len(body) < learnBytes/2 {
				text, _ := decode(body, "", "")
				_, articles, warnings := readAtOnce(text)
				if len(articles) == 0 {
					warnings = append(warnings, want.Warnings[len(want.Warnings)-1])
				}
				if diff := cmp.Diff(articles, want.Articles); diff != "" {
					t.Fatalf("at once and line by line differ:\n%s", diff)
				}
				if len(warnings) != len(want.Warnings) {
					t.Errorf("%d warnings at once, %d line by line", len(warnings), len(want.Warnings))
				}
			}
			for _, n := range []int{1, 2, 3, 7, 61, 1000, 4096, 30_000, 64 << 10, 1 << 20, len(body)} {
				if n < 1000 && len(body) > 1<<20 || n < 60 && testing.Short() {
					continue
				}
				got := readInWindows(body, n)
				if got.Charset != want.Charset {
					t.Errorf("windows of %d bytes: charset %v, want %v", n, got.Charset, want.Charset)
				}
				if diff := cmp.Diff(want.Articles, got.Articles); diff != "" {
					t.Fatalf("windows of %d bytes:\n%s", n, diff)
				}
				if diff := cmp.Diff(want.Warnings, got.Warnings); diff != "" {
					t.Fatalf("windows of %d bytes:\n%s", n, diff)
				}
			}
		})
	}
}

func TestCharsetsOfSampleDumps(t *testing.T) {
	dumps := sampleDumps(t)
	for name, want := range map[string]string{
		"gb18030": "gb18030;", "gb18030, late": "gb18030;", "utf-8, late": "utf-8;", "ascii": "utf-8; plain ASCII", "big5": "big5;",
		"utf-16le": "utf-16le; byte order mark", "BOM": "utf-8; byte order mark", "encoded twice": ": undone",
	} {
		c := readInWindows(dumps[name], 5000).Charset
		if !strings.Contains(c.Name+"; "+c.Evidence, want) {
			t.Errorf("%s: %v, want %s", name, c, want)
		}
	}
}

// What is no record ends in a warning, not in memory: what stands before and behind it is read.
func TestDumpReaderLimits(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long under the race detector")
	}
	record := "-\n青岚市集中签约十二个项目\n" + bodyA + "\n2025-09-04\n"
	for name, c := range map[string]struct {
		middle   string
		warnings []Warning
	}{
		"an endless line":       {strings.Repeat("不换行", 4<<20) + "\n", []Warning{{5, "a line longer than 4 MiB"}}},
		"an endless ASCII line": {strings.Repeat("no end ", 4<<20) + "\r\n", []Warning{{5, "a line longer than 4 MiB"}}},
		"a line of 4 MiB":       {strings.Repeat("x", maxLine+1) + "\r", []Warning{{5, "a line longer than 4 MiB"}}},
		"a record of 24 MiB":    {"-\n南浦产业园二期开工\n" + strings.Repeat(bodyB+"\n", 24<<20/len(bodyB)) + "2025-09-03\n", []Warning{{6, "a record longer than 8 MiB"}}},
		"a million short lines": {"-\n南浦产业园二期开工\n" + strings.Repeat("短\n", 1_000_000), []Warning{{6, "a record longer than 8 MiB"}}},
	} {
		t.Run(name, func(t *testing.T) {
			body := []byte(record + c.middle + record)
			want, err := Parse(Input{Body: body, As: KindDump, Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			if len(want.Articles) != 2 || len(want.Warnings) != len(c.warnings) {
				t.Fatalf("%d articles, %v", len(want.Articles), want.Warnings)
			}
			for i, w := range c.warnings {
				if want.Warnings[i].Line != w.Line || !strings.HasPrefix(want.Warnings[i].Text, w.Text) {
					t.Errorf("got %v, want %v", want.Warnings[i], w)
				}
			}
			for _, n := range []int{100_000, 1 << 20, len(body)} {
				got := readInWindows(body, n)
				if diff := cmp.Diff([]any{want.Articles, want.Warnings}, []any{got.Articles, got.Warnings}); diff != "" {
					t.Errorf("windows of %d bytes:\n%s", n, diff)
				}
			}
		})
	}
}

func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		"-\n" + bodyA: true, "<!DOCTYPE html><html>": false, " {\"a\": 1}": false, "cb([{": false, "<?xml version=\"1.0\"?><rss>": false, "x\n<table>": false,
	} {
		if got, err := Sniff([]byte(text)); got != want || err != nil {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	if _, err := Sniff(binary(10_000)); err != ErrBinary { //nolint:errorlint // returned as it is
		t.Errorf("got %v", err)
	}
}
