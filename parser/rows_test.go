package parser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// chrome puts a list between the navigation, side list and footer of a site.
func chrome(list string) string {
	return `<!DOCTYPE html><html><head><title>招商动态-青岚市投资促进局</title><style>.nav{date:2026-09-01}</style></head><body>
<div class="nav"><ul><li><a href="/">网站首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/tzhj/">投资环境</a></li><li><a href="/bszn/">办事指南</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>
<div>您现在的位置：<a href="/">首页</a> &gt; <a href="/tzdt/">招商动态</a></div>
<div class="side"><h3>通知公告</h3><ul><li><a href="../../tz/202608/t20260811_1.html">关于开展企业用工情况调查的通知</a><span>08-11</span></li><li><a href="../../tz/202608/t20260805_2.html">关于申报年度重点项目库的通知</a><span>08-05</span></li><li><a href="../../tz/202607/t20260722_3.html">关于举办政策解读培训班的通知</a><span>07-22</span></li></ul></div>
<div class="box">` + list + `</div>
<div class="bottom"><p>友情链接：<a href="http://www.mofcom.gov.cn/">商务部外商投资管理司</a> <a href="http://www.ndrc.gov.cn/">国家发展和改革委员会</a> <a href="http://fdi.gov.cn/">中国投资指南网站</a></p><p>版权所有：青岚市投资促进局　备案号：鲁ICP备05000000号</p></div></body></html>`
}

var subjects = []string{"青岚市举行重大项目集中签约仪式", "南浦产业园二期工程开工建设", "云州市出台支持总部经济十条措施", "东屿新能源基地首台机组下线", "西岭市代表团赴深圳考察招商"}

// each writes one piece of markup a row; %[1]d is the number, %[2]s the title, %[3]d the day.
func each(format string) string {
	var b strings.Builder
	for i, s := range subjects {
		fmt.Fprintf(&b, format+"\n", i+1, s, 18-i)
	}
	return b.String()
}

