package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// thousand is a body of about 1,000 characters, another one for every number.
func thousand(n int) string { return fmt.Sprint(n) + strings.Repeat(text(n), 16) }

func numbered(n int) Article {
	return article(fmt.Sprintf("http://a.gov.cn/art/2026/9/18/art_%d_%d.html", n%97, n), fmt.Sprintf("第%d批重大项目集中签约", n), thousand(n), "2026-09-18")
}

// BenchmarkRecord stores articles of 1,000 characters, one an outcome as a crawl does, and 200 an outcome as a dump does. -benchtime=20000x is the whole measure.
func BenchmarkRecord(b *testing.B) {
	for _, batch := range []int{1, 200} {
		b.Run(fmt.Sprint(batch), func(b *testing.B) {
			db := openTest(b)
			articles := make([]Article, b.N)
			for i := range articles {
				articles[i] = numbered(i)
			}
			b.ResetTimer()
			for chunk := range slices.Chunk(articles, batch) {
				o := Outcome{SourceID: "s", At: noon, Articles: chunk}
				if _, err := db.Record(b.Context(), o); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}

// BenchmarkSearch reads through 5,000 articles of 1,000 characters for a word that none holds.
func BenchmarkSearch(b *testing.B) {
	const stored = 5000
	db := openTest(b)
	o := Outcome{SourceID: "s", At: noon}
	for i := range stored {
		o.Articles = append(o.Articles, numbered(i))
	}
	record(b, db, o)
	for _, word := range []string{"量子", "Quantum"} {
		b.Run(word, func(b *testing.B) {
			for b.Loop() {
				for _, err := range db.Search(context.Background(), Query{Words: Words{All: []string{word}}}) {
					b.Fatal("found", err)
				}
			}
			b.ReportMetric(float64(b.N)*stored/b.Elapsed().Seconds(), "articles/s")
		})
	}
}
