package storage

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"zhaowen/facts"
	"zhaowen/parser"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 9, 23, 4, 0, 0, 0, time.UTC)

func openTest(t testing.TB) *DB {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func text(n int) string {
	return fmt.Sprintf("近日，青岚市第%d批重大项目集中签约，总投资%d亿元，涵盖新材料、装备制造、生物医药等领域，预计三年内全部建成投产并带动就业。", n, n*7+3)
}

func article(url, title, body, date string) Article {
	return Article{Article: parser.Article{URL: url, Title: title, Body: body, Date: date}, Sections: facts.Sections(body)}
}

func record(t testing.TB, db *DB, o Outcome) Recorded {
	t.Helper()
	if o.At.IsZero() {
		o.At = noon
	}
	got, err := db.Record(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// kinds records articles one after the other and tells what each was.
func kinds(t *testing.T, db *DB, source string, articles ...Article) []SightingKind {
	t.Helper()
	var got []SightingKind
	for _, s := range record(t, db, Outcome{SourceID: source, Articles: articles}).Articles {
		got = append(got, s.Kind)
	}
	return got
}

func count(t testing.TB, db *DB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := db.reader.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWhatAnArticleIs(t *testing.T) {
	const a, b = "http://a.gov.cn/x/1.html", "http://b.gov.cn/y/2.html"
	full := func(s string) string { return strings.NewReplacer("，", ",", "。", ".", "1", "１").Replace(s) }
	cases := map[string]struct {
		steps [][]Article
		want  [][]SightingKind
		rows  int
	}{
		"new, then same":             {[][]Article{{article(a, "签约", text(1), "2026-09-18")}, {article(a, "签约", text(1), "2026-09-18")}}, [][]SightingKind{{"new"}, {"same"}}, 1},
		"https is the same page":     {[][]Article{{article(a, "签约", text(1), "")}, {article("https://A.gov.cn/x/1.html?utm_source=z#top", "签约", text(1), "")}}, [][]SightingKind{{"new"}, {"same"}}, 1},
		"punctuation does not count": {[][]Article{{article(a, "签约", text(1), "")}, {article(a, "签约", full(text(1)), "")}}, [][]SightingKind{{"new"}, {"same"}}, 1},
		"copy at another address":    {[][]Article{{article(a, "签约", text(1), "")}, {article(b, "转载：签约", text(1)+"\u3000", "")}, {article(b, "转载：签约", text(1), "")}}, [][]SightingKind{{"new"}, {"copy"}, {"same"}}, 1},
		"two copies in one outcome":  {[][]Article{{article(a, "签约", text(1), ""), article(b, "签约", text(1), "")}}, [][]SightingKind{{"new", "copy"}}, 1},
		"revision":                   {[][]Article{{article(a, "签约", text(1), "")}, {article(a, "签约", text(2), "")}, {article(a, "签约", text(2), "")}}, [][]SightingKind{{"new"}, {"revision"}, {"same"}}, 1},
		"revision of the title":      {[][]Article{{article(a, "签约", text(1), "")}, {article(a, "签约（更正）", text(1), "")}}, [][]SightingKind{{"new"}, {"revision"}}, 1},
		"no address, twice":          {[][]Article{{article("", "签约", text(1), "2026-09-18")}, {article("", "签约", text(1), "2026-09-18")}}, [][]SightingKind{{"new"}, {"same"}}, 1},
		"no address, changed":        {[][]Article{{article("", "签约", text(1), "2026-09-18")}, {article("", "签约", text(1)+"签约项目十二个。", "2026-09-18")}}, [][]SightingKind{{"new"}, {"revision"}}, 1},
		"no address, other text":     {[][]Article{{article("", "简讯", text(1), "2026-09-18")}, {article("", "简讯", "本周三，园区管委会组织消防演练，三百余名企业员工参加，现场讲解了灭火器的使用方法和疏散路线，效果良好。", "2026-09-18")}}, [][]SightingKind{{"new"}, {"new"}}, 2},
		"address found later":        {[][]Article{{article("", "签约", text(1), "")}, {article(a, "签约", text(1), "")}, {article(a, "签约", text(1), "")}}, [][]SightingKind{{"new"}, {"same"}, {"same"}}, 1},
		"short texts need a title":   {[][]Article{{article(a, "图片新闻一", "图为签约现场。", "")}, {article(b, "图片新闻二", "图为签约现场。", "")}}, [][]SightingKind{{"new"}, {"new"}}, 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			db := openTest(t)
			for i, step := range c.steps {
				if diff := cmp.Diff(c.want[i], kinds(t, db, "s", step...)); diff != "" {
					t.Errorf("step %d: %s", i, diff)
				}
			}
			if n := count(t, db, "SELECT count(*) FROM articles"); n != c.rows {
				t.Errorf("%d rows, want %d", n, c.rows)
			}
		})
	}
}

func TestRevisionKeepsTheEarlierText(t *testing.T) {
	db := openTest(t)
	const url = "http://a.gov.cn/1.html"
	kinds(t, db, "s", article(url, "旧题", text(1)+" 一、甲 文。 二、乙 文。", "2026-09-18"))
	kinds(t, db, "s", article(url, "新题", text(2), ""))
	if n := count(t, db, "SELECT count(*) FROM revisions WHERE title = '旧题' AND body LIKE '%第1批%' AND revision = 1"); n != 1 {
		t.Error("the earlier text is lost")
	}
	if n := count(t, db, "SELECT count(*) FROM articles WHERE title = '新题' AND revision = 2 AND published_on = '2026-09-18'"); n != 1 {
		t.Error("the article is not revised, or lost its date")
	}
	if n := count(t, db, "SELECT count(*) FROM sections"); n != 0 {
		t.Error("sections of the earlier text left")
	}
	if n := count(t, db, "SELECT count(*) FROM sightings WHERE kind = 'revision'"); n != 1 {
		t.Error("no sighting of the revision")
	}
}

// One garbled address or date does not cost the other articles of a dump.
func TestGarbledAddressAndDate(t *testing.T) {
	db := openTest(t)
	garbled := []Article{article("www.a.gov.cn/1.html", "甲", text(1), "2026-9-18"), article("http://%zz/", "乙", text(2), "2026-02-30"), article("http://a.gov.cn/3.html", "丙", text(3), "2026-09-18")}
	if diff := cmp.Diff([]SightingKind{"new", "new", "new"}, kinds(t, db, "s", garbled...)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]SightingKind{"same", "same", "same"}, kinds(t, db, "s", garbled...)); diff != "" {
		t.Error(diff)
	}
	if n := count(t, db, "SELECT count(*) FROM articles WHERE published_on IS NULL AND url_key IS NULL AND url IS NOT NULL"); n != 2 {
		t.Errorf("%d of 2 are stored with what is known", n)
	}
}

// The same text again completes what was not known of it, and newer rules read it anew; neither is a revision.
func TestUnchangedTextIsCompleted(t *testing.T) {
	db := openTest(t)
	const url = "http://a.gov.cn/1.html"
	body := text(1) + "\n一、甲 文。\n二、乙 文。"
	first := article(url, "题", body, "")
	first.Publisher, first.Sections = "青岚日报", nil
	kinds(t, db, "s", first)
	second := article(url, "题", body, "2026-09-18")
	second.Publisher, second.Author = "青岚网", "李明"
	const read = "SELECT count(*) FROM articles WHERE published_on = '2026-09-18' AND publisher = ? AND author = '李明' AND revision = 1"
	kinds(t, db, "s", second)
	if n := count(t, db, read, "青岚日报"); n != 1 {
		t.Error("not completed, or what was known is replaced")
	}
	if _, err := db.writer.Exec("UPDATE articles SET parser_version = parser_version - 1"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]SightingKind{"same"}, kinds(t, db, "s", second)); diff != "" {
		t.Error(diff)
	}
	if n := count(t, db, read, "青岚网"); n != 1 {
		t.Error("newer rules do not replace what older ones read")
	}
	if n := count(t, db, "SELECT count(*) FROM sections"); n != len(second.Sections) || n == 0 {
		t.Errorf("%d sections, not %d", n, len(second.Sections))
	}
	if n := count(t, db, "SELECT count(*) FROM articles WHERE parser_version = ?", parser.Version); n != 1 {
		t.Error("the version of the rules is not kept")
	}
}

func TestKnown(t *testing.T) {
	db := openTest(t)
	const url = "http://a.gov.cn/1.html"
	record(t, db, Outcome{SourceID: "s", Listed: []Listing{{url, "甲", ""}}})
	if got, err := db.Known(t.Context(), "s", url); err != nil || got != (Known{State: "due"}) {
		t.Errorf("%v %+v", err, got)
	}
	kinds(t, db, "other", article(url, "甲", text(1), ""))
	if got, err := db.Known(t.Context(), "s", url+"?utm_source=x"); err != nil || got != (Known{State: "due", ArticleID: 1}) {
		t.Errorf("%v %+v", err, got)
	}
	if got, err := db.Known(t.Context(), "s", "http://a.gov.cn/2.html"); err != nil || got != (Known{}) {
		t.Errorf("%v %+v", err, got)
	}
	if _, err := db.Known(t.Context(), "s", "javascript:;"); err == nil {
		t.Error("no error for what is no address")
	}
}

func TestFrontier(t *testing.T) {
	db := openTest(t)
	list := &PageFetch{URL: "http://a.gov.cn/x/", Kind: parser.KindList, Status: 200, ETag: `"1"`}
	rows := []Listing{{"http://a.gov.cn/x/1.html", "甲", "2026-09-18"}, {"http://a.gov.cn/x/2.html", "乙", "2026-09-17"}}
	got := record(t, db, Outcome{SourceID: "s", Page: list, Listed: rows, Next: "http://a.gov.cn/x/index_1.html"})
	if diff := cmp.Diff(Recorded{Due: rows}, got); diff != "" {
		t.Error(diff)
	}
	due, err := db.DuePages(t.Context(), "s", noon)
	if err != nil || len(due) != 3 || due[0].Kind != parser.KindList || due[1].Listing != rows[0] {
		t.Errorf("%v %+v", err, due)
	}
	// the first article comes, the second fails, the next page is read
	record(t, db, Outcome{SourceID: "s", Page: &PageFetch{URL: rows[0].URL, Kind: parser.KindArticle, Status: 200}, Articles: []Article{article(rows[0].URL, "甲", text(1), "")}})
	record(t, db, Outcome{SourceID: "s", Page: &PageFetch{URL: rows[1].URL, Kind: parser.KindArticle, Status: 500, Err: "status 500"}})
	record(t, db, Outcome{SourceID: "s", Page: &PageFetch{URL: "http://a.gov.cn/x/index_1.html", Kind: parser.KindList, Status: 200}})
	if due, _ = db.DuePages(t.Context(), "s", noon); len(due) != 0 {
		t.Errorf("due at once: %+v", due)
	}
	if due, _ = db.DuePages(t.Context(), "s", noon.Add(2*time.Hour)); len(due) != 1 || due[0].Failures != 1 {
		t.Errorf("due after an hour: %+v", due)
	}
	// the list again: all known; then one row changes its date
	if got = record(t, db, Outcome{SourceID: "s", Page: list, Listed: rows}); got.Known != 2 || len(got.Due) != 0 {
		t.Errorf("%+v", got)
	}
	rows[0].PublishedOn = "2026-09-20"
	if got = record(t, db, Outcome{SourceID: "s", Page: list, Listed: rows}); len(got.Due) != 1 || got.Due[0] != rows[0] {
		t.Errorf("%+v", got)
	}
	known, err := db.Validators(t.Context(), "s", "https://a.gov.cn/x/index.html", "")
	if err != nil || known.ETag != `"1"` {
		t.Errorf("%v %+v", err, known)
	}
	if known, err = db.Validators(t.Context(), "s", "https://a.gov.cn/x/index.html", "other rules"); err != nil || known != (Validators{}) {
		t.Errorf("%v %+v: of a page that was read by other rules", err, known)
	}
}

func TestAFailingPageIsGivenUp(t *testing.T) {
	db := openTest(t)
	at := noon
	for i := range 8 {
		if i > 0 {
			due, err := db.DuePages(t.Context(), "s", at)
			if err != nil || len(due) != 1 {
				t.Fatalf("try %d: %v %+v", i, err, due)
			}
		}
		record(t, db, Outcome{SourceID: "s", At: at, Page: &PageFetch{URL: "http://a.gov.cn/1.html", Kind: parser.KindArticle, Status: 404, Err: "status 404"}})
		at = at.AddDate(0, 0, 8)
	}
	if n := count(t, db, "SELECT count(*) FROM pages WHERE state = 'gone' AND failures = 8 AND last_error = 'status 404'"); n != 1 {
		t.Error("not given up")
	}
}

func TestAnotherSourcesArticleIsNotFetchedAgain(t *testing.T) {
	db := openTest(t)
	const url = "http://a.gov.cn/1.html"
	kinds(t, db, "one", article(url, "甲", text(1), ""))
	got := record(t, db, Outcome{SourceID: "two", Listed: []Listing{{url, "甲", ""}}})
	if len(got.Due) != 0 || got.Known != 0 {
		t.Errorf("%+v", got)
	}
	if n := count(t, db, "SELECT count(*) FROM sightings WHERE source_id = 'two' AND kind = 'same'"); n != 1 {
		t.Error("the place is not noted")
	}
}

func TestManyWriters(t *testing.T) {
	db := openTest(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 20 {
				record(t, db, Outcome{SourceID: fmt.Sprint("s", i), Articles: []Article{article(fmt.Sprintf("http://a.gov.cn/%d/%d.html", i, j), "题", text(i*100+j), "")}})
			}
		})
	}
	wg.Wait()
	if n := count(t, db, "SELECT count(*) FROM articles"); n != 160 {
		t.Errorf("%d articles", n)
	}
}

