package main

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhaowen/seeds"
	"zhaowen/storage"
)

// What the demo stores is what its site says, article by article: title, date, publisher and body, read without a selector.
func TestDemoStoresTheTruth(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.db")
	var out, errs strings.Builder
	m := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Env: func(string) string { return "" }, Now: time.Now}
	if code := m.Run(context.Background(), []string{"demo", "--db", path}); code != exitOK {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	db, err := storage.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	stored := map[string]storage.ArticleRow{}
	for a, err := range db.Search(t.Context(), storage.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		key := a.Title
		if a.URL != nil {
			u, err := url.Parse(*a.URL)
			if err != nil {
				t.Fatal(err)
			}
			key = u.Path
		}
		stored[key] = a
	}
	site := seeds.DemoSite()
	site.NextDay()
	copies := 0
	for _, want := range site.Truth() {
		key := want.Path
		if key == "" {
			key = want.Title
		}
		got, ok := stored[key]
		if !ok {
			copies++
			continue
		}
		if got.Title != want.Title || *got.PublishedOn != want.Date || got.Body != want.Body || want.Publisher != "" && (got.Publisher == nil || *got.Publisher != want.Publisher) {
			t.Errorf("%s\n got %q %s %v\n%s\nwant %q %s %s\n%s", key, got.Title, *got.PublishedOn, got.Publisher, got.Body, want.Title, want.Date, want.Publisher, want.Body)
		}
		if want.Author != "" && (got.Author == nil || *got.Author != want.Author) {
			t.Errorf("%s: author %v, want %s", key, got.Author, want.Author)
		}
	}
	if copies != 1 {
		t.Errorf("%d articles are not stored under their address, want the one copy", copies)
	}
}