func TestRows(t *testing.T) {
	dated := []string{"2026-09-18", "2026-09-17", "2026-09-16", "2026-09-15", "2026-09-14"}
	none := make([]string, 5)
	cases := map[string]struct {
		list  string
		dates []string
	}{
		"span behind":             {"<ul>" + each(`<li><a href="%[1]d.html">%[2]s</a><span>2026-09-%[3]d</span></li>`) + "</ul>", dated},
		"span before":             {"<ul>" + each(`<li><span>[2026-09-%[3]d]</span><a href="%[1]d.html">%[2]s</a></li>`) + "</ul>", dated},
		"no end tags":             {"<ul>" + each(`<li><a href=%[1]d.html>%[2]s</a> (2026/9/%[3]d)`) + "</ul>", dated},
		"without year":            {"<ul>" + each(`<li><a href="%[1]d.html">%[2]s</a><em>09-%[3]d</em></li>`) + "</ul>", dated},
		"two-digit year":          {"<ul>" + each(`<li><a href="%[1]d.html">%[2]s</a><em>26-09-%[3]d</em></li>`) + "</ul>", dated},
		"date in the link":        {"<ul>" + each(`<li><a href="%[1]d.html"><p>%[2]s</p><i>2026-09-%[3]d</i></a></li>`) + "</ul>", dated},
		"date in the address":     {"<ul>" + each(`<li><a href="202609/t202609%[3]d_%[1]d.html">%[2]s</a></li>`) + "</ul>", dated},
		"day and month apart":     {"<ul>" + each(`<li><div class="d"><b>%[3]d</b><span>2026-09</span></div><a href="%[1]d.html">%[2]s</a></li>`) + "</ul>", dated},
		"day, month and year":     {"<ul>" + each(`<li><p><i>09/%[3]d</i><em>2026</em></p><h4><a href="%[1]d.html">%[2]s</a></h4></li>`) + "</ul>", dated},
		"old table":               {`<TABLE><TBODY>` + each(`<TR><TD><IMG src="d.gif"></TD><TD><A href="%[1]d.html">%[2]s</A></TD><TD>2026年9月%[3]d日</TD></TR><TR><TD colspan=3>&nbsp;</TD></TR>`) + `</TBODY></TABLE>`, dated},
		"a table a row":           {each(`<table width="98%%"><tr><td><a href="%[1]d.html">%[2]s</a></td><td>2026.09.%[3]d</td></tr></table>`), dated},
		"columns":                 {`<table><tr><th>序号</th><th>标题</th><th>发文机关</th><th>日期</th></tr>` + each(`<tr><td>%[1]d</td><td><a href="%[1]d.html">%[2]s</a></td><td>市投资促进局</td><td>2026-09-%[3]d</td></tr>`) + `</table>`, dated},
		"definition list":         {"<dl>" + each(`<dt><a href="%[1]d.html">%[2]s</a></dt><dd>2026-09-%[3]d 来源：市投资促进局</dd>`) + "</dl>", dated},
		"date in dt":              {"<dl>" + each(`<dt>2026-09-%[3]d</dt><dd><a href="%[1]d.html">%[2]s</a></dd>`) + "</dl>", dated},
		"cards":                   {each(`<div class="card"><a href="%[1]d.html"><img src="%[1]d.jpg"></a><div><h3><a href="%[1]d.html">%[2]s</a></h3><p>近日，有关负责人介绍了项目的最新进展，预计年内完成主体工程并进入设备安装阶段。</p><span>2026-09-%[3]d</span> <a href="%[1]d.html">详情</a></div></div>`), dated},
		"column's name":           {"<ul>" + each(`<li>[<a href="/tzdt/qy/">企业动态</a>] <a href="%[1]d.html">%[2]s</a> <span>2026-09-%[3]d</span></li>`) + "</ul>", dated},
		"empty link":              {"<ul>" + each(`<li><a href="%[1]d.html"></a><a href="%[1]d.html">%[2]s</a><span>2026-09-%[3]d</span></li>`) + "</ul>", dated},
		"written by script":       {"<ul>" + each(`<li><a href="%[1]d.html" title="%[2]s"><script>document.write(title.substr(0,10))</script></a><span>2026-09-%[3]d</span></li>`) + "</ul>", dated},
		"breaks in a cell":        {"<table><tr><td>" + each(`·<a href="%[1]d.html">%[2]s</a> 2026-09-%[3]d<br>`) + "</td></tr></table>", dated},
		"onclick":                 {"<ul>" + each(`<li><a href="javascript:void(0)" onclick="window.open('%[1]d.html')">%[2]s</a><span>2026-09-%[3]d</span></li>`) + "</ul>", dated},
		"no dates":                {"<ul>" + each(`<li><a href="%[1]d.html">%[2]s</a></li>`) + "</ul>", none},
		"five a list":             {each(`<ul><li><a href="%[1]d.html">%[2]s</a><span>2026-09-%[3]d</span></li></ul>`), dated},
		"months":                  {each(`<h3>2026年9月</h3><ul><li><a href="%[1]d.html">%[2]s</a><span>09-%[3]d</span></li></ul>`), dated},
		"hanweb":                  {`<script type="text/xml"><datastore><nextgroup></nextgroup><recordset>` + each(`<record><![CDATA[<li><a href="%[1]d.html" title='%[2]s'>%[2]s</a><span>2026-09-%[3]d</span></li>]]></record>`) + `</recordset></datastore></script>`, dated},
		"array in a script":       {`<script>var itemObj = [` + each(`{"aT":"%[2]s","aPd":"2026-09-%[3]d 17:00","aU":"%[1]d.html"},`) + `]; render(itemObj);</script>`, dated},
		"spans in paragraphs":     {each(`<p><span class="t">2026-09-%[3]d</span>　<a href="%[1]d.html">%[2]s</a></p>`), dated},
		"relative dates":          {"<ul>" + each(`<li><a href="%[1]d.html">%[2]s</a><span>%[1]d天前</span></li>`) + "</ul>", []string{"2026-09-22", "2026-09-21", "2026-09-20", "2026-09-19", "2026-09-18"}},
		"badge in the link":       {"<ul>" + each(`<li><a href="%[1]d.html">%[2]s<font color=red> 热</font></a><i>2026-09-%[3]d</i></li>`) + "</ul>", dated},
		"column in the link":      {"<ul>" + each(`<li><a href="%[1]d.html"><font>[企业服务]</font>%[2]s</a><i>2026-09-%[3]d</i></li>`) + "</ul>", dated},
		"site in title=":          {"<ul>" + each(`<li><a href="%[1]d.html" title="%[2]s-青岚市投资促进局">%[2]s</a><i>2026-09-%[3]d</i></li>`) + "</ul>", dated},
		"a card that is one link": {"<div>" + each(`<div><a href="%[1]d.html"><div><span>%[3]d</span> <span>2026.09</span></div><div><h3>%[2]s</h3><p>日前，有关负责人介绍了项目的最新进展，下一步将加快建设。</p></div></a></div>`) + "</div>", dated},
		"a row that opens":        {"<table>" + each(`<tr onclick="javascript:open('/tzdt/%[1]d.html')"><td>&#8226;</td><td><a href="javascript:void(0);" title="%[2]s">%.15[2]s…</a></td><td>2026-09-%[3]d</td></tr>`) + "</table>", dated},
		"pinned":                  {"<ul>" + each(`<li><em class="top">置顶</em><a href="%[1]d.html">%[2]s</a><i>2026-09-%[3]d 11:41</i></li>`) + "</ul>", dated},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{Body: []byte(chrome(c.list)), URL: "http://a.gov.cn/tzdt/index.html", Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			var want, got []Row
			for i, s := range subjects {
				address := fmt.Sprintf("http://a.gov.cn/tzdt/%d.html", i+1)
				if name == "date in the address" {
					address = fmt.Sprintf("http://a.gov.cn/tzdt/202609/t202609%d_%d.html", 18-i, i+1)
				}
				want = append(want, Row{Title: s, URL: address, Date: c.dates[i]})
			}
			for _, r := range p.Rows {
				r.Summary = ""
				got = append(got, r)
			}
			if diff := cmp.Diff(want, got); diff != "" || p.Kind != KindList {
				t.Errorf("%s (%s)\n%s", p.Kind, p.Reason, diff)
			}
		})
	}
}

