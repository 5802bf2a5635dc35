package parser

import (
	"fmt"
	"strings"
	"testing"
)

// The answers of a thread and rows of other articles repeat a shape; the sections of an article do so too, and are its own.
func TestWhatStandsBeside(t *testing.T) {
	both := firstParagraph + "\n" + secondParagraph
	text := "<p>" + firstParagraph + "</p><p>" + secondParagraph + "</p>"
	post := func(id int, text string) string {
		return fmt.Sprintf(`<div id="post_%d"><div class="authi"><a href="space-uid-%d.html">茶乡人%d</a></div><div><em>发表于 2026-9-18 1%d:22</em> <a href="#">只看该作者</a></div><div class="t_f">%s</div><div><a href="#">回复</a></div></div>`, id, id, id, id%10, text)
	}
	floor := func(text string) string {
		return `<table class="floor"><tr><td><a href="/user/7">茶乡人</a></td><td><p>回复于 2026-09-19 08:00:12</p><p>` + text + `</p></td></tr></table>`
	}
	long := strings.Repeat("去年看过这块地，路确实宽，配套也齐，就是离码头远了一点。", 12)
	rows := func(tag string) string {
		var b strings.Builder
		for i, s := range []string{"全市外资企业座谈会召开", "栖川县引进冷链物流项目", "开发区召开安全生产例会", "数字经济大厦投入使用"} {
			fmt.Fprintf(&b, `<%s class="r"><a href="/flash/%d.html">%s</a><p>据了解，%s，相关负责人表示，项目正按计划推进。</p></%s>`, tag, 100+i, s, s, tag)
		}
		return b.String()
	}
	var lines []string // lines that are links are left out of a text, as ever
	for part := range strings.SplitSeq(rows("li"), "<p>") {
		if line, _, ok := strings.Cut(part, "</p>"); ok {
			lines = append(lines, line)
		}
	}
	digest := strings.Join(lines, "\n")
	head := `<div class="info">2026-09-18 10:22　来源：青屿日报</div>`
	cases := map[string]struct{ page, want string }{
		"a thread":                  {"<div>" + post(1, text) + post(2, "前排支持，去年看过，路确实宽。") + post(13, "请问可以做食品加工吗？") + "</div>", both},
		"one answer":                {"<div>" + post(1, text) + post(2, "前排支持，去年看过，路确实宽。") + "</div>", both},
		"an answer longer than it":  {"<div>" + post(1, text) + post(2, long) + "<div class=pgs>返回列表</div></div>", both},
		"answers in tables":         {head + `<div><div class="pgs">回复 2</div><table class="floor"><tr><td><p>发表于 2026-09-18 10:22</p>` + text + "</td></tr></table>" + floor("前排支持，去年看过，路确实宽。") + floor(long) + "</div>", both},
		"a flash above others":      {head + "<div class=c>" + text + `</div><div class="m"><h2>看了又看</h2><ul>` + rows("li") + `</ul><a href="/flash">全部</a></div>`, both},
		"cards":                     {head + "<div class=c>" + text + `</div><div class="m"><div>同栏目的其它文章</div><div>` + rows("div") + "</div></div>", both},
		"sections of the text":      {head + "<div class=c>" + text + "<h3>一周要闻</h3><ul>" + rows("li") + "</ul><p>" + firstParagraph + "</p></div>", both + "\n一周要闻\n" + digest + "\n" + firstParagraph},
		"a digest":                  {head + "<div class=c><ul>" + rows("li") + "</ul></div>", digest},
		"points with a link in all": {head + "<div class=c>" + text + `<p>详见<a href="/a/1.html">县招商局的说明材料</a>，共三条。</p><p>另见<a href="/a/2.html">县商务局的说明材料</a>，共两条。</p><p>又见<a href="/a/3.html">县财政局的说明材料</a>，共四条。</p></div>`, both + "\n详见县招商局的说明材料，共三条。\n另见县商务局的说明材料，共两条。\n又见县财政局的说明材料，共四条。"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			body := `<html><head><title>青屿县茶多酚加工项目正式签约_青屿县招商网</title></head><body><div class="main"><h1>青屿县茶多酚加工项目正式签约</h1>` + c.page + "</div></body></html>"
			p, err := Parse(Input{Body: []byte(body), URL: "http://a.gov.cn/flash/99.html", As: KindArticle, Now: noon})
			if err != nil || len(p.Articles) != 1 {
				t.Fatalf("%v %+v", err, p)
			}
			if a := p.Articles[0]; strings.TrimSpace(a.Body) != c.want || a.Title != "青屿县茶多酚加工项目正式签约" || a.Date != "2026-09-18" {
				t.Errorf("%q %s\ngot  %q\nwant %q", a.Title, a.Date, a.Body, c.want)
			}
		})
	}
}

func TestSameButDigits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"post_901177", "post_90118", true}, {"item", "item", true}, {"item", "item on", false}, {"r1 c2", "r10 c3", true}, {"", "", true}, {"a1", "a", false}} {
		if got := sameButDigits(c.a, c.b); got != c.want {
			t.Errorf("%q, %q: %v", c.a, c.b, got)
		}
	}
}
