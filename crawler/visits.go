package crawler

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"zhaowen/config"

	"github.com/robfig/cron/v3"
)

const (
	jitterPart  = 10 // of the distance between two passes
	putOffAfter = 3  // failed passes in a row; storage calls the source failing then
	maxPutOff   = 24 * time.Hour
	leastOf     = 3 // distances that are looked at to find the least one
)

// visits are the times of a source: those of its schedule, put off by its share of the jitter.
type visits struct {
	base  cron.Schedule
	every bool          // base counts from the last time, not by the clock
	late  time.Duration // share of the jitter
	begun bool
}

// newVisits returns the times of a source from now on. Learnt is what its column's rhythm is, nil when not known; it counts for `auto` alone.
func newVisits(src config.Source, zone *time.Location, now time.Time, learnt cron.Schedule) (*visits, error) {
	base, err := config.ParseSchedule(src.Schedule, zone)
	if err != nil {
		return nil, err
	}
	if src.Schedule == config.Auto && learnt != nil {
		base = learnt
	}
	_, byClock := base.(*cron.SpecSchedule)
	v := &visits{base: base, every: !byClock}
	v.late = jitterOf(src.ID, min(src.Jitter, v.interval(now)/jitterPart))
	return v, nil
}

// Next implements cron.Schedule. The first time is the first one of the schedule, late; what was due before is made up for, see missed. Those by the clock are all late, of those
// that count from the last one the others follow the first.
func (v *visits) Next(t time.Time) time.Time {
	if !v.begun {
		v.begun = true
		return v.base.Next(t).Add(v.late)
	}
	if v.every {
		return v.base.Next(t)
	}
	return v.base.Next(t.Add(-v.late)).Add(v.late)
}

// interval is the least distance between the next passes.
func (v *visits) interval(now time.Time) time.Duration {
	at := v.base.Next(now)
	least := time.Duration(0)
	for range leastOf {
		next := v.base.Next(at)
		if d := next.Sub(at); least == 0 || d < least {
			least = d
		}
		at = next
	}
	return max(least, 0)
}

// missed tells whether a pass fell due since the last one. That of a time that has just gone by, whose jitter is not over, counts too.
func (v *visits) missed(last, now time.Time) bool {
	next := v.base.Next(last)
	return !next.IsZero() && !next.After(now)
}

// jitterOf is a source's share of a jitter, the same at every start.
func jitterOf(id string, most time.Duration) time.Duration {
	sum := sha256.Sum256([]byte(id)) // spreads ids that are alike, too
	share := float64(binary.BigEndian.Uint32(sum[:])) / (1 << 32)
	return time.Duration(float64(most) * share).Truncate(time.Millisecond)
}

// putOff is how far the next pass of a source is from the start of one that was the n-th in a row to fail; 0: as scheduled. It doubles with each from the third on, up to a
// day.
func putOff(n int, interval time.Duration) time.Duration {
	if n < putOffAfter || interval >= maxPutOff {
		return 0
	}
	for ; n >= putOffAfter && interval < maxPutOff; n-- {
		interval *= 2
	}
	return min(interval, maxPutOff)
}
