package parser_test

import "testing"

// A fifth set, written blind: what is reached must not be lost.
func TestFifthArticles(t *testing.T) {
	checkArticles(t, score(t, "testdata/pages/fifth/articles", ""), 0.998)
}
