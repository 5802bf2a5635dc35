package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"zhaowen/config"
	"zhaowen/crawler"
	"zhaowen/ingest"
	"zhaowen/parser"
)

type reparseCommand struct {
	Source string `placeholder:"ID" help:"The pages of this source alone."`
}

func (reparseCommand) Help() string {
	return `Reads the pages of the archive again, with the parser of this version, and brings the articles up to date that came from them. A text that reads differently becomes a revision; the earlier one is kept. Nothing is fetched and nothing is removed. Doing it twice changes nothing more.

Examples:

    crawl reparse
    crawl reparse --source gz-commerce`
}

func (c reparseCommand) Run(ctx context.Context, in *invocation) error {
	cfg, err := in.config()
	if err != nil {
		return err
	}
	if cfg.Archive == "" {
		return errors.New("no archive to read: set archive in the configuration, to the folder of its WARC files")
	}
	db, cfg, err := in.openForWriting(ctx)
	if err != nil {
		return err
	}
	defer in.close(db)
	unread := 0
	ingester := &ingest.Ingester{DB: db, Zone: cfg.Location, Now: in.Now}
	report, err := ingester.Reparse(ctx, ingest.Reparse{
		Folder: cfg.Archive, SourceID: c.Source, Rules: rulesOf(cfg),
		Failed: func(url string, err error) {
			if unread++; unread <= mostFailures {
				in.note(url + ": left as it is: " + err.Error())
			}
		},
	})
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no archive at %s: %w", cfg.Archive, pathCause(err))
	}
	if err != nil {
		return err
	}
	return in.reparsed(report)
}

// reparsed prints what became of the pages.
func (in *invocation) reparsed(r ingest.ReparseReport) error {
	_, err := fmt.Fprintf(in.Stdout, "%s read from %s: %s new, %s revised, %s unchanged\n",
		plural(r.Pages, "page"), plural(r.Files, "file"), count(r.New), count(r.Revised), count(r.Same))
	if err != nil {
		return err
	}
	for _, line := range []struct {
		n     int
		words string
	}{
		{r.Unreadable, "could not be read; the articles stay as they are"},
		{r.Older, "left as stored: fetched again since without the archive"},
		{r.Foreign, "passed over: no source has asked for it"},
	} {
		if line.n > 0 {
			in.note(plural(line.n, "page") + " " + line.words)
		}
	}
	failed := false
	for _, err := range r.Damaged {
		in.errorLine(err.Error())
		failed = failed || !ingest.IsDamage(err) // what a killed process left is whole but for its last record
	}
	if failed {
		return errPartial
	}
	return nil
}

// rulesOf gives the selectors and charsets of the configured sources. A source that is configured no more is read automatically.
func rulesOf(cfg *config.Config) func(string) (*parser.Rules, string) {
	rules, charsets := map[string]*parser.Rules{}, map[string]string{}
	for _, s := range cfg.Sources {
		compiled, err := crawler.Rules(s)
		if err == nil { // the configuration was checked
			rules[s.ID], charsets[s.ID] = compiled, s.Charset
		}
	}
	return func(id string) (*parser.Rules, string) { return rules[id], charsets[id] }
}
