package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhaowen/storage"
)

type statsCommand struct {
	BySource bool `help:"Count by source, most articles first."`
	JSON     bool `name:"json" help:"Print one JSON object; with --by-source one a line for each source."`
}

func (statsCommand) Help() string {
	return "Examples:\n\n    crawl stats\n    crawl stats --by-source\n    crawl stats --json | jq .articles"
}

func (c statsCommand) Run(ctx context.Context, in *invocation) error {
	db, cfg, err := in.openForReading(ctx)
	if err != nil {
		return err
	}
	defer in.close(db)
	if c.BySource {
		return c.bySource(ctx, in, db)
	}
	stats, err := db.Stats(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSONLines(in.Stdout, []storage.Stats{stats})
	}
	s := in.sheet()
	s.section(cfg.Database)
	s.line("Articles", fmt.Sprintf("%s: %s originals, %s reprints of these", count(stats.Articles), count(stats.Originals), count(stats.Reprints)))
	s.line("Copies", count(stats.Copies)+" (the same text at another address; not stored again)")
	s.line("Revisions", count(stats.Revisions)+" earlier texts kept")
	s.line("Sections", count(stats.Sections))
	s.line("Characters", count(stats.Characters))
	if stats.OldestOn != nil {
		s.line("Dates", fmt.Sprintf("%s to %s, %s without", orEmpty(stats.OldestOn), orEmpty(stats.NewestOn), count(stats.WithoutDate)))
	}
	s.line("Sources", byState(stats))
	s.line("Pages", fmt.Sprintf("%s: %s waiting, %s given up", count(stats.Pages), count(stats.Waiting), count(stats.Gone)))
	s.line("Runs", count(stats.Runs))
	s.line("File", size(stats.FileBytes))
	return s.show(in.Stdout)
}

// byState is the number of sources and, where not all are active, how many are what.
func byState(stats storage.Stats) string {
	all := count(stats.Sources)
	if stats.SourceStates["active"] == stats.Sources {
		return all
	}
	var states []string
	for _, state := range slices.Sorted(maps.Keys(stats.SourceStates)) {
		states = append(states, count(stats.SourceStates[state])+" "+state)
	}
	return all + ": " + strings.Join(states, ", ")
}

func (c statsCommand) bySource(ctx context.Context, in *invocation, db *storage.DB) error {
	stats, err := db.StatsBySource(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSONLines(in.Stdout, stats)
	}
	rows := make([][]string, 0, len(stats))
	for _, s := range stats {
		rows = append(rows, []string{
			s.SourceID, s.Source, s.State, count(s.Articles), count(s.Originals), count(s.Reprints), count(s.Copies), orEmpty(s.OldestOn), orEmpty(s.NewestOn), count(s.WithoutDate),
		})
	}
	sheet := in.sheet()
	sheet.table([]column{
		{name: "source"},
		{name: "name", flex: true},
		{name: "state"},
		{name: "articles", right: true},
		{name: "originals", right: true},
		{name: "reprints", right: true},
		{name: "copies", right: true},
		{name: "oldest"},
		{name: "newest"},
		{name: "no date", right: true},
	}, rows)
	return sheet.show(in.Stdout)
}
