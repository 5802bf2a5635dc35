package config

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"time"
)

const durationPattern = `^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$`

var durationForm = regexp.MustCompile(durationPattern)

// parseDuration reads 500ms, 2s, 1h30m.
func parseDuration(text string) (time.Duration, error) {
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return 0, fmt.Errorf("no unit: write e.g. %ss (units: ms, s, m, h)", text)
	}
	if !durationForm.MatchString(text) {
		return 0, errors.New("no duration: write e.g. 500ms, 2s or 1h30m (units: ms, s, m, h; none below zero)")
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, errors.New("too long")
	}
	return d, nil
}

const sizePattern = `^([0-9]+(\.[0-9]+)?) ?(B|[kK]B|MB|GB|KiB|MiB|GiB)$`

var (
	sizeForm  = regexp.MustCompile(sizePattern)
	sizeUnits = map[string]float64{
		"B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
	}
)

// parseSize reads 512KiB, 1.5MiB (powers of 1024) or 1GB (powers of 1000) as bytes, rounded to the next whole one.
func parseSize(text string) (int64, error) {
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return 0, fmt.Errorf("no unit: write e.g. %sMiB (units: B, KiB, MiB, GiB, KB, MB, GB)", text)
	}
	match := sizeForm.FindStringSubmatch(text)
	if match == nil {
		return 0, errors.New("no size: write e.g. 512KiB, 1.5MiB or 1GB (units: B, KiB, MiB, GiB, KB, MB, GB; none below zero)")
	}
	number, err := strconv.ParseFloat(match[1], 64)
	bytes := math.Round(number * sizeUnits[match[3]])
	if err != nil || bytes > 1<<62 {
		return 0, errors.New("too large")
	}
	return int64(bytes), nil
}

const periodPattern = `^([0-9]+)(d|mo|y)$`

var periodForm = regexp.MustCompile(periodPattern)

// parsePeriod reads 90d, 24mo, 2y; empty: none.
func parsePeriod(text string) (Period, error) {
	if text == "" {
		return Period{}, nil
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return Period{}, fmt.Errorf("no unit: write e.g. %smo (units: d, mo, y)", text)
	}
	match := periodForm.FindStringSubmatch(text)
	if match == nil {
		return Period{}, errors.New("no period: write e.g. 90d, 24mo or 2y (units: d, mo, y; m would be minutes)")
	}
	number, err := strconv.Atoi(match[1])
	if err != nil {
		return Period{}, errors.New("too long")
	}
	return Period{number, match[2]}, nil
}
