package parser_test

import "testing"

// A fourth set, written blind: what is reached must not be lost.
func TestFourthArticles(t *testing.T) {
	checkArticles(t, score(t, "testdata/pages/fourth/articles", ""), 0.996)
}
