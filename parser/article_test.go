package parser

import (
	"fmt"
	"strings"
	"testing"
)

const bodyText = "<p>9月17日，青屿县人民政府与浙江汇泽植物提取有限公司举行茶多酚加工项目签约仪式。</p><p>该项目选址县工业小区，占地50亩，总投资3600万元，产品主要销往日本和欧美市场。</p>"

// sideRows are dated links beside an article.
func sideRows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<li><a href="/tzgg/%d.html">关于第%d批招商引资中介机构名单的公告</a><span>08-%02d</span></li>`, 100+i, i+1, i+1)
	}
	return "<ul>" + b.String() + "</ul>"
}

func TestDatesOfArticles(t *testing.T) {
	head := func(s string) string {
		return `<h1>青屿县茶多酚加工项目正式签约</h1><div class="info">` + s + `</div>` + bodyText
	}
	cases := map[string]struct{ page, want string }{
		"published and updated":     {head("更新时间：2026-09-20 发布时间：2026-09-18"), "2026-09-18"},
		"updated alone":             {head("更新时间：2026-09-20"), "2026-09-20"},
		"first and updated":         {head("更新：2026-09-21 08:30 | 首发：2026-09-08 17:12"), "2026-09-08"},
		"signed and published":      {head("成文日期：2026-07-30　发布日期：2026-08-06"), "2026-08-06"},
		"signed in a cell":          {`<table><tr><td>成文日期</td><td>2026-07-30</td></tr><tr><td>公开日期</td><td>2026-08-06</td></tr></table><h1>青屿县茶多酚加工项目正式签约</h1>` + bodyText, "2026-08-06"},
		"a table far above":         {`<table><tr><td>索引号</td><td>BQ014-30127</td><td>发布机构</td><td>县招商办</td></tr><tr><td>公开日期</td><td>2026年9月18日</td><td>公开方式</td><td>主动公开</td></tr><tr><td>公开时限</td><td>长期公开</td><td>责任部门</td><td>综合股</td></tr></table><h1>青屿县茶多酚加工项目正式签约</h1><div>（第10期）</div>` + bodyText, "2026-09-18"},
		"only relative":             {head("3天前"), "2026-09-20"},
		"relative and marked up":    {head(`3天前 <time datetime="2026-09-19T08:00:00+08:00"></time>`), "2026-09-19"},
		"relative beside a name":    {head(`<a href="/u/1">楚汀兰</a><span><i>·</i>3天前</span><span>收藏</span>`), "2026-09-20"},
		"today on top":              {"<div>今天是2026年9月23日 星期三</div>" + head("2026-09-18"), "2026-09-18"},
		"today alone":               {"<div>今天是2026年9月23日 星期三</div>" + head("来源：青屿日报"), ""},
		"Taiwan":                    {head("發布日期：115-09-18 發布單位：貿易組"), "2026-09-18"},
		"Taiwan in words":           {head("中華民國115年9月18日"), "2026-09-18"},
		"an event in the text":      {head("来源：青屿日报") + "<p>报到时间：2026年10月17日。</p>", ""},
		"an event in the title":     {`<h1>2026年10月18日青屿茶博会参会指南</h1><div>发布时间：2026-09-18</div>` + bodyText, "2026-09-18"},
		"a deadline under the head": {head("发布日期：2026-09-18　截止日期：2026-10-18"), "2026-09-18"},
		"below the text":            {`<h1>青屿县茶多酚加工项目正式签约</h1>` + bodyText + "<p>发布日期：2026-09-18</p>", "2026-09-18"},
		"a signature":               {`<h1>青屿县茶多酚加工项目正式签约</h1>` + bodyText + "<p>青屿县招商局</p><p>2026年9月18日</p>", "2026-09-18"},
		"Chinese digits":            {head("二〇二六年九月十八日 来源：青屿日报"), "2026-09-18"},
		"WordPress":                 {head(`发布于 <time class="entry-date published" datetime="2026-09-18T10:22:00+08:00">2026年9月18日</time><time class="updated" datetime="2026-09-20T10:22:00+08:00">2026年9月20日</time>`), "2026-09-18"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			a := parseOne(t, c.page, "http://a.gov.cn/show.asp?id=1")
			if a.Date != c.want {
				t.Errorf("got %q, want %q", a.Date, c.want)
			}
		})
	}
}

func parseOne(t *testing.T, body, address string) Article {
	t.Helper()
	p, err := Parse(Input{Body: []byte("<html><head><title>青屿县招商网</title></head><body>" + body + "</body></html>"), URL: address, Now: noon})
	if err != nil || len(p.Articles) != 1 {
		t.Fatalf("%v %+v", err, p)
	}
	return p.Articles[0]
}

func TestTitlesOfArticles(t *testing.T) {
	const title = "青屿县茶多酚加工项目正式签约"
	info := `<div class="info">2026-09-18 来源：青屿日报</div>` + bodyText
	cases := map[string]struct{ head, body, want string }{
		"site name in a linked h1":     {"<title>青屿县招商网</title>", `<h1 class="logo"><a href="/">青屿县招商网</a></h1><div class="bt">` + title + "</div>" + info, title},
		"og:title with the site":       {`<title>x</title><meta property="og:title" content="` + title + ` - 青屿观察"><meta property="og:site_name" content="青屿观察">`, "<h1>" + title + "</h1>" + info, title},
		"og:title with another suffix": {`<title>x</title><meta property="og:title" content="` + title + `_青屿观察">`, "<h1>" + title + "</h1>" + info, title},
		"two lines in the meta tag":    {`<meta name="ArticleTitle" content="青屿县人民政府办公室<br/>关于成立产业园建设指挥部的通知">`, "<p>青屿县人民政府办公室</p><p>关于成立产业园建设指挥部的通知</p>" + info, "青屿县人民政府办公室 关于成立产业园建设指挥部的通知"},
		"two lines in <title>":         {`<title>青屿县人民政府办公室关于成立产业园建设指挥部的通知_青屿县人民政府</title>`, "<div class=t>青屿县人民政府办公室</div><div class=t>关于成立产业园建设指挥部的通知</div>" + info, "青屿县人民政府办公室 关于成立产业园建设指挥部的通知"},
		"a second line with a dash":    {`<title>青屿县招商网</title>`, "<div><h1>让流量变留量</h1><h1>——青屿县会展招商的实践</h1></div>" + info, "让流量变留量 ——青屿县会展招商的实践"},
		"a table with the title":       {`<title>政府信息公开</title>`, "<table><tr><th>索引号</th><td>430721/2026-00881</td></tr><tr><th>名称</th><td>" + title + "</td></tr></table><div>" + title + "</div>" + info, title},
		"a kicker above":               {`<title>青屿日报</title>`, "<table><tr><td><a href='1.htm'>" + title + "</a></td></tr><tr><td><a href='2.htm'>金秋招聘月启动仪式昨日举行</a></td></tr></table><table><tr><td align=center>青屿县工业小区企业接连增资观察</td></tr><tr><td align=center>" + title + "</td></tr></table>" + info, title},
		"the column in <title>":        {`<title>工作动态</title>`, "<h2>工作动态</h2><div class=con_tit>" + title + "</div>" + info, title},
		"its day in the heading":       {`<title>` + title + `_青屿网</title>`, "<h2>" + title + "<small>(2026-09-18)</small></h2>" + bodyText, title},
		"an office in <title>":         {`<title>青屿县统计局 -- 统计公报</title>`, "<p align=center>" + title + "</p><p align=center>发布者：综合股　发布时间：2026/9/18</p><div><p align=center>青屿县统计局</p>" + bodyText + "</div>", title},
		"a breadcrumb without links":   {`<title>青屿县人民政府</title>`, "<table><tr><td>您所在的位置：首页 &gt;&gt; 公开目录 &gt;&gt; 工作通报</td></tr></table><div><span>" + title + "</span></div><div>（第10期）</div>" + bodyText, title},
		"DC.Title":                     {`<title>濱海科學園區管理局-新聞稿</title><meta name="DC.Title" content="` + title + `">`, "<h1><a href='/'>濱海科學園區管理局</a></h1><table><tr><th>標題</th><td>" + title + "</td></tr></table>" + bodyText, title},
		"a kind of threads before it":  {`<title>` + title + ` - 招商与创业 - 青屿论坛</title>`, `<h1><a href="forum.php?typeid=8">[招商]</a> <span>` + title + "</span></h1>" + info, title},
		"a linked word in brackets":    {`<title>` + title + `_青屿网</title>`, `<h1>【<a href="/t/8">视频</a>】` + title + "</h1>" + info, title},
		"brackets of its own":          {`<title>[视频]` + title + `_青屿网</title>`, `<h1>[视频]` + title + "</h1>" + info, "[视频]" + title},
		"credits alone above the text": {`<title>` + title + `_园区新闻_青屿园区</title>`, `<div>2026.09.03 | 浏览 356 | 分享至</div>` + bodyText, title},
		"breadcrumb in a heading":      {`<title>园区简介-青屿产业园</title>`, `<h3><div>当前位置：<a href="/">首页</a> &gt; <a href="/a/">园区简介</a></div>园区简介</h3>` + bodyText, "园区简介"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{Body: []byte("<html><head>" + c.head + "</head><body>" + c.body + "</body></html>"), URL: "http://a.gov.cn/show.asp?id=1", As: KindArticle, Now: noon})
			if err != nil || len(p.Articles) != 1 {
				t.Fatalf("%v %+v", err, p)
			}
			if got := p.Articles[0].Title; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestKinds(t *testing.T) {
	article := `<td><h3>石桥镇召开企业座谈会</h3><div>添加时间：2026-9-3 9:30 点击：77</div>` + bodyText + `</td>`
	cases := map[string]struct {
		page string
		want Kind
	}{
		"an article beside dated rows":    {`<table><tr><td>通知公告` + sideRows(10) + `</td>` + article + `</tr></table>`, KindArticle},
		"one sentence beside dated rows":  {`<table><tr><td>通知公告` + sideRows(12) + `</td><td><div class="bt">开发区8月新签约项目9个</div><div>2026-9-5 8:42:17 点击 12 次</div><div>记者昨日获悉，开发区8月新签约项目9个，协议投资额14.3亿元。</div></td></tr></table>`, KindArticle},
		"an undated page above rows":      {`<h1>青屿县招商网简介</h1>` + bodyText + bodyText + `<h3>园区动态</h3>` + sideRows(6), KindArticle},
		"rows":                            {`<h2>通知公告</h2>` + sideRows(15), KindList},
		"rows below a sentence":           {`<h2>通知公告</h2><p>本栏目发布青屿县招商局的通知公告，欢迎监督。</p>` + sideRows(15) + `<div class="page"><a href="index_1.html">下一页</a></div>`, KindList},
		"a search form":                   {`<table><tr><td>包含以下全部的关键词</td><td><input></td></tr><tr><td>包含以下任意一个关键词</td></tr><tr><td>不包含以下关键词</td></tr><tr><td>时间范围</td><td>不限 一周内 一月内 一年内</td></tr><tr><td>按相关度 按时间</td></tr></table>`, KindUnknown},
		"a soft 404":                      {`<h2>404</h2><p>您访问的信息可能已被删除、更名或暂时不可用。</p><p>请尝试以下操作：</p><li>检查地址栏中的网址是否正确；</li><li>使用站内搜索查找所需信息。</li>`, KindUnknown},
		"an article in a wrapper sidebar": {`<div class="sidebar inner"><div class="nav"><a href="/">首页</a></div><h1>青屿县工业小区简介</h1>` + bodyText + bodyText + `</div>`, KindArticle},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{Body: []byte("<html><head><title>青屿县招商网</title></head><body>" + c.page + "</body></html>"), URL: "http://a.gov.cn/show.asp?id=1", Now: noon})
			if err != nil || p.Kind != c.want {
				t.Errorf("%v %s (%s), want %s", err, p.Kind, p.Reason, c.want)
			}
		})
	}
}
