package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"zhaowen/parser"
	"zhaowen/storage"
)

// maxFile is the largest file that is read whole, in bytes.
const maxFile = 256 << 20

// batch is how many records of a file go into one transaction.
const batch = 200

// FileReport is what became of one file.
type FileReport struct {
	Path      string
	Kind      parser.Kind
	Charset   parser.Charset
	Records   int
	New       int
	Same      int
	Copies    int
	Reprints  int
	Revisions int
	Warnings  []parser.Warning
}

// File reads one dump or saved page and stores its articles. What was stored before an error stays stored.
func (in *Ingester) File(ctx context.Context, path string) (FileReport, error) {
	f, err := os.Open(path)
	if err != nil {
		return FileReport{Path: path}, fmt.Errorf("open %s: %w", path, withoutPath(err))
	}
	defer f.Close()
	return in.Reader(ctx, path, f)
}

// Reader does what File does for a stream; name stands for it in messages.
func (in *Ingester) Reader(ctx context.Context, name string, r io.Reader) (FileReport, error) {
	report := FileReport{Path: name}
	body, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return report, fmt.Errorf("read %s: %w", name, withoutPath(err))
	}
	if len(body) > maxFile {
		return report, fmt.Errorf("read %s: larger than %d MiB: split it", name, maxFile>>20)
	}
	page, err := parser.Parse(parser.Input{Body: body, Now: in.now()})
	if err != nil {
		return report, fmt.Errorf("read %s: %w", name, err)
	}
	report.Kind, report.Charset, report.Warnings, report.Records = page.Kind, page.Charset, page.Warnings, len(page.Articles)
	for articles := range slices.Chunk(page.Articles, batch) {
		outcome := storage.Outcome{At: in.now()}
		for _, a := range articles {
			outcome.Articles = append(outcome.Articles, withSections(a))
		}
		recorded, err := in.DB.Record(ctx, outcome)
		if err != nil {
			return report, fmt.Errorf("store the articles of %s: %w", name, err)
		}
		report.count(recorded)
	}
	return report, nil
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
	switch strings.ToLower(filepath.Ext(path)) {
	case ".txt", ".html", ".htm", ".shtml", ".xhtml":
		return true
	}
	return false
}
