package crawler

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"zhaowen/config"
	"zhaowen/parser"
	"zhaowen/storage"
)

// How a pass ended.
const (
	statusOK          = "ok"
	statusPartial     = "partial"
	statusFailed      = "failed"
	statusInterrupted = "interrupted"
)

const (
	maxRowFailures = 5                // pages in a row that fail for reasons of the host before a pass gives up
	finishTimeout  = 10 * time.Second // for recording the end of a pass that was cut off
)

// Pass crawls a source once: its list pages from the configured URL on, as long as they bring what is not known, and the articles they link to; then what earlier
// passes left. MaxPages bounds the list pages of a pass, and so how far back a first one goes. It returns how the pass went; the error is nil when it could be
// done, be it in part. After a cancelled ctx what was not done is due in the next pass.
func (c *Crawler) Pass(ctx context.Context, src config.Source) (storage.Run, error) {
	return c.pass(ctx, ctx, src)
}

// pass is Pass with two contexts: once starting is done no page is begun any more, and once ctx is, the pages under way are given up too. Starting ends with
// ctx at the latest.
func (c *Crawler) pass(ctx, starting context.Context, src config.Source) (storage.Run, error) {
	run := storage.Run{SourceID: src.ID, StartedAt: c.options.Now(), Status: statusFailed}
	id, err := c.options.DB.StartRun(ctx, src.ID, run.StartedAt)
	if err != nil {
		run.FinishedAt, run.Err = c.options.Now(), err.Error()
		if ctx.Err() != nil {
			run.Status = statusInterrupted
		}
		return run, fmt.Errorf("source %s: %w", src.ID, err)
	}
	run.ID = id
	p := &pass{crawler: c, source: src, reading: readingOf(src), run: run, seen: map[string]bool{}, pending: map[string]bool{}, hostFails: map[string]int{}}
	p.starting, p.giveUp = context.WithCancelCause(starting)
	defer p.giveUp(nil)
	err = p.guard(func() error { return p.crawl(ctx) })
	p.prune(starting)
	return p.finish(ctx, err)
}

// pass is the state of one pass over one source.
type pass struct {
	crawler  *Crawler
	source   config.Source
	reading  string // fingerprint of the rules
	fetcher  *fetcher
	starting context.Context // no page is begun once it is done
	giveUp   context.CancelCauseFunc

	// These belong to the walking goroutine.
	seen      map[string]bool // list pages read, canonical
	listPages int
	endless   bool            // the limit of list pages was met
	dueLists  map[string]bool // list pages, canonical, that earlier passes left
	leftovers map[string]bool // articles, canonical, that earlier passes left and this one has not begun

	articles chan job // holds what is asked for while walking reads the next list page; for more, walking waits for the workers

	mu        sync.Mutex
	run       storage.Run
	pending   map[string]bool // articles, canonical, under way or failed; what was stored is known to storage
	waiting   int
	hostFails map[string]int // by host, in a row
	cut       bool           // a page under way was cut off

	reporting sync.Mutex // one call of Progress at a time
}

// crawl does the work of a pass: one goroutine walks the list pages, others fetch articles.
func (p *pass) crawl(ctx context.Context) error {
	var err error
	if p.fetcher, err = p.crawler.newFetcher(p.source); err != nil {
		return err
	}
	p.crawler.warnOfException(p.source)
	due, err := p.crawler.options.DB.DuePages(ctx, p.source.ID, p.crawler.options.Now())
	if err != nil {
		return fmt.Errorf("source %s: %w", p.source.ID, err)
	}
	p.articles = make(chan job, p.fetcher.source.Concurrency)
	var workers sync.WaitGroup
	for range p.fetcher.source.Concurrency + 1 { // one page is read while the next ones are on their way; how many these may be is for politeness to say
		workers.Go(func() {
			for j := range p.articles {
				_ = p.guard(func() error { p.article(ctx, j); return nil }) // logged there
			}
		})
	}
	err = p.guard(func() error { return p.walk(ctx, due) })
	close(p.articles)
	workers.Wait()
	return err
}

