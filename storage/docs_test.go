package storage

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"zhaowen/parser"
)

var sqlBlocks = regexp.MustCompile("(?s)```sql\n(.*?)```")

// The example queries of docs/schema.md run in the stock client and bring rows.
func TestQueriesOfTheDocs(t *testing.T) {
	client, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("no sqlite3 client here: apt-get install sqlite3")
	}
	doc, err := os.ReadFile("../docs/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "docs.db")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	fillForDocs(t, db)
	blocks := sqlBlocks.FindAllStringSubmatch(string(doc), -1)
	if len(blocks) < 8 {
		t.Fatalf("%d queries", len(blocks))
	}
	for _, b := range blocks {
		out, err := exec.Command(client, "-readonly", path, b[1]).CombinedOutput() // while db is open for writing
		if err != nil || len(strings.TrimSpace(string(out))) == 0 {
			t.Errorf("%s\n%v: %q", b[1], err, out)
		}
	}
}

// The stock client may write while the program has the file open.
func TestStockClientWrites(t *testing.T) {
	client, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("no sqlite3 client here: apt-get install sqlite3")
	}
	db := openTest(t)
	fillForDocs(t, db)
	const own = `CREATE TABLE my_notes (article_id INTEGER, note TEXT);
		INSERT INTO my_notes SELECT id, 'read' FROM articles;
		UPDATE articles SET publisher = '青岚晚报' WHERE id = 1;
		PRAGMA integrity_check; PRAGMA foreign_key_check;`
	out, err := exec.Command(client, db.path, own).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "ok" {
		t.Errorf("%v: %s", err, out)
	}
	if got := kinds(t, db, "s", article("http://a.gov.cn/9.html", "新", text(9), "")); got[0] != SightingNew {
		t.Errorf("%v", got)
	}
	if n := count(t, db, "SELECT count(*) FROM my_notes JOIN articles a ON a.id = article_id WHERE a.publisher = '青岚晚报'"); n != 1 {
		t.Errorf("%d", n)
	}
}

func fillForDocs(t *testing.T, db *DB) {
	t.Helper()
	const url = "http://a.gov.cn/1.html"
	if err := db.SyncSources(t.Context(), []SourceConfig{{ID: "s", Name: "青岚市商务局"}}); err != nil {
		t.Fatal(err)
	}
	a := article(url, "重大项目签约", text(1)+" 一、签约情况 顺利。 二、下一步 开工。", "2026-09-18")
	a.Publisher = "青岚日报"
	record(t, db, Outcome{SourceID: "s", Articles: []Article{a, article("http://b.gov.cn/2.html", "转载", a.Body, "2026-09-19")}})
	record(t, db, Outcome{SourceID: "s", Articles: []Article{article("http://a.gov.cn/3.html", "签约", text(3), "2026-09-17")}})
	record(t, db, Outcome{SourceID: "s", Articles: []Article{article("http://a.gov.cn/3.html", "签约", text(4), "2026-09-17")}})
	record(t, db, Outcome{SourceID: "s", Page: &PageFetch{URL: "http://a.gov.cn/4.html", Kind: parser.KindArticle, Status: 500, Err: "status 500"}})
	id, err := db.StartRun(t.Context(), "s", noon.AddDate(20, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.FinishRun(t.Context(), Run{ID: id, SourceID: "s", FinishedAt: noon, Status: "ok", New: 2}); err != nil {
		t.Fatal(err)
	}
}

// Every column of the file is documented.
func TestColumnsOfTheDocs(t *testing.T) {
	doc, err := os.ReadFile("../docs/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	db := openTest(t)
	rows, err := db.reader.Query("SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'search!_%' ESCAPE '!' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'") // FTS5 and SQLite name their own tables so
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		_, section, ok := strings.Cut(string(doc), "### "+table)
		section, _, _ = strings.Cut(section, "\n## ")
		section, _, _ = strings.Cut(section, "\n### ")
		if !ok || !regexp.MustCompile("\\b"+column+"\\b").MatchString(section) && column != "id" {
			t.Errorf("%s.%s is not documented", table, column)
		}
		n++
	}
	if err := rows.Err(); err != nil || n < 60 {
		t.Errorf("%v, %d columns", err, n)
	}
}
