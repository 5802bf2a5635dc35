package crawler

import (
	"context"
	"fmt"

	"zhaowen/storage"
)

// maxRechecks is how many articles a pass asks for again at most; the others have their turn in the next one.
const maxRechecks = 50

// job is an article to be fetched.
type job struct {
	listing storage.Listing
	known   conditions // of an article that is asked for again
}

// recheck asks again for articles that are younger than the source's `recheck`, after all that is new.
func (p *pass) recheck(ctx context.Context) error {
	if p.source.Recheck <= 0 {
		return nil
	}
	again, err := p.crawler.options.DB.Rechecks(ctx, p.source.ID, p.reading, p.crawler.options.Now(), p.source.Recheck, maxRechecks)
	if err != nil {
		return &storageError{fmt.Errorf("source %s: articles to ask for again: %w", p.source.ID, err)}
	}
	for _, r := range again {
		if err := p.enqueue(job{r.Listing, conditions{r.Validators.ETag, r.Validators.LastModified}}); err != nil {
			return err
		}
	}
	return nil
}
