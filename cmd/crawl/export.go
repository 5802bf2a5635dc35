package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"

	"zhaowen/storage"
)

type exportCommand struct {
	filterFlags
	Words  []string `arg:"" optional:"" help:"As for search: all must occur. None: all articles."`
	Format string   `enum:",csv,jsonl,xlsx" default:"" placeholder:"FORMAT" help:"csv, jsonl or xlsx (default: as the name of the output file ends, else csv)."`
	BOM    bool     `name:"bom" help:"Begin CSV with a byte order mark, by which Excel knows UTF-8."`
	Limit  int      `help:"How many; 0: no limit (default: 0)."`
	Output string   `short:"o" placeholder:"FILE" help:"Write to this file instead of standard output. It appears when it is whole."`
}

func (exportCommand) Help() string {
	return `Newest first, with the column names of the file; in CSV and Excel source is the name of the source. In CSV a text that a spreadsheet would run as a formula (one that begins with = + - @, also full-width, a tab or a line break) gets an apostrophe in front; Excel files mark it as text, and JSON lines hold every text as it is. In Excel files days and times are dates, times those of the configured time zone; a further sheet begins after 1,048,575 articles, and what is longer than the 32,767 characters that a cell holds is cut, with a warning.

Examples:

    crawl export -o news.xlsx --since 2024-01-01
    crawl export 签约 广州 -o 签约.xlsx
    crawl export --format csv --bom -o news.csv
    crawl export --format jsonl --since 2024-01-01 | jq .title`
}

// The formats of an export.
const (
	formatCSV   = "csv"
	formatJSONL = "jsonl"
	formatXLSX  = "xlsx"
)

// Validate is called by the parser of the command line.
func (c *exportCommand) Validate() error {
	if c.BOM && c.format() != formatCSV {
		return errors.New("--bom goes with --format csv")
	}
	if err := checkLimit(c.Limit); err != nil {
		return err
	}
	return c.check()
}

// format is the one that was asked for, by the flag or by the name of the file.
func (c *exportCommand) format() string {
	if c.Format != "" {
		return c.Format
	}
	switch ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(c.Output), ".")); ending {
	case formatJSONL, formatXLSX:
		return ending
	}
	return formatCSV
}

func (c *exportCommand) Run(ctx context.Context, in *invocation) error {
	if c.format() == formatXLSX && c.Output == "" && isTerminal(in.Stdout) {
		return usage(errors.New("an Excel file is nothing for a terminal: name a file with -o"))
	}
	db, cfg, err := in.openForReading(ctx)
	if err != nil {
		return err
	}
	defer in.close(db)
	x := &export{zone: cfg.Location, folder: filepath.Dir(c.Output), log: in.logger(slog.LevelWarn)}
	if c.Output == "" {
		x.folder = "" // the system's folder for temporary files
		err = c.write(ctx, db, x, in.Stdout)
	} else {
		err = writeWhole(c.Output, func(w io.Writer) error { return c.write(ctx, db, x, w) })
	}
	if err == nil && x.cut > 0 {
		in.note(plural(x.cut, "text") + " cut to the 32,767 characters that a cell of Excel holds; csv and jsonl hold all")
	}
	return err
}

// articleWriter writes articles in one format.
type articleWriter interface {
	write(a *storage.ArticleRow) error
	finish() error // writes what is left; what was written before is no use without it
	discard()      // gives up what is held; does nothing after finish
}

func (c *exportCommand) write(ctx context.Context, db *storage.DB, x *export, to io.Writer) error {
	if err := x.nameSources(ctx, db); err != nil {
		return err
	}
	out, err := c.writer(ctx, x, to)
	if err != nil {
		return err
	}
	defer out.discard()
	query := c.query()
	query.Words, query.Limit = storage.ParseWords(strings.Join(c.Words, " ")), c.Limit
	for article, err := range db.Search(ctx, query) {
		if err != nil {
			return err
		}
		if err := out.write(&article); err != nil {
			return fmt.Errorf("export article %d: %w", article.ID, err)
		}
	}
	return out.finish()
}

func (c *exportCommand) writer(ctx context.Context, x *export, to io.Writer) (articleWriter, error) {
	switch c.format() {
	case formatJSONL:
		return newLinesWriter(to), nil
	case formatXLSX:
		return newBookWriter(ctx, x, to)
	}
	return newCSVWriter(x, to, c.BOM)
}
