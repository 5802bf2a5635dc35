package main

import (
	"context"
	"fmt"

	"zhaowen/storage"
)

type statsCommand struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

func (statsCommand) Help() string { return "Examples:\n\n    crawl stats\n    crawl stats --json" }

func (c statsCommand) Run(ctx context.Context, in *invocation) error {
	db, cfg, err := in.openForReading(ctx)
	if err != nil {
		return err
	}
	defer in.close(db)
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
	s.line("Sources", count(stats.Sources))
	s.line("Pages", fmt.Sprintf("%s: %s waiting, %s given up", count(stats.Pages), count(stats.Waiting), count(stats.Gone)))
	s.line("Runs", count(stats.Runs))
	s.line("File", size(stats.FileBytes))
	return s.show(in.Stdout)
}
