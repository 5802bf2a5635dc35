package parser

import (
	"strings"
	"testing"
)

// Lists in pages that have more than a list: what stands around the rows decides which ones they are, and what their dates are.
func TestListsAmongOthers(t *testing.T) {
	dated := each(`<li><a href="%[1]d.html">%[2]s</a><span>2026-09-%[3]d</span></li>`)
	side := strings.Repeat(each(`<li><a href="/zx/%[1]d.html">别处：%[2]s</a><span>2026-09-%[3]d</span></li>`), 3)
	side = side[:len(side)-1]
	for i := range 15 { // addresses of their own
		side = strings.Replace(side, "/zx/", "/z"+string(rune('a'+i))+"/", 1)
	}
	rows := each(`<tr><td><a href="show.asp?id=%[1]d">%[2]s</a></td><td>2026-09-%[3]d</td></tr>`)
	sideRows := strings.NewReplacer("li>", "tr>", "<a", "<td><a", "</a>", "</a></td>", "<span>", "<td>", "</span>", "</td>").Replace(side)
	days := []string{"2026-09-18", "2026-09-17", "2026-09-16", "2026-09-15", "2026-09-14"}
	cases := map[string]struct {
		page  string
		dates []string
	}{
		"box with a link to more":      {`<div><h3>最新信息<a href="/zx/">更多&gt;&gt;</a></h3><ul>` + side + `</ul></div><div><ul>` + dated + `</ul></div>`, days},
		"box of the most read":         {`<div><ul>` + dated + `</ul></div><div><h3>点击排行</h3><ul>` + side + `</ul></div>`, days},
		"side column of a table":       {`<table><tr><td width=180><table>` + sideRows + `</table></td><td width=600><table>` + rows + `</table></td></tr></table>`, days},
		"log-in box":                   {`<form>用户登录 用户名：<input name=u> 密码：<input type=password name=p> 验证码：<input name=v></form><ul>` + dated + `</ul>`, days},
		"rows to click":                {each(`<div class="item" onclick="location.href='/tzdt/%[1]d.html'"><p>%[2]s</p><p>2026-09-%[3]d</p></div>`), days},
		"rows with data-href":          {`<ul>` + each(`<li data-href="%[1]d.html"><h4>%[2]s</h4><em>2026-09-%[3]d</em></li>`) + `</ul>`, days},
		"year in a heading":            {`<h3>2024年招商动态</h3><ul>` + strings.ReplaceAll(dated, ">2026-", ">") + `</ul>`, []string{"2024-09-18", "2024-09-17", "2024-09-16", "2024-09-15", "2024-09-14"}},
		"year that would be to come":   {`<h3>2027年招商动态</h3><ul>` + strings.ReplaceAll(dated, ">2026-", ">") + `</ul>`, days},
		"choice of years":              {`<p>2025年 2024年</p><ul>` + strings.ReplaceAll(dated, ">2026-", ">") + `</ul>`, days},
		"days of a month":              {`<h4>2026年9月</h4><ul>` + each(`<li><b>%[3]d日</b> <a href="%[1]d.html">%[2]s</a></li>`) + `</ul>`, days},
		"day before month and year":    {`<ul>` + each(`<li><a href="%[1]d.html">%[2]s</a><span>%[3]d/09/2026</span></li>`) + `</ul>`, days},
		"month before day and year":    {`<ul>` + each(`<li><a href="%[1]d.html">%[2]s</a><span>9/%[3]d/2026</span></li>`) + `</ul>`, days},
		"link to the text below":       {each(`<article><header><h2><a href="%[1]d.html">%[2]s</a></h2></header><div>摘要若干文字。<a href="%[1]d.html">继续阅读“%[2]s”</a></div><footer><a href="/author/a/">园区观察员</a> <a href="%[1]d.html">2026年9月%[3]d日</a></footer></article>`), days},
		"date of the last row outside": {each(`<p><a href="%[1]d.html">%[2]s</a> [2026-09-%[3]d 09:30]</p>`) + `<div><a href="index_2.html">2</a></div>`, days},
		"two columns of dates":         {`<table><tr><th>文号</th><th>名称</th><th>成文日期</th><th>发布日期</th></tr>` + each(`<tr><td>青政〔2026〕%[1]d号</td><td><a href="%[1]d.html">%[2]s</a></td><td>2026-08-01</td><td>2026-09-%[3]d</td></tr>`) + `</table>`, days},
		"two labelled dates":           {`<ul>` + each(`<li><a href="%[1]d.html">%[2]s</a><span>截止时间：2026-10-30</span><span>发布时间：2026-09-%[3]d</span></li>`) + `</ul>`, days},
		"lengths of videos":            {`<ul>` + each(`<li><a href="v%[1]d.html"><img src="%[1]d.jpg"><span>24:0%[1]d</span></a></li>`) + `</ul><ul>` + dated + `</ul>`, days},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{Body: []byte(chrome(c.page)), URL: "http://a.gov.cn/tzdt/index.html", Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			if p.Kind != KindList || len(p.Rows) != len(subjects) {
				t.Fatalf("%s (%s), rows %v", p.Kind, p.Reason, p.Rows)
			}
			for i, r := range p.Rows {
				if r.Title != subjects[i] || r.Date != c.dates[i] {
					t.Errorf("row %d: %q %s, want %q %s", i, r.Title, r.Date, subjects[i], c.dates[i])
				}
			}
		})
	}
}

