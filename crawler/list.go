package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"zhaowen/ingest"
	"zhaowen/parser"
	"zhaowen/storage"
)

// follow reads a list page and those after it. It stops at a page that was read in this pass, at one without rows or without a row that is new, at the
// last page that MaxPages allows, and at the end. It returns an error when its first page could not be read.
func (p *pass) follow(ctx context.Context, address string) error {
	for first := true; address != ""; first = false {
		if p.seen[canonical(address)] || p.full() {
			return nil
		}
		next, err := p.list(ctx, address)
		if err != nil {
			if first || p.starting.Err() != nil {
				return err
			}
			return nil // counted and logged; the page is due in the next pass
		}
		address = next
	}
	return nil
}

// full tells whether the pass has read as many list pages as it may. That MaxPages ends a column is meant so; that our own limit does is said.
func (p *pass) full() bool {
	if p.source.MaxPages > 0 && p.source.MaxPages <= p.crawler.limits.listPages {
		return p.listPages >= p.source.MaxPages
	}
	full := p.listPages >= p.crawler.limits.listPages
	if full && !p.endless {
		p.endless = true
		p.crawler.options.Log.Warn("more list pages than are read in a pass", "source", p.source.ID, "limit", p.crawler.limits.listPages)
	}
	return full
}

// list reads one list page, hands its articles that are due to the workers and returns the next page, "" when paging ends here.
func (p *pass) list(ctx context.Context, address string) (next string, err error) {
	if err := p.starting.Err(); err != nil {
		return "", context.Cause(p.starting)
	}
	p.seen[canonical(address)] = true
	p.listPages++
	var result ingest.Result
	err = p.page(ctx, address, parser.KindList, func() error {
		result, err = p.readList(ctx, address)
		return err
	})
	if err != nil || result.Page == nil {
		return "", err
	}
	for _, l := range result.Recorded.Due {
		if err := p.enqueue(job{listing: l}); err != nil {
			return "", err
		}
	}
	if len(result.Page.Lists) > 0 {
		return "", p.followLists(ctx, result.Page.Lists)
	}
	if !p.mayFollow(address, result.Page) {
		return "", nil
	}
	next = result.Page.Next
	if !bringsNews(result) {
		return "", p.settle(ctx, next)
	}
	return next, nil
}

// bringsNews tells whether a list page holds a row that was not known, or a text, where it gives texts instead of links, that was not stored.
func bringsNews(r ingest.Result) bool {
	if r.Recorded.Known < len(r.Page.Rows) {
		return true
	}
	return slices.ContainsFunc(r.Recorded.Articles, func(a storage.Saved) bool { return a.Kind != storage.SightingSame })
}

// settle takes a next page that is not needed off the frontier: it was remembered before it was known that the page before it brings nothing new. One that an
// earlier pass has left stays.
func (p *pass) settle(ctx context.Context, next string) error {
	if p.dueLists[canonical(next)] {
		return nil
	}
	_, err := p.crawler.options.DB.Record(ctx, storage.Outcome{SourceID: p.source.ID, At: p.crawler.options.Now(), Page: &storage.PageFetch{
		URL: next, Kind: parser.KindList, Status: http.StatusNotModified,
	}})
	if err != nil {
		return &storageError{fmt.Errorf("settle %s: %w", next, err)}
	}
	return nil
}

// readList fetches and records one list page. The result holds no page where the site says that nothing has changed.
func (p *pass) readList(ctx context.Context, address string) (ingest.Result, error) {
	known, err := p.conditions(ctx, address)
	if err != nil {
		return ingest.Result{}, err
	}
	got, err := p.fetcher.fetch(ctx, p.starting, address, known)
	got.As, got.Reading, got.MaxRows = parser.KindList, p.reading, p.crawler.limits.rows
	if err != nil {
		return ingest.Result{}, p.failed(ctx, got, err)
	}
	if got.Status == http.StatusNotModified {
		return ingest.Result{}, p.unchanged(ctx, got, known)
	}
	result, err := p.crawler.options.Ingest.Page(ctx, got, func(page *parser.Page) bool {
		page.Lists = p.mayFollowLists(address, page.Lists)
		return len(page.Lists) > 0 || p.mayFollow(address, page)
	})
	p.count(got, result)
	if result.LeftOut > 0 {
		p.crawler.options.Log.Warn("more rows than are taken of one page", "source", p.source.ID, "url", address, "limit", got.MaxRows, "left_out", result.LeftOut)
	}
	return result, err
}

// conditions are sent for the source's own page alone: when it has not changed, nothing new was listed, and whatever an earlier pass left is due by itself.
// Later list pages are read only when the one before them brought news.
func (p *pass) conditions(ctx context.Context, address string) (conditions, error) {
	if address != p.source.URL {
		return conditions{}, nil
	}
	known, err := p.crawler.options.DB.Validators(ctx, p.source.ID, address, p.reading)
	if err != nil {
		return conditions{}, &storageError{fmt.Errorf("validators of %s: %w", address, err)}
	}
	return conditions{known.ETag, known.LastModified}, nil
}

// unchanged remembers a 304 for a list page or an article. A server may leave out the validators that it confirms.
func (p *pass) unchanged(ctx context.Context, got ingest.Fetched, known conditions) error {
	if got.ETag == "" {
		got.ETag = known.etag
	}
	if got.LastModified == "" {
		got.LastModified = known.lastModified
	}
	p.mu.Lock()
	p.run.NotModified++
	p.mu.Unlock()
	_, err := p.crawler.options.DB.Record(ctx, storage.Outcome{SourceID: p.source.ID, At: p.crawler.options.Now(), Page: &storage.PageFetch{
		URL: got.URL, Kind: got.As, Status: got.Status, ETag: got.ETag, LastModified: got.LastModified, Reading: got.Reading,
	}})
	if err != nil {
		return &storageError{fmt.Errorf("record %s: %w", got.URL, err)}
	}
	return nil
}

// mayFollow tells whether the next page of a list page is one to be read in this pass: of the same host, not read yet, and within MaxPages. An empty list page
// has none: it is past the end, or a page that could not be read.
func (p *pass) mayFollow(address string, page *parser.Page) bool {
	if page.Next == "" || len(page.Rows)+len(page.Articles) == 0 || p.full() || p.seen[canonical(page.Next)] {
		return false
	}
	next := hostname(page.Next)
	return next != "" && (next == hostname(page.URL) || next == hostname(address))
}

func hostname(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// canonical is the key by which storage knows a page.
func canonical(address string) string {
	key, err := storage.CanonicalURL(address)
	if err != nil {
		return address
	}
	return key
}
