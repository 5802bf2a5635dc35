package parser

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhaowen/parser/labelled"
)

// shared is the folder of real pages that are no part of this repository.
func shared(t testing.TB) string {
	dir := os.Getenv("ZHAOWEN_SHARED")
	if dir == "" {
		dir = "../../shared"
	}
	if _, err := os.Stat(filepath.Join(dir, "corpus")); err != nil {
		t.Skipf("no corpus at %s (set ZHAOWEN_SHARED)", dir)
	}
	return dir
}

// tally adds up what a set scores.
type tally struct {
	n                                    int
	body                                 float64
	bodies                               int
	titles, titled, dates, dated         int
	rowsCommon, rowsFound, rowsTotal     int
	rowDates, rowDated                   int
	kinds, nexts, nexted                 int
	publishers, published, authors, auth int
	charsets, charsetted                 int
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func sameURL(a, b string) bool {
	ua, err1 := url.Parse(a)
	ub, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && ua.String() == ub.String()
}

func (s *tally) judge(t *testing.T, c labelled.Case, as Kind) {
	now := time.Date(2026, 9, 23, 10, 0, 0, 0, time.FixedZone("CST", 8*3600))
	if m, err := time.Parse(time.RFC3339, c.Now); err == nil {
		now = m
	}
	p, err := Parse(Input{Body: c.Bytes, URL: c.URL, Now: now, As: as})
	if err != nil {
		t.Errorf("%s: %v", c.File, err)
		return
	}
	s.n++
	if c.Charset != "" {
		s.charsetted++
		if p.Charset.Name == c.Charset {
			s.charsets++
		} else {
			t.Logf("CHARSET %s: %v want %s", c.File, p.Charset, c.Charset)
		}
	}
	if c.Kind != "" {
		if string(p.Kind) == c.Kind {
			s.kinds++
		} else {
			t.Logf("KIND %s: %s (%s) want %s", c.File, p.Kind, p.Reason, c.Kind)
		}
	}
	switch {
	case c.Kind == "list" || c.Kind == "json" || c.Kind == "feed":
		s.judgeRows(t, c, p)
	case c.Kind != "unknown":
		s.judgeArticle(t, c, p)
	}
}

func (s *tally) judgeRows(t *testing.T, c labelled.Case, p *Page) {
	if c.HasNext {
		s.judgeNext(t, c, p)
	}
	s.judgeRowSet(t, c, p)
}

func (s *tally) judgeNext(t *testing.T, c labelled.Case, p *Page) {
	s.nexted++
	if p.Next == deref(c.Next) || c.Next != nil && sameURL(p.Next, *c.Next) {
		s.nexts++
	} else {
		t.Logf("NEXT %s: %q want %q", c.File, p.Next, deref(c.Next))
	}
}

func (s *tally) judgeRowSet(t *testing.T, c labelled.Case, p *Page) {
	want := map[string]labelled.Row{}
	for _, r := range c.Rows {
		want[labelled.Squash(r.Title)+" "+r.URL] = r
	}
	common, dates := 0, 0
	for _, r := range p.Rows {
		w, ok := want[labelled.Squash(r.Title)+" "+r.URL]
		if !ok {
			if common < 3 && len(p.Rows)-common < 8 {
				t.Logf("ROW %s: extra %q %s", c.File, r.Title, r.URL)
			}
			continue
		}
		common++
		if w.Date != nil {
			s.rowDated++
		}
		if r.Date == deref(w.Date) {
			dates++
			if w.Date != nil {
				s.rowDates++
			}
		} else {
			t.Logf("ROWDATE %s: %q: %q want %q", c.File, r.Title, r.Date, deref(w.Date))
		}
	}
	if common < len(c.Rows) {
		t.Logf("ROWS %s: %d found, %d of %d right; first %q in %s", c.File, len(p.Rows), common, len(c.Rows), firstRow(p), p.Reason)
	}
	s.rowsCommon += common
	s.rowsFound += len(p.Rows)
	s.rowsTotal += len(c.Rows)
	for i, a := range c.Articles {
		s.bodies++
		if i < len(p.Articles) {
			f := labelled.BodyF1(p.Articles[i].Body, a.Body)
			s.body += f
			if f < 0.99 || p.Articles[i].Title != a.Title || p.Articles[i].Date != deref(a.Date) {
				t.Logf("FULLTEXT %s: %d %.3f %q %s want %q %s", c.File, i, f, p.Articles[i].Title, p.Articles[i].Date, a.Title, deref(a.Date))
			}
		} else {
			t.Logf("FULLTEXT %s: %d missing", c.File, i)
		}
	}
}

func firstRow(p *Page) string {
	if len(p.Rows) == 0 {
		return ""
	}
	return p.Rows[0].Title
}

func (s *tally) judgeArticle(t *testing.T, c labelled.Case, p *Page) {
	var a Article
	if len(p.Articles) > 0 {
		a = p.Articles[0]
	}
	f := labelled.BodyF1(a.Body, c.Body)
	s.body += f
	s.bodies++
	if f < 0.97 {
		t.Logf("BODY %.3f %s: %d chars want %d (%s)\n   got  %s … %s\n   want %s … %s", f, c.File, runeCount(a.Body), runeCount(c.Body), p.Reason, firstChars(labelled.Squash(a.Body), 60), lastChars(labelled.Squash(a.Body), 60), firstChars(labelled.Squash(c.Body), 60), lastChars(labelled.Squash(c.Body), 60))
	}
	if c.Title != "" {
		s.titled++
		if labelled.Squash(a.Title) == labelled.Squash(c.Title) {
			s.titles++
		} else {
			t.Logf("TITLE %s: %q want %q", c.File, a.Title, c.Title)
		}
	}
	if c.Date != nil {
		s.dated++
		if a.Date == *c.Date {
			s.dates++
		} else {
			t.Logf("DATE %s: %q want %q", c.File, a.Date, *c.Date)
		}
	} else if a.Date != "" {
		t.Logf("DATE %s: %q where the truth has none", c.File, a.Date)
	}
	if c.Publisher != nil {
		s.published++
		if labelled.Squash(a.Publisher) == labelled.Squash(*c.Publisher) {
			s.publishers++
		} else {
			t.Logf("PUBLISHER %s: %q want %q", c.File, a.Publisher, *c.Publisher)
		}
	}
	if c.Author != nil {
		s.auth++
		if labelled.Squash(a.Author) == labelled.Squash(*c.Author) {
			s.authors++
		} else {
			t.Logf("AUTHOR %s: %q want %q", c.File, a.Author, *c.Author)
		}
	}
}

func (s *tally) log(t *testing.T, name string) {
	t.Logf("%s: %d pages; body F1 %.4f (%d); titles %d/%d; dates %d/%d; rows F1 %.4f (%d/%d/%d); row dates %d/%d; kinds %d; next %d/%d; publisher %d/%d; author %d/%d; charset %d/%d", name, s.n,
		s.body/float64(max(s.bodies, 1)), s.bodies, s.titles, s.titled, s.dates, s.dated, labelled.F1(s.rowsCommon, s.rowsFound, s.rowsTotal), s.rowsCommon, s.rowsFound, s.rowsTotal, s.rowDates, s.rowDated, s.kinds, s.nexts, s.nexted,
		s.publishers, s.published, s.authors, s.auth, s.charsets, s.charsetted)
}

func runSet(t *testing.T, dir string, as Kind) *tally {
	cases, err := labelled.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := &tally{}
	for _, c := range cases {
		if only := os.Getenv("ONLY"); only != "" && !strings.Contains(c.File, only) {
			continue
		}
		s.judge(t, c, as)
	}
	s.log(t, filepath.Base(dir))
	return s
}

func TestCorpusArticles(t *testing.T) { runSet(t, shared(t)+"/corpus/articles", Kind(os.Getenv("AS"))) }
func TestCorpusSites(t *testing.T)    { runSet(t, shared(t)+"/corpus/sites", "") }
