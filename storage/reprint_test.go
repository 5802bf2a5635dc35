package storage

import (
	"strings"
	"testing"
)

var story = strings.Join([]string{
	"9月15日，青岚市举行重大项目集中签约仪式，32个项目现场签约，计划总投资186.5亿元。",
	"市委书记在致辞中表示，青岚市将持续优化营商环境，为企业提供从签约到投产的全程服务，让企业安心发展。",
	"此次签约的项目涵盖新能源、生物医药、装备制造等领域，其中投资10亿元以上的项目6个，全部达产后预计年产值超过300亿元。",
}, "\n")

// originals gives the original of each article, in order; 0: it is one itself.
func originals(t *testing.T, db *DB) []int64 {
	t.Helper()
	rows, err := db.reader.QueryContext(t.Context(), "SELECT coalesce(original_id, 0) FROM articles ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		got = append(got, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestReprintsFindTheirOriginal(t *testing.T) {
	db := openTest(t)
	got := kinds(t, db, "a",
		article("http://a.cn/1", "集中签约", story, "2026-09-16"),
		article("http://b.cn/1", "青岚签下32个项目", "来源：青岚日报\n"+story, "2026-09-17"),
		article("http://c.cn/1", "集中签约", strings.ReplaceAll(story, "青岚", "白河"), "2026-09-17"), // another city
		article("http://d.cn/1", "项目签约", story+"\n责任编辑：王晓明", "2026-09-15"),                    // published first
	)
	want := []SightingKind{SightingNew, SightingReprint, SightingNew, SightingReprint}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("article %d: %s, want %s", i+1, got[i], want[i])
		}
	}
	if got := originals(t, db); len(got) != 4 || got[0] != 4 || got[1] != 4 || got[2] != 0 || got[3] != 0 {
		t.Errorf("originals %v, want [4 4 0 0]", got)
	}
	var reprints int
	if err := db.reader.QueryRowContext(t.Context(), "SELECT reprints FROM news WHERE id = 4").Scan(&reprints); err != nil || reprints != 2 {
		t.Errorf("reprints in news: %d, %v", reprints, err)
	}
	shown := 0
	for _, err := range db.Search(t.Context(), Query{Words: Words{All: []string{"签约"}}}) {
		if err != nil {
			t.Fatal(err)
		}
		shown++
	}
	if shown != 2 {
		t.Errorf("%d found without the reprints, want 2", shown)
	}
}

// A changed text is found by what it says now, and no longer by what it said.
func TestFingerprintsFollowRevisions(t *testing.T) {
	db := openTest(t)
	kinds(t, db, "a", article("http://a.cn/1", "集中签约", story, "2026-09-16"))
	kinds(t, db, "a", article("http://a.cn/1", "集中签约", thousand(7), "2026-09-16"))
	if got := kinds(t, db, "b", article("http://b.cn/1", "集中签约", story+"\n编辑：李明", "2026-09-17")); got[0] != SightingNew {
		t.Errorf("like the earlier text: %s", got[0])
	}
	if got := kinds(t, db, "b", article("http://b.cn/2", "签约", thousand(7)+"\n编辑：李明。", "2026-09-17")); got[0] != SightingReprint {
		t.Errorf("like the text now: %s", got[0])
	}
}

// Fingerprints that were moved on, once or twice, are found where they are.
func TestSettledFingerprints(t *testing.T) {
	for name, c := range map[string]struct {
		mostMiddle int
		table      string
	}{"middle": {mostMiddle, "fingerprints_middle"}, "large": {1, "fingerprints"}} {
		t.Run(name, func(t *testing.T) {
			db := openTest(t)
			db.mostMiddle = c.mostMiddle
			kinds(t, db, "a", article("http://a.cn/1", "集中签约", story, "2026-09-16"))
			if err := db.settlePrints(t.Context()); err != nil {
				t.Fatal(err)
			}
			left := count(t, db, "SELECT count(*) FROM fingerprints_recent")
			all := count(t, db, "SELECT (SELECT count(*) FROM fingerprints) + (SELECT count(*) FROM fingerprints_middle)")
			if n := count(t, db, "SELECT count(*) FROM "+c.table); left != 0 || n == 0 || n != all || db.waiting.Load() != 0 {
				t.Errorf("%d left, %d in %s of %d", left, n, c.table, all)
			}
			if got := kinds(t, db, "b", article("http://b.cn/1", "集中签约", story+"\n编辑：李明", "2026-09-17")); got[0] != SightingReprint {
				t.Errorf("kind %s", got[0])
			}
		})
	}
}

// What another process stores, and what it moves on, is seen by this one.
func TestFingerprintsOfTwoProcesses(t *testing.T) {
	db := openTest(t)
	other, err := Open(t.Context(), db.path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	kinds(t, db, "a", article("http://a.cn/1", "别的", thousand(1), "2026-09-15")) // this one has read the table
	kinds(t, other, "a", article("http://a.cn/2", "集中签约", story, "2026-09-16"))
	if got := kinds(t, db, "b", article("http://b.cn/1", "集中签约", story+"\n编辑：李明", "2026-09-17")); got[0] != SightingReprint {
		t.Errorf("stored by another: %s", got[0])
	}
	o := Outcome{SourceID: "c", At: noon, Articles: []Article{article("http://c.cn/1", "集中签约", story+"\n责编：王芳", "2026-09-18")}}
	p, err := db.Prepare(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := other.settlePrints(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := db.Store(t.Context(), p); err != nil || got.Articles[0].Kind != SightingReprint {
		t.Errorf("moved on by another after Prepare: %v, %v", got.Articles, err)
	}
}

// A file of a version without fingerprints gets them when it is opened.
func TestFingerprintsOfAnOlderFile(t *testing.T) {
	db := openVersion(t, 2, article("http://a.cn/1", "集中签约", story, "2026-09-16"))
	if got := kinds(t, db, "b", article("http://b.cn/1", "集中签约", story+"\n编辑：李明", "2026-09-17")); got[0] != SightingReprint {
		t.Errorf("kind %s", got[0])
	}
}

// Two batches of one notice have one text but for the editor's line; their titles say that they are two.
func TestTitlesThatContradictAreNoReprints(t *testing.T) {
	db := openTest(t)
	body := text(1) + text(2)
	kinds(t, db, "a", article("http://a.gov.cn/1.html", "青岚市2026年第一批重点项目名单公示", body, "2026-03-01"))
	kinds(t, db, "a", article("http://a.gov.cn/3.html", "青岚市2026年第三批重点项目名单公示", body+"\n责任编辑：王小明", "2026-05-01"))
	kinds(t, db, "b", article("http://b.gov.cn/1.html", "青岚公示第一批重点项目", body+"\n（来源：青岚发布）", "2026-03-02"))
	if n := count(t, db, "SELECT count(*) FROM articles WHERE original_id IS NULL"); n != 2 {
		t.Errorf("%d originals, want one of each batch", n)
	}
}