func TestRuns(t *testing.T) {
	db := openTest(t)
	ctx := t.Context()
	if err := db.SyncSources(ctx, []SourceConfig{{ID: "s", Name: "青岚", URL: "http://a.gov.cn/", RegionCode: "440100"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.StartRun(ctx, "s", noon); err != nil {
		t.Fatal(err)
	}
	for i := range 3 { // the first run was killed
		id, err := db.StartRun(ctx, "s", noon)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.FinishRun(ctx, Run{ID: id, SourceID: "s", FinishedAt: noon, Status: "failed", Err: fmt.Sprint("no answer ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	runs, err := db.Runs(ctx, 0)
	if err != nil || len(runs) != 4 || runs[3].Status != "interrupted" || runs[0].Status != "failed" {
		t.Errorf("%v %+v", err, runs)
	}
	sources, err := db.Sources(ctx)
	if err != nil || len(sources) != 1 || sources[0].State != "failing" || sources[0].ConsecutiveFailures != 3 || *sources[0].LastError != "no answer 2" {
		t.Errorf("%v %+v", err, sources)
	}
	if err := db.SyncSources(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if sources, _ = db.Sources(ctx); sources[0].State != "removed" {
		t.Errorf("%+v", sources)
	}
}

// The view gives the sections as they were read, also where their words stand elsewhere in the text too.
func TestSectionsAreReadBack(t *testing.T) {
	db := openTest(t)
	for _, body := range []string{
		"签约 顺利。一、签约 顺利。二、顺利 签约 顺利。三、 四、签约。",
		"前言 一、总体要求：很高。\n二、措施\n有力\n第二段 二、不是。三、" + strings.Repeat("很长的一段没有标题的文字", 5),
		"一、甲 乙\n二、甲 乙\n三、甲 乙",
	} {
		a := article("http://a.gov.cn/"+url.PathEscape(body[:6])+".html", body[:9], body, "")
		id := record(t, db, Outcome{SourceID: "s", Articles: []Article{a}}).Articles[0].ID
		got := sectionsOf(t, db, id)
		if diff := cmp.Diff(a.Sections, got); diff != "" || len(got) < 3 {
			t.Errorf("%s: %s", body, diff)
		}
	}
}

// Newer rules may read the same text with other white space, width and marks: what is stored is then what they read, with its sections and its place in the index.
func TestNewerRulesStoreTheirReading(t *testing.T) {
	const url = "http://a.gov.cn/1.html"
	older := article(url, "签约 1", "　　前言 "+text(1)+"\n　　一、总体要求　很高。\n　　二、措施 １２条有力。", "2026-09-18")
	newer := article(url, "签约１", "前言"+text(1)+"\n一、总体要求 很高。\n\n二、措施 12条有力。", "2026-09-18")
	db := openTest(t)
	kinds(t, db, "s", older)
	if diff := cmp.Diff([]SightingKind{"same"}, kinds(t, db, "s", newer)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(older.Sections, sectionsOf(t, db, 1)); diff != "" {
		t.Errorf("the same rules: %s", diff)
	}
	if _, err := db.writer.Exec("UPDATE articles SET parser_version = 0"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]SightingKind{"same"}, kinds(t, db, "s", newer)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(newer.Sections, sectionsOf(t, db, 1)); diff != "" || len(newer.Sections) != 2 {
		t.Errorf("newer rules: %s", diff)
	}
	if n := count(t, db, "SELECT count(*) FROM articles WHERE title = ? AND body = ? AND char_count = length(body) AND revision = 1", newer.Title, newer.Body); n != 1 {
		t.Error("the text is not what they read")
	}
	for word, want := range map[string]int{"签约1": 1, "签约 1": 0, "前言近日": 1, "前言 近日": 0} {
		if n, err := db.Count(t.Context(), Query{Words: Words{All: []string{word}}}); err != nil || n != want {
			t.Errorf("%s: found %d, %v", word, n, err)
		}
	}
	checkIndexRows(t, db)
	if _, err := db.writer.Exec("INSERT INTO search (search) VALUES ('integrity-check')"); err != nil {
		t.Error(err)
	}
}

func sectionsOf(t *testing.T, db *DB, id int64) (all []facts.Section) {
	t.Helper()
	rows, err := db.reader.Query("SELECT number, heading, body FROM sections WHERE article_id = ? ORDER BY number", id)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s facts.Section
		if err := rows.Scan(&s.Number, &s.Heading, &s.Body); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
