package ingest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zhaowen/parser"
	"zhaowen/storage"
	"zhaowen/warc"
)

// syncSlack is how much later than its capture a page may have been recorded as fetched.
const syncSlack = 2 * time.Minute

// Reparse reads an archive again.
type Reparse struct {
	Folder   string
	SourceID string                                        // this source alone; empty: all
	Rules    func(sourceID string) (*parser.Rules, string) // selectors and charset that are configured for a source; nil: none
	Failed   func(url string, err error)                   // is told of each page that cannot be read
}

// ReparseReport counts what became of the pages of an archive.
type ReparseReport struct {
	Files, Pages int // read
	New          int // articles that no earlier reading had found
	Revised      int // articles whose text reads differently; the text before is kept as a revision
	Same         int // articles whose text reads the same; what else is known of them may have changed
	Unreadable   int // pages that hold nothing for this parser; their articles stay as they are
	Older        int // pages of which the crawler has seen a newer state that is not in the archive; left as they are
	Foreign      int // pages that no source has asked for
	Damaged      []error
}

// Reparse reads the pages of an archive again, oldest first, and stores what they hold under the sources that asked for them. Of an article's page the last
// capture counts, so that doing it twice changes nothing more; of a list with full texts all do. Nothing is fetched, no page of the frontier changes, and no
// article is taken away. The times of what is stored are those of the captures.
func (in *Ingester) Reparse(ctx context.Context, r Reparse) (ReparseReport, error) {
	c, err := readCaptures(r.Folder, ctx.Err)
	if err != nil {
		return ReparseReport{}, err
	}
	report := ReparseReport{Files: len(c.files), Damaged: c.damaged}
	for i, p := range c.pages {
		if err := ctx.Err(); err != nil {
			return report, err
		}
		if err := in.again(ctx, &report, r, c, i, p); err != nil {
			return report, err
		}
	}
	return report, nil
}

// again reads one page. It returns an error only where the database cannot be used.
func (in *Ingester) again(ctx context.Context, report *ReparseReport, r Reparse, c *captures, i int, p capture) error {
	asked, page, err := in.askedFor(ctx, r, c.asked("http://"+p.key))
	if err != nil {
		return fmt.Errorf("reparse %s: %w", p.key, err)
	}
	last := c.latest[p.key] == i
	switch {
	case page == nil:
		report.Foreign++
		return nil
	case page.Kind == string(parser.KindArticle) && !last:
		return nil
	case page.Kind == string(parser.KindArticle) && page.State == "done" && page.FetchedAt.After(c.seen[p.key].Add(syncSlack)):
		report.Older++
		return nil
	}
	fail := func(err error) {
		report.Unreadable++
		if r.Failed != nil {
			r.Failed(asked, err)
		}
	}
	got, err := c.page(p)
	if err != nil {
		fail(err)
		return nil
	}
	if got == nil {
		return nil // an image, say
	}
	report.Pages++
	got.FinalURL, got.URL = got.URL, asked
	got.SourceID, got.As, got.Listing = page.SourceID, parser.Kind(page.Kind), page.Listing
	if r.Rules != nil {
		got.Rules, got.Charset = r.Rules(page.SourceID)
	}
	got.Part = c.part
	articles, err := in.reread(ctx, *got, p.at)
	if err != nil {
		fail(err)
		return nil
	}
	if len(articles) == 0 {
		return nil
	}
	recorded, err := in.DB.Record(ctx, storage.Outcome{SourceID: page.SourceID, At: p.at, Articles: articles})
	if err != nil {
		return fmt.Errorf("record %s: %w", got.URL, err)
	}
	for _, a := range recorded.Articles {
		switch a.Kind {
		case storage.SightingNew, storage.SightingReprint:
			report.New++
		case storage.SightingRevision:
			report.Revised++
		case storage.SightingSame, storage.SightingCopy:
			report.Same++
		}
	}
	return nil
}

// askedFor finds the address among these that a source has asked for; a nil page: none.
func (in *Ingester) askedFor(ctx context.Context, r Reparse, addresses []string) (string, *storage.PageAt, error) {
	for _, address := range addresses {
		pages, err := in.DB.PagesAt(ctx, address)
		if err != nil {
			return "", nil, err
		}
		for _, page := range pages {
			if r.SourceID == "" || r.SourceID == page.SourceID {
				return page.Listing.URL, &page, nil
			}
		}
	}
	return "", nil, nil
}

// part gives a further page of an article from the archive.
func (c *captures) part(_ context.Context, address string) (Fetched, error) {
	key, err := storage.CanonicalURL(address)
	if err != nil {
		return Fetched{}, err
	}
	i, ok := c.latest[key]
	if !ok {
		return Fetched{}, &NoArticleError{address, "not in the archive"}
	}
	got, err := c.page(c.pages[i])
	if err == nil && got == nil {
		err = &NoArticleError{address, "not a page in the archive"}
	}
	if err != nil {
		return Fetched{}, err
	}
	return *got, nil
}

// reread gives the articles of a page as the crawler would read it.
func (in *Ingester) reread(ctx context.Context, f Fetched, at time.Time) ([]storage.Article, error) {
	page, err := parser.Parse(parser.Input{
		Body: f.Body, URL: f.base(), ContentType: f.ContentType, Charset: f.Charset, As: f.As, Rules: f.Rules, Now: in.dayOf(at),
	})
	if err == nil {
		err = f.unexpected(page)
	}
	if err == nil && page.Kind == parser.KindArticle {
		err = in.parts(ctx, f, page)
	}
	if err != nil {
		return nil, err
	}
	var articles []storage.Article
	for _, a := range page.Articles {
		articles = append(articles, f.article(page.Kind, a))
	}
	return articles, nil
}

// IsDamage tells whether a file was read up to its last whole record, as one is that a killed process left.
func IsDamage(err error) bool {
	var damage *warc.DamageError
	return errors.As(err, &damage)
}