func TestNextAmongOtherLinks(t *testing.T) {
	rows := "<ul>" + each(`<li><a href="%[1]d.html">%[2]s</a><span>2026-09-%[3]d</span></li>`) + "</ul>"
	for name, pager := range map[string]string{
		"an arrow to the last page":      `<div><span>1</span><a href="?p=2">2</a><a href="?p=3">3</a><a href="?p=9">»</a></div>`,
		"one arrow and two":              `<div><b>1</b> <a href="?p=2">›</a> <a href="?p=9">»</a></div>`,
		"rel under words of its own":     `<p><a href="?p=2" rel="next">更早的报道</a></p>`,
		"words and arrows":               `<div><span>1</span><a href="?p=2">2</a><a href="?p=2">下一页</a><a href="?p=9">&gt;&gt;</a></div>`,
		"a next article under rel":       `<a rel="next" href="/tzdt/7.html">下一篇</a><div><span>1</span><a href="?p=2">2</a><a href="?p=3">3</a></div>`,
		"a link to older ones, unsaid":   `<div><span class="current">1</span><a href="?p=2">2</a><a class="next" href="?p=2">较旧的文章</a></div>`,
		"an attribute for a script":      `<div><span data-url="?p=2">下一页</span></div>`,
		"a function without an argument": `<a href="javascript:;" onclick="goNext()">下一页</a><script>function goNext(){ window.location.href = "/tzdt/?p=2"; }</script>`,
		"a field to jump":                `<select onchange="location=this.value"><option value="?p=1" selected>第1页</option><option value="?p=2">第2页</option><option value="?p=3">第3页</option></select>`,
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{Body: []byte(chrome(rows + pager)), URL: "http://a.gov.cn/tzdt/", Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			if p.Next != "http://a.gov.cn/tzdt/?p=2" || len(p.Rows) != len(subjects) {
				t.Errorf("next %q, rows %v", p.Next, p.Rows)
			}
		})
	}
}

func TestListsInJSON(t *testing.T) {
	objects := `[` + strings.TrimSuffix(strings.TrimSpace(each(`{"title":"%[2]s","url":"/tzdt/%[1]d.html","date":"2026-09-%[3]d"},`)), ",") + `]`
	markup := strings.NewReplacer(`"`, `\"`, "\n", `\n`).Replace(each(`<li><a href="/tzdt/%[1]d.html">%[2]s</a><span>2026-09-%[3]d</span></li>`))
	for name, c := range map[string]struct {
		body, next string
		kind       Kind
	}{
		"array with the next page":  {`{"data":` + objects + `,"links":{"next_page_url":"http://a.gov.cn/api/list?page=2"}}`, "http://a.gov.cn/api/list?page=2", KindJSON},
		"array of the last page":    {`{"data":` + objects + `,"next_page_url":null}`, "", KindJSON},
		"markup in a member":        {`{"code":0,"html":"<ul>` + markup + `</ul>"}`, "", KindList},
		"markup with the next page": {`{"html":"` + markup + `","next":"/api/list?page=2"}`, "http://a.gov.cn/api/list?page=2", KindList},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{Body: []byte(c.body), URL: "http://a.gov.cn/api/list", Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			if p.Kind != c.kind || p.Next != c.next || len(p.Rows) != len(subjects) || p.Rows[0].Date != "2026-09-18" || p.Rows[0].URL != "http://a.gov.cn/tzdt/1.html" {
				t.Errorf("%s, next %q, rows %v", p.Kind, p.Next, p.Rows)
			}
		})
	}
}
