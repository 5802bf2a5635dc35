package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"

	"zhaowen/parser"
)

// window is how much of a dump is read at a time, in bytes.
const window = 256 << 10

// dump reads a dump in windows, of which head is the first, and stores its articles as they come. Where it breaks off, what was complete by then is stored.
func (in *Ingester) dump(ctx context.Context, report *FileReport, head []byte, r io.Reader) error {
	report.Kind = parser.KindDump
	reader := parser.NewDumpReader(in.now())
	return in.storing(ctx, report, func(ctx context.Context, put putter) error {
		take := func(articles []parser.Article, warnings []parser.Warning) error {
			report.Charset = reader.Charset()
			report.warn(warnings)
			return put(articles)
		}
		if err := take(reader.Feed(head)); err != nil {
			return err
		}
		buffer := head[:min(window, len(head))] // the reader keeps none of it
		for {
			n, err := r.Read(buffer)
			if failed := take(reader.Feed(buffer[:n])); failed != nil {
				return failed
			}
			switch {
			case errors.Is(err, io.EOF):
				return take(reader.End())
			case err != nil:
				return fmt.Errorf("read %s: %w", report.Path, withoutPath(err))
			case ctx.Err() != nil:
				return ctx.Err()
			}
		}
	})
}
