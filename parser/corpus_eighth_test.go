package parser_test

import "testing"

// The list pages of the eighth set, written blind: what is reached must not be lost.
func TestEighthLists(t *testing.T) {
	score(t, "testdata/pages/eighth/lists", "")
}

func TestEighthArticles(t *testing.T) {
	score(t, "testdata/pages/eighth/articles", "")
}
