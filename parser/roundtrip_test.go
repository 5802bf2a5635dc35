package parser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rendered writes a document as a text dump: a block a line, - before list items.
func rendered(d *Document) string {
	var b strings.Builder
	for i := range d.Blocks {
		if d.Blocks[i].Item {
			b.WriteString("-\n")
		}
		b.WriteString(d.Blocks[i].Text + "\n")
	}
	return b.String()
}

const fullTextPage = `<html><head><title>快讯_青岚市投资促进局</title></head><body>
<div class="nav"><ul><li><a href="/">网站首页</a></li><li><a href="/b/">投资环境</a></li><li><a href="/c/">联系我们</a></li></ul></div>
<div class="pos">当前位置：<a href="/">首页</a> &gt; 快讯</div>
<ul class="list">
<li><h3>青岚市集中签约十二个项目</h3><p>` + bodyA + `</p><p>一、签约情况</p><p>十二个项目均为先进制造业。</p><p class="d">2026-09-18</p></li>
<li><h3>南浦产业园二期开工</h3><p class="d">发布时间：2026-09-17 10:22</p><p>` + bodyB + `</p></li>
<li><h3>云州市出台招商引资十条</h3><p>` + bodyA + bodyB + `</p><p class="d">2026-09-16</p></li>
</ul>
<div class="page"><a href="index_2.html">下一页</a></div>
<div class="footer"><p>主办单位：青岚市投资促进局</p><p>地址：青岚市人民路1号　电话：0532-8888888</p><p>Copyright 2018-2026 版权所有</p></div></body></html>`

// A list page with full texts gives the same articles as its text read as a dump.
func TestPageAndItsDump(t *testing.T) {
	pages := map[string]string{
		"items":     fullTextPage,
		"divisions": strings.NewReplacer("<li>", "<div>", "</li>", "</div>", "<ul", "<div", "</ul>", "</div>").Replace(fullTextPage),
		"flat":      strings.NewReplacer(`<ul class="list">`, `<div class="list">`, "<li><h3>", "<h3>", "</p></li>", "</p>").Replace(fullTextPage),
	}
	files, err := filepath.Glob("testdata/pages/lists/*full*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		pages[filepath.Base(f)], _ = Decode(body, "", "")
	}
	for name, markup := range pages {
		t.Run(name, func(t *testing.T) {
			page, err := Parse(Input{Body: []byte(markup), URL: "http://a.gov.cn/kx/", Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			if page.Kind != KindList || len(page.Articles) < 2 || len(page.Rows) > 0 {
				t.Fatalf("%s (%s): %d articles, %d rows", page.Kind, page.Reason, len(page.Articles), len(page.Rows))
			}
			dump := parseText(t, rendered(documentFromHTML(markup, nil, noon)))
			for i := range dump.Articles {
				dump.Articles[i].Line = 0
			}
			if diff := cmp.Diff(page.Articles, dump.Articles); diff != "" {
				t.Errorf("-page +dump:\n%s", diff)
			}
		})
	}
}
