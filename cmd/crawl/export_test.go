package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhaowen/storage"

	"github.com/google/go-cmp/cmp"
)

// sheetRead is what openpyxl, a program that is not ours, reads in a sheet.
type sheetRead struct {
	Name    string
	Frozen  string
	Filter  string
	Bold    bool
	Rows    [][]any
	Types   []string // a letter a cell: s text, n number or empty, d date, f formula
	Formats []string
	// Streamed is how many rows there are for a reader that goes row by row.
	Streamed int
	Links    int
}

// readBook reads an Excel file by openpyxl and skips the test where that is not installed.
func readBook(t *testing.T, path string) []sheetRead {
	t.Helper()
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(python, "-c", "import openpyxl").Run() != nil {
			continue
		}
		out, err := exec.Command(python, "testdata/xlsx/read.py", path).Output()
		if err != nil {
			t.Fatalf("openpyxl: %v", err)
		}
		var sheets []sheetRead
		for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
			var s sheetRead
			if err := decoder.Decode(&s); err != nil {
				t.Fatal(err)
			}
			sheets = append(sheets, s)
		}
		return sheets
	}
	t.Skip("openpyxl is missing: apt-get install python3-openpyxl")
	return nil
}

func newExport(t *testing.T) *export {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return &export{sources: map[string]string{"gz": "广州市商务局"}, zone: zone, folder: t.TempDir(), log: slog.New(slog.DiscardHandler)}
}

func pointer[T any](value T) *T { return &value }

func exported(id int64) *storage.ArticleRow {
	return &storage.ArticleRow{
		ID: id, SourceID: "gz", URL: pointer("https://a.gov.cn/1.html"), Title: "集中签约", Body: "第一段。\n第二段 & <三>。", PublishedOn: pointer("2026-09-16"),
		PublishedAt: pointer("2026-09-15T22:30:00Z"), CharCount: 14, OriginalID: pointer(int64(7)), FirstSeenAt: "2026-09-16T01:00:00Z", LastSeenAt: "2026-09-17T01:00:00Z", Revision: 1,
	}
}

// saveBook writes articles to an Excel file with at most so many rows or bytes a sheet and returns its path.
func saveBook(t *testing.T, x *export, maxRows int, maxBytes int64, articles ...*storage.ArticleRow) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "news.xlsx")
	err := writeWhole(path, func(to io.Writer) error {
		w, err := newBookWriter(t.Context(), x, to)
		if err != nil {
			return err
		}
		defer w.discard()
		w.maxRows, w.maxBytes = maxRows, maxBytes
		for _, a := range articles {
			if err := w.write(a); err != nil {
				return err
			}
		}
		return w.finish()
	})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestBookAsOthersReadIt(t *testing.T) {
	sheets := readBook(t, saveBook(t, newExport(t), sheetRows, sheetBytes, exported(1)))
	if len(sheets) != 1 {
		t.Fatalf("%d sheets", len(sheets))
	}
	want := sheetRead{
		Name: "新闻", Frozen: "A2", Filter: "$A$1:$O$2", Bold: true,
		Rows: [][]any{
			{"published_on", "title", "source", "publisher", "author", "url", "char_count", "body", "published_at", "id", "source_id", "original_id", "revision", "first_seen_at", "last_seen_at"},
			{
				"2026-09-16T00:00:00", "集中签约", "广州市商务局", nil, nil, "https://a.gov.cn/1.html", 14.0, "第一段。\n第二段 & <三>。", "2026-09-16T06:30:00", 1.0, "gz", 7.0, 1.0,
				"2026-09-16T09:00:00", "2026-09-17T09:00:00",
			},
		},
		Types:    []string{"sssssssssssssss", "dssnnsnsdnsnndd"},
		Formats:  []string{"yyyy-mm-dd", "General", "General", "General", "General", "General", "General", "General", "yyyy-mm-dd hh:mm", "General", "General", "General", "General", "yyyy-mm-dd hh:mm", "yyyy-mm-dd hh:mm"},
		Streamed: 2,
	}
	if diff := cmp.Diff(want, sheets[0]); diff != "" {
		t.Error(diff)
	}
}

// What pages hold comes out as it went in, and as text.
func TestBookKeepsTexts(t *testing.T) {
	texts := []string{
		`=HYPERLINK("http://evil.example","签约")`,
		"@SUM(1+1)*cmd|' /C calc'!A0",
		"00123",
		"  签约  ",
		"𠮷野家签约", // beyond 16 bits
		"2026-09-16",
		"<b>签约</b> & ]]>",
		"甲\t乙",
		"签约\n",
		"_x0041_ 签约", // an escape of Excel
	}
	var articles []*storage.ArticleRow
	for i, text := range texts {
		a := exported(int64(i))
		a.Title = text
		articles = append(articles, a)
	}
	path := saveBook(t, newExport(t), sheetRows, sheetBytes, articles...)
	if xml := sheetXML(t, path); strings.Contains(xml, "<f") || strings.Count(xml, `t="inlineStr"`) < len(texts) {
		t.Error("a text is a formula")
	}
	for i, row := range readBook(t, path)[0].Rows[1:] {
		want := strings.Replace(texts[i], "_x0041_", "_x005F_x0041_", 1) // Excel takes the escape off, openpyxl does not
		if row[1] != want {
			t.Errorf("%q, want %q", row[1], want)
		}
	}
}

