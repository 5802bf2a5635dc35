package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"zhaowen/config"
	"zhaowen/ingest"
	"zhaowen/parser"

	"github.com/gocolly/colly/v2"
)

// fetcher fetches pages of one source with colly. It is made anew for each pass, so that cookies and what colly remembers end with the pass.
type fetcher struct {
	crawler   *Crawler
	source    config.Source
	rules     *parser.Rules
	way       *way
	keptSince string // YYYY-MM-DD; empty: all articles are kept
	collector *colly.Collector
	client    *http.Client // of the collector
	scripts   *scripts     // of the pages that a browser renders
}

// conditions are the validators of an earlier answer (RFC 9110, 13.1).
type conditions struct{ etag, lastModified string }

func (c conditions) empty() bool { return c == conditions{} }

// newFetcher compiles the selectors of the source and prepares a collector. All that colly would decide is decided elsewhere: what was seen by the frontier,
// robots.txt, limits and redirects by the transport, the charset by the parser.
func (c *Crawler) newFetcher(src config.Source) (*fetcher, error) {
	rules, err := Rules(src)
	if err != nil {
		return nil, err
	}
	by, err := newWay(src)
	if err != nil {
		return nil, err
	}
	jar, err := newCookies()
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", src.ID, err)
	}
	src.Crawl = completed(src.Crawl)
	collector := colly.NewCollector()
	// Set after the constructor, which lets variables of the environment (COLLY_…) stand over its options.
	collector.AllowURLRevisit = true
	collector.IgnoreRobotsTxt = true
	collector.ParseHTTPErrorResponse = true
	collector.DetectCharset = false
	collector.MaxBodySize = 0
	collector.MaxDepth = 0
	collector.MaxRequests = 0
	collector.AllowedDomains, collector.DisallowedDomains = nil, nil
	collector.CacheDir = ""
	client := &http.Client{Transport: c.transport, Jar: jar, CheckRedirect: checkRedirect}
	collector.SetClient(client)
	return &fetcher{crawler: c, source: src, rules: rules, way: by, keptSince: c.keptSince(src), collector: collector, client: client, scripts: newScripts(bodiesOfPage * src.MaxBody)}, nil
}

// fetch fetches one page. No request starts any more once starting is done; one under way goes on until ctx is. The result holds the status also beside an
// error, where there was an answer; with conditions it may be 304 without a body.
func (f *fetcher) fetch(ctx, starting context.Context, rawURL string, known conditions) (ingest.Fetched, error) {
	if !f.source.Render {
		return f.load(ctx, starting, rawURL, known)
	}
	got, err := f.load(ctx, starting, rawURL, conditions{}) // that the frame is the same says nothing of what its scripts put in
	if err != nil {
		return got, err
	}
	return f.render(ctx, starting, got)
}

// load is fetch without a browser.
func (f *fetcher) load(ctx, starting context.Context, rawURL string, known conditions) (ingest.Fetched, error) {
	got := ingest.Fetched{SourceID: f.source.ID, URL: rawURL, Rules: f.rules, Charset: f.source.Charset, KeptSince: f.keptSince}
	v := &visit{crawl: f.source.Crawl, userAgent: f.crawler.userAgent, starting: starting}
	var answer *colly.Response

	one := f.collector.Clone() // of its own context and callbacks; it shares the client
	one.Context = v.in(f.way.in(ctx))
	one.OnResponse(func(r *colly.Response) { answer = r })
	if err := one.Request(http.MethodGet, rawURL, nil, nil, f.header(known)); err != nil {
		err = plain(err)
		var status *StatusError
		if errors.As(err, &status) {
			got.Status = status.Status
		}
		return got, fmt.Errorf("fetch %s: %w", rawURL, err)
	}
	if answer == nil {
		return got, fmt.Errorf("fetch %s: no answer", rawURL)
	}
	if err := f.crawler.sync(v); err != nil {
		return got, fmt.Errorf("fetch %s: %w", rawURL, err)
	}
	got.Status, got.FinalURL, got.ContentType = answer.StatusCode, answer.Request.URL.String(), v.contentType
	got.ETag, got.LastModified = answer.Headers.Get("ETag"), answer.Headers.Get("Last-Modified")
	switch {
	case bringsPage(got.Status, *answer.Headers):
		got.Body = answer.Body
		return got, nil
	case got.Status == http.StatusNotModified && !known.empty():
		return got, nil
	}
	return got, fmt.Errorf("fetch %s: %w", rawURL, &StatusError{Status: got.Status})
}

func (f *fetcher) header(known conditions) http.Header {
	h := http.Header{}
	h.Set("User-Agent", f.crawler.userAgent)
	h.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	h.Set("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5")
	if known.etag != "" {
		h.Set("If-None-Match", known.etag)
	}
	if known.lastModified != "" {
		h.Set("If-Modified-Since", known.lastModified)
	}
	return h
}

// plain takes off the wrapping of net/http, which repeats the method and the URL.
func plain(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
