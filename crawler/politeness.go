package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"time"

	"zhaowen/config"
	"zhaowen/storage"

	"golang.org/x/sync/semaphore"
)

const (
	slotCapacity   = 1 << 20 // of a host's semaphore; one request weighs slotCapacity/concurrency
	maxConcurrency = 1000    // requests at once to one host
	manyHosts      = 1000    // from here on idle hosts are forgotten
	hostIdle       = time.Hour
)

// politeness limits requests by host, over all sources and passes: how many at once, how far apart they start, and not before a time that the host asked for.
// Where sources of one host differ, the strictest of them counts. See pace for how the delay follows what the host answers.
type politeness struct {
	db           *storage.DB // remembers hosts over restarts; nil: nothing does
	metrics      *Metrics
	firstPenalty time.Duration

	mu      sync.Mutex
	hosts   map[string]*host
	demands map[string]demand // by host, of the configured sources
}

func newPoliteness() *politeness {
	return &politeness{firstPenalty: firstPenalty, hosts: map[string]*host{}, demands: map[string]demand{}}
}

// demand is what a source wants of its host.
type demand struct {
	delay       time.Duration
	concurrency int
}

// strictest keeps the longer delay and the lower concurrency.
func (d demand) strictest(other demand) demand {
	if d.concurrency == 0 {
		return other
	}
	return demand{max(d.delay, other.delay), min(d.concurrency, other.concurrency)}
}

// crawlDelay is what the robots.txt of an origin asks for. The zero value is that of a request for which none was read: what was told before stands.
type crawlDelay struct {
	origin string
	delay  time.Duration // 0: it asks for none
}

// host is the state of one host name. The port does not count: it is one machine to its owner.
type host struct {
	name   string
	slots  *semaphore.Weighted
	recall sync.Once // of what earlier processes knew

	users int       // in or waiting; guarded by politeness.mu
	used  time.Time // guarded by politeness.mu

	mu      sync.Mutex
	demand  demand
	relaxed bool                     // the next request sets the demand anew
	told    map[string]time.Duration // Crawl-delay by origin, as its robots.txt was read last
	pace    pace
	last    time.Time    // start of the last request
	until   time.Time    // no request starts before
	saved   storage.Host // as it stands in the file
}

// turn is the right to send one request.
type turn struct {
	politeness *politeness
	host       *host
	weight     int64
	started    time.Time
}

// acquire waits until a request to the host may start. The slot comes before the delay: starts would bunch up behind a busy slot otherwise. The caller
// calls done when the answer is read. It returns a *HeldError, without waiting, for a host that is held for long.
func (p *politeness) acquire(ctx context.Context, name string, crawl config.Crawl, told crawlDelay) (*turn, error) {
	h := p.enter(name)
	h.recall.Do(func() { p.recall(ctx, h) })
	concurrency := h.adapt(demand{crawl.Delay, min(max(crawl.Concurrency, 1), maxConcurrency)}, told)
	t := &turn{politeness: p, host: h, weight: int64(slotCapacity / concurrency)}
	if err := h.slots.Acquire(ctx, t.weight); err != nil {
		p.leave(h)
		return nil, fmt.Errorf("wait for a slot of %s: %w", name, context.Cause(ctx))
	}
	if err := h.wait(ctx); err != nil {
		t.release()
		return nil, fmt.Errorf("wait for the turn at %s: %w", name, err)
	}
	t.started = time.Now()
	return t, nil
}

func (t *turn) release() {
	t.host.slots.Release(t.weight)
	t.politeness.leave(t.host)
}

// done ends the turn, and lets what the host answered set the pace of the next ones.
func (t *turn) done(ctx context.Context, err error) {
	h, p := t.host, t.politeness
	now := time.Now()
	h.mu.Lock()
	h.pace.answered(now.Sub(t.started))
	var status *StatusError
	overloaded := errors.As(err, &status) && tooMuch(status.Status) || enhanceYourCalm(err)
	switch {
	case overloaded:
		if !t.started.Before(h.pace.slowed) { // else it was sent before the last slowing down could help
			h.pace.slow(now, h.delay(), p.firstPenalty)
		}
		if status != nil && status.RetryAfter > 0 {
			if until := now.Add(status.RetryAfter); until.After(h.until) {
				h.until = until
			}
		}
	case err == nil:
		h.pace.ease(h.wanted().delay, p.firstPenalty)
	}
	p.metrics.pace(h.name, h.delay(), h.pace.latency, h.until)
	h.mu.Unlock()
	if overloaded {
		p.save(ctx, h)
	}
	t.release()
	runtime.Gosched() // whoever waits for the slot sends its request before this goroutine reads what it has got
}

// tooMuch tells the statuses by which a host says that it is asked for more than it can give.
func tooMuch(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
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
		h = &host{name: name, slots: semaphore.NewWeighted(slotCapacity), demand: p.demands[name]}
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

// configure takes in what the configured sources want of their hosts; what a configuration before it wanted counts no more.
func (p *politeness) configure(sources []config.Source) {
	demands := map[string]demand{}
	for _, src := range sources {
		if src.Disabled {
			continue
		}
		name := hostname(src.URL)
		demands[name] = demands[name].strictest(demand{src.Delay, min(max(src.Concurrency, 1), maxConcurrency)})
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.demands = demands
	for name, h := range p.hosts {
		h.mu.Lock()
		h.demand, h.relaxed = demands[name], demands[name].concurrency == 0
		h.mu.Unlock()
	}
}

// adapt takes in what a request wants, and returns how many of its kind may be under way at once.
func (h *host) adapt(d demand, told crawlDelay) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if told.delay > 0 {
		if h.told == nil {
			h.told = map[string]time.Duration{}
		}
		h.told[told.origin] = told.delay
	} else {
		delete(h.told, told.origin)
	}
	if h.relaxed {
		h.demand, h.relaxed = demand{}, false
	}
	h.demand = h.demand.strictest(d)
	return h.demand.concurrency
}

// delay is what stands between two starts; h.mu is held.
func (h *host) delay() time.Duration { return h.pace.delay(h.wanted()) }

// wanted is what the sources and robots.txt want; h.mu is held.
func (h *host) wanted() demand {
	d := h.demand
	for _, delay := range h.told {
		d.delay = max(d.delay, delay)
	}
	return d
}

// wait sleeps until the host is neither held nor within its delay, both of which may grow during the sleep, and takes the turn. A limiter that gives out turns in advance
// would not do: when the delay shrinks, a later turn would come as early as one that was given out before.
func (h *host) wait(ctx context.Context) error {
	for {
		left, err := h.begin(time.Now())
		if err != nil || left <= 0 {
			return err
		}
		if err := sleep(ctx, left); err != nil {
			return err
		}
	}
}

// begin takes the turn if a request may start now; else it tells how long to wait at least.
func (h *host) begin(now time.Time) (left time.Duration, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if held := h.until.Sub(now); held > longestWait {
		return 0, &HeldError{Host: h.name, Until: h.until}
	} else if held > 0 {
		left = held
	}
	if delay := h.delay(); delay > 0 {
		left = max(left, h.last.Add(delay).Sub(now))
	}
	if left <= 0 {
		h.last = now
	}
	return left, nil
}
