package crawler

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"zhaowen/config"
	"zhaowen/parser"
	"zhaowen/storage"
)

// A source with the schedule `auto` is visited by what its first pass has taught, and not a day later.
func TestAutoCountsFromTheFirstPassOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := scheduled("auto", config.Auto)
		passes := 0
		var w *Worker
		w = newTestWorker(t, &logBuffer{}, func(ctx, _ context.Context, src config.Source) {
			passes++
			if passes > 1 {
				return
			}
			outcome := storage.Outcome{SourceID: src.ID, At: time.Now()}
			for n := range 24 * rhythmDays { // one an hour
				at := time.Now().Add(-time.Duration(n) * time.Hour)
				outcome.Articles = append(outcome.Articles, storage.Article{Article: parser.Article{
					URL: fmt.Sprintf("http://auto.test/%d.html", n), Title: articleTitle(n), Body: fmt.Sprintf("%s。第%d条。", articleTitle(n), n), Date: at.Format(time.DateOnly), Time: at,
				}})
			}
			if _, err := w.options.DB.Record(ctx, outcome); err != nil {
				t.Error(err)
			}
		}, src)
		runFor(t, w, 4*time.Hour)
		if passes < 3 {
			t.Errorf("%d passes in four hours over a column with an article an hour", passes)
		}
	})
}
