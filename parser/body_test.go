package parser

import (
	"strings"
	"testing"
)

// page puts what is tested between a title with its line of credits and a footer.
func page(text string) string {
	return `<html><head><title>青屿县茶多酚加工项目正式签约_青屿县招商网</title></head><body><div class="nav"><a href="/">首页</a><a href="/a/">招商动态</a></div>
<div class="main"><h1>青屿县茶多酚加工项目正式签约</h1><div class="info">2026-09-18 10:22　来源：青屿日报</div>` + text + `</div>
<div class="footer">版权所有 青屿县招商局 地址：人民路2号 电话：0799-8216600</div></body></html>`
}

const (
	firstParagraph  = "9月17日，青屿县人民政府与浙江汇泽植物提取有限公司举行茶多酚加工项目签约仪式，县委常委、副县长谭家骏出席。"
	secondParagraph = "该项目选址县工业小区，占地50亩，总投资3600万元，年加工茶叶下脚料8000吨，产品主要销往日本和欧美市场。"
)

func TestBodyEnds(t *testing.T) {
	text := "<p>" + firstParagraph + "</p><p>" + secondParagraph + "</p>"
	both := firstParagraph + "\n" + secondParagraph
	row := func(s string) string { return `<li><a href="/x/` + s + `.html">` + s + `</a> 2026-08-01</li>` }
	rows := "<ul>" + row("全市外资企业座谈会召开") + row("栖川县引进冷链物流项目") + row("开发区召开安全生产例会") + "</ul>"
	cases := map[string]struct{ page, want string }{
		"plain":                      {text, both},
		"摘要 before the text":         {`<div class="c"><p>摘要：汇泽公司总投资3600万元，在青屿建设茶多酚加工厂。</p></div>` + text, both},
		"【导读】 before the text":       {`<div>【导读】汇泽公司总投资3600万元，在青屿建设茶多酚加工厂。</div>` + text, both},
		"核心提示 as a word of its own":  {`<p><b>核心提示</b></p><p>汇泽公司总投资3600万元，在青屿建设茶多酚加工厂。</p>` + text, both},
		"a box of class summary":     {`<div class="summary">汇泽公司总投资3600万元，在青屿建设茶多酚加工厂。</div>` + text, both},
		"the head of the text again": {`<div class="x">9月17日，青屿县人民政府与浙江汇泽植物提取有限公司举行茶多酚加工项目签约仪式</div>` + text, both},
		"a sentence on summaries":    {"<p>摘要报告显示，汇泽公司总投资3600万元，在青屿建设茶多酚加工厂，进展顺利。</p>" + text, "摘要报告显示，汇泽公司总投资3600万元，在青屿建设茶多酚加工厂，进展顺利。\n" + both},
		"rows behind":                {text + "<h3>往期回顾</h3>" + rows, both},
		"rows without a known head":  {text + "<h3>看了又看</h3>" + rows, both},
		"related rows inside":        {"<p>" + firstParagraph + "</p><div class='ext'><b>延伸阅读</b>" + rows + "</div><p>" + secondParagraph + "</p>", both},
		"related cards with texts": {text + `<div class="more"><h2>猜你喜欢</h2><div class="item"><a href="/1.html"><h3>全市外资企业座谈会召开</h3></a><p>据悉，全市外资企业座谈会召开，更多内容请点击查看。</p></div>` +
			`<div class="item"><a href="/2.html"><h3>栖川县引进冷链物流项目</h3></a><p>据悉，栖川县引进冷链物流项目，更多内容请点击查看。</p></div></div>`, both},
		"tags above the text":      {`<div><span>标签：</span><a href="/t/1">招商</a><a href="/t/2">茶业</a></div><div><span>分类：</span><a href="/c/1">园区观察</a></div>` + text, both},
		"tags in cells":            {`<table><tr><td>标签：<h3><a href="/t/1">招商</a></h3><h3><a href="/t/2">茶业</a></h3></td><td>栏目：<a href="/c/1">园区观察</a></td></tr></table>` + text, both},
		"a sentence on tags":       {"<p>标签：是汇泽公司最在意的事，包装上的每一个字，都要写明产地和工艺。</p>" + text, "标签：是汇泽公司最在意的事，包装上的每一个字，都要写明产地和工艺。\n" + both},
		"the posts beside it":      {text + `<div>阅读<span>(5188)</span>┊ <a href="#">评论</a> (<span>12</span>)┊<a href="#">收藏</a></div><div><span>前一篇：</span><a href="/1">一座码头与一座城</a></div><div><span>后一篇：</span><a href="/2">开发区的会议室</a></div><p>留言请遵守法律，文明发言。</p>`, both},
		"buttons":                  {text + `<div><button>点赞 31</button><button>收藏</button><button>分享海报</button></div>`, both},
		"a note in a paragraph":    {`<p>` + firstParagraph + `<a href="#_ftn1"><span class="MsoFootnoteReference">[1]</span></a></p><p>` + secondParagraph + `</p>`, firstParagraph + "[1]\n" + secondParagraph},
		"who wrote and who edited": {`<p>文｜楚汀兰</p><p>编辑丨阮清樾</p>` + text, both},
		"words of the platform":    {`<p>点击蓝字，关注我们</p>` + text + `<p>好文章，需要你的鼓励</p>`, both},
		"a long legal notice":      {`<div>` + text + `</div><div class="z">青屿网版权及免责声明：<br>1、凡本网注明“来源：青屿网”的所有作品，版权均属于青屿网；未经本网授权，任何单位及个人不得转载、摘编或以其它方式使用上述作品，违者本网将依法追究责任。<br>2、凡本网注明其它来源的作品，均转载自其它媒体，转载目的在于传递更多信息，并不代表本网赞同其观点和对其真实性负责，请读者自行判断。</div>`, both},
		"a hidden field":           {`<input type="hidden" name="c" value="&lt;p&gt;` + firstParagraph + `&lt;/p&gt;&lt;p&gt;` + secondParagraph + `&lt;/p&gt;">`, both},
		"a field in a field":       {`<input type="hidden" name="c" value="&lt;p&gt;` + firstParagraph + `&lt;/p&gt;&lt;p&gt;` + secondParagraph + `&lt;/p&gt;&lt;input type=hidden value='&lt;p&gt;` + secondParagraph + secondParagraph + firstParagraph + `'&gt;">`, both},
		"a string of a script":     {`<div id="zoom"></div><script>var content = "<p>` + firstParagraph + `<\/p>\r\n<p>` + secondParagraph + `<\/p>"; $("#zoom").html(content);</script>`, both},
		"a notice on its use":      {text + `<div class="risk">风险提示：以上内容仅供参考，不构成投资建议。</div>`, both},
		"a notice on opinions":     {text + `<p>本文仅代表作者个人观点，与本网无关。如有侵权，请联系删除。</p>`, both},
		"opinions in the text":     {"<p>" + firstParagraph + "</p><p>他说，这些话仅代表个人观点。</p><p>" + secondParagraph + "</p>", firstParagraph + "\n他说，这些话仅代表个人观点。\n" + secondParagraph},
		"more of the same":         {text + `<div><h2>更多快讯</h2><ul>` + row("全市外资企业座谈会召开") + `</ul></div>`, both},
		"a section of that name":   {"<p>" + firstParagraph + "</p><p>相关政策</p><p>" + secondParagraph + "</p>", firstParagraph + "\n相关政策\n" + secondParagraph},
		"an event at the head":     {"<p>会议时间：2026年10月18日 9:00</p>" + text, "会议时间：2026年10月18日 9:00\n" + both},
		"a deadline at the head":   {"<p>报名截止时间：2026年9月30日</p>" + text, "报名截止时间：2026年9月30日\n" + both},
		"credits behind":           {text + "<p>（作者：李四）</p><p>初审：向阳 复审：彭湘 终审：秦伟</p>", both},
		"credits and counts":       {text + "<div>来源：青屿发布 编辑：林夕</div><div>赞 3 收藏 0 评论 0 举报</div>", both},
		"a signature and its date": {text + "<p>青屿县招商局</p><p>2026年9月18日</p>", both + "\n青屿县招商局\n2026年9月18日"},
		"a reporter in brackets":   {text + "<p>（记者 张三 李四）</p>", both + "\n（记者 张三 李四）"},
		"contacts in a notice":     {text + "<p>联系人：龚琴</p><p>联系电话：0799-8213377</p><p>青屿县招商局</p>", both + "\n联系人：龚琴\n联系电话：0799-8213377\n青屿县招商局"},
		"files named in the text":  {text + "<p>附件：1.申请表</p></div><div>附件下载：<a href='/1.doc'>1.申请表.doc</a>", both + "\n附件：1.申请表"},
		"files in a box below":     {`<div class="trs_editor">` + text + `</div><dl><dt>附件下载：</dt><dd><a href="/1.doc">1.申请表.doc</a></dd><dd><a href="/2.pdf">2.名单.pdf</a></dd></dl>`, both + "\n1.申请表.doc\n2.名单.pdf"},
		"sizes of companies":       {text + "<table><tr><td>企业</td><td>规模</td><td>产值</td></tr><tr><td>汇泽</td><td>中</td><td>12</td></tr></table>", both + "\n企业\t规模\t产值\n汇泽\t中\t12"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{Body: []byte(page(c.page)), URL: "http://a.gov.cn/zsdt/202609/t20260918_1.html", Now: noon})
			if err != nil || len(p.Articles) != 1 {
				t.Fatalf("%v %+v", err, p)
			}
			a := p.Articles[0]
			if got := strings.TrimSpace(a.Body); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			if a.Title != "青屿县茶多酚加工项目正式签约" || a.Date != "2026-09-18" || a.Publisher != "青屿日报" {
				t.Errorf("%q %q %q", a.Title, a.Date, a.Publisher)
			}
		})
	}
}
