package storage

import (
	"cmp"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"

	"zhaowen/parser"
)

// The index finds exactly the articles that a scan finds, in the same order, whatever was stored, revised, dated later or met again, and whatever is looked for.
func TestIndexAgainstScan(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	db := openTest(t)
	for n := range 60 {
		o := Outcome{SourceID: "s", At: noon.Add(time.Duration(n) * 7 * time.Hour)}
		for range 1 + random.IntN(8) {
			o.Articles = append(o.Articles, randomArticle(random))
		}
		if _, err := db.Record(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.writer.Exec("INSERT INTO search (search) VALUES ('integrity-check')"); err != nil {
		t.Fatal(err)
	}
	checkIndexRows(t, db)
	var stored []ArticleRow
	for a, err := range db.Search(t.Context(), Query{All: true}) {
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, a)
	}
	found := 0
	for range 3000 {
		w := randomWords(random, stored)
		q := Query{Words: w, All: random.IntN(2) == 0}
		want := scan(stored, q)
		var got []int64
		for a, err := range db.Search(t.Context(), q) {
			if err != nil {
				t.Fatalf("%q: %v", w, err)
			}
			got = append(got, a.ID)
		}
		if d := diff.Diff(want, got); d != "" {
			t.Fatalf("%+q: %s", w, d)
		}
		if n, err := db.Count(t.Context(), q); err != nil || n != len(want) {
			t.Fatalf("%+q: counted %d, not %d: %v", w, n, len(want), err)
		}
		q.Best = true
		got = nil
		for a, err := range db.Search(t.Context(), q) {
			if err != nil {
				t.Fatalf("%q: %v", w, err)
			}
			got = append(got, a.ID)
		}
		slices.Sort(got)
		slices.Sort(want)
		if d := diff.Diff(want, got); d != "" {
			t.Fatalf("best of %+q: %s", w, d)
		}
		if len(want) > 0 {
			found++
		}
	}
	if found < 1000 || len(stored) < 100 {
		t.Errorf("%d articles, %d searches with hits: too few to tell anything", len(stored), found)
	}
}

func scan(stored []ArticleRow, q Query) []int64 {
	var ids []int64
	for _, a := range stored {
		holds := func(word string) bool {
			word = strings.TrimSpace(foldText(word))
			return strings.Contains(foldText(a.Title), word) || strings.Contains(foldText(a.Body), word)
		}
		if (q.All || a.OriginalID == nil) && !slices.ContainsFunc(q.Words.All, func(w string) bool { return !holds(w) }) && !slices.ContainsFunc(q.Words.None, holds) {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// pieces are what random texts are made of: few, so that they meet, and each with something that an index could stumble over.
var pieces = []string{
	"招", "商", "引", "资", "招商", "广州", "ａ", "A", "a", "É", "é", "Ｇ60", "g６0", "1", "2", "12%", "_", "*", "\"", "“", "'", " ", "　", "\n", "\t", "\u00a0", "\x00", "\x7f", "␣",
	"-", "－", "(", ")", "AND", "OR", "NOT", "NEAR", "^", ":", "+", "body:", "，", "。", "😀", "e\u0301", "\u200b", "\ufeff", "\xff", "\xe6\x8b", "İ", "ß", "{", "}", "\\",
}

func randomText(random *rand.Rand, most int) string {
	var b strings.Builder
	for range 1 + random.IntN(most) {
		b.WriteString(pieces[random.IntN(len(pieces))])
	}
	return b.String()
}

// randomArticle is often one of few pages, so that pages change, are met again and are dated later.
func randomArticle(random *rand.Rand) Article {
	a := Article{Article: parser.Article{Title: randomText(random, 6), Body: randomText(random, 120)}}
	if random.IntN(4) > 0 {
		a.URL = fmt.Sprintf("http://a.gov.cn/%d.html", random.IntN(150))
	}
	if random.IntN(5) == 0 {
		a.Body = strings.Repeat("同一篇稿件在各处都能看到，", 1+random.IntN(6)) // the same again, with and without a day
	}
	if random.IntN(3) > 0 {
		a.Date = fmt.Sprintf("2026-0%d-1%d", 1+random.IntN(9), random.IntN(10))
	}
	return a
}

// randomWords are made up, or cut out of what is stored.
func randomWords(random *rand.Rand, stored []ArticleRow) Words {
	one := func() string {
		if random.IntN(3) == 0 {
			return randomText(random, 2)
		}
		a := stored[random.IntN(len(stored))]
		from := []rune(cmp.Or(a.Body, a.Title))
		if random.IntN(4) == 0 {
			from = []rune(a.Title)
		}
		start := random.IntN(len(from))
		return string(from[start:min(start+1+random.IntN(4), len(from))])
	}
	var w Words
	for range random.IntN(3) {
		if word := one(); strings.TrimSpace(foldText(word)) != "" {
			w.All = append(w.All, word)
		}
	}
	if random.IntN(4) == 0 {
		if word := one(); strings.TrimSpace(foldText(word)) != "" {
			w.None = append(w.None, word)
		}
	}
	return w
}

// A file without an index is given one, with all that is in it.
func TestIndexOfAnOlderFile(t *testing.T) {
	db := openVersion(t, 3, article("http://a.gov.cn/1.html", "甲", text(1), "2026-09-16"), article("http://a.gov.cn/2.html", "乙", text(2), ""))
	for word, want := range map[string]int{"甲": 1, "乙": 1, "丙": 0} {
		if n, err := db.Count(t.Context(), Query{Words: Words{All: []string{word}}}); err != nil || n != want {
			t.Errorf("%s: %d, %v", word, n, err)
		}
	}
}

// The sections of an older file stay what they were.
func TestSectionsOfAnOlderFile(t *testing.T) {
	a := article("http://a.gov.cn/1.html", "甲", "前言 一、总体 要求很高。 二、措施 有力。", "2026-09-16")
	db := openVersion(t, 4, a)
	var got string
	if err := db.reader.QueryRow("SELECT group_concat(number || heading || ':' || body, '|') FROM sections").Scan(&got); err != nil || got != "1总体:要求很高。|2措施:有力。" {
		t.Errorf("%q, %v", got, err)
	}
}

// openVersion opens a file that an earlier version of the schema has written.
func openVersion(t *testing.T, version int, articles ...Article) *DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "older.db")
	old, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	run := func(text string, args ...any) {
		t.Helper()
		if _, err := old.Exec(text, args...); err != nil {
			t.Fatal(err)
		}
	}
	for _, migration := range migrations[:version] {
		run(migration)
	}
	run("INSERT INTO sources (id) VALUES ('s')")
	for i, a := range articles {
		run(`INSERT INTO articles (id, source_id, url, url_key, title, body, published_on, char_count, content_hash, first_seen_at, last_seen_at, parser_version)
			VALUES (?1, 's', ?2, ?2, ?3, ?4, nullif(?5, ''), 1, ?1, ?6, ?6, 1)`, i+1, a.URL, a.Title, a.Body, a.Date, stamp(noon))
		for _, s := range a.Sections {
			run("INSERT INTO sections VALUES (?, ?, ?, ?)", i+1, s.Number, s.Heading, s.Body)
		}
	}
	run(fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", version, applicationID))
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// An original that turns out to be a reprint is found as one, and the other way round.
func TestIndexFollowsTheOriginal(t *testing.T) {
	db := openTest(t)
	kinds(t, db, "a", article("http://a.cn/1", "集中签约", story, "2026-09-16"))
	kinds(t, db, "b", article("http://b.cn/1", "集中签约", story+"\n编辑：李明", "2026-09-10"))
	for all, want := range map[bool][]int64{false: {2}, true: {1, 2}} {
		q := Query{Words: ParseWords("签约"), All: all}
		var got []int64
		for a, err := range db.Search(t.Context(), q) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, a.ID)
		}
		if n, err := db.Count(t.Context(), q); err != nil || n != len(want) || diff.Diff(want, got) != "" {
			t.Errorf("all %v: %v, counted %d, %v", all, got, n, err)
		}
	}
	checkIndexRows(t, db)
}

// checkIndexRows makes sure that each article has its row in the index, by its day and by whether it is an original, and that there are no others.
func checkIndexRows(t *testing.T, db *DB) {
	t.Helper()
	const want = `SELECT (julianday(coalesce(published_on, substr(first_seen_at, 1, 10))) - 1721425.5) * 33554432 + iif(original_id IS NULL, 16777216, 0) + id FROM articles`
	for _, query := range []string{
		"SELECT count(*) FROM search_docsize WHERE id NOT IN (" + want + ")",
		"SELECT abs((SELECT count(*) FROM search_docsize) - (SELECT count(*) FROM articles))",
	} {
		if n := count(t, db, query); n != 0 {
			t.Errorf("%d rows of the index are not those of the articles: %s", n, query)
		}
	}
}
