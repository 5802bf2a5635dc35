package main

import (
	"context"
	"strconv"
	"time"

	"zhaowen/storage"
)

type runsCommand struct {
	Limit int  `default:"20" help:"How many; 0: all (default: 20)."`
	JSON  bool `name:"json" help:"Print one JSON object a line."`
}

func (runsCommand) Help() string {
	return "Newest first.\n\nExamples:\n\n    crawl runs\n    crawl runs --limit 0 --json"
}

// Validate is called by the parser of the command line.
func (c *runsCommand) Validate() error { return checkLimit(c.Limit) }

func (c *runsCommand) Run(ctx context.Context, in *invocation) error {
	db, cfg, err := in.openForReading(ctx)
	if err != nil {
		return err
	}
	defer in.close(db)
	runs, err := db.Runs(ctx, c.Limit)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSONLines(in.Stdout, runs)
	}
	if len(runs) == 0 {
		in.note("no run yet: crawl --once makes one")
		return nil
	}
	rows := make([][]string, 0, len(runs))
	for _, r := range runs {
		rows = append(rows, append([]string{strconv.FormatInt(r.ID, 10), localTime(&r.StartedAt, cfg.Location)}, append(passCells(runOf(r)), orEmpty(r.Error))...))
	}
	columns := append([]column{{name: "run", right: true}, {name: "started"}}, passColumns...)
	s := in.sheet()
	s.table(append(columns, column{name: "error", flex: true}), rows)
	return s.show(in.Stdout)
}

// runOf gives a row of the file as a run.
func runOf(r storage.RunRow) storage.Run {
	run := storage.Run{
		ID: r.ID, SourceID: r.SourceID, StartedAt: moment(&r.StartedAt), FinishedAt: moment(r.FinishedAt), Status: r.Status, Listed: r.Listed, Fetched: r.Fetched,
		NotModified: r.NotModified, New: r.New, Updated: r.Updated, Copies: r.Copies, Reprints: r.Reprints, Failed: r.Failed, Bytes: r.Bytes, Err: orEmpty(r.Error),
	}
	if run.FinishedAt.IsZero() { // under way, or its process died
		run.FinishedAt = run.StartedAt
	}
	return run
}

// moment reads a time of the file; the zero time for NULL.
func moment(stored *string) time.Time {
	t, _ := time.Parse(time.RFC3339, orEmpty(stored)) // storage writes no other form
	return t
}

// localTime writes a time of the file for people, in the zone of the configuration.
func localTime(stored *string, zone *time.Location) string {
	if t := moment(stored); !t.IsZero() {
		return t.In(zone).Format("2006-01-02 15:04")
	}
	return orEmpty(stored)
}

// orEmpty is a column that may be NULL.
func orEmpty(column *string) string {
	if column == nil {
		return ""
	}
	return *column
}
