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
	for _, err := range db.Search(t.Context(), Query{Words: []string{"签约"}}) {
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

// Fingerprints that were moved into the large table are found there.
func TestSettledFingerprints(t *testing.T) {
	db := openTest(t)
	kinds(t, db, "a", article("http://a.cn/1", "集中签约", story, "2026-09-16"))
	db.recent.Store(mostRecent)
	if err := db.settlePrints(t.Context()); err != nil {
		t.Fatal(err)
	}
	var recent, settled int
	if err := db.reader.QueryRowContext(t.Context(), "SELECT (SELECT count(*) FROM fingerprints_recent), (SELECT count(*) FROM fingerprints)").Scan(&recent, &settled); err != nil {
		t.Fatal(err)
	}
	if recent != 0 || settled == 0 || db.recent.Load() != 0 {
		t.Errorf("recent %d, settled %d", recent, settled)
	}
	if got := kinds(t, db, "b", article("http://b.cn/1", "集中签约", story+"\n编辑：李明", "2026-09-17")); got[0] != SightingReprint {
		t.Errorf("kind %s", got[0])
	}
}

// A file of a version without fingerprints gets them when it is opened.
func TestFingerprintsOfAnOlderFile(t *testing.T) {
	db := openTest(t)
	kinds(t, db, "a", article("http://a.cn/1", "集中签约", story, "2026-09-16"))
	path := db.path
	const later = "DROP INDEX pages_gone; DROP TABLE hosts; DROP TABLE robots; ALTER TABLE pages DROP COLUMN reading; ALTER TABLE sources DROP COLUMN put_off_until;"
	if _, err := db.writer.ExecContext(t.Context(), later); err != nil {
		t.Fatal(err)
	}
	if _, err := db.writer.ExecContext(t.Context(), "DROP TABLE fingerprints; DROP TABLE fingerprints_recent; PRAGMA user_version = 2"); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := kinds(t, again, "b", article("http://b.cn/1", "集中签约", story+"\n编辑：李明", "2026-09-17")); got[0] != SightingReprint {
		t.Errorf("kind %s", got[0])
	}
}
