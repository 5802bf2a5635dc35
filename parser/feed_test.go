package parser

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFeedsAndSitemaps(t *testing.T) {
	row := func(n, title, date string) Row {
		return Row{Title: title, URL: "http://a.gov.cn/x/" + n + ".html", Date: date}
	}
	cases := map[string]struct {
		text string
		kind Kind
		want []Row
	}{
		"rss": {`<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>招商动态</title>
			<item><title>青岚市集中签约</title><link>/x/1.html</link><pubDate>Fri, 18 Sep 2026 23:30:00 +0800</pubDate></item>
			<item><title><![CDATA[南浦产业园&nbsp;二期]]></title><link>http://a.gov.cn/x/2.html</link><pubDate>2026-09-17 10:00:00</pubDate></item></channel></rss>`, KindFeed, []Row{row("1", "青岚市集中签约", "2026-09-18"), row("2", "南浦产业园 二期", "2026-09-17")}},
		"atom":      {`<feed xmlns="http://www.w3.org/2005/Atom"><title>招商</title><entry><title>青岚市集中签约</title><link href="http://a.gov.cn/x/1.html"/><published>2026-09-18T10:00:00+08:00</published></entry></feed>`, KindFeed, []Row{row("1", "青岚市集中签约", "2026-09-18")}},
		"json feed": {`{"version":"https://jsonfeed.org/version/1.1","title":"招商","items":[{"id":"1","title":"青岚市集中签约","url":"http://a.gov.cn/x/1.html","date_published":"2026-09-18T10:00:00+08:00"}]}`, KindFeed, []Row{row("1", "青岚市集中签约", "2026-09-18")}},
		"sitemap":   {`<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://a.gov.cn/x/1.html</loc><lastmod>2026-09-18</lastmod></url><url><loc> http://a.gov.cn/x/2.html </loc></url></urlset>`, KindSitemap, []Row{row("1", "", "2026-09-18"), row("2", "", "")}},
		"json":      {`{"code":0,"data":{"list":[{"DOCTITLE":"青岚市举行集中签约仪式","URL":"/x/1.html","PUBDATE":"2026-09-18 10:00:00","n":3},{"DOCTITLE":"南浦产业园二期工程开工","URL":"/x/2.html","PUBDATE":"2026-09-17","n":4}]}}`, KindJSON, []Row{row("1", "青岚市举行集中签约仪式", "2026-09-18"), row("2", "南浦产业园二期工程开工", "2026-09-17")}},
		"jsonp":     {`callback([{title:'青岚市举行集中签约仪式',href:'1.html',time:1789660800000,},{title:'南浦产业园二期工程开工',href:'2.html',time:1789574400000}]);`, KindJSON, []Row{row("1", "青岚市举行集中签约仪式", "2026-09-18"), row("2", "南浦产业园二期工程开工", "2026-09-17")}},
		"datastore": {`<datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=2"></a>]]></nextgroup><recordset><record><![CDATA[<li><a href='/x/1.html' title='青岚市举行集中签约仪式'>青岚市举行…</a><span>2026-09-18</span></li>]]></record><record><![CDATA[<li><a href='/x/2.html'>南浦产业园二期工程开工</a><span>2026-09-17</span></li>]]></record></recordset></datastore>`, KindList, []Row{row("1", "青岚市举行集中签约仪式", "2026-09-18"), row("2", "南浦产业园二期工程开工", "2026-09-17")}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{Body: []byte(c.text), URL: "http://a.gov.cn/x/", Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			if p.Kind != c.kind {
				t.Errorf("kind %s (%s)", p.Kind, p.Reason)
			}
			if diff := cmp.Diff(c.want, p.Rows); diff != "" {
				t.Errorf("%s\n%v", diff, p.Warnings)
			}
		})
	}
}

func TestIndexOfSitemaps(t *testing.T) {
	const head, tail = `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`, `</sitemapindex>`
	text := head + `<sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/b.xml</loc><lastmod>2026-09-01</lastmod></sitemap><sitemap><loc>/c.xml</loc><lastmod>2026-09-18</lastmod></sitemap>` + tail
	p, err := Parse(Input{Body: []byte(text), URL: "http://a.gov.cn/x/", Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"http://a.gov.cn/c.xml", "http://a.gov.cn/b.xml", "http://a.gov.cn/a.xml"}, p.Lists); diff != "" || p.Kind != KindSitemap || len(p.Rows) != 0 {
		t.Errorf("%s, %d rows: %s", p.Kind, len(p.Rows), diff)
	}
	p, err = Parse(Input{Body: []byte(head + tail), Now: noon})
	if err != nil || p.Kind != KindUnknown {
		t.Errorf("an empty index is %s, %v", p.Kind, err)
	}
}
