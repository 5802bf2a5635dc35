package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"zhaowen/ingest"
	"zhaowen/parser"
	"zhaowen/storage"
)

// mostWarnings is how many warnings of one file are shown.
const mostWarnings = 5

type ingestCommand struct {
	Paths []string `arg:"" name:"path" help:"Dumps (.txt), WARC files (.warc), saved pages (.html, .htm, .shtml), each also compressed (.gz), folders of these, or - for standard input."`
}

func (ingestCommand) Help() string {
	return `Reads text dumps, saved pages and WARC files with the parser of the crawler and stores their articles. What is stored already is recognised: ingesting a file twice changes nothing. A dump may have any length: it is read piece by piece. A WARC file is read record by record. A page may have 256 MiB.

Examples:

    crawl ingest dump.txt
    crawl ingest saved-pages/ more.txt
    crawl ingest dump.txt.gz
    crawl ingest crawl-2024.warc.gz
    xzcat dump.txt.xz | crawl ingest -`
}

func (c *ingestCommand) Run(ctx context.Context, in *invocation) error {
	debug.SetGCPercent(50) // what lives is large, and most of what is allocated is text: half of it as room to grow costs a tenth of the time
	db, cfg, err := in.openForWriting(ctx)
	if err != nil {
		return err
	}
	defer in.close(db)
	log := in.logger(slog.LevelInfo)
	stored := func(r ingest.FileReport) {
		log.Debug("stored", "file", r.Path, "records", r.Records, "articles", r.New+r.Reprints)
	}
	session := &ingestSession{in: in, ingester: &ingest.Ingester{DB: db, Zone: cfg.Location, Now: in.Now, Stored: stored}}
	for _, path := range c.Paths {
		if err := session.path(ctx, path); err != nil {
			return err
		}
	}
	return session.outcome()
}

// ingestSession takes in the files of one command line and counts what became of them.
type ingestSession struct {
	in       *invocation
	ingester *ingest.Ingester
	done     int
	failed   int
}

// path takes in one path of the command line. It returns an error only when going on makes no sense.
func (s *ingestSession) path(ctx context.Context, path string) error {
	if path == "-" {
		report, err := s.ingester.Reader(ctx, "standard input", s.in.Stdin)
		return s.report(ctx, report, err)
	}
	stat, err := os.Stat(path)
	if err != nil {
		s.fail(fmt.Errorf("cannot read %s: %w", path, pathCause(err)))
		return nil
	}
	if !stat.IsDir() {
		return s.file(ctx, path)
	}
	return filepath.WalkDir(path, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			s.fail(fmt.Errorf("cannot read %s: %w", path, pathCause(err)))
			return nil
		case entry.IsDir():
			return nil
		case !ingest.Readable(path):
			s.in.note(path + ": skipped: neither a text dump, a saved page nor a WARC file by its name")
			return nil
		}
		return s.file(ctx, path)
	})
}

func (s *ingestSession) file(ctx context.Context, path string) error {
	report, err := s.ingester.File(ctx, path)
	return s.report(ctx, report, err)
}

// report prints what became of one file.
func (s *ingestSession) report(ctx context.Context, r ingest.FileReport, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, hopeless := range []error{storage.ErrFull, storage.ErrReadOnly, storage.ErrDamaged, storage.ErrLocked} {
		if errors.Is(err, hopeless) {
			return err // the other files would fare no better
		}
	}
	if err != nil {
		if r.Records > 0 {
			err = fmt.Errorf("%w; what was read before is stored: %s", err, outcomes(r))
		}
		s.fail(err)
		return nil
	}
	s.done++
	if _, err := fmt.Fprintln(s.in.Stdout, fileLine(r)); err != nil {
		return err
	}
	for _, w := range r.Warnings[:min(len(r.Warnings), mostWarnings)] {
		s.in.note(place(r.Path, w) + ": " + w.Text)
	}
	if n := len(r.Warnings) + r.MoreWarnings - mostWarnings; n > 0 {
		s.in.note(fmt.Sprintf("%s: and %s; crawl check %s shows more", r.Path, plural(n, "more warning"), r.Path))
	}
	return nil
}

// fileLine says in one line what a file held and how much of it was new.
func fileLine(r ingest.FileReport) string {
	became := outcomes(r)
	if r.Kind == parser.KindList && r.Records == 0 {
		became = "links alone, which ingest does not follow"
	}
	if r.Kind == ingest.KindArchive {
		return fmt.Sprintf("%s: %s and %s (warc): %s", r.Path, plural(r.Pages, "page"), plural(r.Records, "record"), became)
	}
	return fmt.Sprintf("%s: %s (%s, %s): %s", r.Path, plural(r.Records, "record"), r.Kind, r.Charset.Name, became)
}

// outcomes counts what became of the records of a file.
func outcomes(r ingest.FileReport) string {
	parts := []string{count(r.New) + " new"}
	for _, p := range []struct {
		n     int
		words string
	}{{r.Same, "same"}, {r.Copies, "copies"}, {r.Reprints, "reprints"}, {r.Revisions, "revised"}} {
		if p.n > 0 {
			parts = append(parts, count(p.n)+" "+p.words)
		}
	}
	if n := len(r.Warnings) + r.MoreWarnings; n > 0 {
		parts = append(parts, plural(n, "warning"))
	}
	return strings.Join(parts, ", ")
}

// place is where in a file a warning belongs, in the form that editors jump to.
func place(path string, w parser.Warning) string {
	if w.Line == 0 {
		return path
	}
	return fmt.Sprintf("%s:%d", path, w.Line)
}

// fail names a file that cannot be read; the others go on.
func (s *ingestSession) fail(err error) {
	s.failed++
	s.in.errorLine(err.Error())
}

func (s *ingestSession) outcome() error {
	switch {
	case s.failed > 0 && s.done == 0:
		return errNothing
	case s.failed > 0:
		return errPartial
	case s.done == 0:
		return errors.New("no dump or saved page found: name files, or a folder that holds .txt, .html, .htm, .shtml or .warc")
	}
	return nil
}

// pathCause takes the path off an error whose message names it already.
func pathCause(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
