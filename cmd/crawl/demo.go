package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"zhaowen/config"
	"zhaowen/crawler"
	"zhaowen/facts"
	"zhaowen/ingest"
	"zhaowen/seeds"
	"zhaowen/storage"
)

const (
	demoDatabase = "demo.db"
	demoPrefix   = "demo-" // of the sources' ids: a database is the demo's when its sources have it
)

// demoColumns are the columns of the demo site.
var demoColumns = []struct{ id, path, name string }{
	{demoPrefix + "tzdt", seeds.ColumnTRS, "投资动态"},
	{demoPrefix + "old", seeds.ColumnTable, "园区新闻"},
	{demoPrefix + "qwyd", seeds.ColumnFull, "全文快讯"},
}

type demoCommand struct{}

func (demoCommand) Help() string {
	return `Serves an embedded news site on a port of this machine, crawls its columns without a word of configuration about them, reads the embedded text dumps, and crawls the site again as it looks a day later. An earlier demo.db is replaced. No network is needed.

Example:

    crawl demo`
}

func (demoCommand) Run(ctx context.Context, in *invocation) error {
	path := demoDatabase
	if in.globals.DB != "" {
		path = in.globals.DB
	}
	if err := removeDemo(ctx, path); err != nil {
		return err
	}
	site, err := startDemoSite(ctx)
	if err != nil {
		return err
	}
	defer site.close()
	db, err := storage.Open(ctx, path)
	if err != nil {
		return err
	}
	defer in.close(db)
	d := &demo{in: in, path: path, db: db, site: site, sheet: in.sheet()}
	d.options = in.options(d.config(), db)
	if err := d.run(ctx); err != nil {
		return err
	}
	return d.sheet.show(in.Stdout)
}

// removeDemo removes the database of an earlier demo, and refuses any other.
func removeDemo(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	db, err := storage.OpenReadOnly(ctx, path)
	if err != nil {
		return err
	}
	sources, err := db.Sources(ctx)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	ours := slices.ContainsFunc(sources, func(s storage.SourceRow) bool { return strings.HasPrefix(s.ID, demoPrefix) })
	for _, s := range sources {
		ours = ours && (strings.HasPrefix(s.ID, demoPrefix) || s.ID == storage.IngestSource)
	}
	if !ours && len(sources) > 0 {
		return fmt.Errorf("%s holds more than a demo: it is left as it is; run crawl demo elsewhere, or name another file with --db", path)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove the earlier demo: %w", err)
		}
	}
	return nil
}

// demoServer is the embedded site, served on this machine.
type demoServer struct {
	*seeds.Site
	address string
	server  *http.Server
	done    chan struct{}
}

func startDemoSite(ctx context.Context) (*demoServer, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serve the demo site: %w", err)
	}
	site := seeds.DemoSite()
	s := &demoServer{
		Site: site, address: "http://" + listener.Addr().String(), done: make(chan struct{}),
		server: &http.Server{Handler: site, ReadHeaderTimeout: 10 * time.Second},
	}
	go func() {
		defer close(s.done)
		_ = s.server.Serve(listener) // ends by close
	}()
	return s, nil
}

func (s *demoServer) close() {
	_ = s.server.Close()
	<-s.done
}

// demo is one run of the demo.
type demo struct {
	in      *invocation
	path    string
	db      *storage.DB
	site    *demoServer
	options crawler.Options
	sheet   *sheet
	failed  []failure
}

// config names the columns of the demo site by their addresses alone: no selector.
func (d *demo) config() *config.Config {
	cfg := config.Default()
	cfg.Database = d.path
	cfg.AllowAddresses = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	for _, column := range demoColumns {
		crawl := cfg.Defaults
		crawl.Delay, crawl.Retries = 0, 0 // nobody to be polite to
		cfg.Sources = append(cfg.Sources, config.Source{Crawl: crawl, ID: column.id, URL: d.site.address + column.path, Name: column.name})
	}
	return cfg
}

