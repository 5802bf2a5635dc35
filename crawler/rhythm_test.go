package crawler

import (
	"testing"
	"time"

	"zhaowen/config"
	"zhaowen/storage"
)

// workdays gives n articles on each working day of the four weeks before now, at the hour.
func workdays(now time.Time, hour, n int) (all []storage.Publication) {
	for day := range rhythmDays {
		at := now.AddDate(0, 0, -day-1)
		if weekend(at) == 1 {
			continue
		}
		for i := range n {
			at := time.Date(at.Year(), at.Month(), at.Day(), hour, 1+i, 0, 0, now.Location())
			all = append(all, storage.Publication{At: at, On: at.Format(time.DateOnly), FirstSeen: at.Add(time.Hour)})
		}
	}
	return all
}

func TestRhythm(t *testing.T) {
	zone := time.FixedZone("CST", 8*60*60)
	monday := time.Date(2026, 3, 30, 0, 0, 0, 0, zone)
	onDays := workdays(monday, 0, 2)
	for i := range onDays {
		onDays[i].At = time.Time{}
		onDays[i].FirstSeen = monday // a first pass has seen them all
	}
	sights := make([]storage.Publication, 300)
	for i := range sights {
		sights[i].FirstSeen = monday.Add(-90 * time.Minute)
	}
	for _, tt := range []struct {
		name      string
		published []storage.Publication
		after     time.Time
		want      time.Duration
	}{
		{"nothing known", nil, monday, config.AutoMost},
		{"one a day at nine: not before", workdays(monday, 9, 1), monday, 9*time.Hour + 30*time.Minute},
		{"after it the next morning", workdays(monday, 9, 1), monday.Add(10 * time.Hour), 23*time.Hour + 30*time.Minute},
		{"over the weekend at most a day", workdays(monday, 9, 1), monday.AddDate(0, 0, 4).Add(18 * time.Hour), config.AutoMost},
		{"many in an hour: every quarter", workdays(monday, 9, 40), monday.Add(9 * time.Hour), config.AutoLeast},
		{"and none at night", workdays(monday, 9, 40), monday.Add(10 * time.Hour), 23*time.Hour + 15*time.Minute},
		{"days alone: spread over the day", onDays, monday, 6 * time.Hour},
		{"a first pass over articles without dates says little", sights, monday, 24 * time.Hour},
		{"older than four weeks", workdays(monday.AddDate(0, 0, -60), 9, 9), monday, config.AutoMost},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := learn(tt.published, monday, zone).Next(tt.after).Sub(tt.after); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}
