package parser_test

import (
	"testing"

	"zhaowen/parser/labelled"
)

// The list pages of the sixth set, written blind: what is reached must not be lost.
func TestSixthLists(t *testing.T) {
	s := score(t, "testdata/pages/sixth/lists", "")
	if s.RowsF1() < 1 || s.Next.Right < s.Next.Of || s.Kind.Right < s.Kind.Of || s.RowDate.Right < s.RowDate.Of || s.Fulltext.Right < s.Fulltext.Of || s.Charset.Right < s.Charset.Of || s.RowsWant < 364 {
		t.Errorf("rows F1 %.4f of %d, dates %v, next %v, kind %v, full texts %v, charset %v", s.RowsF1(), s.RowsWant, s.RowDate, s.Next, s.Kind, s.Fulltext, s.Charset)
	}
}

// Its articles. One publisher and two authors are not found: the name of a journal behind a bar, a name beside the time without a word, a photographer's.
func TestSixthArticles(t *testing.T) {
	s := score(t, "testdata/pages/sixth/articles", "")
	if s.Publisher.Right < s.Publisher.Of-1 || s.Author.Right < s.Author.Of-2 {
		t.Errorf("publisher %v, author %v", s.Publisher, s.Author)
	}
	s.Publisher, s.Author = labelled.Share{}, labelled.Share{}
	checkArticles(t, s, 0.989)
}
