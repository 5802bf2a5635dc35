package crawler

import (
	"context"
	"fmt"
	"time"

	"zhaowen/config"
	"zhaowen/storage"
)

// past is what earlier passes say of a source's next one.
type past struct {
	last   time.Time // end of the last pass that came to its end; zero: none did
	putOff time.Time // no scheduled pass before; zero: none was put off
}

// history returns the past of each source.
func (w *Worker) history(ctx context.Context) (map[string]past, error) {
	rows, err := w.options.DB.Sources(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the sources: %w", err)
	}
	all := map[string]past{}
	for _, r := range rows {
		all[r.ID] = past{moment(r.LastRunAt), moment(r.PutOffUntil)}
	}
	return all, nil
}

// moment reads a time of the file; the zero time for NULL.
func moment(stored *string) time.Time {
	if stored == nil {
		return time.Time{}
	}
	t, _ := time.Parse(time.RFC3339, *stored) // storage writes no other form
	return t
}

// learn reads from the stored articles when a source with the schedule `auto` publishes.
func (w *Worker) learn(ctx context.Context, src config.Source, zone *time.Location) {
	if src.Schedule != config.Auto || src.Disabled {
		return
	}
	now := w.options.Now()
	published, err := w.options.DB.Publications(ctx, src.ID, now.AddDate(0, 0, -rhythmDays))
	if err != nil {
		w.log.Warn("nothing learnt for the schedule", "source", src.ID, "error", err)
		return
	}
	r := learn(published, now, zone)
	w.rhythms.Store(src.ID, r)
	w.log.Debug("schedule learnt", "source", src.ID, "articles", len(published), "next", r.Next(now))
}

// rhythmOf gives what was learnt of a source, as a schedule that follows what is learnt later.
func (w *Worker) rhythmOf(id string) *learning { return &learning{w: w, id: id} }

// learning is the schedule of a source by the rhythm that was learnt last.
type learning struct {
	w  *Worker
	id string
}

// Next implements cron.Schedule.
func (l *learning) Next(t time.Time) time.Time {
	if r, ok := l.w.rhythms.Load(l.id); ok {
		return r.(*rhythm).Next(t)
	}
	return t.Add(config.AutoMost)
}

// settle follows up a pass: one of a source that keeps failing puts off the next ones, and what came in teaches when the column publishes.
func (w *Worker) settle(ctx context.Context, src config.Source, zone *time.Location, run storage.Run) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTimeout)
	defer cancel()
	if run.Status != statusFailed {
		w.putOff.Delete(src.ID)
		w.learn(ctx, src, zone)
		w.renew(src, zone)
		return
	}
	n, err := w.options.DB.Failures(ctx, src.ID)
	if err != nil {
		w.log.Warn("failures not known", "source", src.ID, "error", err)
		return
	}
	v, err := newVisits(src, zone, run.StartedAt, w.rhythmOf(src.ID))
	if err != nil {
		return // checked when the configuration was read
	}
	interval := v.interval(run.StartedAt)
	distance := putOff(n, interval)
	if distance == 0 {
		return
	}
	until := run.StartedAt.Add(distance - interval/2) // between the last pass that is left out and the next one
	w.putOff.Store(src.ID, until)
	if err := w.options.DB.PutOff(ctx, src.ID, until); err != nil {
		w.log.Warn("put-off not recorded", "source", src.ID, "error", err)
	}
	w.log.Warn("source keeps failing and is visited less", "source", src.ID, "failures", n, "not_before", until, "distance", distance)
}

// renew lets what a pass has taught of a source with the schedule `auto` count for its next visit.
func (w *Worker) renew(src config.Source, zone *time.Location) {
	if src.Schedule != config.Auto {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer != nil {
		w.timer.renew(src, zone)
	}
}

// isPutOff tells whether a source is put off now.
func (w *Worker) isPutOff(id string) bool {
	until, ok := w.putOff.Load(id)
	return ok && w.options.Now().Before(until.(time.Time))
}
