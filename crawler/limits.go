package crawler

import (
	"context"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// limits are what no configuration changes. They stand in a Crawler so that tests need not wait.
type limits struct {
	firstByte time.Duration // from the start of a request to the end of the headers of its answer
	grace     time.Duration // that a body has before its rate counts
	window    time.Duration // over which the rate of a body is taken
	rate      int64         // bytes a second, as received, that a body must bring on the average of a window
	rows      int           // rows, or full texts, taken from one list page
	listPages int           // list pages a pass, where max_pages sets no limit
	rest      time.Duration // that a rendered page has to come to rest; then it is read as it is
}

var usualLimits = limits{firstByte: time.Minute, grace: 10 * time.Second, window: 10 * time.Second, rate: 1 << 10, rows: 10_000, listPages: 10_000, rest: 10 * time.Second}

// answer asks and returns when the headers of the answer have come. It returns a *SilentError when they do not in time; the caller gives up the request by cancel.
func (l limits) answer(base http.RoundTripper, req *http.Request, cancel context.CancelCauseFunc) (*http.Response, error) {
	if end, ok := req.Context().Deadline(); ok && time.Until(end) <= l.firstByte {
		return base.RoundTrip(req) // the timeout comes first
	}
	late := time.AfterFunc(l.firstByte, func() { cancel(&SilentError{After: l.firstByte}) })
	defer late.Stop()
	return base.RoundTrip(req)
}

// paced returns a body that cancels its request, with a *SlowError, when it comes in too slowly. stop ends the watch.
func (l limits) paced(body io.Reader, cancel context.CancelCauseFunc) (r io.Reader, stop func()) {
	p := &pacedBody{body: body, limits: l, cancel: cancel}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.timer = time.AfterFunc(l.grace, p.begin)
	return p, p.stop
}

// pacedBody counts what is read of a body, and compares window by window what came with what should have.
type pacedBody struct {
	body   io.Reader
	limits limits
	cancel context.CancelCauseFunc
	read   atomic.Int64

	mu     sync.Mutex
	timer  *time.Timer
	before int64 // what had been read when the window began
}

// Read implements io.Reader.
func (p *pacedBody) Read(b []byte) (int, error) {
	n, err := p.body.Read(b)
	p.read.Add(int64(n))
	return n, err
}

func (p *pacedBody) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.timer.Stop()
	p.timer = nil
}

// begin begins a window.
func (p *pacedBody) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.before = p.read.Load()
		p.timer = time.AfterFunc(p.limits.window, p.end)
	}
}

// end judges a window and begins the next.
func (p *pacedBody) end() {
	if p.read.Load()-p.before < p.limits.rate*int64(p.limits.window)/int64(time.Second) {
		p.cancel(&SlowError{Rate: p.limits.rate, Window: p.limits.window})
		return
	}
	p.begin()
}
