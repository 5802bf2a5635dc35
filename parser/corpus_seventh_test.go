package parser_test

import (
	"testing"

	"zhaowen/parser/labelled"
)

// The list pages of the seventh set, written blind: what is reached must not be lost.
func TestSeventhLists(t *testing.T) {
	s := score(t, "testdata/pages/seventh/lists", "")
	if s.RowsF1() < 1 || s.Next.Right < s.Next.Of || s.Kind.Right < s.Kind.Of || s.RowDate.Right < s.RowDate.Of || s.Charset.Right < s.Charset.Of || s.RowsWant < 483 {
		t.Errorf("rows F1 %.4f of %d, dates %v, next %v, kind %v, full texts %v, charset %v", s.RowsF1(), s.RowsWant, s.RowDate, s.Next, s.Kind, s.Fulltext, s.Charset)
	}
}

// Its articles. One publisher is not found, that of a meta tag beside another's app; captions are read as text, and a table above the text of an award as its part.
func TestSeventhArticles(t *testing.T) {
	s := score(t, "testdata/pages/seventh/articles", "")
	if s.Publisher.Right < s.Publisher.Of-1 {
		t.Errorf("publisher %v", s.Publisher)
	}
	s.Publisher = labelled.Share{}
	checkArticles(t, s, 0.98)
}
