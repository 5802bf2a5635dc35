package crawler

import (
	"context"
	"errors"
	"io"
	"net"
	"runtime/debug"

	"zhaowen/ingest"
	"zhaowen/parser"
	"zhaowen/storage"
)

// storageError marks an error that has nothing to do with the page: the file cannot be read or written. It ends the pass.
type storageError struct{ err error }

func (e *storageError) Error() string { return e.err.Error() }
func (e *storageError) Unwrap() error { return e.err }

// guard turns a panic into a *PanicError.
func (p *pass) guard(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &PanicError{Value: r, Stack: debug.Stack()}
			p.crawler.options.Log.Error("panic", "source", p.source.ID, "panic", r, "stack", string(debug.Stack()))
		}
	}()
	return do()
}

// page does one page: a panic costs that page alone, failures are counted and logged, and progress is told.
func (p *pass) page(ctx context.Context, address string, as parser.Kind, do func() error) error {
	err := p.guard(do)
	var panicked *PanicError
	if errors.As(err, &panicked) {
		// Recording may panic as well.
		err = errors.Join(err, p.guard(func() error {
			return p.crawler.options.Ingest.Failed(ctx, ingest.Fetched{SourceID: p.source.ID, URL: address, As: as}, panicked)
		}))
	}
	if err != nil && p.cutOff(ctx, err) {
		p.mu.Lock()
		p.cut = true
		p.mu.Unlock()
		return err
	}
	p.judge(address, as, err)
	p.report(address, err)
	return err
}

// failed records that a page could not be fetched, and returns the cause. What an interruption has cut off, or could not be archived, is not the page's failure, nor is
// a hold of its host, which ends the pass: it stays as it was.
func (p *pass) failed(ctx context.Context, got ingest.Fetched, cause error) error {
	var held *HeldError
	if errors.As(cause, &held) && held.Host == hostname(p.source.URL) {
		p.giveUp(held)
		return held
	}
	if p.cutOff(ctx, cause) || isStorage(cause) {
		return cause
	}
	if err := p.crawler.options.Ingest.Failed(ctx, got, cause); err != nil {
		return &storageError{errors.Join(cause, err)}
	}
	return cause
}

// cutOff tells whether an error is the end of the pass rather than of the page.
func (p *pass) cutOff(ctx context.Context, err error) bool {
	return ctx.Err() != nil || p.starting.Err() != nil && errors.Is(err, context.Cause(p.starting))
}

// judge counts a failure, logs it, and ends the pass when it cannot go on.
func (p *pass) judge(address string, as parser.Kind, err error) {
	var file *FileError
	if errors.As(err, &file) {
		p.crawler.options.Log.Info("page skipped", "source", p.source.ID, "url", address, "reason", file.Error())
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	host := hostname(address)
	if err == nil {
		p.hostFails[host] = 0
		return
	}
	p.run.Failed++
	if as == parser.KindArticle {
		p.run.Seen.Failed++
	}
	if p.run.Err == "" { // the first failure explains a partial pass
		p.run.Err = inWords(err)
	}
	p.crawler.options.Log.Warn("page failed", "source", p.source.ID, "url", address, "error", err)
	switch {
	case isStorage(err):
		p.giveUp(err)
	case hostFailed(err):
		p.hostFails[host]++
		if n := p.hostFails[host]; n >= maxRowFailures && host == hostname(p.source.URL) {
			p.giveUp(&HostDownError{Pages: n, Err: err})
		} else if n == maxRowFailures {
			p.crawler.options.Log.Warn("host left alone for the rest of the pass", "source", p.source.ID, "host", host, "failures", n)
		}
	default:
		p.hostFails[host] = 0
	}
}

// down tells whether the host of a page has failed so often in this pass that it is not asked again. What it has stays due.
func (p *pass) down(address string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hostFails[hostname(address)] >= maxRowFailures
}

// isStorage tells errors of the database from errors of a page.
func isStorage(err error) bool {
	var wrapped *storageError
	if errors.As(err, &wrapped) {
		return true
	}
	for _, of := range []error{storage.ErrFull, storage.ErrDamaged, storage.ErrReadOnly, storage.ErrLocked} {
		if errors.Is(err, of) {
			return true
		}
	}
	return false
}

// hostFailed tells failures that the next page of the host is likely to share: no answer, or 429 or 5xx after all tries.
func hostFailed(err error) bool {
	var (
		notNow  *RobotsUnreachableError
		status  *StatusError
		timeout interface{ Timeout() bool } // ours, and the network's
		network *net.OpError
		dns     *net.DNSError
	)
	if errors.As(err, &status) {
		return retryStatus(status.Status)
	}
	var proxy *ProxyError
	return errors.As(err, &proxy) || errors.As(err, &notNow) || errors.As(err, &timeout) && timeout.Timeout() || errors.As(err, &network) || errors.As(err, &dns) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// report tells progress, one call at a time.
func (p *pass) report(address string, err error) {
	p.reporting.Lock()
	defer p.reporting.Unlock()
	p.mu.Lock()
	event := Event{SourceID: p.source.ID, URL: address, Err: err, Run: p.run, Waiting: p.waiting}
	p.mu.Unlock()
	p.crawler.options.Progress(event)
}
