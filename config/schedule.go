package config

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// fields are the five of a cron spec, with the values that robfig/cron accepts.
var fields = []struct {
	name      string
	low, high int
}{{"minute", 0, 59}, {"hour", 0, 23}, {"day of the month", 1, 31}, {"month", 1, 12}, {"day of the week", 0, 6}}

var descriptors = []string{"@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually", "@every 30m"}

// item is one part of a comma list in a cron field: *, 5, 1-5, mon-fri, and a step. The library takes more and ignores
// some of it silently, such as the 5 of `*-5`.
var item = regexp.MustCompile(`^(?:[*?]|([0-9]{1,4}|[A-Za-z]{3})(?:-([0-9]{1,4}|[A-Za-z]{3}))?)(?:/([0-9]{1,4}))?$`)

// leapYear starts the search for a first run: within five years of it every date that exists comes by, 29 February too.
var leapYear = time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)

// ParseSchedule reads a cron spec of five fields (minute, hour, day of month, month, day of week), @hourly and its like, or
// `@every 10m`, to run in loc (nil: UTC). It refuses what robfig/cron v3.0.1 accepts silently or panics on: TZ= prefixes, steps
// longer than their field, intervals below a second, and dates that never come. For `auto` it gives the schedule of a source of which nothing has been learnt.
func ParseSchedule(spec string, loc *time.Location) (cron.Schedule, error) {
	if loc == nil {
		loc = time.UTC
	}
	spec = strings.TrimSpace(spec)
	switch {
	case spec == Auto:
		return autoUnlearnt(), nil
	case spec == "":
		return nil, errors.New(`empty: write five fields such as "*/30 * * * *", or @hourly`)
	case strings.HasPrefix(spec, "TZ=") || strings.HasPrefix(spec, "CRON_TZ="):
		return nil, errors.New(`a schedule holds no time zone: set "timezone" at the top of the file`)
	case strings.HasPrefix(spec, "@every"):
		return parseEvery(strings.TrimPrefix(spec, "@every"))
	case strings.HasPrefix(spec, "@"):
		if _, err := cron.ParseStandard(spec); err != nil {
			return nil, fmt.Errorf("unknown name: %s", suggest(spec, descriptors))
		}
	default:
		if err := checkFields(spec); err != nil {
			return nil, err
		}
	}
	schedule, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, err
	}
	if fixed, ok := schedule.(*cron.SpecSchedule); ok {
		fixed.Location = time.UTC
		if fixed.Next(leapYear).IsZero() {
			return nil, errors.New("never fires: no month of the spec has that day")
		}
		fixed.Location = loc
	}
	return schedule, nil
}

func parseEvery(text string) (cron.Schedule, error) {
	every, err := time.ParseDuration(strings.TrimSpace(text))
	if err != nil {
		return nil, errors.New("no interval with a unit: write e.g. @every 30m or @every 1h30m")
	}
	if every < time.Second || every%time.Second != 0 {
		return nil, errors.New("the interval must be whole seconds, at least one: write e.g. @every 30m")
	}
	return cron.Every(every), nil
}

// checkFields finds what the library takes without a word; names and bounds are left to it.
func checkFields(spec string) error {
	parts := strings.Fields(spec)
	if len(parts) != len(fields) {
		return fmt.Errorf("%d fields instead of 5: minute, hour, day of the month, month, day of the week", len(parts))
	}
	for i, part := range parts {
		f := fields[i]
		for one := range strings.SplitSeq(part, ",") {
			match := item.FindStringSubmatch(one)
			if match == nil {
				return fmt.Errorf("%q is no %s: write *, 5, 1-5, */10 or a comma list of these", one, f.name)
			}
			if err := checkItem(match, one, f.name, f.low, f.high); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkItem(match []string, one, name string, low, high int) error {
	from, to, span := match[1], match[2], high-low
	for _, end := range []string{from, to} {
		n, err := strconv.Atoi(end)
		switch {
		case err != nil: // empty, or a name such as mon
		case name == "day of the week" && n == 7:
			return fmt.Errorf("%q: Sunday is 0, not 7", one)
		case n < low || n > high:
			return fmt.Errorf("%q is no %s: it goes from %d to %d", one, name, low, high)
		}
	}
	first, errFirst := strconv.Atoi(from)
	last, errLast := strconv.Atoi(to)
	if errFirst == nil && errLast == nil {
		span = last - first
		if span < 0 {
			return fmt.Errorf("%q ends before it begins: write two ranges, %d-%d,%d-%d", one, first, high, low, last)
		}
	}
	if step, err := strconv.Atoi(match[3]); err == nil {
		if step == 0 {
			return fmt.Errorf("%q has a step of 0: leave it out, or write @every 1m for every minute", one)
		}
		if step > 1 && step > span {
			return fmt.Errorf("the step of %q is longer than the field (%d to %d), so it would fire only once: use @every for longer intervals", one, low, high)
		}
	}
	return nil
}

// NextRuns returns the next n times after now at which the source is due, in loc. A source's @every counts from now.
func (s Source) NextRuns(now time.Time, loc *time.Location, n int) ([]time.Time, error) {
	if loc == nil {
		loc = time.UTC
	}
	schedule, err := ParseSchedule(s.Schedule, loc)
	if err != nil {
		return nil, fmt.Errorf("schedule %q of source %q: %w", s.Schedule, s.ID, err)
	}
	var runs []time.Time
	for at := now.In(loc); len(runs) < n; {
		if at = schedule.Next(at); at.IsZero() {
			break
		}
		runs = append(runs, at)
	}
	return runs, nil
}
