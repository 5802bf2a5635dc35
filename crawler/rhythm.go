package crawler

import (
	"time"

	"zhaowen/config"
	"zhaowen/storage"
)

const (
	rhythmDays  = 28  // that are looked back on; whole weeks, so that each day of the week counts alike
	worthAVisit = 0.5 // articles that must be expected before the column is visited again
	visitStep   = 15 * time.Minute
)

// rhythm is how many articles a column publishes an hour, by hour of the day in the zone of its site, on working days and at weekends.
type rhythm struct {
	zone  *time.Location
	rates [2][24]float64
}

// weekend is 1 on Saturdays and Sundays.
func weekend(t time.Time) int {
	if day := t.Weekday(); day == time.Saturday || day == time.Sunday {
		return 1
	}
	return 0
}

// learn takes the rhythm from when the articles of the last weeks came out. One whose time of day is not known counts for all hours of its day in equal parts, or, where it
// was seen on that day, for those until then; one whose day is not known counts for the hour in which it was first seen, once an hour, since a first pass sees
// many.
func learn(published []storage.Publication, now time.Time, zone *time.Location) *rhythm {
	r := &rhythm{zone: zone}
	var days [2]float64
	since := now.AddDate(0, 0, -rhythmDays)
	for day := since; day.Before(now); day = day.AddDate(0, 0, 1) {
		days[weekend(day.In(zone))]++
	}
	firstSights := map[string]bool{}
	for _, p := range published {
		r.add(p, since, now, firstSights)
	}
	for class := range r.rates {
		for hour := range r.rates[class] {
			r.rates[class][hour] /= max(days[class], 1)
		}
	}
	return r
}

// add counts one article.
func (r *rhythm) add(p storage.Publication, since, now time.Time, firstSights map[string]bool) {
	seen := p.FirstSeen.In(r.zone)
	at, first, last := p.At.In(r.zone), 0, 23
	day, err := time.ParseInLocation(time.DateOnly, p.On, r.zone)
	switch {
	case !p.At.IsZero() && at.Hour()+at.Minute()+at.Second() > 0: // midnight is a date without a time
		first, last = at.Hour(), at.Hour()
	case err == nil && seen.Format(time.DateOnly) == p.On:
		at, last = day, seen.Hour()
	case err == nil:
		at = day
	default:
		hour := seen.Format("2006-01-02 15")
		if firstSights[hour] {
			return
		}
		firstSights[hour] = true
		at, first, last = seen, seen.Hour(), seen.Hour()
	}
	if at.Before(since.AddDate(0, 0, -1)) || at.After(now) {
		return
	}
	for hour := first; hour <= last; hour++ {
		r.rates[weekend(at)][hour] += 1 / float64(last-first+1)
	}
}

// Next returns when the column is to be visited again after a visit at t: as soon as half an article is expected, within the bounds of config.
func (r *rhythm) Next(t time.Time) time.Time {
	expected := 0.0
	next := t
	for next.Sub(t) < config.AutoMost {
		local := next.In(r.zone)
		expected += r.rates[weekend(local)][local.Hour()] * visitStep.Hours()
		next = next.Add(visitStep)
		if expected >= worthAVisit {
			break
		}
	}
	if next.Sub(t) < config.AutoLeast {
		return t.Add(config.AutoLeast)
	}
	return next
}
