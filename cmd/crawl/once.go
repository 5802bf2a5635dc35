package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"zhaowen/config"
	"zhaowen/crawler"
	"zhaowen/storage"
)

// mostFailures is how many failed pages of one source are explained.
const mostFailures = 10

// once makes one pass over the sources and sums it up: the table on stdout, what failed on stderr.
func once(ctx context.Context, in *invocation, options crawler.Options, sources []config.Source) error {
	progress := newProgress(in.Stderr)
	options.Progress = progress.event
	options.Log = in.loggerTo(progress, silent) // what failed is explained at the end
	runs, err := crawler.NewWorker(options).Once(ctx, sources)
	progress.finish()
	if runs == nil {
		return err
	}
	s := in.sheet()
	s.passTable(runs)
	if err := s.show(in.Stdout); err != nil {
		return err
	}
	for i, run := range runs {
		if run.Removed > 0 {
			in.note(fmt.Sprintf("source %s: removed %s older than %s", run.SourceID, plural(run.Removed, "article"), sources[i].Keep))
		}
		progress.explain(in.Main, run)
	}
	for _, run := range runs {
		if run.Status != statusOK {
			return errPartial
		}
	}
	return nil
}

// The statuses of a run, as storage keeps them.
const (
	statusOK          = "ok"
	statusInterrupted = "interrupted"
)

// explain says in words what went wrong in a run, a line a page.
func (p *progress) explain(m *Main, run storage.Run) {
	switch {
	case run.Status == statusInterrupted:
		m.errorLine(fmt.Sprintf("source %s: interrupted; the next pass goes on where this one ended", run.SourceID))
	case run.Err != "":
		m.errorLine(fmt.Sprintf("source %s: %s", run.SourceID, run.Err))
	}
	failures := p.failures[run.SourceID]
	for _, f := range failures[:min(len(failures), mostFailures)] {
		if !strings.HasPrefix(run.Err, f.err.Error()) { // the first one is told already
			m.errorLine(fmt.Sprintf("source %s: %s", run.SourceID, f))
		}
	}
	if n := len(failures) - mostFailures; n > 0 {
		m.errorLine(fmt.Sprintf("source %s: and %s that failed; --log-level warn names them", run.SourceID, plural(n, "more page")))
	}
}

// String names the page, unless the error does.
func (f failure) String() string {
	var panicked *crawler.PanicError
	message := f.err.Error()
	if errors.As(f.err, &panicked) {
		message = panicked.Error() // without the stack
	}
	if strings.Contains(message, f.url) {
		return message
	}
	return f.url + ": " + message
}
