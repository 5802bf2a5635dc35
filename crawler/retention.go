package crawler

import (
	"context"

	"zhaowen/config"
)

// keptSince is the day (YYYY-MM-DD) from which on articles of a source are kept, as of now and in the time zone of the configuration; "" for all.
func (c *Crawler) keptSince(src config.Source) string {
	if src.Keep == (config.Period{}) {
		return ""
	}
	return src.Keep.Before(c.options.Now().In(c.options.Config.Location))
}

// prune removes the articles that the source keeps no longer, unless the pass is to end. What could not be removed is removed by the next pass.
func (p *pass) prune(ctx context.Context) {
	before := p.crawler.keptSince(p.source)
	if before == "" || ctx.Err() != nil {
		return
	}
	removed, err := p.crawler.options.DB.Prune(ctx, p.source.ID, before)
	p.run.Removed = removed
	if removed > 0 {
		p.crawler.options.Log.Info("articles removed", "source", p.source.ID, "keep", p.source.Keep.String(), "before", before, "articles", removed)
	}
	if err != nil && ctx.Err() == nil {
		p.crawler.options.Log.Warn("articles not removed", "source", p.source.ID, "keep", p.source.Keep.String(), "before", before, "error", err)
	}
}
