package storage

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"zhaowen/parser"
	"zhaowen/storage/sameness"
)

// rows gives what the file holds of articles: rows by table.
func rows(t *testing.T, db *DB) map[string]int {
	t.Helper()
	all := map[string]int{}
	for _, table := range []string{"articles", "sightings", "revisions", "sections", "fingerprints", "fingerprints_recent", "pages"} {
		all[table] = count(t, db, "SELECT count(*) FROM "+table)
	}
	return all
}

// titles gives the titles of the articles, in order of their ids, and makes sure that nothing refers to an article that is not there.
func titles(t *testing.T, db *DB) string {
	t.Helper()
	for _, table := range []string{"sightings", "revisions", "section_spans", "fingerprints", "fingerprints_middle", "fingerprints_recent"} {
		if n := count(t, db, "SELECT count(*) FROM "+table+" WHERE article_id NOT IN (SELECT id FROM articles)"); n != 0 {
			t.Errorf("%d rows of %s belong to no article", n, table)
		}
	}
	if n := count(t, db, "SELECT count(*) FROM pragma_foreign_key_check"); n != 0 {
		t.Errorf("%d broken references", n)
	}
	if stored, indexed := count(t, db, "SELECT count(*) FROM articles"), count(t, db, "SELECT count(*) FROM search_docsize"); stored != indexed {
		t.Errorf("%d articles, %d in the index", stored, indexed)
	}
	var all string
	if err := db.reader.QueryRowContext(t.Context(), "SELECT coalesce(group_concat(title, ' '), '') FROM (SELECT title FROM articles ORDER BY id)").Scan(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

func mustPrune(t *testing.T, db *DB, source, before string, want int) {
	t.Helper()
	if n, err := db.Prune(t.Context(), source, before); err != nil || n != want {
		t.Errorf("%d removed, %v; want %d", n, err, want)
	}
}

func TestPruneTakesAllThatBelongsToAnArticle(t *testing.T) {
	db := openTest(t)
	kinds(t, db, "a", article("http://a.cn/1", "旧", "一、总体要求\n"+thousand(1)+"\n二、保障措施\n"+thousand(2), "2024-01-01"))
	if err := db.settlePrints(t.Context()); err != nil {
		t.Fatal(err)
	}
	kinds(t, db, "a", article("http://a.cn/1", "旧", "一、总体要求\n"+thousand(3)+"\n二、保障措施\n"+thousand(4), "2024-01-01"))
	kinds(t, db, "b", article("http://b.cn/1", "旧", "一、总体要求\n"+thousand(3)+"\n二、保障措施\n"+thousand(4), "2024-01-02")) // a copy
	before := rows(t, db)
	kinds(t, db, "a", article("http://a.cn/2", "新", thousand(5), "2024-03-01"))
	if before["revisions"] != 1 || before["sections"] != 2 || before["sightings"] != 3 || before["fingerprints_recent"] == 0 {
		t.Fatalf("not what it should be: %v", before)
	}
	mustPrune(t, db, "a", "2024-03-01", 1)
	if got := titles(t, db); got != "新" {
		t.Errorf("left: %s", got)
	}
	if left := rows(t, db); left["revisions"]+left["sections"]+left["fingerprints"] != 0 || left["sightings"] != 1 {
		t.Errorf("left: %v", left)
	}
	mustPrune(t, db, "a", "2024-03-01", 0) // again
	if got := kinds(t, db, "b", article("http://b.cn/1", "旧", thousand(3)+thousand(4), "2024-01-02")); got[0] != SightingNew {
		t.Errorf("what was removed is still known: %s", got[0])
	}
}

func TestPruneByDayAndSource(t *testing.T) {
	db := openTest(t) // noon is the first sight of those without a date
	day := noon.Format(time.DateOnly)
	next := noon.AddDate(0, 0, 1).Format(time.DateOnly)
	kinds(t, db, "a", article("http://a.cn/1", "甲", text(1), "2024-02-29"), article("http://a.cn/2", "乙", text(2), "2024-03-01"), article("http://a.cn/3", "无", text(3), ""))
	kinds(t, db, "b", article("http://b.cn/1", "丙", text(4), "2020-01-01"))
	for _, c := range []struct {
		source, before string
		removed        int
		left           string
	}{
		{"none", next, 0, "甲 乙 无 丙"},
		{"a", "2024-02-29", 0, "甲 乙 无 丙"},
		{"a", "2024-03-01", 1, "乙 无 丙"},
		{"a", day, 1, "无 丙"},
		{"a", next, 1, "丙"},
	} {
		mustPrune(t, db, c.source, c.before, c.removed)
		if got := titles(t, db); got != c.left {
			t.Errorf("%s before %s leaves %s, want %s", c.source, c.before, got, c.left)
		}
	}
}

// An original stays with its reprints, and goes with the last of them.
func TestPruneKeepsOriginalsOfReprints(t *testing.T) {
	db := openTest(t)
	kinds(t, db, "a", article("http://a.cn/1", "原", story, "2024-01-01"), article("http://a.cn/2", "转一", story+"\n编辑：李明", "2024-01-02"))
	kinds(t, db, "b", article("http://b.cn/1", "转二", story+"\n责任编辑：王晓明", "2024-06-01"))
	if got := originals(t, db); got[1] != 1 || got[2] != 1 {
		t.Fatalf("originals %v", got)
	}
	mustPrune(t, db, "a", "2024-03-01", 1)
	if got := titles(t, db); got != "原 转二" {
		t.Errorf("left: %s", got)
	}
	if got := kinds(t, db, "b", article("http://b.cn/2", "转三", story+"\n来源：青岚日报", "2024-06-02")); got[0] != SightingReprint {
		t.Errorf("a further reprint is %s", got[0])
	}
	mustPrune(t, db, "b", "2024-07-01", 2)
	mustPrune(t, db, "a", "2024-03-01", 1)
	if got := titles(t, db); got != "" {
		t.Errorf("left: %s", got)
	}
	kinds(t, db, "a", article("http://a.cn/1", "原", story, "2024-01-01"), article("http://a.cn/2", "转一", story+"\n编辑：李明", "2024-01-02"))
	mustPrune(t, db, "a", "2024-03-01", 2) // both at once
}

// What was removed stays known as done: it is not due again.
func TestPrunedPagesAreNotDue(t *testing.T) {
	db := openTest(t)
	l := Listing{URL: "http://a.cn/1", Title: "旧", PublishedOn: "2024-01-01"}
	if got := record(t, db, Outcome{SourceID: "a", Listed: []Listing{l}}); len(got.Due) != 1 {
		t.Fatalf("due: %v", got.Due)
	}
	record(t, db, Outcome{SourceID: "a", Page: &PageFetch{URL: l.URL, Kind: parser.KindArticle, Status: 200}, Articles: []Article{article(l.URL, "旧", text(1), "2024-01-01")}})
	mustPrune(t, db, "a", "2024-03-01", 1)
	got := record(t, db, Outcome{SourceID: "a", Listed: []Listing{l}})
	due, err := db.DuePages(t.Context(), "a", noon.AddDate(1, 0, 0))
	if len(got.Due) != 0 || got.Known != 1 || len(due) != 0 || err != nil {
		t.Errorf("due again: %v, %v, %v", got, due, err)
	}
	if got := record(t, db, Outcome{SourceID: "b", Listed: []Listing{l}}); len(got.Due) != 1 {
		t.Error("another source, which may keep it longer, does not fetch it")
	}
}

// An interrupted prune has removed whole batches and nothing by halves; the next one does the rest.
func TestPruneInBatches(t *testing.T) {
	db := openTest(t)
	const n = 2*pruneBatch + 50
	var all []Article
	for i := range n {
		all = append(all, article(fmt.Sprintf("http://a.cn/%d", i), "题", fmt.Sprintf("第%d号公告：%s", i*7919, thousand(i*31)), "2024-01-01"))
	}
	record(t, db, Outcome{SourceID: "a", Articles: all})
	if _, err := db.pruneOnce(t.Context(), "a", "2024-03-01"); err != nil {
		t.Fatal(err)
	}
	if left := count(t, db, "SELECT count(*) FROM articles"); left != n-pruneBatch {
		t.Errorf("%d left after one batch", left)
	}
	if _, err := db.writer.Exec("CREATE TRIGGER stop BEFORE DELETE ON articles WHEN old.id = 150 BEGIN SELECT raise(ABORT, 'stopped'); END"); err != nil {
		t.Fatal(err)
	}
	if removed, err := db.Prune(t.Context(), "a", "2024-03-01"); err == nil || removed != 0 {
		t.Errorf("%d removed, %v", removed, err)
	}
	titles(t, db) // nothing by halves
	if left := count(t, db, "SELECT count(*) FROM articles"); left != n-pruneBatch {
		t.Errorf("%d left after a batch that failed", left)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.Prune(cancelled, "a", "2024-03-01"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := db.writer.Exec("DROP TRIGGER stop"); err != nil {
		t.Fatal(err)
	}
	mustPrune(t, db, "a", "2024-03-01", n-pruneBatch)
	if got := titles(t, db); got != "" {
		t.Errorf("left: %s", got)
	}
}

// An article that is given the number of one that was removed has its own fingerprints alone, whether those of the other were settled, waited, or were of an earlier text.
func TestPrunedNumbersAreUsedAgain(t *testing.T) {
	for name, settle := range map[string]bool{"waiting": false, "settled": true} {
		t.Run(name, func(t *testing.T) {
			db := openTest(t)
			kinds(t, db, "b", article("http://b.cn/1", "留", unlike(9), "2024-06-01"))
			kinds(t, db, "a", article("http://a.cn/1", "旧", unlike(1), "2024-01-01"))
			kinds(t, db, "a", article("http://a.cn/1", "旧", unlike(2), "2024-01-01")) // a revision
			if settle {
				if err := db.settlePrints(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			mustPrune(t, db, "a", "2024-03-01", 1)
			if got := titles(t, db); got != "留" {
				t.Errorf("left: %s", got)
			}
			if got := record(t, db, Outcome{SourceID: "b", Articles: []Article{article("http://b.cn/2", "新", unlike(5), "2024-06-02")}}); got.Articles[0].ID != 2 {
				t.Fatalf("the number is not used again: %v", got)
			}
			r := recorderOf(t, db)
			for i, n := range []int{1, 2, 5} {
				text := sameness.NewText(unlike(n))
				if err := r.prints.refresh(r, nil); err != nil {
					t.Fatal(err)
				}
				var err error
				r.prints.settled, err = db.settledPrints(t.Context(), text.Fingerprints())
				if err != nil {
					t.Fatal(err)
				}
				shared, _, err := r.candidates(text.Fingerprints())
				if want := i == 2; err != nil || (shared[2] > 0) != want {
					t.Errorf("text %d leads to the new article by %d fingerprints, %v", n, shared[2], err)
				}
			}
		})
	}
}

// recorderOf gives a recorder in a transaction of its own.
func recorderOf(t *testing.T, db *DB) *recorder {
	t.Helper()
	tx, err := db.writer.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	return newRecorder(t.Context(), tx, db)
}
