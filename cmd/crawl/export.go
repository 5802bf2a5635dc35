package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"zhaowen/storage"
)

type exportCommand struct {
	filterFlags
	Format string `enum:"csv,jsonl" default:"csv" placeholder:"FORMAT" help:"csv or jsonl (default: csv)."`
	BOM    bool   `name:"bom" help:"Begin CSV with a byte order mark, by which Excel knows UTF-8."`
	Output string `short:"o" placeholder:"FILE" help:"Write to this file instead of standard output."`
}

func (exportCommand) Help() string {
	return `Newest first, with the column names of the file. In CSV a text that a spreadsheet would run as a formula (one that begins with = + - @ or a tab) gets an apostrophe in front; JSON lines hold every text as it is.

Examples:

    crawl export --format csv --bom -o news.csv
    crawl export --format jsonl --since 2024-01-01 | jq .title`
}

// Validate is called by the parser of the command line.
func (c *exportCommand) Validate() error {
	if c.BOM && c.Format != "csv" {
		return errors.New("--bom goes with --format csv")
	}
	return c.check()
}

func (c *exportCommand) Run(ctx context.Context, in *invocation) error {
	db, _, err := in.openForReading(ctx)
	if err != nil {
		return err
	}
	defer in.close(db)
	if c.Output == "" {
		return c.write(ctx, db, in.Stdout)
	}
	f, err := os.Create(c.Output)
	if err != nil {
		return fmt.Errorf("write %s: %w", c.Output, pathCause(err))
	}
	if err := errors.Join(c.write(ctx, db, f), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", c.Output, pathCause(err))
	}
	return nil
}

func (c *exportCommand) write(ctx context.Context, db *storage.DB, w io.Writer) error {
	buffered := bufio.NewWriter(w)
	each, flush := jsonLines(buffered)
	if c.Format == "csv" {
		if c.BOM {
			_, _ = buffered.WriteString("\ufeff") // its error comes up again in Flush
		}
		each, flush = csvLines(buffered)
	}
	for article, err := range db.Search(ctx, c.query()) {
		if err != nil {
			return err
		}
		if err := each(article); err != nil {
			return err
		}
	}
	return errors.Join(flush(), buffered.Flush())
}

func jsonLines(w io.Writer) (each func(storage.ArticleRow) error, flush func() error) {
	encoder := newJSONEncoder(w)
	return func(a storage.ArticleRow) error { return encoder.Encode(a) }, func() error { return nil }
}

// csvHead are the columns of the CSV, named as in the file.
var csvHead = []string{
	"id", "source_id", "url", "title", "body", "published_on", "published_at", "publisher", "author", "char_count", "original_id", "first_seen_at", "last_seen_at", "revision",
}

func csvLines(w io.Writer) (each func(storage.ArticleRow) error, flush func() error) {
	out := csv.NewWriter(w)
	head := out.Write(csvHead)
	each = func(a storage.ArticleRow) error {
		original := ""
		if a.OriginalID != nil {
			original = strconv.FormatInt(*a.OriginalID, 10)
		}
		cells := []string{
			strconv.FormatInt(a.ID, 10), a.SourceID, orEmpty(a.URL), a.Title, a.Body, orEmpty(a.PublishedOn), orEmpty(a.PublishedAt), orEmpty(a.Publisher), orEmpty(a.Author),
			strconv.Itoa(a.CharCount), original, a.FirstSeenAt, a.LastSeenAt, strconv.Itoa(a.Revision),
		}
		for i := range cells {
			cells[i] = inert(cells[i])
		}
		return errors.Join(head, out.Write(cells))
	}
	return each, func() error {
		out.Flush()
		return errors.Join(head, out.Error())
	}
}

// inert keeps a spreadsheet from running a text of a stranger's page as a formula (OWASP, CSV Injection).
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
