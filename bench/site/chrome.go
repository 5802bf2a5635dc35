package site

import (
	"fmt"
	"html"
	"strings"
)

func (s *Site) articlePage(column, n int) string {
	var b strings.Builder
	if column%2 == 1 {
		s.tableArticle(&b, column, n)
	} else {
		s.trsArticle(&b, column, n)
	}
	return b.String()
}

func (s *Site) trsArticle(b *strings.Builder, column, n int) {
	a := s.Article(column, n)
	s.head(b, column, a.Title)
	fmt.Fprintf(b, `<div class="main"><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="../">招商动态</a> &gt; 正文</div><div class="article"><h1 class="tit">%s</h1>`+
		`<div class="info"><span>发布时间：%s 10:22</span><span>来源：%s</span><span>浏览次数：<em id="hits"></em></span><span>字号：<a href="javascript:;">大</a> <a href="javascript:;">中</a> <a href="javascript:;">小</a></span></div><div class="TRS_Editor">`+"\n",
		html.EscapeString(a.Title), a.Date, a.Publisher)
	for p := range strings.SplitSeq(a.Body, "\n") {
		fmt.Fprintf(b, `<p style="text-indent: 2em; line-height: 1.75em;"><span style="font-size: 16px;">%s</span></p>`+"\n", p)
	}
	b.WriteString(`</div><div class="editor">【责任编辑：招商一科】</div><div class="share">分享到：<a href="javascript:;">微信</a> <a href="javascript:;">微博</a></div><div class="relate"><h3>相关新闻</h3><ul>`)
	s.links(b, column, n+1, 6)
	b.WriteString(`</ul></div></div></div>`)
	s.foot(b)
}

func (s *Site) tableArticle(b *strings.Builder, column, n int) {
	a := s.Article(column, n)
	s.oldHead(b, "园区新闻")
	fmt.Fprintf(b, `<TABLE width=760><TR><TD>您现在的位置：<A href="/">首页</A>&gt;&gt;园区新闻</TD></TR></TABLE><TABLE width=760><TR><TD width=180 valign=top>`)
	s.side(b, column)
	fmt.Fprintf(b, `</TD><TD valign=top><TABLE width="100%%"><TR><TD align=center height=40><FONT size=4><B>%s</B></FONT></TD></TR><TR><TD align=center bgcolor=#f0f0f0>发布日期：%s　来源：%s　点击：128次</TD></TR><TR><TD class=text>`+"\n", html.EscapeString(a.Title), a.Date, a.Publisher)
	for p := range strings.SplitSeq(a.Body, "\n") {
		fmt.Fprintf(b, "<P>&nbsp;&nbsp;&nbsp;&nbsp;%s\n", p)
	}
	b.WriteString(`</TD></TR><TR><TD align=right>【<A href="javascript:window.print()">打印</A>】【<A href="javascript:window.close()">关闭</A>】</TD></TR></TABLE></TD></TR></TABLE>`)
	s.oldFoot(b)
}

var menu = []string{"网站首页", "走进园区", "投资环境", "招商动态", "产业布局", "政策法规", "办事指南", "项目推介", "企业风采", "党建工作", "信息公开", "互动交流", "联系我们", "English"}

// head writes about 7 KB of what stands above the content of a page: scripts, styles, navigation.
func (s *Site) head(b *strings.Builder, column int, title string) {
	fmt.Fprintf(b, "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>%s_测试产业园区管理委员会</title>\n<meta name=\"SiteName\" content=\"测试产业园区管理委员会\">\n<meta name=\"ColumnName\" content=\"招商动态\">\n", html.EscapeString(title))
	b.WriteString(styles)
	b.WriteString("</head>\n<body>\n<div class=\"top\"><a href=\"/\"><img src=\"/images/logo.png\" alt=\"测试产业园区\"></a></div>\n<div class=\"nav\"><ul>\n")
	for i, m := range menu {
		fmt.Fprintf(b, "<li><a href=\"/c%d/\">%s</a><dl>", i%s.Columns, m)
		for j := range 5 {
			fmt.Fprintf(b, "<dd><a href=\"/m%d/%d/\">%s%d</a></dd>", i, j, m, j+1)
		}
		b.WriteString("</dl></li>\n")
	}
	b.WriteString("</ul></div>\n")
}

func (s *Site) oldHead(b *strings.Builder, title string) {
	fmt.Fprintf(b, "<HTML><HEAD><META http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\"><TITLE>%s</TITLE>\n", title)
	b.WriteString(styles)
	b.WriteString("</HEAD><BODY bgcolor=#ffffff><TABLE width=760><TR>")
	for i, m := range menu {
		fmt.Fprintf(b, "<TD><A href=\"/c%d/\">%s</A></TD>", i%s.Columns, m)
	}
	b.WriteString("</TR></TABLE>\n")
}

func (s *Site) side(b *strings.Builder, column int) {
	b.WriteString(`<div class="side"><h3>通知公告</h3><ul>`)
	for i := range 6 {
		fmt.Fprintf(b, `<li><a href="/tz/202608/t20260%d10_%d.html">关于开展第%d批重点企业调查的通知</a><span>2026-0%d-10</span></li>`, 3+i, 500+i, i+1, 3+i)
	}
	b.WriteString(`</ul></div>`)
}

func (s *Site) links(b *strings.Builder, column, from, n int) {
	for i := range n {
		a := s.Article(column, (from+i)%(s.Lists*s.Rows))
		fmt.Fprintf(b, `<li><a href="%s">%s</a></li>`, a.Path, html.EscapeString(a.Title))
	}
}

func (s *Site) foot(b *strings.Builder) {
	b.WriteString(`<div class="links"><h3>友情链接</h3>`)
	for i := range 40 {
		fmt.Fprintf(b, `<a href="http://www.example%d.gov.cn/" target="_blank">友情网站第%d号</a> `, i, i+1)
	}
	b.WriteString(`</div><div class="footer"><p>主办单位：测试产业园区管理委员会　承办单位：园区信息中心</p><p>地址：测试市人民路1号　电话：010-12345678　邮编：100000</p><p>Copyright © 2008-2026 版权所有　备案号：测ICP备00000000号</p></div>`)
	b.WriteString(scripts)
	b.WriteString("</body>\n</html>\n")
}

func (s *Site) oldFoot(b *strings.Builder) {
	b.WriteString(`<TABLE width=760><TR><TD align=center>版权所有：测试产业园区管理委员会　地址：测试市人民路1号　测ICP备00000000号</TD></TR></TABLE>`)
	b.WriteString(scripts)
	b.WriteString("</BODY></HTML>\n")
}

// Inline styles and scripts of a real page's size.
var (
	styles = "<style>\n" + strings.Repeat(".wrap .box ul li a:hover { color: #c7000b; text-decoration: none; padding: 0 10px; background: url(/images/bg.png) no-repeat; }\n", 30) + "</style>\n"

	scripts = "<script>\n" + strings.Repeat("var _hmt = _hmt || []; (function(){ var d = new Date(2026, 8, 18); document.cookie.indexOf('k'); if (d > 0) { window.onload = function(){ return '2026-09-18'; } } })();\n", 25) + "</script>\n"
)
