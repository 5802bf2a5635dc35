package crawler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"zhaowen/config"
	"zhaowen/storage"

	"github.com/robfig/cron/v3"
)

const (
	maxPasses      = 128             // at once, over all sources; most of them wait for their hosts
	startSpread    = 5 * time.Second // passes begin within after a start, for each startsAtOnce of them
	startsAtOnce   = 32
	maxStartSpread = 5 * time.Minute
)

// ErrRunning is returned by Run for a worker that runs already.
var ErrRunning = errors.New("the worker runs already")

// Worker keeps sources on their schedules. A source never overlaps itself: a pass that falls due while the one before is under way is skipped.
type Worker struct {
	options Options
	log     *slog.Logger
	spread  time.Duration
	slots   chan struct{} // one a pass under way
	pass    func(ctx, starting context.Context, c *Crawler, src config.Source) (storage.Run, error)
	rhythms sync.Map // id of a source → *rhythm
	putOff  sync.Map // id of a source → time.Time

	mu      sync.Mutex
	crawler *Crawler
	config  *config.Config
	busy    map[string]bool // ids of the sources under way
	timer   *timetable      // nil: not running
}

// NewWorker returns a worker for the sources of the configuration.
func NewWorker(o Options) *Worker {
	c := New(o)
	return &Worker{
		options: c.options, log: c.options.Log, spread: startSpread, slots: make(chan struct{}, maxPasses),
		pass: func(ctx, starting context.Context, c *Crawler, src config.Source) (storage.Run, error) {
			return c.pass(ctx, starting, src)
		},
		crawler: c, config: o.Config, busy: map[string]bool{},
	}
}

// Run keeps the schedules until ctx is done. A source without a pass that came to its end has one soon, and so has one whose time went by while no worker ran: one pass,
// however many were missed. The others wait for their time. At the end no page is begun any more; pages under way have ShutdownTimeout to be finished and are
// then given up. Run returns when all passes have ended and are recorded; its error is nil but for a bad schedule or a file that cannot be used.
func (w *Worker) Run(ctx context.Context) error {
	hard, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	starting, stop := context.WithCancel(hard)
	defer stop()

	t, err := w.begin(hard, starting)
	if err != nil {
		return err
	}
	t.cron.Start()
	<-ctx.Done()
	stop()
	w.mu.Lock()
	timeout := w.config.ShutdownTimeout
	w.timer = nil
	w.mu.Unlock()
	w.log.Info("stopping", "timeout", timeout)
	t.stop(timeout, abandon)
	w.current().Close()
	return nil
}

// begin makes the timetable and starts the first passes.
func (w *Worker) begin(hard, starting context.Context) (*timetable, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer != nil {
		return nil, ErrRunning
	}
	if err := w.sync(starting, w.config); err != nil {
		return nil, err
	}
	t := newTimetable(w.log, func(id string) { w.runSource(hard, starting, id) }, w.enter, w.leave)
	t.putOff, t.learnt = w.isPutOff, func(id string) cron.Schedule { return w.rhythmOf(id) }
	if err := checkSchedules(w.config); err != nil {
		return nil, err
	}
	soon, err := w.overdue(starting)
	if err != nil {
		return nil, err
	}
	if err := t.set(w.config); err != nil {
		return nil, err
	}
	spread := min(w.spread*time.Duration(1+len(soon)/startsAtOnce), maxStartSpread)
	for _, id := range soon {
		t.soon(starting, id, rand.N(spread+1))
	}
	w.timer = t
	return t, nil
}

// overdue returns the sources that had no pass yet, or missed one, and takes in what is known of the others.
func (w *Worker) overdue(ctx context.Context) (ids []string, err error) {
	history, err := w.history(ctx)
	if err != nil {
		return nil, err
	}
	now := w.options.Now()
	for _, src := range w.config.Sources {
		if src.Disabled {
			continue
		}
		was := history[src.ID]
		if was.putOff.After(now) {
			w.putOff.Store(src.ID, was.putOff)
		}
		w.learn(ctx, src, w.config.Location)
		v, err := newVisits(src, w.config.Location, now, w.rhythmOf(src.ID))
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", src.ID, err)
		}
		switch {
		case was.last.IsZero():
			ids = append(ids, src.ID)
		case v.missed(was.last, now) && !w.isPutOff(src.ID):
			w.log.Info("pass missed while stopped; it is made up for", "source", src.ID, "last", was.last)
			ids = append(ids, src.ID)
		}
	}
	return ids, nil
}

// Running tells whether the schedules are kept.
func (w *Worker) Running() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.timer != nil
}

// Reload goes over to another configuration: sources that are gone or disabled are taken off, new ones put on, changed ones crawled by their new rules from
// their next pass on. Passes under way end as they began. After an error, such as a bad schedule, everything is as before.
func (w *Worker) Reload(ctx context.Context, cfg *config.Config) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := checkSchedules(cfg); err != nil {
		return err
	}
	if err := w.sync(ctx, cfg); err != nil {
		return err
	}
	for _, src := range cfg.Sources {
		w.learn(ctx, src, cfg.Location)
	}
	if w.timer != nil {
		if err := w.timer.set(cfg); err != nil {
			return err
		}
	}
	for _, src := range w.config.Sources {
		if !slices.ContainsFunc(cfg.Sources, func(s config.Source) bool { return s.ID == src.ID && s.URL == src.URL }) {
			w.putOff.Delete(src.ID) // another address has not failed yet
		}
	}
	old := w.crawler
	w.crawler, w.config = old.reconfigured(cfg), cfg
	old.Close()
	return nil
}

// sync tells storage of the configured sources.
func (w *Worker) sync(ctx context.Context, cfg *config.Config) error {
	sources := make([]storage.SourceConfig, 0, len(cfg.Sources))
	for _, s := range cfg.Sources {
		sources = append(sources, storage.SourceConfig{ID: s.ID, Name: s.Name, URL: s.URL, RegionCode: s.Region})
	}
	if err := w.options.DB.SyncSources(ctx, sources); err != nil {
		return fmt.Errorf("record the sources: %w", err)
	}
	return nil
}

// runSource is one job: a pass over a source as it is configured now. Its result is logged and recorded by the pass.
func (w *Worker) runSource(hard, starting context.Context, id string) {
	c := w.current()
	for _, src := range c.options.Config.Sources {
		if src.ID == id && !src.Disabled {
			run, _ := w.inSlot(hard, starting, c, src)
			w.settle(hard, src, c.options.Config.Location, run)
			return
		}
	}
}

// inSlot runs a pass when there are fewer than maxPasses.
func (w *Worker) inSlot(hard, starting context.Context, c *Crawler, src config.Source) (storage.Run, error) {
	select {
	case w.slots <- struct{}{}:
		defer func() { <-w.slots }()
	case <-starting.Done():
		return storage.Run{SourceID: src.ID, Status: statusInterrupted}, context.Cause(starting)
	}
	run, err := w.pass(hard, starting, c, src)
	if c != w.current() {
		c.Close() // replaced meanwhile; its connections serve nobody
	}
	return run, err
}

func (w *Worker) current() *Crawler {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.crawler
}

// enter claims a source for a pass; false: it is under way.
func (w *Worker) enter(id string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.busy[id] {
		return false
	}
	w.busy[id] = true
	return true
}

func (w *Worker) leave(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.busy, id)
}
