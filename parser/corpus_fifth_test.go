package parser_test

import "testing"

// The list pages of the fifth set, written blind: what is reached must not be lost.
func TestFifthLists(t *testing.T) {
	s := score(t, "testdata/pages/fifth/lists", "")
	if s.RowsF1() < 0.999 || s.Next.Right < s.Next.Of || s.Kind.Right < s.Kind.Of || s.RowDate.Right < s.RowDate.Of || s.Fulltext.Right < s.Fulltext.Of || s.Charset.Right < s.Charset.Of || s.RowsWant < 530 {
		t.Errorf("rows F1 %.4f of %d, dates %v, next %v, kind %v, full texts %v, charset %v", s.RowsF1(), s.RowsWant, s.RowDate, s.Next, s.Kind, s.Fulltext, s.Charset)
	}
}
