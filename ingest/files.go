package ingest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"zhaowen/parser"
	"zhaowen/storage"
)

const (
	// maxFile is the largest file that is read whole, in bytes: a page, a feed, JSON. A dump is read in windows and may have any length.
	maxFile = 256 << 20
	// headBytes is how much of a file tells whether it is a dump. A file that ends within it is read whole.
	headBytes = 1 << 20
	// mostWarnings is how many warnings of a file are kept: a dump of a million records may give as many.
	mostWarnings = 1000
)

// FileReport is what became of one file.
type FileReport struct {
	Path         string
	Kind         parser.Kind
	Charset      parser.Charset
	Pages        int // of a WARC file: read as pages, those without an article included
	Passed       int // of a WARC file: answers that are no page: redirects, errors, revisits, images
	Records      int
	New          int
	Same         int
	Copies       int
	Reprints     int
	Revisions    int
	Warnings     []parser.Warning // the first 1,000
	MoreWarnings int              // how many there were beyond these
}

// File reads one dump, saved page or WARC file, also one compressed by gzip, and stores its articles. What was stored before an error stays stored, and is counted in the
// report.
func (in *Ingester) File(ctx context.Context, path string) (FileReport, error) {
	f, err := os.Open(path)
	if err != nil {
		return FileReport{Path: path}, fmt.Errorf("open %s: %w", path, withoutPath(err))
	}
	defer f.Close()
	return in.Reader(ctx, path, f)
}

// Reader does what File does for a stream; name stands for it in messages. A dump is read as it comes, in memory that depends neither on its length nor on what
// is stored; a WARC file record by record; anything else is read whole, up to 256 MiB.
func (in *Ingester) Reader(ctx context.Context, name string, r io.Reader) (FileReport, error) {
	report := FileReport{Path: name}
	file := bufio.NewReaderSize(r, 64<<10)
	if isArchive(file) {
		err := in.archive(ctx, &report, file)
		return report, err
	}
	plain, err := decompressed(file)
	if err != nil {
		return report, fmt.Errorf("read %s: %w", name, withoutPath(err))
	}
	defer plain.Close()
	head := make([]byte, headBytes)
	n, err := io.ReadFull(plain, head)
	head = head[:n]
	switch {
	case err == nil:
		dump, err := parser.Sniff(head)
		if err != nil {
			return report, fmt.Errorf("read %s: %w", name, err)
		}
		if dump {
			err = in.dump(ctx, &report, head, plain)
			return report, err
		}
	case !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		return report, fmt.Errorf("read %s: %w", name, withoutPath(err))
	}
	err = in.whole(ctx, &report, io.MultiReader(bytes.NewReader(head), plain))
	return report, err
}

// whole reads a file that is no dump, or a small one, at once.
func (in *Ingester) whole(ctx context.Context, report *FileReport, r io.Reader) error {
	body, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return fmt.Errorf("read %s: %w", report.Path, withoutPath(err))
	}
	if len(body) > maxFile {
		return fmt.Errorf("read %s: larger than %d MiB, and no text dump: split it", report.Path, maxFile>>20)
	}
	page, err := parser.Parse(parser.Input{Body: body, Now: in.now()})
	if err != nil {
		return fmt.Errorf("read %s: %w", report.Path, err)
	}
	report.Kind, report.Charset = page.Kind, page.Charset
	report.warn(page.Warnings)
	return in.storing(ctx, report, func(_ context.Context, put putter) error { return put(page.Articles) })
}

func (r *FileReport) warn(warnings []parser.Warning) {
	kept := min(len(warnings), mostWarnings-len(r.Warnings))
	r.Warnings = append(r.Warnings, warnings[:kept]...)
	r.MoreWarnings += len(warnings) - kept
}

func (r *FileReport) count(recorded storage.Recorded) {
	for _, saved := range recorded.Articles {
		switch saved.Kind {
		case storage.SightingNew:
			r.New++
		case storage.SightingSame:
			r.Same++
		case storage.SightingCopy:
			r.Copies++
		case storage.SightingReprint:
			r.Reprints++
		case storage.SightingRevision:
			r.Revisions++
		}
	}
}

// withoutPath takes the path off an error that is wrapped with it again.
func withoutPath(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

// Readable tells whether a file of a folder is one to read, by its name.
func Readable(path string) bool {
	path = strings.TrimSuffix(strings.ToLower(path), ".gz")
	switch filepath.Ext(path) {
	case ".warc", ".txt", ".html", ".htm", ".shtml", ".xhtml":
		return true
	}
	return false
}