func TestNextPage(t *testing.T) {
	rows := "<ul>" + each(`<li><a href="%[1]d.html">%[2]s</a><span>2026-09-%[3]d</span></li>`) + "</ul>"
	const base = "http://a.gov.cn/tzdt/"
	cases := map[string]struct{ at, pager, want string }{
		"link":                      {"index.html", `<div class="page"><a href="index_2.html">下一页</a></div>`, base + "index_2.html"},
		"link in brackets":          {"index.html", `<p>共3页 [<a href="?page=2">下一页</a>]</p>`, base + "index.html?page=2"},
		"rel":                       {"", `<a rel="next" href="page/2/">→</a>`, base + "page/2/"},
		"numbers":                   {"list_12_1.html", `<div><span>1</span> <a href="list_12_2.html">2</a> <a href="list_12_3.html">3</a></div>`, base + "list_12_2.html"},
		"numbers, second":           {"list_12_2.html", `<div><a href="list_12_1.html">1</a> <a href="list_12_2.html" class="cur">2</a> <a href="list_12_3.html">3</a></div>`, base + "list_12_3.html"},
		"numbers, last":             {"list_12_3.html", `<div><a href="list_12_1.html">1</a> <a href="list_12_2.html">2</a> <span>3</span></div>`, ""},
		"trs":                       {"index.html", `<script>function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}</script><script>createPageHTML(4, 0, "index", "html");</script>`, base + "index_1.html"},
		"trs, fifth argument":       {"index_1.html", `<script>createPageHTML(4,1,'index','html',80)</script>`, base + "index_2.html"},
		"trs, last":                 {"index_3.html", `<script>createPageHTML(4, 3, "index", "html")</script>`, ""},
		"laypage":                   {"list?cid=5", `<script>laypage.render({elem: 'page', count: 43, limit: 10, curr: 1, jump: function(obj, first){ if(!first){ location.href = '/tzdt/list?cid=5&page=' + obj.curr; } }});</script>`, base + "list?cid=5&page=2"},
		"pagination, last":          {"list_19.html", `<script>$('#pager').pagination({totalData: 187, showData: 10, pageCount: 19, current: 19, callback: function (api) { window.location.href = '/tzdt/list_' + api.getCurrent() + '.html'; }});</script>`, ""},
		"pagination":                {"list_18.html", `<script>$('#pager').pagination({totalData: 187, showData: 10, current: 18, callback: function (api) { window.location.href = '/tzdt/list_' + api.getCurrent() + '.html'; }});</script>`, base + "list_19.html"},
		"trs, container and 0":      {"index.html", `<script>createPageHTML("page_div", 3, 0, "index", "html");</script>`, base + "index_1.html"},
		"trs, container, sole page": {"index.html", `<script>createPageHTML("page_div", 1, 0, "index", "html");</script>`, ""},
		"trs, container":            {"xwzx_list.shtml", `<script>createPageHTML('page_div', 50, 1, 'xwzx_list', 'shtml', 1000)</script>`, base + "xwzx_list_2.shtml"},
		"trs, older":                {"index_1.html", `<script>var currentPage = 1; var countPage = 9; var nextPage = currentPage+1; document.write("<a href='index_" + nextPage + ".html'>下一页</a>");</script>`, base + "index_2.html"},
		"trs, older, last":          {"index_8.html", `<script>var currentPage = 8; var countPage = 9; var nextPage = currentPage+1;</script>`, ""},
		"years to choose":           {"index.html", `<select><option value="2026/">2026</option><option value="2025/">2025</option></select>`, ""},
		"onclick":                   {"index.jhtml", `<a href="#" onclick="location.href=encodeURI('index_2.jhtml');">下一页</a>`, base + "index_2.jhtml"},
		"call with a number":        {"index.html", `<a href="javascript:gotoPage(2)">下一页</a><script>function gotoPage(n){ location.href = "index_" + n + ".html"; }</script>`, base + "index_2.html"},
		"form":                      {"list.do", `<form name="f" action="list.do"><input type="hidden" name="pageNo"><input type="hidden" name="id" value="7"></form><a href="javascript:go(2)">下一页</a><script>function go(n){f.pageNo.value=n;f.submit()}</script>`, base + "list.do?id=7&pageNo=2"},
		"hanweb":                    {"", `<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&amp;columnid=5"></a>]]></nextgroup><recordset><record><![CDATA[]]></record></recordset></datastore></script>`, "http://a.gov.cn/module/web/jpage/dataproxy.jsp?page=1&columnid=5"},
		"disabled":                  {"index_3.html", `<div><a href="index_2.html">上一页</a><a href="index_3.html" class="disabled">下一页</a></div>`, ""},
		"more to load":              {"index.html", `<a class="more" href="/tzdt/?page=2">点击加载更多</a>`, base + "?page=2"},
		"more of another":           {"index.html", `<a class="more" href="/ldhd/">更多</a>`, ""},
		"hash":                      {"index_3.html", `<div><a href="index_2.html">上一页</a><a href="#">下一页</a></div>`, ""},
		"plain text":                {"index_3.html", `<div><a href="index_2.html">上一页</a> 下一页</div>`, ""},
		"another host":              {"index.html", `<div><a href="http://b.gov.cn/index_2.html">下一页</a></div>`, ""},
		"itself":                    {"index.html", `<div><a href="index.html">下一页</a></div>`, ""},
		"none":                      {"index.html", ``, ""},
		"calendar":                  {"index.html", `<table><tr><td><a href="?day=1">1</a></td><td><a href="?day=2">2</a></td></tr></table>` + strings.Repeat(`<a href="?day=9">9</a>`, 1), ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{Body: []byte(chrome(rows + c.pager)), URL: base + c.at, Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			if p.Next != c.want {
				t.Errorf("next %q, want %q", p.Next, c.want)
			}
			if len(p.Rows) != len(subjects) {
				t.Errorf("%d rows", len(p.Rows))
			}
		})
	}
}

func TestPagesWithoutRows(t *testing.T) {
	side := strings.Repeat("", 1)
	cases := map[string]struct {
		list string
		rows int
	}{
		"an empty column": {`<div class="list"><p>暂无信息</p></div>` + side, 0},
		"three rows beside a longer dated list": {`<ul class="list">` + strings.Join(strings.SplitAfter(each(`<li><a href="%[1]d.html">%[2]s</a><span>2026-09-%[3]d</span></li>`), "\n")[:3], "") + `</ul><div class="hot"><h3>热点排行</h3><ul>` +
			strings.Repeat(each(`<li><a href="/zx/%[1]d.html">热点：%[2]s</a><span>2026-09-%[3]d</span></li>`), 2) + `</ul></div>`, 3},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{Body: []byte(chrome(c.list)), URL: "http://a.gov.cn/tzdt/index.html", Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Rows) != c.rows || p.Kind != KindList {
				t.Errorf("%s (%s): %d rows, want %d: %v", p.Kind, p.Reason, len(p.Rows), c.rows, p.Rows)
			}
		})
	}
}
