package parser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
		"rows that keep an address":    {`<ul>` + each(`<li data-link="/tzdt/%[1]d.html" role="link"><p>%[2]s</p><span class="create_time">1789704000</span></li>`) + `</ul>`, []string{"2026-09-18", "2026-09-18", "2026-09-18", "2026-09-18", "2026-09-18"}},
		"relative and in brackets":     {`<ul>` + each(`<li><a href="%[1]d.html">%[2]s</a><time><i></i>2周前 (09-%[3]d)</time></li>`) + `</ul>`, days},
		"English days":                 {`<ul>` + each(`<li><a href="%[1]d.html">%[2]s</a> Date: September %[3]d, 2026</li>`) + `</ul>`, days},
		"texts that React parts":       {`<ul>` + each(`<li><a href="%[1]d.html"><p>%[2]s</p><i>%[3]d</i><b>2026<!-- -->.<!-- -->09</b></a></li>`) + `</ul>`, days},
		"badges in a card's heading":   {each(`<a class="card" href="%[1]d.html"><img src="%[1]d.jpg"><h4><i>置顶</i>%[2]s</h4><p>2026-09-%[3]d</p></a>`), days},
		"an advertisement":             {`<div>` + each(`<div class="item"><h4><a href="%[1]d.html">%[2]s</a></h4><p>2026-09-%[3]d</p></div>`) + `<div class="item"><a href="http://ad.cn/c?1">在职读研一年制招生简章</a><i>广告</i></div></div>`, days},
		"a choice above":               {`<div>行业：<a href="./zzy/">先进制造业</a><a href="./fwy/">现代服务业</a></div><div>` + each(`<div class="c"><a href="./zzy/%[1]d.html"><img src="%[1]d.jpg"><i>先进制造业</i></a><h3><a href="./zzy/%[1]d.html">%[2]s</a></h3><p>2026-09-%[3]d</p></div>`) + `</div>`, days},
		"a forum's threads":            {`<table>` + each(`<tbody><tr><td><a href="t-%[1]d.html" title="有新回复 - 新窗口中打开主题内容"><img src="n.gif"></a></td><th>[<a href="f.php?type=1">讨论</a>] <a href="t-%[1]d.html">%[2]s</a> <a href="t-%[1]d-2.html">2</a> <a href="r.php?last=%[1]d">New</a></th><td><a href="u-%[1]d.html">海风</a> 2026-09-%[3]d</td><td><a href="t-%[1]d.html">11</a></td><td><a href="u.php?n=%[1]d">网友</a> <a href="r.php?last=%[1]d">3小时前</a></td></tr></tbody>`) + `</table>`, days},
		"newest rows as cards":         {`<div>` + strings.Join(strings.SplitAfter(each(`<div class="item"><img src="p.jpg"><h4><a href="%[1]d.html">%[2]s</a></h4><p>摘要若干文字。<a href="%[1]d.html">Read More</a></p><b>2026-09-%[3]d</b></div>`), "\n")[:2], "") + `<ul>` + strings.Join(strings.SplitAfter(dated, "\n")[2:], "") + `</ul></div><div><a href="index_2.html">2</a></div>`, days},
		"summary as a second link":     {each(`<div class="i"><p><a href="%[1]d.html">%[2]s</a></p><a href="%[1]d.html">这一项目投产之后，当地的产业链条会更加完整，配套的企业也会多起来。</a><i>2026-09-%[3]d</i></div>`), days},
		"a data island":                {`<xml id="dso"><news>` + each(`<item><id>%[1]d</id><title><![CDATA[%[2]s]]></title><url>%[1]d.htm</url><pubdate>2026-09-%[3]d</pubdate></item>`) + `</news></xml><table datasrc="#dso"><tr><td><a datafld="url"><span datafld="title"></span></a></td></tr></table>`, days},
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

func TestShortRow(t *testing.T) {
	list := `<ul><li><a href="c_11.html">澜汀省前八月进出口总值突破九千亿</a></li><li><a href="c_12.html">图片新闻</a></li><li><a href="c_13.html">云洛至欧洲货运航线加密至每周十班</a></li><li><a href="c_14.html">全省县域商业体系建设现场会召开</a></li></ul><p><a href="list.html">更多</a></p>`
	p, err := Parse(Input{Body: []byte(chrome(list)), URL: "http://a.gov.cn/tzdt/", Now: noon})
	if err != nil || len(p.Rows) != 4 || p.Rows[1].Title != "图片新闻" {
		t.Error(p.Rows, err)
	}
}

func TestKeysOfJSON(t *testing.T) {
	row := func(i int, title, day string) string {
		return fmt.Sprintf(`{"commenturl": "http://tie.a.gov.cn/%d", "coverUrl": "http://a.gov.cn/p/%d.webp?w=3", "docurl": "http://a.gov.cn/tzdt/%d.html", "channelUrl": "http://a.gov.cn/tzdt/", "created_at": "2026-09-01", "date": "2026-09-02", "publish_time": %q, "shortTitle": "某某县举行重大…", "title": %q}`, i, i, i, day, title)
	}
	const address = "http://a.gov.cn/api/list?cat=5&pageNo=%d&size=2"
	for name, c := range map[string]struct {
		page          int
		told, address string
	}{
		"pages":          {1, `"pages": 2`, fmt.Sprintf(address, 2)},
		"last of pages":  {2, `"pages": 2`, ""},
		"rows":           {2, `"total": 5`, fmt.Sprintf(address, 3)},
		"last rows":      {3, `"total": 6`, ""},
		"from 0":         {0, `"page": {"totalPages": 2}`, fmt.Sprintf(address, 1)},
		"hasMore":        {7, `"hasMore": true`, fmt.Sprintf(address, 8)},
		"last":           {7, `"last": true, "total": 900`, ""},
		"nothing":        {1, `"code": 0`, ""},
		"empty columns":  {1, `"a": {"total": 0}, "b": {"total": 3}`, fmt.Sprintf(address, 2)},
		"an own address": {1, `"total": 9, "next": "/api/list?after=7"`, "http://a.gov.cn/api/list?after=7"},
	} {
		t.Run(name, func(t *testing.T) {
			body := `{"rows": [` + row(1, subjects[0], "2026-09-18") + "," + row(2, subjects[1], "2026-09-17") + `], ` + c.told + `}`
			p, err := Parse(Input{Body: []byte(body), URL: fmt.Sprintf(address, c.page), Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			want := []Row{{Title: subjects[0], URL: "http://a.gov.cn/tzdt/1.html", Date: "2026-09-18"}, {Title: subjects[1], URL: "http://a.gov.cn/tzdt/2.html", Date: "2026-09-17"}}
			if diff := cmp.Diff(want, p.Rows); diff != "" {
				t.Error(diff)
			}
			if p.Next != c.address {
				t.Errorf("next %q, want %q", p.Next, c.address)
			}
		})
	}
}
