package parser_test

import (
	"os"
	"path/filepath"
	"testing"

	"zhaowen/parser"
	"zhaowen/parser/labelled"
)

// shared is the folder of real pages that are no part of this repository.
func shared(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("ZHAOWEN_SHARED")
	if dir == "" {
		dir = "../../shared"
	}
	if _, err := os.Stat(filepath.Join(dir, "corpus")); err != nil {
		t.Skipf("no corpus at %s (set ZHAOWEN_SHARED)", dir)
	}
	return dir
}

func score(t *testing.T, dir string, as parser.Kind) *labelled.Score {
	t.Helper()
	cases, err := labelled.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := &labelled.Score{}
	for _, c := range cases {
		page, err := parser.Parse(c.Input(as))
		if err != nil {
			t.Errorf("%s: %v", c.File, err)
			continue
		}
		for _, fault := range s.Add(c, page) {
			t.Log(fault)
		}
	}
	t.Logf("body F1 %.4f of %d; title %v; date %v; no date %v; publisher %v; author %v; charset %v; kind %v; next %v; rows F1 %.4f, dates %v; full texts %v", s.BodyF1(), s.Bodies, s.Title, s.Date,
		s.NoDate, s.Publisher, s.Author, s.Charset, s.Kind, s.Next, s.RowsF1(), s.RowDate, s.Fulltext)
	return s
}

// The real pages of the corpus: what is reached must not be lost.
func TestCorpusArticles(t *testing.T) {
	s := score(t, shared(t)+"/corpus/articles", parser.KindArticle)
	if s.BodyF1() < 0.96 || s.Date.Right < 26 {
		t.Errorf("body F1 %.4f, dates %v", s.BodyF1(), s.Date)
	}
}

func TestCorpusSites(t *testing.T) {
	s := score(t, shared(t)+"/corpus/sites", "")
	if s.BodyF1() < 0.975 || s.RowsF1() < 0.98 || s.RowDate.Right < s.RowDate.Of || s.Kind.Right < s.Kind.Of || s.Title.Right < s.Title.Of {
		t.Errorf("body F1 %.4f, rows F1 %.4f, row dates %v, kinds %v, titles %v", s.BodyF1(), s.RowsF1(), s.RowDate, s.Kind, s.Title)
	}
}

// Our own labelled pages, written after the structures of real sites.
func TestOwnLists(t *testing.T) {
	s := score(t, "testdata/pages/lists", "")
	if s.RowsF1() < 0.98 || s.Next.Right < s.Next.Of || s.Kind.Right < s.Kind.Of || s.Charset.Right < s.Charset.Of || s.Fulltext.Right < s.Fulltext.Of || s.RowsWant < 450 {
		t.Errorf("rows F1 %.4f of %d, next %v, kind %v, charset %v, full texts %v", s.RowsF1(), s.RowsWant, s.Next, s.Kind, s.Charset, s.Fulltext)
	}
}

func TestOwnArticles(t *testing.T) {
	s := score(t, "testdata/pages/articles", "")
	if s.BodyF1() < 0.98 || s.Kind.Right < s.Kind.Of || s.Charset.Right < s.Charset.Of || s.Title.Right < s.Title.Of || s.Date.Right < s.Date.Of || s.NoDate.Right < s.NoDate.Of || s.Bodies < 30 {
		t.Errorf("body F1 %.4f of %d, kind %v, charset %v, title %v, date %v, no date %v", s.BodyF1(), s.Bodies, s.Kind, s.Charset, s.Title, s.Date, s.NoDate)
	}
}

// A second and a third set, written apart from the first and harder: what is reached must not be lost.
func TestSecondArticles(t *testing.T) {
	checkArticles(t, score(t, "testdata/pages/second/articles", ""), 0.997)
}

func TestThirdArticles(t *testing.T) {
	checkArticles(t, score(t, "testdata/pages/third/articles", ""), 0.997)
}

// checkArticles asks for every field of a labelled set, and for a body of at least that F1.
func checkArticles(t *testing.T, s *labelled.Score, body float64) {
	t.Helper()
	if s.BodyF1() < body {
		t.Errorf("body F1 %.4f, want %.3f", s.BodyF1(), body)
	}
	for name, share := range map[string]labelled.Share{
		"kind": s.Kind, "charset": s.Charset, "title": s.Title, "date": s.Date, "no date": s.NoDate, "publisher": s.Publisher, "author": s.Author, "next": s.Next,
	} {
		if share.Right < share.Of {
			t.Errorf("%s %v", name, share)
		}
	}
}

// The same for list pages.
func TestSecondLists(t *testing.T) {
	s := score(t, "testdata/pages/second/lists", "")
	if s.RowsF1() < 0.999 || s.Next.Right < 46 || s.Kind.Right < 46 || s.RowDate.Right < 576 || s.Fulltext.Right < 9 || s.Charset.Right < s.Charset.Of {
		t.Errorf("rows F1 %.4f, dates %v, next %v, kind %v, full texts %v, charset %v", s.RowsF1(), s.RowDate, s.Next, s.Kind, s.Fulltext, s.Charset)
	}
}
