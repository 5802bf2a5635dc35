package config

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Period is a stretch of the calendar in days, months or years, such as 24mo. The zero Period is none.
type Period struct {
	Number int
	Unit   string // d, mo or y
}

// String writes a period as it stands in the configuration.
func (p Period) String() string {
	if p == (Period{}) {
		return ""
	}
	return strconv.Itoa(p.Number) + p.Unit
}

// Before returns the day that lies a period before t, in the time zone of t, as YYYY-MM-DD; "" for the zero Period. Where that month has no such day it is its last
// one: a month before 31 March is 28 February.
func (p Period) Before(t time.Time) string {
	years, months := 0, 0
	switch p.Unit {
	case "d":
		return t.AddDate(0, 0, -p.Number).Format(time.DateOnly)
	case "mo":
		months = p.Number
	case "y":
		years = p.Number
	default:
		return ""
	}
	first := time.Date(t.Year()-years, t.Month()-time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1).Format(time.DateOnly)
}

// longestPeriod is above what any news needs, in years; days counted back from it are still dates of the calendar.
const longestPeriod = 1000

// period is a number of days, months or years, at least one day; empty: none.
var period = kind{
	name: "period", want: "a period with its unit", form: formText, schema: map[string]any{"type": "string", "pattern": periodPattern + "|^$"},
	store: func(slot any, text string) error {
		p, err := parsePeriod(text)
		switch {
		case err != nil:
			return err
		case p != (Period{}) && p.Number < 1:
			return errors.New(`must be at least 1d; to keep everything write ""`)
		case p.Number > longestPeriod*perYear[p.Unit]:
			return fmt.Errorf("must be at most %dy", longestPeriod)
		}
		*slot.(*Period) = p
		return nil
	},
}

var perYear = map[string]int{"d": 365, "mo": 12, "y": 1}
