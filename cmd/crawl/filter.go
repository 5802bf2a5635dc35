package main

import (
	"fmt"
	"time"

	"zhaowen/storage"
)

// filterFlags narrow down which articles a command is about.
type filterFlags struct {
	Since  string `placeholder:"DATE" help:"Published on this day or later (YYYY-MM-DD)."`
	Until  string `placeholder:"DATE" help:"Published on this day or earlier (YYYY-MM-DD)."`
	Source string `placeholder:"ID" help:"Of this source alone; files that were ingested count as the source ingest."`
	All    bool   `help:"Reprints too."`
}

// check is called by the commands' Validate.
func (f *filterFlags) check() error {
	for _, day := range []struct{ flag, value string }{{"--since", f.Since}, {"--until", f.Until}} {
		if day.value == "" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, day.value); err != nil {
			return fmt.Errorf("%s %s is no day: write YYYY-MM-DD", day.flag, day.value)
		}
	}
	return nil
}

func (f *filterFlags) query() storage.Query {
	return storage.Query{Since: f.Since, Until: f.Until, SourceID: f.Source, All: f.All}
}

// checkLimit refuses numbers that mean nothing.
func checkLimit(limit int) error {
	if limit < 0 {
		return fmt.Errorf("--limit %d: give a number from 1, or 0 for no limit", limit)
	}
	return nil
}
