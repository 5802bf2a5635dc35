package config

import (
	"testing"
	"time"
)

func TestPeriodBefore(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ period, at, want string }{
		{"", "2026-11-24T12:00:00Z", ""},
		{"1d", "2026-03-01T12:00:00Z", "2026-02-28"},
		{"90d", "2026-11-24T12:00:00Z", "2026-08-26"},
		{"24mo", "2026-11-24T12:00:00Z", "2024-11-24"},
		{"2y", "2026-11-24T12:00:00Z", "2024-11-24"},
		{"2y", "2026-11-24T16:00:00Z", "2024-11-25"}, // past midnight in Shanghai
		{"1mo", "2026-03-31T12:00:00Z", "2026-02-28"},
		{"1mo", "2024-03-31T12:00:00Z", "2024-02-29"},
		{"3mo", "2026-01-15T12:00:00Z", "2025-10-15"},
		{"14mo", "2026-01-31T12:00:00Z", "2024-11-30"},
		{"1y", "2024-02-29T12:00:00Z", "2023-02-28"},
		{"1000y", "2026-11-24T12:00:00Z", "1026-11-24"},
	} {
		p, err := parsePeriod(c.period)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Before(at.In(shanghai)); got != c.want || p.String() != c.period {
			t.Errorf("%s before %s: %s, want %s", p, c.at, got, c.want)
		}
	}
}
