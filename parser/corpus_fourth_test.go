package parser_test

import "testing"

// A fourth set of list pages, written without knowledge of the parser; its articles are checked beside it.
func TestFourthLists(t *testing.T) {
	s := score(t, "testdata/pages/fourth/lists", "")
	if s.RowsF1() < 0.999 || s.Next.Right < s.Next.Of || s.Kind.Right < s.Kind.Of || s.RowDate.Right < s.RowDate.Of || s.Fulltext.Right < s.Fulltext.Of || s.Charset.Right < s.Charset.Of || s.RowsWant < 490 {
		t.Errorf("rows F1 %.4f of %d, dates %v, next %v, kind %v, full texts %v, charset %v", s.RowsF1(), s.RowsWant, s.RowDate, s.Next, s.Kind, s.Fulltext, s.Charset)
	}
}