// walk reads the source's own page and what follows it, then what earlier passes left, then young articles again. When the own page cannot be had, the rest is not
// tried: it stays due.
func (p *pass) walk(ctx context.Context, due []storage.PageDue) error {
	p.leftovers, p.dueLists = make(map[string]bool), make(map[string]bool)
	for _, d := range due {
		if d.Kind == parser.KindArticle {
			p.leftovers[canonical(d.URL)] = true
		} else {
			p.dueLists[canonical(d.URL)] = true
		}
	}
	if err := p.follow(ctx, p.source.URL); err != nil {
		return err
	}
	for _, d := range due {
		if d.Kind == parser.KindArticle {
			continue
		}
		if err := p.follow(ctx, d.URL); err != nil && p.starting.Err() != nil {
			return context.Cause(p.starting)
		}
	}
	for _, d := range due {
		if !p.leftovers[canonical(d.URL)] {
			continue
		}
		if err := p.enqueue(job{listing: d.Listing}); err != nil {
			return err
		}
	}
	return p.recheck(ctx)
}

// enqueue gives an article to the workers, unless it is under way or has failed in this pass.
func (p *pass) enqueue(j job) error {
	key := canonical(j.listing.URL)
	delete(p.leftovers, key)
	p.mu.Lock()
	known := p.pending[key]
	p.pending[key] = true
	p.mu.Unlock()
	if known || p.seen[key] {
		return nil
	}
	select {
	case p.articles <- j:
		return nil
	case <-p.starting.Done():
		return context.Cause(p.starting)
	}
}

// finish records the end of a pass, also when its contexts are done.
func (p *pass) finish(ctx context.Context, err error) (storage.Run, error) {
	run := &p.run
	run.FinishedAt = p.crawler.options.Now()
	var down *HostDownError
	var held *HeldError
	switch cause := context.Cause(p.starting); {
	case errors.As(cause, &held):
		run.Status, run.Err, err = statusPartial, held.Error(), nil
		if run.Fetched+run.NotModified == 0 {
			run.Status, err = statusFailed, held
		}
	case errors.As(cause, &down):
		run.Status, run.Err, err = statusPartial, inWords(down), nil
		if run.Fetched == 0 {
			run.Status, err = statusFailed, down
		}
	case cause != nil && err == nil && !p.cut && run.Failed == 0: // all was done before the end came
		run.Status = statusOK
	case errors.Is(cause, context.Canceled), errors.Is(cause, context.DeadlineExceeded):
		run.Status, err = statusInterrupted, cause
	case cause != nil: // storage gave up
		run.Status, err = statusFailed, cause
	case err != nil:
		run.Status = statusFailed
	case run.Failed > 0:
		run.Status = statusPartial
	default:
		run.Status = statusOK
	}
	if err != nil {
		run.Err = inWords(err)
		err = fmt.Errorf("source %s: %w", p.source.ID, err)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTimeout)
	defer cancel()
	if e := p.crawler.options.DB.FinishRun(ctx, *run); e != nil {
		err = errors.Join(err, fmt.Errorf("source %s: %w", p.source.ID, e))
	}
	p.crawler.politeness.saveAll(ctx)
	if e := p.crawler.options.DB.Checkpoint(ctx); e != nil {
		p.crawler.options.Log.Warn("checkpoint failed", "source", p.source.ID, "error", e)
	}
	if reason, e := p.crawler.options.DB.Changed(ctx, p.source.ID); e == nil && reason != "" {
		p.crawler.options.Log.Warn("source changed", "source", p.source.ID, "reason", reason)
	}
	p.logEnd()
	p.crawler.options.Metrics.pass(*run)
	p.crawler.options.Progress(Event{SourceID: p.source.ID, Run: *run, Done: true})
	return *run, err
}
