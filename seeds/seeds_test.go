package seeds_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"zhaowen/parser"
	"zhaowen/seeds"
)

// today is the day after the second state of the site.
var today = time.Date(2026, 9, 20, 8, 0, 0, 0, time.FixedZone("CST", 8*60*60))

func TestSources(t *testing.T) {
	var sources []struct {
		ID, URL, Name, Region string
		Disabled              bool
	}
	if err := yaml.UnmarshalWithOptions(seeds.Sources(), &sources, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if len(sources) < 24 {
		t.Errorf("%d sources, want 24 or more", len(sources))
	}
	region := regexp.MustCompile(`^[1-8][0-9]{5}$`)
	seen := map[string]bool{}
	for _, s := range sources {
		if s.ID == "" || s.Name == "" || !strings.HasPrefix(s.URL, "https://") || !region.MatchString(s.Region) || !s.Disabled {
			t.Errorf("incomplete or enabled: %+v", s)
		}
		if seen[s.ID] || seen[s.URL] {
			t.Errorf("twice: %+v", s)
		}
		seen[s.ID], seen[s.URL] = true, true
	}
}

func TestDumps(t *testing.T) {
	records := map[string]int{"changsha.txt": 8, "chengdu.txt": 6}
	names, err := fs.Glob(seeds.Dumps(), "*")
	if err != nil || len(names) != len(records) {
		t.Fatalf("dumps %v, %v; want %d", names, err, len(records))
	}
	for _, name := range names {
		text, err := fs.ReadFile(seeds.Dumps(), name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { checkDump(t, text, records[name]) })
	}
}

// checkDump reads a dump by its form, line for line, and compares that with what the parser finds.
func checkDump(t *testing.T, text []byte, records int) {
	page, err := parser.Parse(parser.Input{Body: text, Now: today})
	if err != nil {
		t.Fatal(err)
	}
	if page.Kind != parser.KindDump || len(page.Articles) != records {
		t.Fatalf("%s with %d records, want %d", page.Kind, len(page.Articles), records)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if footer := len(lines) - 4*records; footer != 3 {
		t.Fatalf("%d lines after the records, want 3", footer)
	}
	for i, got := range page.Articles {
		record := lines[4*i : 4*i+4]
		if record[0] != "-" || got.Title != record[1] || got.Date != record[3] {
			t.Errorf("record %d: title %q, date %q; want %q", i+1, got.Title, got.Date, record)
		}
		if n := utf8.RuneCountInString(record[2]); n < 400 || n > 900 {
			t.Errorf("record %d: %d characters", i+1, n)
		}
		if squeeze(got.Body) != squeeze(record[2]) {
			t.Errorf("record %d: body %q\nwant %q", i+1, got.Body, record[2])
		}
	}
}

// squeeze takes out white space, which the parser may place anew between the sections of a line.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
