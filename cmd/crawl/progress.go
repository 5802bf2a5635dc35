package main

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"zhaowen/crawler"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress shows how far passes are, and remembers what failed: a bar a source on a terminal, a line a source elsewhere.
type progress struct {
	mu       sync.Mutex
	out      io.Writer
	bars     *mpb.Progress // nil elsewhere than on a terminal
	bar      map[string]*mpb.Bar
	failures map[string][]failure
	quiet    bool // elsewhere than on a terminal: print nothing
}

// failure is a page that could not be had or read.
type failure struct {
	url string
	err error
}

// newProgress writes to a stream: bars when it is a terminal.
func newProgress(out io.Writer) *progress {
	p := &progress{out: out, bar: map[string]*mpb.Bar{}, failures: map[string][]failure{}}
	if isTerminal(out) {
		p.bars = mpb.New(mpb.WithOutput(out), mpb.WithWidth(40))
	}
	return p
}

// Write prints lines, such as those of the log, above the bars.
func (p *progress) Write(line []byte) (int, error) {
	if p.bars != nil {
		return p.bars.Write(line)
	}
	return p.out.Write(line)
}

// event takes in what the crawler tells.
func (p *progress) event(e crawler.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var file *crawler.FileError // skipped on purpose: no failure
	if e.Err != nil && e.URL != "" && !errors.As(e.Err, &file) {
		p.failures[e.SourceID] = append(p.failures[e.SourceID], failure{e.URL, e.Err})
	}
	switch {
	case p.bars != nil:
		p.advance(e)
	case e.Done && !p.quiet:
		_, _ = fmt.Fprintln(p.out, runLine(e.Run)) // progress is no result
	}
}

func (p *progress) advance(e crawler.Event) {
	bar := p.bar[e.SourceID]
	if bar == nil {
		bar = p.bars.AddBar(0,
			mpb.PrependDecorators(decor.Name(e.SourceID, decor.WCSyncSpaceR), decor.CountersNoUnit("%d/%d pages", decor.WCSyncSpaceR)),
			mpb.AppendDecorators(decor.Elapsed(decor.ET_STYLE_GO)),
		)
		p.bar[e.SourceID] = bar
	}
	done := int64(e.Run.Fetched + e.Run.NotModified + e.Run.Failed)
	bar.SetTotal(done+int64(e.Waiting), false)
	bar.SetCurrent(done)
	if e.Done {
		bar.SetTotal(-1, true) // as many as there are
	}
}

// finish ends the bars; those of passes that never ended are left as they stand.
func (p *progress) finish() {
	if p.bars == nil {
		return
	}
	for _, bar := range p.bar {
		if !bar.Completed() {
			bar.Abort(false)
		}
	}
	p.bars.Wait()
}
