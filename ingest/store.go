package ingest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"zhaowen/parser"
	"zhaowen/storage"
)

const (
	// batch is how many records of a file go into one transaction,
	batch = 400
	// batchBytes is how much text of theirs does: bodies may be of mebibytes.
	batchBytes = 4 << 20
)

// putter hands articles on to be stored. It returns an error when that makes no sense any more.
type putter func([]parser.Article) error

// storing runs read, which gives the articles of a file to put, and stores them in batches in a goroutine beside it, so that the next ones are parsed and prepared while
// the last ones are written. It returns when both are done. An error of either ends both; what read gave before its own error is stored all the same.
func (in *Ingester) storing(ctx context.Context, report *FileReport, read func(context.Context, putter) error) error {
	group, writing := errgroup.WithContext(ctx)
	batches := make(chan storage.Prepared, 1)
	tally := FileReport{Path: report.Path} // the writer's own until it is done
	group.Go(func() error {
		for prepared := range batches {
			recorded, err := in.DB.Store(writing, prepared)
			if err != nil {
				return fmt.Errorf("store the articles of %s: %w", report.Path, err)
			}
			tally.count(recorded)
			tally.Records += len(recorded.Articles)
			if in.Stored != nil {
				in.Stored(tally)
			}
		}
		return nil
	})
	b := batcher{ctx: writing, db: in.DB, name: report.Path, out: batches, now: in.now}
	err := read(writing, b.put)
	if failed := b.flush(); err == nil {
		err = failed
	}
	close(batches)
	written := group.Wait()
	report.Records = b.records
	report.New, report.Same, report.Copies, report.Reprints, report.Revisions = tally.New, tally.Same, tally.Copies, tally.Reprints, tally.Revisions
	if written != nil && (err == nil || errors.Is(err, context.Canceled)) { // the reader was stopped because of it
		return written
	}
	return err
}

// batcher gathers articles until they are a batch.
type batcher struct {
	ctx     context.Context //nolint:containedctx // lives as long as the file is read
	db      *storage.DB
	name    string // of the file
	out     chan<- storage.Prepared
	now     func() time.Time
	batch   []storage.Article
	size    int // bytes of their bodies
	records int // that were put, all told
}

func (b *batcher) put(articles []parser.Article) error {
	for _, a := range articles {
		b.records++
		b.batch = append(b.batch, withSections(a))
		b.size += len(a.Body)
		if len(b.batch) == batch || b.size >= batchBytes {
			if err := b.flush(); err != nil {
				return err
			}
		}
	}
	return b.ctx.Err()
}

// flush sends what there is.
func (b *batcher) flush() error {
	if len(b.batch) == 0 {
		return nil
	}
	full, err := b.db.Prepare(b.ctx, storage.Outcome{At: b.now(), Articles: b.batch})
	b.batch, b.size = nil, 0
	if err != nil {
		return fmt.Errorf("store the articles of %s: %w", b.name, err)
	}
	select {
	case b.out <- full:
		return nil
	case <-b.ctx.Done():
		return b.ctx.Err()
	}
}
