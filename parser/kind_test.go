package parser

import "testing"

// Dated rows beside an article do not make its page a list, whatever else is missing.
func TestArticlesBesideLists(t *testing.T) {
	const (
		title = "车间里的夜自习与早课堂"
		photo = "<p>9月9日晚，园区的培训教室里，青年技工正在学习数控编程，已有1800余名工人结业。</p>"
	)
	self := `<li><a href="/con/202609/10/content_8.html">` + title + `</a></li>`
	other := `<li><a href="/con/202609/10/content_9.html">老小区加装电梯驶入快车道</a></li><li><a href="/con/202609/10/content_7.html">三甲医院开通夜间门诊服务</a></li><li><a href="/con/202609/10/content_6.html">小饭桌纳入食品安全监管</a></li><li><a href="/con/202609/10/content_5.html">园区二期工程如期封顶</a></li><li><a href="/con/202609/10/content_4.html">赴外招商小分队再次出发</a></li>`
	cases := map[string]struct {
		title, body, url string
		want             Kind
	}{
		"a page of a newspaper":         {"青屿日报数字报-" + title, "<h4>本版新闻</h4><ul>" + other + self + "</ul><h3>" + title + "</h3>" + photo, "http://a.cn/con/202609/10/content_8.html", KindArticle},
		"itself under other words":      {"青屿日报数字报-" + title, "<ul>" + other + `<li><a href="content_8.html">图片新闻：夜自习</a></li></ul><h3>` + title + "</h3>" + photo, "http://a.cn/con/202609/10/content_8.html", KindArticle},
		"a title in <title> alone":      {title + "_园区新闻_青屿园区", `<div class="meta">2026.09.03 | 浏览 356 | 分享至</div><div class="txt">` + bodyText + `</div><div><h4>推荐新闻</h4>` + sideRows(8) + "</div>", "http://a.cn/detail/1021.html", KindArticle},
		"a side list without headings":  {title + "_园区新闻_青屿园区", "<h1>" + title + "</h1>" + bodyText + `<div><div class="t">热点排行</div>` + sideRows(8) + "</div>", "http://a.cn/detail/1021.html", KindArticle},
		"a column with a few words":     {"通知公告_青屿园区", "<h2>通知公告</h2><p>本栏目公布园区的通知和公告，欢迎关注。</p>" + sideRows(12), "http://a.cn/detail/1021.html", KindList},
		"a column that links to itself": {"通知公告_青屿园区", `<div><h2><a href="/tzgg/list.html">园区通知公告</a></h2><p>本栏目公布园区的通知和公告，欢迎关注。</p>` + sideRows(12) + "</div>", "http://a.cn/tzgg/list.html", KindList},
		"a headline above the rows":     {"招商动态_青屿园区", "<h3>关于第3批招商引资中介机构名单的公告</h3><p>第3批名单今天公布，共有12家机构入选。</p>" + sideRows(12), "http://a.cn/zsdt/", KindList},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{Body: []byte("<html><head><title>" + c.title + "</title></head><body>" + c.body + "</body></html>"), URL: c.url, Now: noon})
			if err != nil || p.Kind != c.want {
				t.Fatalf("%v %q (%s), want %q", err, p.Kind, p.Reason, c.want)
			}
			if c.want == KindArticle && p.Articles[0].Title != title {
				t.Errorf("title %q", p.Articles[0].Title)
			}
		})
	}
}
