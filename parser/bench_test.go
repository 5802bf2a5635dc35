package parser_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"zhaowen/parser"
)

// BenchmarkParseArticle reads the article pages of the corpus one after the other.
func BenchmarkParseArticle(b *testing.B) {
	files, err := filepath.Glob(shared(b) + "/corpus/articles/*.html")
	if err != nil || len(files) == 0 {
		b.Skip("no corpus")
	}
	var bodies [][]byte
	total := 0
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		bodies = append(bodies, body)
		total += len(body)
	}
	now := time.Date(2026, 9, 23, 12, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		for _, body := range bodies {
			if _, err := parser.Parse(parser.Input{Body: body, Now: now, As: parser.KindArticle}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N*len(bodies)), "ms/page")
	b.ReportMetric(float64(total*b.N)/1e6/b.Elapsed().Seconds(), "MB/s")
	b.ReportMetric(float64(total)/float64(len(bodies))/1000, "KB/page")
}
