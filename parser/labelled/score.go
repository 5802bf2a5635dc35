package labelled

import (
	"fmt"
	"net/url"
	"time"

	"zhaowen/parser"
)

// Share counts how many of the labelled things were right.
type Share struct{ Right, Of int }

func (s *Share) add(right bool) bool {
	s.Of++
	if right {
		s.Right++
	}
	return right
}

// String gives "26 of 27".
func (s Share) String() string { return fmt.Sprintf("%d of %d", s.Right, s.Of) }

// Score adds up what a set of pages scores.
type Score struct {
	Pages                                                                          int
	Body                                                                           float64 // sum of the F1 of Bodies texts
	Bodies                                                                         int
	Title, Date, NoDate, Publisher, Author, Charset, Kind, Next, RowDate, Fulltext Share
	RowsRight, RowsFound, RowsWant                                                 int
}

// BodyF1 is the mean over the texts.
func (s *Score) BodyF1() float64 { return s.Body / float64(max(s.Bodies, 1)) }

// RowsF1 is the F1 over (title, address) pairs of all list pages.
func (s *Score) RowsF1() float64 { return F1(s.RowsRight, s.RowsFound, s.RowsWant) }

// Input is the case as the parser takes it. as is what the caller knows of the page; empty: nothing.
func (c Case) Input(as parser.Kind) parser.Input {
	now := time.Date(2026, 9, 23, 10, 0, 0, 0, time.FixedZone("CST", 8*3600))
	if m, err := time.Parse(time.RFC3339, c.Now); err == nil {
		now = m
	}
	return parser.Input{Body: c.Bytes, URL: c.URL, Now: now, As: as}
}

// Add scores a page and returns what is wrong with it, a line each.
func (s *Score) Add(c Case, p *parser.Page) (faults []string) {
	s.Pages++
	fault := func(format string, args ...any) { faults = append(faults, c.File+": "+fmt.Sprintf(format, args...)) }
	if c.Charset != "" && !s.Charset.add(p.Charset.Name == c.Charset) {
		fault("charset %s (%s), want %s", p.Charset.Name, p.Charset.Evidence, c.Charset)
	}
	if c.Kind != "" && !s.Kind.add(string(p.Kind) == c.Kind) {
		fault("kind %s (%s), want %s", p.Kind, p.Reason, c.Kind)
	}
	if c.HasNext && !s.Next.add(sameURL(p.Next, deref(c.Next))) {
		fault("next %q, want %q", p.Next, deref(c.Next))
	}
	switch {
	case c.Kind == "list" || c.Kind == "json" || c.Kind == "feed":
		faults = append(faults, s.addRows(c, p)...)
		faults = append(faults, s.addFulltexts(c, p)...)
	case c.Kind != "unknown":
		var a parser.Article
		if len(p.Articles) > 0 {
			a = p.Articles[0]
		}
		faults = append(faults, s.AddArticle(c, a)...)
	case len(p.Articles)+len(p.Rows) > 0:
		fault("%d articles and %d rows of a page that has none", len(p.Articles), len(p.Rows))
	}
	return faults
}

func (s *Score) addRows(c Case, p *parser.Page) (faults []string) {
	want := map[string]Row{}
	for _, r := range c.Rows {
		want[Squash(r.Title)+" "+normalURL(r.URL)] = r
	}
	right := 0
	for _, r := range p.Rows {
		key := Squash(r.Title) + " " + normalURL(r.URL)
		w, ok := want[key]
		if !ok {
			faults = append(faults, fmt.Sprintf("%s: no such row: %q %s", c.File, r.Title, r.URL))
			continue
		}
		delete(want, key)
		right++
		if !s.RowDate.add(r.Date == deref(w.Date)) {
			faults = append(faults, fmt.Sprintf("%s: row %q: date %q, want %q", c.File, r.Title, r.Date, deref(w.Date)))
		}
	}
	for _, r := range c.Rows {
		if _, missing := want[Squash(r.Title)+" "+normalURL(r.URL)]; missing {
			faults = append(faults, fmt.Sprintf("%s: row missed: %q %s", c.File, r.Title, r.URL))
		}
	}
	s.RowsRight += right
	s.RowsFound += len(p.Rows)
	s.RowsWant += len(c.Rows)
	return faults
}

func (s *Score) addFulltexts(c Case, p *parser.Page) (faults []string) {
	if len(p.Articles) != len(c.Articles) {
		faults = append(faults, fmt.Sprintf("%s: %d articles with full texts, want %d", c.File, len(p.Articles), len(c.Articles)))
	}
	for i, want := range c.Articles {
		var got parser.Article
		if i < len(p.Articles) {
			got = p.Articles[i]
		}
		f := BodyF1(got.Body, want.Body)
		s.Body += f
		s.Bodies++
		if !s.Fulltext.add(f >= 0.99 && Squash(got.Title) == Squash(want.Title) && got.Date == deref(want.Date)) {
			faults = append(faults, fmt.Sprintf("%s: full text %d: F1 %.3f, %q %s, want %q %s", c.File, i, f, got.Title, got.Date, want.Title, deref(want.Date)))
		}
	}
	return faults
}

// AddArticle scores an article alone.
func (s *Score) AddArticle(c Case, a parser.Article) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, c.File+": "+fmt.Sprintf(format, args...)) }
	f := BodyF1(a.Body, c.Body)
	s.Body += f
	s.Bodies++
	if f < 0.97 {
		got, want := Squash(a.Body), Squash(c.Body)
		fault("body F1 %.3f: %.90s … %s\n    want %.90s … %s", f, got, tail(got), want, tail(want))
	}
	if c.Title != "" && !s.Title.add(Squash(a.Title) == Squash(c.Title)) {
		fault("title %q, want %q", a.Title, c.Title)
	}
	if c.Date != nil {
		if !s.Date.add(a.Date == *c.Date) {
			fault("date %q, want %q", a.Date, *c.Date)
		}
	} else if !s.NoDate.add(a.Date == "") {
		fault("date %q where there is none", a.Date)
	}
	if c.Publisher != nil && !s.Publisher.add(Squash(a.Publisher) == Squash(*c.Publisher)) {
		fault("publisher %q, want %q", a.Publisher, *c.Publisher)
	}
	if c.Author != nil && !s.Author.add(Squash(a.Author) == Squash(*c.Author)) {
		fault("author %q, want %q", a.Author, *c.Author)
	}
	return faults
}

func tail(s string) string {
	runes := []rune(s)
	return string(runes[max(0, len(runes)-30):])
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func sameURL(a, b string) bool { return normalURL(a) == normalURL(b) }

func normalURL(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	return u.String()
}
