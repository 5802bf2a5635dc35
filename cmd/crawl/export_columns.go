package main

import (
	"context"
	"log/slog"
	"time"

	"zhaowen/storage"
)

// export is what the columns of a table need beside the article, and what is told at the end.
type export struct {
	sources map[string]string // id → name
	zone    *time.Location
	folder  string // for temporary files; empty: the system's
	log     *slog.Logger
	cut     int // texts that a cell could not hold
}

// nameSources looks up the names of the sources.
func (x *export) nameSources(ctx context.Context, db *storage.DB) error {
	sources, err := db.Sources(ctx)
	if err != nil {
		return err
	}
	x.sources = make(map[string]string, len(sources))
	for _, s := range sources {
		x.sources[s.ID] = s.Name
	}
	return nil
}

// Values of cells that are more than text and numbers: a day, YYYY-MM-DD, and an instant, RFC 3339 in UTC, as they stand in the file.
type (
	day     string
	instant string
)

// exportColumn is a column of an exported table: its name in the file, its width in characters of Latin, and its value, which is nil (not known), a string, an int64,
// a day or an instant.
type exportColumn struct {
	name  string
	width float64
	value func(x *export, a *storage.ArticleRow) any
}

// exportColumns are the columns of CSV and Excel files: what a reader wants first, then what a program needs.
var exportColumns = []exportColumn{
	{"published_on", 12, func(_ *export, a *storage.ArticleRow) any { return known[day](a.PublishedOn) }},
	{"title", 50, func(_ *export, a *storage.ArticleRow) any { return a.Title }},
	{"source", 20, func(x *export, a *storage.ArticleRow) any { return x.sourceName(a.SourceID) }},
	{"publisher", 20, func(_ *export, a *storage.ArticleRow) any { return known[string](a.Publisher) }},
	{"author", 12, func(_ *export, a *storage.ArticleRow) any { return known[string](a.Author) }},
	{"url", 40, func(_ *export, a *storage.ArticleRow) any { return known[string](a.URL) }},
	{"char_count", 11, func(_ *export, a *storage.ArticleRow) any { return int64(a.CharCount) }},
	{"body", 80, func(_ *export, a *storage.ArticleRow) any { return a.Body }},
	{"published_at", 17, func(_ *export, a *storage.ArticleRow) any { return known[instant](a.PublishedAt) }},
	{"id", 9, func(_ *export, a *storage.ArticleRow) any { return a.ID }},
	{"source_id", 16, func(_ *export, a *storage.ArticleRow) any { return a.SourceID }},
	{"original_id", 11, func(_ *export, a *storage.ArticleRow) any {
		if a.OriginalID == nil {
			return nil
		}
		return *a.OriginalID
	}},
	{"revision", 9, func(_ *export, a *storage.ArticleRow) any { return int64(a.Revision) }},
	{"first_seen_at", 17, func(_ *export, a *storage.ArticleRow) any { return instant(a.FirstSeenAt) }},
	{"last_seen_at", 17, func(_ *export, a *storage.ArticleRow) any { return instant(a.LastSeenAt) }},
}

// known is a text of the file as a cell's value, nil where it is not known.
func known[T ~string](text *string) any {
	if text == nil {
		return nil
	}
	return T(*text)
}

// sourceName is the name of a source, or its id where it has none, as in the view news.
func (x *export) sourceName(id string) string {
	if name := x.sources[id]; name != "" {
		return name
	}
	return id
}
