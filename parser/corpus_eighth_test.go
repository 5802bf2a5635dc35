package parser_test

import (
	"testing"

	"zhaowen/parser/labelled"
)

// The list pages of the eighth set, written blind: what is reached must not be lost. On one page titles are cut and stand in full only in hidden tips.
func TestEighthLists(t *testing.T) {
	s := score(t, "testdata/pages/eighth/lists", "")
	if s.RowsF1() < 0.986 || s.Next.Right < s.Next.Of || s.Kind.Right < s.Kind.Of || s.RowDate.Right < s.RowDate.Of || s.Charset.Right < s.Charset.Of || s.RowsWant < 457 {
		t.Errorf("rows F1 %.4f of %d, dates %v, next %v, kind %v, charset %v", s.RowsF1(), s.RowsWant, s.RowDate, s.Next, s.Kind, s.Charset)
	}
}

// Its articles. A second line of a title and a kicker above one are read otherwise than labelled, a source at the end does not stand over that of the head, one
// trainee is missed, and the home page of a park is a list.
func TestEighthArticles(t *testing.T) {
	s := score(t, "testdata/pages/eighth/articles", "")
	if s.Publisher.Right < s.Publisher.Of-1 || s.Author.Right < s.Author.Of-1 || s.Title.Right < s.Title.Of-2 || s.Kind.Right < s.Kind.Of-1 {
		t.Errorf("publisher %v, author %v, title %v, kind %v", s.Publisher, s.Author, s.Title, s.Kind)
	}
	s.Publisher, s.Author, s.Title, s.Kind = labelled.Share{}, labelled.Share{}, labelled.Share{}, labelled.Share{}
	checkArticles(t, s, 0.995)
}
