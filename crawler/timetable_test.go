package crawler

import (
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"zhaowen/config"
)

// guardedRuns counts the runs of a source and lets no two overlap, as the worker does.
type guardedRuns struct {
	mu    sync.Mutex
	busy  map[string]bool
	count map[string]int
}

func (g *guardedRuns) enter(id string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.busy[id] {
		return false
	}
	g.busy[id] = true
	g.count[id]++
	return true
}

func (g *guardedRuns) leave(id string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.busy, id)
}

func (g *guardedRuns) of(id string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.count[id]
}

func scheduled(id, schedule string) config.Source {
	return config.Source{ID: id, URL: "http://" + id + ".test/", Crawl: config.Crawl{Schedule: schedule}}
}

// startTimetable runs a timetable inside a bubble; the returned function ends it.
func startTimetable(t *testing.T, log *logBuffer, run func(id string), sources ...config.Source) (*timetable, *guardedRuns, func()) {
	t.Helper()
	g := &guardedRuns{busy: map[string]bool{}, count: map[string]int{}}
	table := newTimetable(slog.New(slog.NewTextHandler(log, nil)), run, g.enter, g.leave)
	if err := table.set(local(sources...)); err != nil {
		t.Fatal(err)
	}
	table.cron.Start()
	return table, g, func() { table.stop(0, func() {}) }
}

func TestTimetableNeverOverlaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		inside, runs := 0, 0
		log := &logBuffer{}
		_, _, stop := startTimetable(t, log, func(string) {
			mu.Lock()
			inside++
			runs++
			if inside > 1 {
				t.Error("two passes at once")
			}
			mu.Unlock()
			time.Sleep(2500 * time.Millisecond)
			mu.Lock()
			inside--
			mu.Unlock()
		}, scheduled("a", "@every 1s"))
		time.Sleep(10 * time.Second)
		stop()
		if runs < 3 || runs > 4 {
			t.Errorf("%d passes of 2.5 s in 10 s", runs)
		}
		if !strings.Contains(log.String(), "pass skipped") {
			t.Error("the skipped passes are not logged")
		}
	})
}

func TestTimetableSurvivesPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &logBuffer{}
		_, g, stop := startTimetable(t, log, func(string) { panic("broken page") }, scheduled("a", "@every 1s"))
		time.Sleep(5500 * time.Millisecond)
		stop()
		if n := g.of("a"); n != 5 {
			t.Errorf("%d passes in 5.5 s after panics", n)
		}
		if !strings.Contains(log.String(), "broken page") || !strings.Contains(log.String(), "stack") {
			t.Errorf("the panic is not logged with its stack: %s", log)
		}
	})
}

func TestTimetableReload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table, g, stop := startTimetable(t, &logBuffer{}, func(string) {},
			scheduled("stays", "@every 10s"), scheduled("goes", "@every 10s"), scheduled("changes", "@every 10s"))
		time.Sleep(7 * time.Second)
		disabled := scheduled("disabled", "@every 1s")
		disabled.Disabled = true
		if err := table.set(local(scheduled("stays", "@every 10s"), scheduled("changes", "@every 1s"), scheduled("comes", "@every 2s"), disabled)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5500 * time.Millisecond)
		stop()
		for id, want := range map[string]int{"stays": 1, "goes": 0, "changes": 5, "comes": 2, "disabled": 0} {
			if got := g.of(id); got != want {
				t.Errorf("%s ran %d times, want %d", id, got, want)
			}
		}
	})
}

func TestTimetableKeepsOldWhenNewIsWrong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table, g, stop := startTimetable(t, &logBuffer{}, func(string) {}, scheduled("a", "@every 1s"))
		if err := table.set(local(scheduled("b", "@every 1s"), scheduled("c", "0 0 31 2 *"))); err == nil {
			t.Error("a schedule that never fires was taken")
		}
		time.Sleep(3500 * time.Millisecond)
		stop()
		if g.of("a") != 3 || g.of("b") != 0 {
			t.Errorf("a ran %d times, b %d times", g.of("a"), g.of("b"))
		}
	})
}

func TestTimetableGoesByItsZone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // the bubble begins at midnight UTC on 2000-01-01
		cfg := local(scheduled("a", "30 8 * * *"))
		cfg.Location = time.FixedZone("CST", 8*60*60)
		log := &logBuffer{}
		table, g, stop := startTimetable(t, log, func(string) {})
		if err := table.set(cfg); err != nil {
			t.Fatal(err)
		}
		time.Sleep(29 * time.Minute)
		before := g.of("a")
		time.Sleep(2 * time.Minute)
		stop()
		if before != 0 || g.of("a") != 1 {
			t.Errorf("ran %d times before and %d times at 08:30 in the zone", before, g.of("a"))
		}
	})
}

func TestTimetableStopWaitsThenAbandons(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct{ needs, timeout, want time.Duration }{
			{3 * time.Second, 10 * time.Second, 3 * time.Second}, {time.Hour, 10 * time.Second, 10 * time.Second},
		} {
			abandoned := make(chan struct{})
			table, _, _ := startTimetable(t, &logBuffer{}, func(string) {
				select {
				case <-time.After(tt.needs):
				case <-abandoned:
				}
			}, scheduled("a", "@every 1s"))
			time.Sleep(time.Second)
			synctest.Wait()
			started := time.Now()
			table.stop(tt.timeout, func() { close(abandoned) })
			if took := time.Since(started); took != tt.want {
				t.Errorf("stopping took %s, want %s", took, tt.want)
			}
		}
	})
}
