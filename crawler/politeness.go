package crawler

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"zhaowen/config"

	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"
)

const (
	maxRetryAfter  = 5 * time.Minute // longest that a Retry-After holds a host
	slotCapacity   = 1 << 20         // of a host's semaphore; one request weighs slotCapacity/concurrency
	maxConcurrency = 1000            // requests at once to one host
	manyHosts      = 1000            // from here on idle hosts are forgotten
	hostIdle       = time.Hour
)

// politeness limits requests by host, over all sources: how many at once, how far apart they start, and not before a time that the host asked for. Where
// sources of one host differ, the strictest of them counts.
type politeness struct {
	mu    sync.Mutex
	hosts map[string]*host
}

func newPoliteness() *politeness { return &politeness{hosts: map[string]*host{}} }

// host is the state of one host name. The port does not count: it is one machine to its owner.
type host struct {
	slots  *semaphore.Weighted
	starts *rate.Limiter

	users int       // in or waiting; guarded by politeness.mu
	used  time.Time // guarded by politeness.mu

	mu      sync.Mutex
	delay   time.Duration
	relaxed bool      // the next request sets the delay anew
	until   time.Time // no request starts before
}

// acquire waits until a request to the host may start. The slot comes before the delay: starts would bunch up behind a busy slot otherwise. The caller
// calls release when the answer is read.
func (p *politeness) acquire(ctx context.Context, name string, crawl config.Crawl, crawlDelay time.Duration) (release func(), err error) {
	h := p.enter(name)
	h.slowTo(max(crawl.Delay, crawlDelay))
	weight := int64(slotCapacity / min(max(crawl.Concurrency, 1), maxConcurrency))
	if err := h.slots.Acquire(ctx, weight); err != nil {
		p.leave(h)
		return nil, fmt.Errorf("wait for a slot of %s: %w", name, context.Cause(ctx))
	}
	release = func() {
		h.slots.Release(weight)
		p.leave(h)
	}
	if err := h.wait(ctx); err != nil {
		release()
		return nil, fmt.Errorf("wait for the turn at %s: %w", name, err)
	}
	return release, nil
}

func (p *politeness) enter(name string) *host {
	name = strings.ToLower(name)
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.hosts) >= manyHosts {
		p.forgetIdle()
	}
	h := p.hosts[name]
	if h == nil {
		h = &host{slots: semaphore.NewWeighted(slotCapacity), starts: rate.NewLimiter(rate.Inf, 1)}
		p.hosts[name] = h
	}
	h.users++
	return h
}

func (p *politeness) leave(h *host) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h.users--
	h.used = time.Now()
}

func (p *politeness) forgetIdle() {
	for name, h := range p.hosts {
		if h.users == 0 && time.Since(h.used) > hostIdle {
			delete(p.hosts, name)
		}
	}
}

// relax lets the next request to each host set its delay anew; called when the configuration has changed.
func (p *politeness) relax() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, h := range p.hosts {
		h.mu.Lock()
		h.relaxed = true
		h.mu.Unlock()
	}
}

// hold keeps requests of the host back for d, at most maxRetryAfter.
func (p *politeness) hold(name string, d time.Duration) {
	h := p.enter(name)
	defer p.leave(h)
	h.mu.Lock()
	defer h.mu.Unlock()
	if until := time.Now().Add(min(d, maxRetryAfter)); until.After(h.until) {
		h.until = until
	}
}

// slowTo makes the delay between two starts at least d.
func (h *host) slowTo(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if d == h.delay || d < h.delay && !h.relaxed {
		return
	}
	h.delay, h.relaxed = d, false
	if d <= 0 {
		h.starts.SetLimit(rate.Inf)
		return
	}
	h.starts.SetLimit(rate.Every(d))
}

// wait sleeps until the host is neither held nor within its delay. A hold may begin during the sleep, hence the loop.
func (h *host) wait(ctx context.Context) error {
	turn := h.starts.Reserve()
	if err := sleep(ctx, turn.Delay()); err != nil {
		turn.Cancel()
		return err
	}
	for {
		h.mu.Lock()
		held := time.Until(h.until)
		h.mu.Unlock()
		if held <= 0 {
			return nil
		}
		if err := sleep(ctx, held); err != nil {
			return err
		}
		// Those that the hold has kept back go on one by one.
		turn := h.starts.Reserve()
		if err := sleep(ctx, turn.Delay()); err != nil {
			turn.Cancel()
			return err
		}
	}
}

// sleep waits for d or until ctx is done.
func sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// retryAfter reads a Retry-After header in either form, seconds or an HTTP date (RFC 9110, 10.2.3); 0 where there is none.
func retryAfter(header string, now time.Time) time.Duration {
	header = strings.TrimSpace(header)
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}
