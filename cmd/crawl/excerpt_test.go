package main

import (
	"testing"

	"zhaowen/storage"
)

func TestExcerpt(t *testing.T) {
	words := storage.ParseWords("招商")
	cases := map[string]struct {
		text, want string
		columns    int
	}{
		"short":                {"广州招商大会", "广州招商大会", 60},
		"none":                 {"广州大会", "", 60},
		"within its paragraph": {"第一段。\n广州招商大会。\n第三段。", "…广州招商大会。 第三段。", 60},
		"cut on both sides":    {"一二三四五六七八九十一二三四五六七八九十招商大会在广州举行，来宾一百余人，签约项目二十个。", "…九十一二三四五六七八九十招商大会在广州举行，来…", 48},
		"too narrow":           {"招商", "", 40},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := excerpt(c.text, words, c.columns); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestMarked(t *testing.T) {
	s := &sheet{colours: true}
	if got, want := s.marked("广州招商", storage.ParseWords("招商")), "广州\x1b[1m招商\x1b[0m"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
