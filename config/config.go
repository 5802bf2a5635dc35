// Package config reads and checks the YAML configuration; it holds the defaults and gives typed values.
package config

import (
	"fmt"
	"io"
	"net/netip"
	"os"
	"time"
)

// maxFile is far above any real configuration (a source takes about 200 bytes) and keeps a wrong path from filling the memory.
const maxFile = 1 << 20

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
	Browser         string // DevTools address; empty: none
	Proxy           string // URL; empty: none
	ShutdownTimeout time.Duration
	Defaults        Crawl // what a source gets that says nothing else
	Sources         []Source
}

// Crawl is how a source is crawled; a source's own values stand over those of `defaults`.
type Crawl struct {
	Schedule    string        // cron spec of five fields, @every 10m, @hourly …, or auto
	Jitter      time.Duration // how far passes are put off their time at most
	Recheck     time.Duration // articles younger than this are asked for again; 0: none
	Delay       time.Duration // least time between the starts of two requests to one host
	Concurrency int           // requests at once to one host
	Timeout     time.Duration // of one request, redirects and body included
	MaxPages    int           // list pages a pass; 0: no limit
	MaxBody     int64         // bytes of a body, decompressed
	Retries     int           // further tries of a failed request
	Robots      string        // obey or ignore
	Keep        Period        // how long articles are kept; zero: forever
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
	Render   bool   // its pages are loaded in the browser
	Proxy    string // URL; empty: none. That of the configuration unless it has its own
	TLS      string // verify or insecure
	Auth     Auth
	Headers  map[string]string // sent to its own host
	Query    map[string]string // added to the URLs of its own host when they are sent
	List     ListRules
	Article  ArticleRules
	JSON     JSONRules
}

// Auth are the credentials of HTTP Basic authentication (RFC 7617).
type Auth struct{ User, Password string }

// ListRules are CSS selectors for a list page, each optional.
type ListRules struct{ Row, Link, Date, Next string }

// ArticleRules are CSS selectors for an article page, each optional.
type ArticleRules struct {
	Title, Body, Date string
	Remove            []string
}

// JSONRules are jq expressions for an answer in JSON; all empty: it is read automatically. Title, URL and Date are asked of each row.
type JSONRules struct{ Rows, Title, URL, Date, Next string }

// Load reads and checks a file, with `${NAME}` taken from the process's environment. The error names the file, the line and the
// nearest right name; it is an Errors when the file could be read but is wrong.
func Load(path string) (*Config, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	return Parse(path, data, os.LookupEnv)
}

// Default returns the built-in configuration: no sources.
func Default() *Config {
	c, err := Parse("", nil, nil)
	if err != nil {
		panic("config: the built-in defaults are wrong: " + err.Error()) // the key table is at fault, and a test says so first
	}
	return c
}

// Agent returns the User-Agent header: `user_agent` where it is set, else the product with its version and `contact`.
// Sites' robots.txt know the crawler as Zhaowen.
func (c *Config) Agent(version string) string {
	switch {
	case c.UserAgent != "":
		return c.UserAgent
	case c.Contact != "":
		return "Mozilla/5.0 (compatible; Zhaowen/" + version + "; +" + c.Contact + ")"
	}
	return "Mozilla/5.0 (compatible; Zhaowen/" + version + ")"
}
