package storage

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"
)

// Outcomes that come at once are all stored, with their places in the index, and know of each other; one that is given up is not.
func TestStoreTogether(t *testing.T) {
	db := openTest(t)
	db.write <- struct{}{} // someone is writing, so that all of them wait
	const n = 100
	errs := make([]error, n)
	kinds := make([]SightingKind, n)
	giveUp := make(chan context.CancelFunc, 1)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if i == n-1 {
				giveUp <- cancel
			}
			a := article(fmt.Sprintf("http://a.gov.cn/%d.html", i), "题", unlike(i), "2026-09-18")
			if i%10 == 1 { // a reprint of the one before
				a.Body = unlike(i-1) + "\n责任编辑：李明"
			}
			got, err := db.Record(ctx, Outcome{SourceID: fmt.Sprint("s", i%7), At: noon, Articles: []Article{a}})
			if errs[i] = err; err == nil {
				kinds[i] = got.Articles[0].Kind
			}
		})
	}
	waitFor(t, func() bool { db.queue.mu.Lock(); defer db.queue.mu.Unlock(); return len(db.queue.waiting) == n })
	(<-giveUp)()
	waitFor(t, func() bool { db.queue.mu.Lock(); defer db.queue.mu.Unlock(); return len(db.queue.waiting) == n-1 })
	<-db.write
	all.Wait()
	reprints := 0
	for i, err := range errs {
		switch {
		case i == n-1:
			if !errors.Is(err, context.Canceled) {
				t.Errorf("given up: %v", err)
			}
		case err != nil:
			t.Errorf("%d: %v", i, err)
		case kinds[i] == SightingReprint:
			reprints++
		}
	}
	stored, indexed := count(t, db, "SELECT count(*) FROM articles"), count(t, db, "SELECT count(*) FROM search_docsize")
	if stored != n-1 || indexed != stored || reprints != n/10 {
		t.Errorf("%d stored, %d in the index, %d reprints", stored, indexed, reprints)
	}
	if _, err := db.writer.Exec("INSERT INTO search (search) VALUES ('integrity-check')"); err != nil {
		t.Error(err)
	}
}

// An Outcome that cannot be stored spoils none of those beside it.
func TestStoreTogetherWithABadOne(t *testing.T) {
	db := openTest(t)
	if _, err := db.writer.Exec("CREATE TRIGGER bad BEFORE INSERT ON articles WHEN new.title = '坏' BEGIN SELECT raise(ABORT, 'refused'); END"); err != nil {
		t.Fatal(err)
	}
	db.write <- struct{}{}
	var all sync.WaitGroup
	errs := make([]error, 10)
	for i := range errs {
		all.Go(func() {
			title := "好"
			if i == 4 {
				title = "坏"
			}
			_, errs[i] = db.Record(t.Context(), Outcome{SourceID: "s", At: noon, Articles: []Article{article(fmt.Sprintf("http://a.gov.cn/%d.html", i), title, text(i), "")}})
		})
	}
	waitFor(t, func() bool { db.queue.mu.Lock(); defer db.queue.mu.Unlock(); return len(db.queue.waiting) == len(errs) })
	<-db.write
	all.Wait()
	for i, err := range errs {
		if (err != nil) != (i == 4) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if stored, indexed := count(t, db, "SELECT count(*) FROM articles"), count(t, db, "SELECT count(*) FROM search_docsize"); stored != len(errs)-1 || indexed != stored {
		t.Errorf("%d stored, %d in the index", stored, indexed)
	}
}

func waitFor(t *testing.T, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !happened(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited in vain")
		}
	}
}

// unlike is a body of 20 sentences of which no other number has one.
func unlike(n int) string {
	random := rand.New(rand.NewPCG(uint64(n), 7))
	var b strings.Builder
	for range 20 {
		for range 30 {
			b.WriteRune(rune(0x4E00 + random.IntN(3000)))
		}
		b.WriteString("。")
	}
	return b.String()
}
