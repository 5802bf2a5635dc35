// Package crawler fetches the pages of the configured sources on their schedules, politely, and hands each page to ingest.
package crawler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"zhaowen/config"
	"zhaowen/ingest"
	"zhaowen/storage"
	"zhaowen/warc"
)

// Options are what a Crawler and a Worker are made of. Config, and for passes Ingest and DB, are needed; Log, Now and Progress may be left out.
type Options struct {
	Config   *config.Config
	Ingest   *ingest.Ingester
	DB       *storage.DB
	Log      *slog.Logger
	Now      func() time.Time // clock of what is recorded; waits go by the real one
	Metrics  *Metrics         // nil: nothing is counted
	Version  string           // of the program, for the User-Agent header
	Archive  *warc.Archive    // of all that is fetched; nil: none
	Progress func(Event)      // called after each page and at the end of a pass; calls of one pass come one at a time
}

// Event tells how far a pass is.
type Event struct {
	SourceID string
	URL      string      // the page that was just done; empty at the end
	Err      error       // why it failed
	Run      storage.Run // the counts so far
	Waiting  int         // articles known to be fetched still, in this pass
	Done     bool        // the pass has ended and Run is final
}

// Crawler fetches pages. It is safe for concurrent use; all its passes share one politeness and one memory of robots.txt.
type Crawler struct {
	options    Options
	userAgent  string
	limits     limits
	dialing    *http.Transport
	transport  *transport
	politeness *politeness
	robots     *robots
}

// New returns a Crawler. Close it when it is no longer used.
func New(o Options) *Crawler {
	p, r := newPoliteness(), newRobots()
	p.db, p.metrics, r.db = o.DB, o.Metrics, o.DB
	return newCrawler(o, p, r)
}

func newCrawler(o Options, p *politeness, r *robots) *Crawler {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Progress == nil {
		o.Progress = func(Event) {}
	}
	p.configure(o.Config.Sources)
	c := &Crawler{options: o, politeness: p, robots: r, userAgent: userAgent(o.Config, o.Version), limits: usualLimits, dialing: newDialing(o.Config, nil)}
	c.transport = &transport{
		tries:  &tries{base: c.archived(sendOnce{c.dialing}), politeness: p, metrics: o.Metrics, limits: &c.limits, backoff: firstBackoff},
		robots: r,
		agent:  agentToken(c.userAgent),
	}
	return c
}

// reconfigured returns a Crawler for another configuration that is as polite to each host, and knows as much of robots.txt, as c.
func (c *Crawler) reconfigured(cfg *config.Config) *Crawler {
	o := c.options
	o.Config = cfg
	if o.Ingest != nil {
		in := *o.Ingest
		in.Zone = cfg.Location
		o.Ingest = &in
	}
	return newCrawler(o, c.politeness, c.robots)
}

// Close gives up idle connections.
func (c *Crawler) Close() { c.dialing.CloseIdleConnections() }

// Fetch fetches one page by the rules of a source, robots.txt included, and stores nothing. Besides errors of the network it returns the typed errors of this
// package.
func (c *Crawler) Fetch(ctx context.Context, rawURL string, src config.Source) (ingest.Fetched, error) {
	f, err := c.newFetcher(src)
	if err != nil {
		return ingest.Fetched{}, err
	}
	return f.fetch(ctx, ctx, rawURL, conditions{})
}

// Robots tells in words what robots.txt says of a URL. It returns an error when that cannot be found out for a reason other than robots.txt itself.
func (c *Crawler) Robots(ctx context.Context, rawURL string, src config.Source) (verdict string, err error) {
	if src.Robots == robotsIgnore {
		return "ignored by configuration", nil
	}
	u, err := url.Parse(rawURL)
	if err != nil {
		return "", fmt.Errorf("robots.txt for %s: %w", rawURL, err)
	}
	if err := checkScheme(u); err != nil {
		return "", fmt.Errorf("robots.txt for %s: %w", rawURL, err)
	}
	v := &visit{crawl: completed(src.Crawl), userAgent: c.userAgent, starting: ctx}
	file, err := c.robots.file(ctx, v, u, c.transport.tries)
	var notNow *RobotsUnreachableError
	if errors.As(err, &notNow) {
		return notNow.Error(), nil
	}
	if err != nil {
		return "", fmt.Errorf("robots.txt for %s: %w", rawURL, err)
	}
	switch {
	case file.status >= 400:
		return fmt.Sprintf("allowed: no robots.txt (status %d)", file.status), nil
	case !file.data.allows(u):
		return "disallowed for " + c.transport.agent, nil
	case file.data.delay > 0:
		return fmt.Sprintf("allowed, with a delay of %s", file.data.delay), nil
	}
	return "allowed", nil
}

// completed fills in what a source made by hand may lack; the configuration has its own defaults.
func completed(crawl config.Crawl) config.Crawl {
	if crawl.Timeout <= 0 {
		crawl.Timeout = 30 * time.Second
	}
	if crawl.MaxBody <= 0 {
		crawl.MaxBody = 8 << 20
	}
	crawl.Concurrency = min(max(crawl.Concurrency, 1), maxConcurrency)
	return crawl
}
