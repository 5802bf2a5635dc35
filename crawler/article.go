package crawler

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"unicode/utf8"

	"zhaowen/ingest"
	"zhaowen/parser"
	"zhaowen/storage"
)

// article fetches and stores one article. An article that failed stays pending, so that another list page does not bring it up again in this pass.
func (p *pass) article(ctx context.Context, j job) {
	l := j.listing
	p.mu.Lock()
	p.waiting = max(p.waiting-1, 0)
	p.mu.Unlock()
	if p.down(l.URL) {
		return
	}
	err := p.page(ctx, l.URL, parser.KindArticle, func() error {
		got, err := p.fetcher.fetch(ctx, p.starting, l.URL, j.known)
		got.As, got.Listing, got.Reading = parser.KindArticle, l, p.reading
		if err != nil {
			return p.failed(ctx, got, err)
		}
		if got.Status == http.StatusNotModified {
			return p.unchanged(ctx, got, j.known)
		}
		got.Part = func(ctx context.Context, url string) (ingest.Fetched, error) {
			part, err := p.fetcher.fetch(ctx, p.starting, url, conditions{})
			p.mu.Lock()
			defer p.mu.Unlock()
			p.run.Fetched++
			p.run.Bytes += int64(len(part.Body))
			return part, err
		}
		result, err := p.crawler.options.Ingest.Page(ctx, got, nil)
		p.count(got, result)
		return err
	})
	if err == nil {
		p.mu.Lock()
		delete(p.pending, canonical(l.URL))
		p.mu.Unlock()
	}
}

// count adds a fetched page and what became of it to the run.
func (p *pass) count(got ingest.Fetched, result ingest.Result) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.run.Fetched++
	p.run.Bytes += int64(len(got.Body))
	if result.Page != nil && got.As == parser.KindList {
		p.run.Listed += len(result.Page.Rows) + len(result.Page.Articles) // links, or full texts
		p.waiting += len(result.Recorded.Due)
	}
	if result.Page != nil && len(result.Page.Cut) > 0 {
		p.crawler.options.Log.Warn("page read in part", "source", p.source.ID, "url", got.URL, "reason", strings.Join(result.Page.Cut, "; "))
	}
	p.observe(got, result)
	for _, a := range result.Recorded.Articles {
		switch a.Kind {
		case storage.SightingNew:
			p.run.New++
		case storage.SightingRevision:
			p.run.Updated++
		case storage.SightingCopy:
			p.run.Copies++
		case storage.SightingReprint:
			p.run.Reprints++
		case storage.SightingSame:
		}
	}
}

// observe notes what the pass saw of the source's pages, to be judged against what is usual there. Later list pages say nothing: the last one is short by nature.
func (p *pass) observe(got ingest.Fetched, result ingest.Result) {
	if result.Page == nil {
		return
	}
	seen := &p.run.Seen
	switch {
	case got.As == parser.KindArticle:
		seen.Articles++
		for _, a := range result.Page.Articles {
			seen.Chars += utf8.RuneCountInString(a.Body)
		}
	case got.URL == p.source.URL:
		seen.List = true
		seen.Rows += len(result.Page.Rows) + len(result.Page.Articles)
		for _, row := range result.Page.Rows {
			if row.Date != "" {
				seen.Dated++
			}
		}
		for _, a := range result.Page.Articles {
			if a.Date != "" {
				seen.Dated++
			}
		}
	}
}

// logEnd writes the one line of a pass.
func (p *pass) logEnd() {
	r := p.run
	level := slog.LevelInfo
	if r.Status == statusFailed {
		level = slog.LevelError
	}
	args := []any{
		"source", r.SourceID, "status", r.Status, "took", r.FinishedAt.Sub(r.StartedAt), "listed", r.Listed, "fetched", r.Fetched,
		"not_modified", r.NotModified, "new", r.New, "updated", r.Updated, "copies", r.Copies, "reprints", r.Reprints, "failed", r.Failed, "bytes", r.Bytes,
	}
	if r.Err != "" {
		args = append(args, "error", r.Err)
	}
	p.crawler.options.Log.Log(context.Background(), level, "pass", args...)
}
