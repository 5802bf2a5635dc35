// Package config reads and checks the YAML configuration; it holds the defaults and gives typed values.
package config

import (
	"net/netip"
	"time"
)

// Config is a checked configuration.
type Config struct {
	File            string // path it was read from; empty: built-in defaults
	Database        string
	Archive         string
	Listen          string
	Location        *time.Location // timezone
	UserAgent       string
	Contact         string
	AllowAddresses  []netip.Prefix
	ShutdownTimeout time.Duration
	Sources         []Source
}

// Crawl is how a source is crawled; a source's own values stand over those of `defaults`.
type Crawl struct {
	Schedule    string        // cron spec of five fields, or @every 10m, @hourly …
	Delay       time.Duration // least time between the starts of two requests to one host
	Concurrency int           // requests at once to one host
	Timeout     time.Duration // of one request, redirects and body included
	MaxPages    int           // list pages a pass; 0: no limit
	MaxBody     int64         // bytes of a body, decompressed
	Retries     int           // further tries of a failed request
	Robots      string        // obey or ignore
}

// Source is one column of a site to be crawled.
type Source struct {
	Crawl
	ID       string
	URL      string
	Name     string
	Region   string // GB/T 2260 code, six digits
	Charset  string
	Disabled bool
	List     ListRules
	Article  ArticleRules
}

// ListRules are CSS selectors for a list page, each optional.
type ListRules struct{ Row, Link, Date, Next string }

// ArticleRules are CSS selectors for an article page, each optional.
type ArticleRules struct {
	Title, Body, Date string
	Remove            []string
}

// Load reads and checks a file. The error names the file, the line and the nearest right name.
func Load(path string) (*Config, error) { panic("not yet") }

// Default returns the built-in configuration: no sources.
func Default() *Config { panic("not yet") }
