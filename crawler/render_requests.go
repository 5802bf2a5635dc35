package crawler

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"zhaowen/ingest"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

const (
	mostAsked    = 100 // requests of one page
	mostAtOnce   = 4   // of them, over all hosts; politeness keeps those to one host apart
	bodiesOfPage = 4   // times MaxBody: what one page may load in all
)

// rendering is one page in the browser.
type rendering struct {
	fetcher  *fetcher
	starting context.Context
	page     ingest.Fetched
	answers  sync.WaitGroup
	atOnce   chan struct{}

	unfinished string // why the page may not be all there, in words; empty: it came to rest

	mu     sync.Mutex
	asked  int
	served bool  // the page itself
	left   int64 // bytes
	active int
	idle   time.Time     // since when nothing is asked for
	own    time.Duration // that the page has taken while it waited for no answer of ours
}

func (f *fetcher) newRendering(starting context.Context, page ingest.Fetched) *rendering {
	return &rendering{
		fetcher: f, starting: starting, page: page, atOnce: make(chan struct{}, mostAtOnce), left: bodiesOfPage * f.source.MaxBody, idle: time.Now(),
	}
}

// within ends a context when the page has taken longer than its timeout. What it asks for does not count: each request has a timeout of its own and may have to wait
// for its host's turn, so that a page of many scripts takes long without being slow. stop ends the watch.
func (r *rendering) within(ctx context.Context, timeout time.Duration) (limit context.Context, stop func()) {
	limit, cancel := context.WithCancelCause(ctx)
	var watch sync.WaitGroup
	watch.Go(func() {
		before := time.Now()
		tick := time.NewTicker(quietTime / 10)
		defer tick.Stop()
		for {
			select {
			case <-limit.Done():
				return
			case <-tick.C:
			}
			now := time.Now()
			r.mu.Lock()
			if r.active == 0 {
				r.own += now.Sub(before)
			}
			late := r.own > timeout
			r.mu.Unlock()
			before = now
			if late {
				cancel(&TimeoutError{timeout})
			}
		}
	})
	return limit, func() {
		cancel(context.Canceled)
		watch.Wait()
	}
}

// rest waits until the page has asked for nothing for a while, or has had time enough for that.
func (r *rendering) rest(ctx context.Context) error {
	most := r.fetcher.crawler.limits.rest
	tick := time.NewTicker(quietTime / 10)
	defer tick.Stop()
	r.mu.Lock()
	loaded := r.own
	r.mu.Unlock()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		r.mu.Lock()
		quiet, asked, left := r.active == 0 && time.Since(r.idle) >= quietTime, r.asked, r.left
		restless := r.own-loaded > most
		r.mu.Unlock()
		switch {
		case quiet && asked > mostAsked:
			r.unfinished = fmt.Sprintf("it asked for more than the %d things that are answered", mostAsked)
		case quiet && left <= 0:
			r.unfinished = fmt.Sprintf("it asked for more than %d bytes", bodiesOfPage*r.fetcher.source.MaxBody)
		case restless:
			r.unfinished = fmt.Sprintf("its scripts did not come to rest within %s", most)
		case !quiet:
			continue
		}
		return nil
	}
}

// answer answers one request of the browser. An error of the connection to it is not looked at: it ends the rendering anyway.
func (r *rendering) answer(ctx context.Context, t *chromedp.Target, e fetch.EventRequestPaused) {
	first, allowed := r.enter(e)
	defer r.leave()
	if first {
		_, _ = cdp.Call(ctx, t, fetch.FulfillRequest, fetch.FulfillRequestParams{
			RequestID: e.RequestID, ResponseCode: http.StatusOK, Body: r.page.Body,
			ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: r.page.ContentType}},
		})
		return
	}
	if allowed {
		if answer, err := r.fetcher.scripts.answer(ctx, e, r.ask); err == nil {
			_, _ = cdp.Call(ctx, t, fetch.FulfillRequest, answer)
			return
		}
	}
	_, _ = cdp.Call(ctx, t, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: network.ErrorReasonBlockedByClient})
}

// enter lets a request in. The first one for a document is that for the page; of the others only those are allowed, and counted, that make the text of a page: no
// images, styles, fonts, media, beacons, and nothing that sends data.
func (r *rendering) enter(e fetch.EventRequestPaused) (first, allowed bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.active++
	if e.ResourceType == network.ResourceTypeDocument && !r.served {
		r.served = true
		return true, false
	}
	if e.Request == nil || e.Request.Method != http.MethodGet {
		return false, false
	}
	switch e.ResourceType {
	case network.ResourceTypeDocument, network.ResourceTypeScript, network.ResourceTypeXHR, network.ResourceTypeFetch:
		r.asked++
		return false, r.asked <= mostAsked && r.left > 0
	}
	return false, false
}

func (r *rendering) leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.active--
	r.idle = time.Now()
}

// ask fetches what the browser asks for.
func (r *rendering) ask(ctx context.Context, e fetch.EventRequestPaused) (fetch.FulfillRequestParams, error) {
	answer := fetch.FulfillRequestParams{RequestID: e.RequestID}
	select {
	case r.atOnce <- struct{}{}:
		defer func() { <-r.atOnce }()
	case <-ctx.Done():
		return answer, ctx.Err()
	}
	v := &visit{crawl: r.fetcher.source.Crawl, userAgent: r.fetcher.crawler.userAgent, starting: r.starting}
	req, err := http.NewRequestWithContext(v.in(r.fetcher.way.in(ctx)), http.MethodGet, e.Request.URL, http.NoBody)
	if err != nil {
		return answer, err
	}
	req.Header = r.fetcher.header(conditions{})
	for _, name := range []string{"Accept", "Origin", "Referer", "X-Requested-With"} {
		if value, ok := e.Request.Headers[name].(string); ok {
			req.Header.Set(name, value)
		}
	}
	resp, err := r.fetcher.client.Do(req)
	if err != nil {
		return answer, err
	}
	defer resp.Body.Close()
	if answer.Body, err = io.ReadAll(resp.Body); err != nil { // in memory and within MaxBody already
		return answer, err
	}
	r.mu.Lock()
	r.left -= int64(len(answer.Body))
	r.mu.Unlock()
	answer.ResponseCode = int64(resp.StatusCode)
	resp.Header.Set("Content-Type", v.contentType)
	for _, name := range []string{"Content-Type", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "X-Content-Type-Options"} {
		if value := resp.Header.Get(name); value != "" {
			answer.ResponseHeaders = append(answer.ResponseHeaders, &fetch.HeaderEntry{Name: name, Value: value})
		}
	}
	return answer, r.fetcher.crawler.sync(v)
}