// run does the main job: a pass, the dumps, a pass a day later.
func (d *demo) run(ctx context.Context) error {
	s := d.sheet
	first, err := d.pass(ctx)
	if err != nil {
		return err
	}
	s.section("Day 1: three columns of a site, known by their addresses alone")
	s.passTable(first)
	s.section("Text dumps: the same parser")
	if err := d.dumps(ctx); err != nil {
		return err
	}
	d.site.NextDay()
	second, err := d.pass(ctx)
	if err != nil {
		return err
	}
	s.section("Day 2: what is new, what was revised; the rest is known")
	s.passTable(second)
	if len(d.failed) > 0 { // on the second day it is not yet time to try again
		s.line("Expected", "one page of the site is broken and costs nothing but itself: "+d.failed[0].String())
	}
	if err := d.samples(ctx); err != nil {
		return err
	}
	d.whatNext()
	return nil
}

// pass crawls all columns once. Every failure but that of the page that is made to fail is an error.
func (d *demo) pass(ctx context.Context) ([]storage.Run, error) {
	progress := newProgress(d.in.Stderr)
	progress.quiet = true
	d.options.Progress = progress.event
	d.options.Log = d.in.loggerTo(progress, silent)
	runs, err := crawler.NewWorker(d.options).Once(ctx, d.options.Config.Sources)
	progress.finish()
	if err == nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	for _, failures := range progress.failures {
		d.failed = append(d.failed, failures...)
	}
	return runs, nil
}

// dumps takes in the embedded text dumps.
func (d *demo) dumps(ctx context.Context) error {
	return fs.WalkDir(seeds.Dumps(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		f, err := seeds.Dumps().Open(path)
		if err != nil {
			return err
		}
		defer f.Close() //nolint:errcheck // an embedded file
		ingester := &ingest.Ingester{DB: d.db, Zone: d.options.Config.Location, Now: d.in.Now}
		report, err := ingester.Reader(ctx, entry.Name(), f)
		if err != nil {
			return err
		}
		d.sheet.plain(fileLine(report))
		return nil
	})
}

// samples shows the newest article of two columns and of the dumps.
func (d *demo) samples(ctx context.Context) error {
	for i, source := range []string{demoColumns[0].id, demoColumns[1].id, storage.IngestSource} {
		if err := d.sample(ctx, i+1, source); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) sample(ctx context.Context, number int, source string) error {
	for a, err := range d.db.Search(ctx, storage.Query{SourceID: source, Limit: 1}) {
		if err != nil {
			return err
		}
		d.sheet.section(fmt.Sprintf("Article %d: %s", number, a.Title))
		d.sheet.line("Date", orEmpty(a.PublishedOn))
		d.sheet.line("Publisher", orEmpty(a.Publisher))
		d.sheet.line("Source", a.SourceID)
		label := "Body"
		for line := range strings.Lines(firstLines(a.Body, 2)) {
			d.sheet.line(label, cut(strings.TrimSpace(line), d.sheet.bodyWidth()))
			label = ""
		}
		d.sheet.line("Sections", sectionHeadings(facts.Sections(a.Body)))
	}
	return nil
}

func firstLines(text string, n int) string {
	lines := strings.SplitN(text, "\n", n+1)
	return strings.Join(lines[:min(n, len(lines))], "\n")
}

// sectionHeadings lists the sections of an article in one line.
func sectionHeadings(sections []facts.Section) string {
	if len(sections) == 0 {
		return "none"
	}
	var headings []string
	for _, section := range sections {
		heading := section.Heading
		if heading == "" {
			heading = fmt.Sprintf("(%d characters)", utf8.RuneCountInString(section.Body))
		}
		headings = append(headings, fmt.Sprintf("%d %s", section.Number, heading))
	}
	return strings.Join(headings, ", ")
}

func (d *demo) whatNext() {
	s := d.sheet
	s.section("What next")
	s.plain(fmt.Sprintf(`sqlite3 -box %s "SELECT published_on, title, source, reprints FROM news ORDER BY 1 DESC LIMIT 10"`, d.path))
	s.plain("crawl search 签约 --db " + d.path)
	s.plain("crawl config init    # then your own sources, and crawl --once")
}
