package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"zhaowen/parser"
	"zhaowen/storage"
)

// paragraph is a text that no other number has, of about 900 bytes.
func paragraph(i int) string {
	var b strings.Builder
	for n := range 4 {
		fmt.Fprintf(&b, "青岚市第%d批第%d号重大项目今年%d月在高新区开工建设，总投资%d亿元，规划用地%d亩，建成后年产值可达%d亿元，将带动上下游企业%d家集聚发展。", i, n, i%12+1, i%97+n, i%311+7, i%53+n*3, i%19+n)
	}
	return b.String()
}

// record is record i of a dump.
func record(i int) string {
	return fmt.Sprintf("-\n青岚市第%d号重大项目开工建设\n来源：青岚日报\n%s\n2026-09-%02d\n", i, paragraph(i), i%28+1)
}

// dumpOf is a dump of n records, from the one numbered from on, as a stream.
func dumpOf(from, n int) io.Reader {
	r, w := io.Pipe()
	go func() {
		for i := from; i < from+n; i++ {
			if _, err := io.WriteString(w, record(i)); err != nil {
				return // the reader has enough
			}
		}
		w.Close()
	}()
	return r
}

func readAll(t *testing.T, r io.Reader) []byte {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func compressed(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A dump larger than the head is read in windows and gives every record; gzip or not, and again changes nothing.
func TestDumpInWindows(t *testing.T) {
	in := testIngester(t)
	const n = 3000
	body := readAll(t, dumpOf(0, n))
	if len(body) < headBytes+4*window {
		t.Fatalf("%d bytes are no test", len(body))
	}
	half := bytes.Index(body, []byte(record(n/2)))
	members := append(compressed(t, body[:half]), compressed(t, body[half:])...)
	for i, r := range []io.Reader{bytes.NewReader(body), bytes.NewReader(compressed(t, body)), bytes.NewReader(members)} {
		report, err := in.Reader(t.Context(), "dump", r)
		if err != nil {
			t.Fatal(err)
		}
		want := FileReport{Path: "dump", Kind: parser.KindDump, Charset: report.Charset, Records: n, New: n}
		if i > 0 {
			want.New, want.Same = 0, n
		}
		if got := fmt.Sprintf("%+v", report); got != fmt.Sprintf("%+v", want) || report.Charset.Name != "utf-8" {
			t.Errorf("reading %d: %s", i, got)
		}
	}
}

// What was read before a dump breaks off is stored, and the error says what is wrong with the file.
func TestDumpThatBreaksOff(t *testing.T) {
	const n = 2000
	body := readAll(t, dumpOf(0, n))
	z := compressed(t, body)
	broken := errors.New("the disk is gone")
	for name, c := range map[string]struct {
		r    io.Reader
		says string
	}{
		"gzip":    {bytes.NewReader(z[:len(z)*9/10]), "read dump: the compressed file breaks off"},
		"reading": {io.MultiReader(bytes.NewReader(body[:len(body)*9/10]), failing{broken}), "read dump: the disk is gone"},
	} {
		t.Run(name, func(t *testing.T) {
			in := testIngester(t)
			report, err := in.Reader(t.Context(), "dump", c.r)
			if err == nil || err.Error() != c.says {
				t.Errorf("got %v", err)
			}
			if report.Records < n*8/10 || report.Records >= n || report.New != report.Records {
				t.Errorf("%d records, %d stored", report.Records, report.New)
			}
		})
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// An error of the database, or a stop, ends the reading of a dump without end.
func TestDumpThatCannotBeStored(t *testing.T) {
	in := testIngester(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	endless := dumpOf(0, 1<<40)
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := in.Reader(ctx, "dump", endless); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	endless.(io.Closer).Close()

	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "closed.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	in.DB = db
	endless = dumpOf(0, 1<<40)
	if _, err := in.Reader(t.Context(), "dump", endless); err == nil || !strings.HasPrefix(err.Error(), "store the articles of dump: ") {
		t.Errorf("got %v", err)
	}
	endless.(io.Closer).Close()
}

// What is no dump is read whole and has a limit; what is no text is refused by its beginning.
func TestLargeFilesThatAreNoDumps(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 256 MiB")
	}
	in := testIngester(t)
	page := "<html><title>x</title><body>" + strings.Repeat(" ", headBytes)
	if _, err := in.Reader(t.Context(), "page", io.MultiReader(strings.NewReader(page), endlessSpace{})); err == nil || !strings.Contains(err.Error(), "larger than 256 MiB, and no text dump") {
		t.Errorf("got %v", err)
	}
	if _, err := in.Reader(t.Context(), "zip", io.MultiReader(strings.NewReader("PK\x03\x04\x00\x00"), endlessSpace{})); !errors.Is(err, parser.ErrBinary) {
		t.Errorf("got %v", err)
	}
}

type endlessSpace struct{}

func (endlessSpace) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestWarningsAreCounted(t *testing.T) {
	in := testIngester(t)
	body := strings.Repeat("- 青岚市集中签约\n", 100_000)
	report, err := in.Reader(t.Context(), "titles", strings.NewReader(body))
	if err != nil || len(report.Warnings) != mostWarnings || len(report.Warnings)+report.MoreWarnings != 100_001 || report.Records != 0 {
		t.Errorf("%v: %d warnings and %d more", err, len(report.Warnings), report.MoreWarnings)
	}
}

// A dump of more than 300 MiB takes no more memory than a small one, nor does a line or a record without end in it. Most of its records come again: what this weighs is the reading, not the database.
func TestMemoryOfLargeDump(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 320 MiB")
	}
	in := testIngester(t)
	r, w := io.Pipe()
	defer r.Close()
	go func() { w.CloseWithError(writeLargeDump(w, 320<<20)) }()
	peak := heapPeak()
	report, err := in.Reader(t.Context(), "large", r)
	grown := peak()
	if err != nil || report.Records == 0 {
		t.Errorf("%v: %d records", err, report.Records)
	}
	for _, want := range []string{"a line longer than 4 MiB", "a record longer than 8 MiB"} {
		if !slices.ContainsFunc(report.Warnings, func(w parser.Warning) bool { return strings.HasPrefix(w.Text, want) }) {
			t.Errorf("no warning of %s: %v", want, report.Warnings)
		}
	}
	if grown > 80<<20 {
		t.Errorf("the live heap grew by %d MiB", grown>>20)
	}
	t.Logf("%d records; the live heap grew by %d MiB", report.Records, grown>>20)
}

// writeLargeDump writes records of all lengths, one endless line and one endless record. It writes in short pieces: the heap that is measured holds its own too.
func writeLargeDump(w io.Writer, size int) error {
	const long = 1 << 20
	for i, written := 0, 0; written < size; i++ {
		head, text, times, foot := "", record(i%300), 1, ""
		switch {
		case i == 100:
			text, times, foot = strings.Repeat("不换行", 100), 50_000, "\n" // one line of 45 MB
		case i == 200:
			head, text, times = "-\n青岚市重大项目纪实\n", paragraph(1)+"\n", 50_000 // one record of 45 MB
		case i%50 == 49: // long ones now and then
			head, text, times, foot = fmt.Sprintf("-\n青岚市第%d号重大项目纪实\n", i%7), paragraph(i%7), long/900, "\n2026-09-01\n"
		}
		if _, err := io.WriteString(w, head); err != nil {
			return err
		}
		for range times {
			n, err := io.WriteString(w, text)
			if err != nil {
				return err
			}
			written += n
		}
		if _, err := io.WriteString(w, foot); err != nil {
			return err
		}
	}
	return nil
}

// heapPeak measures the live heap until the function that it returns is called, which says by how many bytes it grew at the most. What waits for the collector does
// not count: how much that is depends on the machine.
func heapPeak() (grown func() int64) {
	runtime.GC()
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	before := live[0].Value.Uint64()
	peak := before
	done, measured := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(measured)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				metrics.Read(live)
				peak = max(peak, live[0].Value.Uint64())
			}
		}
	}()
	return func() int64 {
		close(done)
		<-measured
		return int64(peak - before)
	}
}

func TestReadable(t *testing.T) {
	for name, want := range map[string]bool{"a.txt": true, "a.TXT.GZ": true, "b.html.gz": true, "c.gz": false, "d.png": false, "e": false} {
		if Readable(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
	in := testIngester(t)
	path := filepath.Join(t.TempDir(), "dump.txt.gz")
	if err := os.WriteFile(path, compressed(t, []byte(record(1))), 0o600); err != nil {
		t.Fatal(err)
	}
	if report, err := in.File(t.Context(), path); err != nil || report.New != 1 {
		t.Errorf("%v: %+v", err, report)
	}
}
