package config

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNextRuns(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, time.January, 2, 12, 40, 30, 0, time.UTC) // a Friday, 20:40:30 in Shanghai
	tests := map[string][]string{
		"*/30 * * * *":   {"2026-01-02 21:00:00", "2026-01-02 21:30:00"},
		"0 8-20 * * 1-5": {"2026-01-05 08:00:00", "2026-01-05 09:00:00"},
		"5 0 29 2 *":     {"2028-02-29 00:05:00"},
		"0 6 1,15 * mon": {"2026-01-05 06:00:00", "2026-01-12 06:00:00", "2026-01-15 06:00:00"}, // day of month or of week
		"0 0 ? JAN-MAR SUN": {
			"2026-01-04 00:00:00",
		},
		"@daily":           {"2026-01-03 00:00:00", "2026-01-04 00:00:00"},
		" @every   1h30m ": {"2026-01-02 22:10:30", "2026-01-02 23:40:30"},
		"10-40/30 * * * *": {"2026-01-02 21:10:00", "2026-01-02 21:40:00"},
	}
	for spec, want := range tests {
		t.Run(spec, func(t *testing.T) {
			runs, err := Source{Crawl: Crawl{Schedule: spec}}.NextRuns(now, shanghai, len(want))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, run := range runs {
				got = append(got, run.Format(time.DateTime))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestParseScheduleRefuses lists what robfig/cron v3.0.1 accepts silently, panics on or explains badly.
func TestParseScheduleRefuses(t *testing.T) {
	for _, spec := range []string{
		"", "   ", "TZ=0", "CRON_TZ=", "TZ=Asia/Tokyo * * * * *", "TZ=UTC", "@", "@every", "@every ", "@every -5m", "@every 0s",
		"@every 1500ms", "@every 5", "@every 1d", "@everyday", "@reboot", "0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *",
		"*/90 * * * *", "*/60 * * * *", "0 */24 * * *", "10-20/30 * * * *", "*/0 * * * *", "*-5 * * * *", "+5 * * * *", ", * * * *",
		"1,,2 * * * *", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 * ", "* * * * 7", "* * * * fri-mon",
		"30-10 * * * *", "a * * * *", "* * * foo *", "99999999999999999999 * * * *", "*/99999999999999999999 * * * *", "5/2/2 * * * *",
		"0 8–20 * * *", "０ * * * *",
	} {
		if schedule, err := ParseSchedule(spec, nil); err == nil {
			t.Errorf("%q accepted: next %v", spec, schedule.Next(leapYear))
		}
	}
	if _, err := (Source{ID: "gz"}).NextRuns(leapYear, nil, 1); err == nil || err.Error()[:24] != `schedule "" of source "g` {
		t.Errorf("the source is not named: %v", err)
	}
}

func FuzzParseSchedule(f *testing.F) {
	for _, spec := range []string{"*/30 * * * *", "0 8-20 * * 1-5", "@every 10m", "TZ=0", "0 0 31 2 *", "@hourly", "1,2-5/2 ? * jan mon"} {
		f.Add(spec)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		schedule, err := ParseSchedule(spec, time.UTC)
		if err == nil && schedule.Next(leapYear).IsZero() {
			t.Errorf("%q never fires", spec)
		}
	})
}
