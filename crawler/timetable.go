package crawler

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"zhaowen/config"

	"github.com/robfig/cron/v3"
)

// timetable runs a job for each source at its times.
type timetable struct {
	cron    *cron.Cron
	log     *slog.Logger
	run     func(id string)
	enter   func(id string) bool
	leave   func(id string)
	putOff  func(id string) bool          // whether a pass is left out, since the source keeps failing
	learnt  func(id string) cron.Schedule // for `auto`
	entries map[string]entry              // by id of the source
	first   sync.WaitGroup                // passes that were not begun by cron
}

// entry is a source on the timetable. One whose times stay is left alone by a reload: @every would begin anew otherwise, and might never come.
type entry struct {
	id    cron.EntryID
	times string
}

func newTimetable(log *slog.Logger, run func(id string), enter func(id string) bool, leave func(id string)) *timetable {
	return &timetable{
		cron: cron.New(cron.WithLogger(cronLog{log})), log: log, run: run, enter: enter, leave: leave, entries: map[string]entry{},
		putOff: func(string) bool { return false }, learnt: func(string) cron.Schedule { return nil },
	}
}

// set makes the timetable agree with a configuration whose schedules were checked.
func (t *timetable) set(cfg *config.Config) error {
	if err := checkSchedules(cfg); err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, src := range cfg.Sources {
		if src.Disabled {
			continue
		}
		wanted[src.ID] = true
		times := src.Schedule + " " + cfg.Location.String() + " " + src.Jitter.String()
		old, known := t.entries[src.ID]
		if known && old.times == times {
			continue
		}
		schedule, err := newVisits(src, cfg.Location, time.Now(), t.learnt(src.ID))
		if err != nil {
			return fmt.Errorf("source %s: %w", src.ID, err)
		}
		if known {
			t.cron.Remove(old.id)
		}
		t.entries[src.ID] = entry{t.cron.Schedule(schedule, t.job(src.ID)), times}
	}
	for id, e := range t.entries {
		if !wanted[id] {
			t.cron.Remove(e.id)
			delete(t.entries, id)
		}
	}
	return nil
}

// renew counts the times of a source from now on: cron has worked out the next one before the pass taught anything.
func (t *timetable) renew(src config.Source, zone *time.Location) {
	old, known := t.entries[src.ID]
	schedule, err := newVisits(src, zone, time.Now(), t.learnt(src.ID))
	if !known || err != nil {
		return // taken off by a reload
	}
	t.cron.Remove(old.id)
	t.entries[src.ID] = entry{t.cron.Schedule(schedule, t.job(src.ID)), old.times}
}

func checkSchedules(cfg *config.Config) error {
	for _, src := range cfg.Sources {
		if _, err := config.ParseSchedule(src.Schedule, cfg.Location); err != nil && !src.Disabled {
			return fmt.Errorf("source %s: schedule %q: %w", src.ID, src.Schedule, err)
		}
	}
	return nil
}

// job wraps the pass of a source. Recover is innermost: a panic must not keep the guard against overlaps from being lifted.
func (t *timetable) job(id string) cron.Job {
	return cron.NewChain(t.skipIfPutOff(id), t.skipIfRunning(id), cron.Recover(cronLog{t.log.With("source", id)})).Then(cron.FuncJob(func() { t.run(id) }))
}

// skipIfRunning does what cron.SkipIfStillRunning does, by source instead of by entry, so that it holds across reloads and for the passes outside of cron.
func (t *timetable) skipIfRunning(id string) cron.JobWrapper {
	return func(j cron.Job) cron.Job {
		return cron.FuncJob(func() {
			if !t.enter(id) {
				t.log.Warn("pass skipped: the one before is still under way", "source", id)
				return
			}
			defer t.leave(id)
			j.Run()
		})
	}
}

// skipIfPutOff leaves out the passes of a source that keeps failing.
func (t *timetable) skipIfPutOff(id string) cron.JobWrapper {
	return func(j cron.Job) cron.Job {
		return cron.FuncJob(func() {
			if t.putOff(id) {
				t.log.Debug("pass left out: the source keeps failing", "source", id)
				return
			}
			j.Run()
		})
	}
}

// soon runs the job of a source once, after a while.
func (t *timetable) soon(starting context.Context, id string, after time.Duration) {
	job := t.job(id)
	t.first.Go(func() {
		if sleep(starting, after) == nil {
			job.Run()
		}
	})
}

// stop begins no job any more and waits for those under way: for timeout as they are, then after abandon has cut them off.
func (t *timetable) stop(timeout time.Duration, abandon context.CancelFunc) {
	jobs := t.cron.Stop()
	timer := time.AfterFunc(timeout, abandon)
	defer timer.Stop()
	<-jobs.Done()
	t.first.Wait()
}

// cronLog gives cron's messages to slog: its every step as debug, panics of jobs as errors.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(message string, keysAndValues ...any) {
	l.log.Debug("cron: "+message, keysAndValues...)
}

func (l cronLog) Error(err error, message string, keysAndValues ...any) {
	l.log.Error("cron: "+message, append([]any{"error", err}, keysAndValues...)...)
}
