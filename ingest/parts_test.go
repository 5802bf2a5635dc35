package ingest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhaowen/parser"
	"zhaowen/storage"
)

func testIngester(t *testing.T) *Ingester {
	t.Helper()
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	zone := time.FixedZone("CST", 8*3600)
	return &Ingester{DB: db, Zone: zone, Now: func() time.Time { return time.Date(2026, 9, 23, 12, 0, 0, 0, zone) }}
}

// partPage is the n-th page of an article of three.
func partPage(n int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<html><head><title>青岚市重大项目建设综述</title></head><body><h1>青岚市重大项目建设综述</h1><div class="info">发布时间：2026-09-18 来源：青岚日报</div><div class="TRS_Editor">`)
	fmt.Fprintf(&b, "<p>第%d部分，今年以来，青岚市坚持项目为王，累计开工重大项目%d个，完成投资%d亿元，均超过年度计划进度。</p>", n, n*7, n*31)
	b.WriteString(`</div><div class="pages">`)
	for i := range 3 {
		name := "t20260918_5.html"
		if i > 0 {
			name = fmt.Sprintf("t20260918_5_%d.html", i)
		}
		if i+1 == n {
			fmt.Fprintf(&b, "<span>%d</span> ", i+1)
		} else {
			fmt.Fprintf(&b, `<a href="%s">%d</a> `, name, i+1)
		}
	}
	if n < 3 {
		fmt.Fprintf(&b, `<a href="t20260918_5_%d.html">下一页</a>`, n)
	}
	b.WriteString(`</div></body></html>`)
	return []byte(b.String())
}

func TestArticleOfSeveralPages(t *testing.T) {
	in := testIngester(t)
	const url = "http://a.gov.cn/x/t20260918_5.html"
	f := Fetched{SourceID: "s", URL: url, Status: 200, Body: partPage(1), As: parser.KindArticle}
	f.Part = func(_ context.Context, part string) (Fetched, error) {
		var n int
		if _, err := fmt.Sscanf(part, "http://a.gov.cn/x/t20260918_5_%d.html", &n); err != nil {
			t.Errorf("asked for %s", part)
			return Fetched{}, err
		}
		return Fetched{URL: part, Status: 200, Body: partPage(n + 1)}, nil
	}
	if _, err := in.Page(t.Context(), f, nil); err != nil {
		t.Fatal(err)
	}
	for a, err := range in.DB.Search(t.Context(), storage.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(a.Body, "部分，"); n != 3 || strings.Count(a.Body, "\n") != 2 || *a.URL != url {
			t.Errorf("%d parts: %s", n, a.Body)
		}
	}
	// a part that cannot be had fails the article
	f.URL, f.Part = "http://a.gov.cn/x/t20260918_5.html?a=1", func(context.Context, string) (Fetched, error) { return Fetched{}, errors.New("status 500") }
	if _, err := in.Page(t.Context(), f, nil); err == nil || !strings.Contains(err.Error(), "part 2: status 500") {
		t.Errorf("got %v", err)
	}
}

func TestPageThatIsNone(t *testing.T) {
	in := testIngester(t)
	f := Fetched{SourceID: "s", URL: "http://a.gov.cn/1.html", Status: 200, Body: []byte("<html><title>404</title><p>页面不存在</p></html>"), As: parser.KindArticle}
	_, err := in.Page(t.Context(), f, nil)
	var none *NoArticleError
	if !errors.As(err, &none) || none.Reason != "a missing page" {
		t.Errorf("got %v", err)
	}
}
