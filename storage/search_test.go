package storage

import (
	"context"
	"errors"
	"testing"

	"zhaowen/parser"

	"github.com/google/go-cmp/cmp"
)

func TestSearch(t *testing.T) {
	db := openTest(t)
	add := func(source, title, body, date string) {
		t.Helper()
		record(t, db, Outcome{SourceID: source, Articles: []Article{article("http://"+source+".gov.cn/"+title, title, body, date)}})
	}
	add("a", "甲", "广州经济开发区招商引资大会，Ｇ60 科创走廊 AI 项目落户，增长12%。", "2026-09-16")
	add("a", "乙", "深圳：招商动态，under_score 与 ＡＩ 芯片。", "2026-09-18")
	add("b", "丙", "广州　Guangzhou Économie：没有那两个字。", "2026-09-18")
	add("b", "无日期", "招商资讯，日期不明。", "") // counts as of the day it was met: 2026-09-23
	if _, err := db.writer.Exec("INSERT INTO articles (source_id, title, body, char_count, content_hash, original_id, first_seen_at, last_seen_at, parser_version, published_on) VALUES ('b', '转载', '招商转载', 4, 'x', 2, ?1, ?1, 1, '2026-09-19')", stamp(noon)); err != nil {
		t.Fatal(err)
	}
	row, err := searchRow(5, "2026-09-19", false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.writer.Exec(indexInsert, row, terms("招商转载"), terms("转载")); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		query Query
		want  []string // titles, newest first
	}{
		"everything":            {Query{}, []string{"无日期", "丙", "乙", "甲"}},
		"two characters":        {Query{Words: Words{All: []string{"招商"}}}, []string{"无日期", "乙", "甲"}},
		"one character":         {Query{Words: Words{All: []string{"芯"}}}, []string{"乙"}},
		"all words":             {Query{Words: Words{All: []string{"招商", "广州"}}}, []string{"甲"}},
		"one in the title":      {Query{Words: Words{All: []string{"乙", "招商"}}}, []string{"乙"}},
		"case and width":        {Query{Words: Words{All: []string{"ai"}}}, []string{"乙", "甲"}},
		"wide word":             {Query{Words: Words{All: []string{"ｇ６０"}}}, []string{"甲"}},
		"accents in capitals":   {Query{Words: Words{All: []string{"ÉCONOMIE"}}}, []string{"丙"}},
		"Han and Latin":         {Query{Words: Words{All: []string{"广州 guang"}}}, []string{"丙"}},
		"percent is a percent":  {Query{Words: Words{All: []string{"12%"}}}, []string{"甲"}},
		"percent alone":         {Query{Words: Words{All: []string{"%商"}}}, nil},
		"underscore is literal": {Query{Words: Words{All: []string{"r_s"}}}, []string{"乙"}},
		"quotes and operators":  {Query{Words: Words{All: []string{`" OR 1=1 --`}}}, nil},
		"not across the title":  {Query{Words: Words{All: []string{"乙深圳"}}}, nil},
		"since":                 {Query{Since: "2026-09-18"}, []string{"无日期", "丙", "乙"}},
		"until":                 {Query{Until: "2026-09-18"}, []string{"丙", "乙", "甲"}},
		"source":                {Query{SourceID: "a"}, []string{"乙", "甲"}},
		"limit":                 {Query{Limit: 2, Words: Words{All: []string{"招商"}}}, []string{"无日期", "乙"}},
		"a word that is not":    {Query{Words: Words{All: []string{"招商"}, None: []string{"动态", "大会"}}}, []string{"无日期"}},
		"only one that is not":  {Query{Words: Words{None: []string{"招商"}}}, []string{"丙"}},
		"word since":            {Query{Words: Words{All: []string{"招商"}}, Since: "2026-09-18"}, []string{"无日期", "乙"}},
		"word until":            {Query{Words: Words{All: []string{"招商"}}, Until: "2026-09-18"}, []string{"乙", "甲"}},
		"word of a source":      {Query{Words: Words{All: []string{"招商"}}, SourceID: "b"}, []string{"无日期"}},
		"not, since":            {Query{Words: Words{None: []string{"芯片"}}, Since: "2026-09-18", All: true}, []string{"无日期", "转载", "丙"}},
		"best first":            {Query{Words: Words{All: []string{"乙"}}, Best: true}, []string{"乙"}},
		"best of nothing":       {Query{Best: true, Limit: 1}, []string{"无日期"}},
		"only white space":      {Query{Words: Words{All: []string{" ", ""}}, Limit: 1}, []string{"无日期"}},
		"reprints too":          {Query{All: true, Words: Words{All: []string{"招商"}}}, []string{"无日期", "转载", "乙", "甲"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var got []string
			for a, err := range db.Search(t.Context(), c.query) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, a.Title)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			c.query.Limit = 0
			all := 0
			for _, err := range db.Search(t.Context(), c.query) {
				if err != nil {
					t.Fatal(err)
				}
				all++
			}
			if n, err := db.Count(t.Context(), c.query); err != nil || n != all {
				t.Errorf("counted %d, not %d: %v", n, all, err)
			}
		})
	}
}

// Leaving the loop early gives the connection back, more often than there are connections; an ended context ends the sequence with its error.
func TestSearchIsLeftEarly(t *testing.T) {
	db := openTest(t)
	for i := range 3 {
		kinds(t, db, "s", Article{Article: parser.Article{Title: "题", Body: text(i)}})
	}
	for range 10 {
		for _, err := range db.Search(t.Context(), Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n := 0
	for _, err := range db.Search(ctx, Query{}) {
		n++
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	if n != 1 {
		t.Errorf("%d yields", n)
	}
}

func TestStats(t *testing.T) {
	db := openTest(t)
	kinds(t, db, "s", article("http://a.gov.cn/1.html", "甲", text(1), "2026-09-16"), article("http://b.gov.cn/1.html", "甲", text(1), ""), article("http://a.gov.cn/2.html", "乙", text(2), ""))
	kinds(t, db, "s", article("http://a.gov.cn/2.html", "乙", text(3), "2026-09-18"))
	record(t, db, Outcome{SourceID: "s", Listed: []Listing{{"http://a.gov.cn/3.html", "丙", ""}}})
	got, err := db.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	oldest, newest := "2026-09-16", "2026-09-18"
	want := Stats{
		Articles: 2, Originals: 2, Copies: 1, Revisions: 1, Sources: got.Sources, SourceStates: got.SourceStates, Pages: 1, Waiting: 1, OldestOn: &oldest, NewestOn: &newest,
		Characters: len([]rune(text(1) + text(3))), FileBytes: got.FileBytes,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got.FileBytes == 0 || got.Sources == 0 {
		t.Errorf("%+v", got)
	}
}
