package crawler

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"zhaowen/config"
	"zhaowen/storage"
)

func TestJitterSpreadsSourcesOfOneTime(t *testing.T) {
	now := time.Date(2026, 3, 30, 7, 59, 0, 0, time.UTC)
	starts := map[time.Time]int{}
	for i := range 200 {
		src := scheduled(fmt.Sprintf("source-%d", i), "0 * * * *")
		src.Jitter = 5 * time.Minute
		at := now
		for hour := range 3 {
			v, err := newVisits(src, time.UTC, now, nil)
			if err != nil {
				t.Fatal(err)
			}
			next := v.Next(at)
			nominal := time.Date(2026, 3, 30, 8+hour, 0, 0, 0, time.UTC)
			if late := next.Sub(nominal); late < 0 || late >= 5*time.Minute {
				t.Fatalf("source %d starts %s late", i, late)
			}
			if hour > 0 && next.Sub(at) != time.Hour {
				t.Fatalf("source %d starts %s after the last time", i, next.Sub(at))
			}
			at = next
		}
		starts[at.Truncate(10*time.Second)]++
	}
	for at, n := range starts {
		if n > 25 {
			t.Errorf("%d of 200 start within ten seconds of %s", n, at)
		}
	}
}

func TestJitterIsBoundedByTheInterval(t *testing.T) {
	for _, spec := range []string{"@every 10s", "*/5 * * * *", "@daily"} {
		src := scheduled("a", spec)
		src.Jitter = time.Hour
		v, err := newVisits(src, time.UTC, time.Date(2026, 3, 30, 7, 0, 0, 0, time.UTC), nil)
		if err != nil {
			t.Fatal(err)
		}
		if most := v.interval(time.Now()) / jitterPart; v.late > most || v.late > time.Hour || v.late == 0 {
			t.Errorf("%s: %s late, at most %s", spec, v.late, most)
		}
	}
}

func TestPutOff(t *testing.T) {
	for _, tt := range []struct {
		failures       int
		interval, want time.Duration
	}{
		{0, time.Hour, 0},
		{2, time.Hour, 0},
		{3, time.Hour, 2 * time.Hour},
		{4, time.Hour, 4 * time.Hour},
		{7, time.Hour, 24 * time.Hour},
		{1000, time.Minute, 24 * time.Hour},
		{3, 24 * time.Hour, 0},
		{9, 7 * 24 * time.Hour, 0},
	} {
		if got := putOff(tt.failures, tt.interval); got != tt.want {
			t.Errorf("%d failures of one every %s: %s, want %s", tt.failures, tt.interval, got, tt.want)
		}
	}
}

// clock is a time that a test sets.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) add(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.at = c.at.Add(d) }

// A source whose passes fail is visited less, says so, and is back at its times after one that does not. A restart knows of it, and makes up for one pass that was missed.
func TestFailingSourceIsPutOff(t *testing.T) {
	src := scheduled("a", "0 * * * *")
	o := stored(t, src)
	c := &clock{at: time.Date(2026, 3, 30, 8, 0, 0, 0, time.UTC)}
	o.Now = c.now
	log := &logBuffer{}
	status, passes := statusFailed, 0
	newWorker := func() *Worker {
		w := newTestWorkerOf(o, log)
		w.spread = 0
		w.pass = func(ctx, _ context.Context, _ *Crawler, src config.Source) (storage.Run, error) {
			passes++
			run := storage.Run{SourceID: src.ID, StartedAt: c.now(), FinishedAt: c.now(), Status: status}
			var err error
			if run.ID, err = o.DB.StartRun(ctx, src.ID, run.StartedAt); err != nil {
				t.Error(err)
			}
			if err := o.DB.FinishRun(ctx, run); err != nil {
				t.Error(err)
			}
			return run, nil
		}
		return w
	}
	w := newWorker()
	var put []bool
	for range 9 { // each hour, as the timetable would
		if put = append(put, w.isPutOff("a")); !w.isPutOff("a") {
			w.runSource(t.Context(), t.Context(), "a")
		}
		c.add(time.Hour)
	}
	if want := "[false false false true false true true true false]"; fmt.Sprint(put) != want {
		t.Errorf("put off %v, want %s", put, want)
	}
	if !strings.Contains(log.String(), "visited less") || !strings.Contains(log.String(), "failures=4") {
		t.Errorf("not said: %s", log)
	}
	rows, err := o.DB.Sources(t.Context())
	if err != nil || rows[0].PutOffUntil == nil {
		t.Errorf("%+v, %v", rows, err)
	}

	passes = 0
	runFor(t, newWorker(), 100*time.Millisecond) // a restart
	if passes != 0 {
		t.Error("a restart forgets that the source is put off")
	}
	status = statusOK
	c.add(40 * time.Hour)
	runFor(t, newWorker(), 100*time.Millisecond)
	if passes != 1 {
		t.Errorf("%d passes make up for 40 missed ones", passes)
	}
	runFor(t, newWorker(), 100*time.Millisecond)
	if rows, err = o.DB.Sources(t.Context()); err != nil || rows[0].PutOffUntil != nil || passes != 1 {
		t.Errorf("%+v, %v, %d passes", rows, err, passes)
	}
}
