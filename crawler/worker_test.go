package crawler

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zhaowen/config"
	"zhaowen/storage"
)

// newTestWorker returns a worker on a real file whose passes are do.
func newTestWorker(t *testing.T, log *logBuffer, do func(ctx, starting context.Context, src config.Source), sources ...config.Source) *Worker {
	t.Helper()
	o := stored(t, sources...)
	w := newTestWorkerOf(o, log)
	w.spread = 0
	w.pass = func(ctx, starting context.Context, _ *Crawler, src config.Source) (storage.Run, error) {
		do(ctx, starting, src)
		return storage.Run{SourceID: src.ID, Status: statusOK}, nil
	}
	return w
}

func newTestWorkerOf(o Options, log *logBuffer) *Worker {
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	return NewWorker(o)
}

// runFor runs a worker for a while and returns how long it took to stop.
func runFor(t *testing.T, w *Worker, d time.Duration) time.Duration {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	started := time.Now()
	if err := w.Run(ctx); err != nil {
		t.Error(err)
	}
	return time.Since(started) - d
}

func TestWorkerCrawlsNewSourcesAtOnce(t *testing.T) {
	s := newNewsSite(t, 3, 10)
	src := s.source("s", "/tzdt/index.html")
	src.Schedule = "0 0 1 1 *"
	o := stored(t, src)
	for i, want := range []int{1, 0} { // the second time it has run before, and waits for its schedule
		s.forget()
		w := NewWorker(o)
		w.spread = 0
		runFor(t, w, 700*time.Millisecond)
		if n := s.count("/tzdt/index.html"); n != want {
			t.Errorf("start %d: %d passes, want %d", i+1, n, want)
		}
	}
}

func TestWorkerStopsWithinTimeout(t *testing.T) {
	var cut, finished bool
	slow := scheduled("slow", "@hourly")
	w := newTestWorker(t, &logBuffer{}, func(ctx, starting context.Context, _ config.Source) {
		<-starting.Done()
		<-ctx.Done() // only the hard end stops it
		cut = true
	}, slow)
	w.config.ShutdownTimeout = 200 * time.Millisecond
	if took := runFor(t, w, 200*time.Millisecond); took < 150*time.Millisecond || took > 2*time.Second || !cut {
		t.Errorf("a pass that goes on: stopped after %s, cut off %t", took, cut)
	}
	w = newTestWorker(t, &logBuffer{}, func(ctx, starting context.Context, _ config.Source) {
		<-starting.Done()
		time.Sleep(50 * time.Millisecond)
		finished = ctx.Err() == nil
	}, slow)
	if took := runFor(t, w, 100*time.Millisecond); took > time.Second || !finished {
		t.Errorf("a pass that ends soon: stopped after %s, finished %t", took, finished)
	}
}

func TestWorkerNeverOverlapsASourceAcrossReloads(t *testing.T) {
	var mu sync.Mutex
	inside, passes := map[string]int{}, map[string]int{}
	log := &logBuffer{}
	w := newTestWorker(t, log, func(_, starting context.Context, src config.Source) {
		mu.Lock()
		inside[src.ID]++
		passes[src.ID]++
		if inside[src.ID] > 1 {
			t.Errorf("two passes over %s at once", src.ID)
		}
		mu.Unlock()
		_ = sleep(starting, 1700*time.Millisecond)
		mu.Lock()
		inside[src.ID]--
		mu.Unlock()
	}, scheduled("a", "@every 1s"), scheduled("gone", "@every 1s"))
	var reload sync.WaitGroup
	reload.Go(func() {
		time.Sleep(1200 * time.Millisecond)
		bad := local(scheduled("a", "61 * * * *"))
		if err := w.Reload(t.Context(), bad); err == nil {
			t.Error("a bad schedule was taken")
		}
		if err := w.Reload(t.Context(), local(scheduled("a", "* * * * *"), scheduled("a2", "@every 1s"))); err != nil {
			t.Error(err)
		}
	})
	runFor(t, w, 3500*time.Millisecond)
	reload.Wait()
	if passes["a"] == 0 || passes["gone"] > 2 || passes["a2"] == 0 {
		t.Errorf("passes: %v", passes)
	}
	if !strings.Contains(log.String(), "pass skipped") {
		t.Errorf("no skip is logged: %s", log)
	}
}

func TestWorkerSurvivesPanics(t *testing.T) {
	var n atomic.Int32
	w := newTestWorker(t, &logBuffer{}, func(_, _ context.Context, _ config.Source) {
		n.Add(1)
		panic("broken")
	}, scheduled("a", "@every 1s"))
	runFor(t, w, 2500*time.Millisecond)
	if n.Load() < 2 {
		t.Errorf("%d passes in 2.5 s after a panic", n.Load())
	}
	runs, err := w.Once(t.Context(), []config.Source{scheduled("a", "@every 1s"), scheduled("b", "@every 1s")})
	if err == nil || len(runs) != 2 || runs[1].SourceID != "b" || runs[1].Status != statusFailed {
		t.Errorf("got %+v, %v", runs, err)
	}
}

func TestWorkerRunsOnce(t *testing.T) {
	w := newTestWorker(t, &logBuffer{}, func(_, _ context.Context, _ config.Source) {})
	var first sync.WaitGroup
	ctx, cancel := context.WithCancel(t.Context())
	first.Go(func() { _ = w.Run(ctx) })
	time.Sleep(100 * time.Millisecond)
	if err := w.Run(ctx); err != ErrRunning { //nolint:errorlint // returned as it is
		t.Errorf("got %v", err)
	}
	cancel()
	first.Wait()
}
