package main

import (
	"context"
	"fmt"
	"time"

	"zhaowen/storage"
)

type sourcesCommand struct {
	JSON bool `name:"json" help:"Print one JSON object a line."`
}

func (sourcesCommand) Help() string {
	return "A source is failing after three failed passes in a row, and is then visited less: the distance doubles with each failure, up to a day. It is changed when its pages are far from what is usual there.\n\nExamples:\n\n    crawl sources\n    crawl sources --json"
}

func (c sourcesCommand) Run(ctx context.Context, in *invocation) error {
	db, cfg, err := in.openForReading(ctx)
	if err != nil {
		return err
	}
	defer in.close(db)
	sources, err := db.Sources(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSONLines(in.Stdout, sources)
	}
	if len(sources) == 0 {
		in.note("no source yet: crawl --once brings in those of the configuration")
		return nil
	}
	rows := make([][]string, 0, len(sources))
	for _, s := range sources {
		rows = append(rows, []string{
			s.ID, s.Name, s.State, count(s.Articles), count(s.Waiting), count(s.Gone), localTime(s.LastRunAt, cfg.Location), localTime(s.LastSuccessAt, cfg.Location),
			count(s.ConsecutiveFailures), trouble(s, cfg.Location),
		})
	}
	sheet := in.sheet()
	sheet.table([]column{
		{name: "source"},
		{name: "name", flex: true},
		{name: "state"},
		{name: "articles", right: true},
		{name: "waiting", right: true},
		{name: "given up", right: true},
		{name: "last run"},
		{name: "last success"},
		{name: "failures", right: true},
		{name: "trouble", flex: true},
	}, rows)
	return sheet.show(in.Stdout)
}

// trouble says what is wrong with a source: that it is visited less, in what its pages have changed, or else its last error.
func trouble(s storage.SourceRow, zone *time.Location) string {
	if s.PutOffUntil != nil {
		return fmt.Sprintf("visited less, not before %s: %s", localTime(s.PutOffUntil, zone), orEmpty(s.LastError))
	}
	if s.ChangedReason != nil {
		return *s.ChangedReason
	}
	return orEmpty(s.LastError)
}
