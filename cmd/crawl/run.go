package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"

	"zhaowen/config"
	"zhaowen/crawler"
	"zhaowen/ingest"
	"zhaowen/storage"
	"zhaowen/warc"
)

// runCommand is what crawl does without a command: the daemon, or one pass.
type runCommand struct {
	Once   bool     `help:"Make one pass now, print a summary and end."`
	Source []string `placeholder:"ID" help:"With --once: crawl this source alone; may be given more than once."`
}

func (runCommand) Help() string {
	return `Keeps every configured source on its schedule until SIGTERM or SIGINT. SIGHUP reads the configuration again and keeps the old one when the new one is wrong. With --once it makes one pass over all sources, or the named ones, and prints a summary.

Examples:

    crawl
    crawl --once
    crawl --once --source gz-commerce --source sz-invest
    crawl --config /etc/zhaowen.yaml --log-format json`
}

// Validate is called by the parser of the command line.
func (c *runCommand) Validate() error {
	if len(c.Source) > 0 && !c.Once {
		return errors.New("--source goes with --once")
	}
	return nil
}

func (c *runCommand) Run(ctx context.Context, in *invocation) error {
	debug.SetGCPercent(200) // what lives is small: room to grow costs some 15 MB, and saves a twentieth of the time
	cfg, err := in.config()
	if err != nil {
		return err
	}
	sources, err := c.sources(cfg)
	if err != nil {
		return err
	}
	db, err := storage.Open(ctx, cfg.Database)
	if err != nil {
		return err
	}
	defer in.close(db)
	options := in.options(cfg, db)
	if cfg.Archive != "" {
		archive, err := warc.OpenArchive(cfg.Archive, "zhaowen/"+version, in.Now)
		if err != nil {
			return err
		}
		defer in.closeArchive(archive)
		options.Archive = archive
	}
	if c.Once {
		return once(ctx, in, options, sources)
	}
	return daemon(ctx, in, options)
}

// closeArchive closes the archive at the end of a command; all that was stored is in it and synced by then.
func (in *invocation) closeArchive(a *warc.Archive) {
	if err := a.Close(); err != nil {
		in.errorLine(err.Error())
	}
}

// sources are those to crawl. One that is named is crawled also when it is disabled.
func (c *runCommand) sources(cfg *config.Config) ([]config.Source, error) {
	var chosen []config.Source
	for _, id := range c.Source {
		i := slices.IndexFunc(cfg.Sources, func(s config.Source) bool { return s.ID == id })
		if i < 0 {
			return nil, unknownSource(cfg, id)
		}
		if !slices.ContainsFunc(chosen, func(s config.Source) bool { return s.ID == id }) {
			chosen = append(chosen, cfg.Sources[i])
		}
	}
	if len(c.Source) > 0 {
		return chosen, nil
	}
	for _, s := range cfg.Sources {
		if !s.Disabled {
			chosen = append(chosen, s)
		}
	}
	switch {
	case len(chosen) > 0:
		return chosen, nil
	case cfg.File == "":
		return nil, errors.New("no source to crawl: write a configuration with crawl config init, or try crawl demo")
	}
	return nil, fmt.Errorf("no source to crawl in %s: add one under sources (crawl check URL --yaml prints an entry; crawl config init writes an example)", cfg.File)
}

// unknownSource names the sources that there are.
func unknownSource(cfg *config.Config, id string) error {
	if len(cfg.Sources) == 0 {
		return fmt.Errorf("no source %s: no source is configured; crawl config init writes an example", id)
	}
	var ids []string
	for _, s := range cfg.Sources {
		ids = append(ids, s.ID)
	}
	return fmt.Errorf("no source %s in %s; it has %s", id, cfg.File, strings.Join(ids, ", "))
}

// options are those of a crawler that stores what it finds.
func (in *invocation) options(cfg *config.Config, db *storage.DB) crawler.Options {
	return crawler.Options{
		Config: cfg, DB: db, Ingest: &ingest.Ingester{DB: db, Zone: cfg.Location, Now: in.Now}, Now: in.Now, Version: version,
		Log: slog.New(slog.DiscardHandler),
	}
}
