package crawler

import (
	"net/http"
	"strings"
	"testing"

	"zhaowen/ingest"
)

// TestReparseFindsWhoAskedForAPage reads an archive again in which an article was reached over a redirect and has two parts.
func TestReparseFindsWhoAskedForAPage(t *testing.T) {
	s := newSite(t)
	text := strings.Repeat("<p>武汉东湖高新区与某存储器企业签署投资协议，项目总投资一百二十亿元，将建设十二英寸晶圆生产线，预计年产值超过八十亿元。</p>", 3)
	head := `<html><head><meta charset="utf-8"><title>武汉光谷签约存储器项目</title></head><body><h1>武汉光谷签约存储器项目</h1><div class="info">发布时间：2024-03-08</div><div class="content">`
	s.page("/list/", `<html><body><ul><li><a href="/old/1.html">武汉光谷签约存储器项目</a><span>2024-03-08</span></li><li><a href="/new/2.html">成都举办生物医药产业投资推介会</a><span>2024-03-07</span></li></ul></body></html>`)
	s.mux.HandleFunc("/old/1.html", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/new/1.html", http.StatusFound) })
	s.page("/new/1.html", head+text+`</div><div class="page"><a href="/new/1_2.html">下一页</a></div></body></html>`)
	s.page("/new/1_2.html", head+strings.ReplaceAll(text, "武汉", "第二页")+`</div></body></html>`)
	s.page("/new/2.html", strings.ReplaceAll(head+strings.ReplaceAll(text, "存储器", "生物医药")+"</div></body></html>", "武汉光谷签约存储器项目", "成都举办生物医药产业投资推介会"))
	src := s.source("s", "/list/")
	archive, folder := testArchive(t)
	o := stored(t, src)
	o.Archive = archive
	run, err := newTestCrawler(t, o).Pass(t.Context(), src)
	if err != nil || run.New+run.Reprints != 2 {
		t.Fatalf("run %+v, %v", run, err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	report, err := o.Ingest.Reparse(t.Context(), ingest.Reparse{Folder: folder, Failed: func(url string, err error) { t.Errorf("%s: %v", url, err) }})
	if err != nil || report.Same != 2 || report.New+report.Revised != 0 {
		t.Errorf("reparse: %+v, %v", report, err)
	}

	// Into a file that knows the pages but lost the articles' texts to an older parser, they come back under the address that was asked for.
	empty := stored(t, src)
	for _, path := range []string{"/old/1.html", "/new/2.html"} {
		if err := empty.Ingest.Failed(t.Context(), ingest.Fetched{SourceID: "s", URL: s.URL + path, As: "article"}, http.ErrBodyNotAllowed); err != nil {
			t.Fatal(err)
		}
	}
	report, err = empty.Ingest.Reparse(t.Context(), ingest.Reparse{Folder: folder})
	if err != nil || report.New != 2 {
		t.Errorf("reparse: %+v, %v", report, err)
	}
	known, err := empty.DB.Known(t.Context(), "s", s.URL+"/old/1.html")
	if err != nil || known.ArticleID == 0 {
		t.Errorf("the article is not known by the address that was asked for: %+v, %v", known, err)
	}
}