// sheetXML is the first sheet as it stands in the file.
func sheetXML(t *testing.T, path string) string {
	t.Helper()
	book, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	xml, err := fs.ReadFile(book, "xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	return string(xml)
}

func TestBookDates(t *testing.T) {
	cases := []struct {
		name string
		on   *string
		want any
	}{
		{"unknown", nil, nil},
		{"a day", pointer("2024-02-29"), "2024-02-29T00:00:00"},
		{"the first of Excel", pointer("1900-03-01"), "1900-03-01T00:00:00"},
		{"before Excel", pointer("1898-06-11"), "1898-06-11"},
		{"no day", pointer("2024-02-31"), "2024-02-31"},
	}
	var articles []*storage.ArticleRow
	for i, c := range cases {
		a := exported(int64(i))
		a.PublishedOn = c.on
		articles = append(articles, a)
	}
	for i, row := range readBook(t, saveBook(t, newExport(t), sheetRows, sheetBytes, articles...))[0].Rows[1:] {
		if row[0] != cases[i].want {
			t.Errorf("%s: %v, want %v", cases[i].name, row[0], cases[i].want)
		}
	}
}

func TestBookHasFurtherSheets(t *testing.T) {
	articles := []*storage.ArticleRow{exported(1), exported(2), exported(3), exported(4), exported(5)}
	one := int64(len(articles[0].Body)) // less than the texts of one row
	for name, c := range map[string]struct {
		rows  int
		bytes int64
		want  []int // rows a sheet, with the head
	}{
		"by rows":           {3, sheetBytes, []int{3, 3, 2}},
		"by rows, all full": {6, sheetBytes, []int{6}},
		"by bytes":          {sheetRows, one, []int{2, 2, 2, 2, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []int
			ids := 0.0
			for i, s := range readBook(t, saveBook(t, newExport(t), c.rows, c.bytes, articles...)) {
				got = append(got, len(s.Rows))
				if want := map[bool]string{true: "新闻", false: "新闻 " + string(rune('1'+i))}[i == 0]; s.Name != want || s.Frozen != "A2" || !s.Bold || s.Streamed != len(s.Rows) {
					t.Errorf("sheet %d: %+v", i, s)
				}
				for _, row := range s.Rows[1:] {
					if ids++; row[9] != ids {
						t.Errorf("id %v, want %v", row[9], ids)
					}
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" || ids != 5 {
				t.Error(diff)
			}
		})
	}
}

func TestCutCell(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want int // runes
	}{
		"short":                  {"签约", 2},
		"long in bytes alone":    {strings.Repeat("签", 32767), 32767},
		"one too many":           {strings.Repeat("签", 32768), 32767},
		"two units a character":  {strings.Repeat("𠮷", 16384), 16383},
		"half of a pair is left": {"签" + strings.Repeat("𠮷", 16384), 16384},
	} {
		kept, cut := cutCell(c.text)
		if n := len([]rune(kept)); n != c.want || cut != (kept != c.text) || !strings.HasPrefix(c.text, kept) {
			t.Errorf("%s: %d characters, want %d", name, n, c.want)
		}
	}
}

// widest remembers the largest piece that was written at once, and fails after so many bytes.
type widest struct{ written, largest, failAfter int }

var errFull = errors.New("no space left")

func (w *widest) Write(p []byte) (int, error) {
	w.largest = max(w.largest, len(p))
	if w.written += len(p); w.failAfter > 0 && w.written > w.failAfter {
		return 0, errFull
	}
	return len(p), nil
}

// A large book passes through files, is written in small pieces, and leaves nothing behind however it ends.
func TestLargeBook(t *testing.T) {
	if testing.Short() {
		t.Skip("packs 60 MB")
	}
	a := exported(1)
	for name, c := range map[string]struct {
		failAfter int
		cancel    bool
		want      error
	}{
		"to the end":         {},
		"the disk is full":   {failAfter: 1 << 20, want: errFull},
		"stopped by the end": {cancel: true, want: context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			x, to := newExport(t), &widest{failAfter: c.failAfter}
			w, err := newBookWriter(ctx, x, to)
			if err != nil {
				t.Fatal(err)
			}
			noise := make([]byte, 24000) // which nothing compresses
			for range 700 {              // 22 MB: above the 16 MiB that the library keeps in memory
				_, _ = rand.Read(noise)
				a.Body = base64.StdEncoding.EncodeToString(noise)
				if err := w.write(a); err != nil {
					t.Fatal(err)
				}
			}
			files, err := filepath.Glob(filepath.Join(w.folder, "*"))
			if err != nil || len(files) != 1 {
				t.Errorf("temporary files %v, %v", files, err)
			}
			if c.cancel {
				cancel()
			}
			if err := w.finish(); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if to.largest > 1<<20 {
				t.Errorf("%d bytes written at once", to.largest)
			}
			if left, err := os.ReadDir(x.folder); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}
