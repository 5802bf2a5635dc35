package storage

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestStatsBySource(t *testing.T) {
	db := openTest(t)
	if err := db.SyncSources(t.Context(), []SourceConfig{{ID: "a", Name: "甲局"}, {ID: "b", Name: "乙局"}, {ID: "gone", Name: "旧局"}}); err != nil {
		t.Fatal(err)
	}
	if err := db.SyncSources(t.Context(), []SourceConfig{{ID: "a", Name: "甲局"}, {ID: "b", Name: "乙局"}}); err != nil {
		t.Fatal(err)
	}
	reprint := story + "\n编辑：李明"
	kinds(t, db, "a", article("http://a.cn/1", "签约", story, "2026-09-15"))
	kinds(t, db, "b", article("http://b.cn/1", "签约", reprint, "2026-09-16"), article("http://b.cn/2", "签约", story, "2026-09-17"), article("http://b.cn/3", "无", text(9), ""))
	got, err := db.StatsBySource(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first, second := "2026-09-15", "2026-09-16"
	length := utf8.RuneCountInString
	want := []SourceStats{
		{
			SourceID: "b", Source: "乙局", State: "active", Articles: 2, Originals: 1, Reprints: 1, Copies: 1, Characters: length(reprint) + length(text(9)),
			OldestOn: &second, NewestOn: &second, WithoutDate: 1,
		},
		{SourceID: "a", Source: "甲局", State: "active", Articles: 1, Originals: 1, Characters: length(story), OldestOn: &first, NewestOn: &first},
		{SourceID: "gone", Source: "旧局", State: "removed"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	all, err := db.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"active": 2, "removed": 1}, all.SourceStates); diff != "" {
		t.Error(diff)
	}
}
