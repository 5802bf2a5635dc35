package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"time"

	"zhaowen/config"
	"zhaowen/parser"
)

type checkCommand struct {
	Target  string `arg:"" optional:"" name:"url|file" help:"Page to read: a URL, a file, or - for standard input."`
	Source  string `placeholder:"ID" xor:"target" help:"Check a configured source, with its selectors and charset."`
	BaseURL string `name:"base-url" placeholder:"URL" help:"For a file: where it came from, as the base of its links."`
	As      string `placeholder:"KIND" enum:",list,article,dump" default:"" help:"Read it as list, article or dump, whatever it looks like."`
	JSON    bool   `name:"json" xor:"output" help:"Print one JSON object."`
	YAML    bool   `name:"yaml" xor:"output" help:"Print an entry for the configuration, ready to paste."`
}

func (checkCommand) Help() string {
	return `Fetches one page as the crawler would, reads it, and shows what it found. Nothing is stored, no database is opened.

Examples:

    crawl check https://example.gov.cn/tzdt/index.html
    crawl check --source gz-commerce
    crawl check page.html --base-url https://example.gov.cn/tzdt/
    crawl check https://example.gov.cn/tzdt/ --yaml >> zhaowen.yaml`
}

// Validate is called by the parser of the command line.
func (c *checkCommand) Validate() error {
	if (c.Target == "") == (c.Source == "") {
		return errors.New("give either a URL, a file or --source ID")
	}
	if c.BaseURL != "" && (isURL(c.Target) || c.Source != "") {
		return errors.New("--base-url is for files")
	}
	if u, err := url.Parse(c.Target); isURL(c.Target) && err == nil && u.User != nil {
		return errors.New("leave user and password out of the URL: write them as auth of a source, and check it with --source ID")
	}
	return nil
}

func (c *checkCommand) Run(ctx context.Context, in *invocation) error {
	cfg, err := in.config()
	if err != nil {
		return err
	}
	source, err := c.source(cfg)
	if err != nil {
		return err
	}
	reader, err := newPageReader(in, cfg, source)
	if err != nil {
		return err
	}
	defer reader.close()
	checked, err := c.read(ctx, in, reader)
	if err != nil {
		return err
	}
	switch {
	case c.JSON:
		return printCheckJSON(in.Stdout, checked)
	case c.YAML:
		return printCheckYAML(in, checked)
	}
	var first *checkedPage
	if checked.page.Kind == parser.KindList && len(checked.page.Rows) > 0 && checked.fetched {
		if first, err = reader.fetch(ctx, checked.page.Rows[0].URL, parser.KindArticle); err != nil {
			checked.page.Warnings = append(checked.page.Warnings, parser.Warning{Text: "the first article cannot be read: " + oneLine(err.Error())})
		}
	}
	return printCheckSheet(in, checked, first)
}

// source is the configured source that is to be checked, or one made up from the defaults for a URL or file.
func (c *checkCommand) source(cfg *config.Config) (config.Source, error) {
	if c.Source == "" {
		return config.Source{ID: "check", URL: c.Target, Proxy: cfg.Proxy, Crawl: config.Crawl{}}, nil
	}
	for _, s := range cfg.Sources {
		if s.ID == c.Source {
			return s, nil
		}
	}
	return config.Source{}, unknownSource(cfg, c.Source)
}

// read fetches the page or reads the file.
func (c *checkCommand) read(ctx context.Context, in *invocation, reader *pageReader) (*checkedPage, error) {
	switch as := parser.Kind(c.As); {
	case c.Source != "":
		if as == "" {
			as = parser.KindList
		}
		return reader.fetch(ctx, reader.source.URL, as)
	case isURL(c.Target):
		return reader.fetch(ctx, c.Target, as)
	default:
		return reader.file(in, c.Target, c.BaseURL, as)
	}
}

// checkedPage is a page or file with all that was learned on the way to it.
type checkedPage struct {
	name    string // the URL asked for, or the file
	page    *parser.Page
	body    []byte
	fetched bool          // by HTTP; the fields below hold nothing for files
	final   string        // URL after redirects
	status  int           // HTTP status
	took    time.Duration // of the fetch
	robots  string        // verdict, in words
}

// file reads a file or, for -, standard input.
func (r *pageReader) file(in *invocation, path, base string, as parser.Kind) (*checkedPage, error) {
	body, err := readInput(in, path)
	if err != nil {
		return nil, err
	}
	return r.parse(&checkedPage{name: path, body: body, final: base, robots: "not asked: a file"}, parser.Input{Body: body, URL: base, As: as})
}

// parse completes an input by what is known of the source and reads it.
func (r *pageReader) parse(checked *checkedPage, input parser.Input) (*checkedPage, error) {
	input.Rules, input.Charset, input.Now = r.rules, r.source.Charset, r.now()
	page, err := parser.Parse(input)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", checked.name, err)
	}
	checked.page = page
	return checked, nil
}

// mostInput is the largest file that check reads, in bytes: it shows a file as a whole, which ingest does not need.
const mostInput = 256 << 20

func readInput(in *invocation, path string) ([]byte, error) {
	name, r := "standard input", in.Stdin
	if path != "-" {
		f, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("no such file: %s (a URL begins with http:// or https://)", path)
		}
		if err != nil {
			return nil, err
		}
		defer f.Close()
		name, r = path, f
	}
	body, err := io.ReadAll(io.LimitReader(r, mostInput+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, pathCause(err))
	}
	if len(body) > mostInput {
		return nil, fmt.Errorf("read %s: larger than %d MiB, which is the most that check shows; crawl ingest reads text dumps of any length", name, mostInput>>20)
	}
	return body, nil
}

func isURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}
