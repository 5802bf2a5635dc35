package main

import (
	"testing"
	"time"
)

func TestNumbersForPeople(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{count(0), "0"},
		{count(999), "999"},
		{count(1000), "1,000"},
		{count(1234567), "1,234,567"},
		{count(-123), "-123"},
		{count(-1234), "-1,234"},
		{size(0), "0 B"},
		{size(999), "999 B"},
		{size(1000), "1 kB"},
		{size(18342), "18.3 kB"},
		{size(999_900), "1 MB"},
		{size(5_250_000_000), "5.25 GB"},
		{took(420*time.Millisecond + 300*time.Microsecond), "420ms"},
		{took(2340 * time.Millisecond), "2.3s"},
		{took(192*time.Second + 4*time.Millisecond), "3m12s"},
		{plural(1, "row"), "1 row"},
		{plural(1200, "row"), "1,200 rows"},
		{plural(0, "row"), "0 rows"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
