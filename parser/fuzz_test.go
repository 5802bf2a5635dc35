package parser

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func FuzzDecode(f *testing.F) {
	f.Add([]byte("\xef\xbb\xbf招商"), "text/html; charset=gbk")
	f.Add([]byte("\xd5\xd0\xc9\xcc"), "")
	f.Add([]byte(`<meta charset="big5">`+"\xa7\xeb\xb8\xea"), "")
	f.Add([]byte("\xff\xfe\x00"), "text/html; charset=utf-16")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		text, charset := decode(body, contentType, "")
		if !utf8.ValidString(text) {
			t.Errorf("invalid UTF-8 out of %q", body)
		}
		if charset.Name == "" || charset.Evidence == "" {
			t.Errorf("no charset named for %q", body)
		}
	})
}

func FuzzDump(f *testing.F) {
	f.Add("-\n青岚市集中签约十二个项目\n" + longA + "\n2025-09-04\n- 联系我们\n")
	f.Add("2025-09-04\n青岚市集中签约\n" + bodyA)
	f.Add("- a\n- b\n-\n-\n\r\r\n二〇二五年九月四日")
	f.Fuzz(func(t *testing.T, text string) {
		blocks, articles, warnings := readAtOnce(text)
		// nothing is lost silently: every line is in an article or in a warning
		told := map[int]bool{}
		for _, w := range warnings {
			told[w.Line] = true
		}
		kept := 0
		for _, a := range articles {
			if a.Title == "" || a.Body == "" {
				t.Errorf("half an article: %+v", a)
			}
			kept++
		}
		if kept == 0 {
			for _, b := range blocks {
				if !told[b.Line] {
					t.Errorf("line %d lost: %q", b.Line, b.Text)
				}
			}
		}
	})
}

func FuzzDumpReader(f *testing.F) {
	// the charset is settled by more text than fuzzing gives: it goes on behind a dump in each
	plain := strings.Repeat("-\n青岚市集中签约十二个项目\n"+longA+"\n2025-09-04\n", 130)
	heads := []string{"", plain}
	for _, enc := range []encoding.Encoding{simplifiedchinese.GB18030, traditionalchinese.Big5, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), unicode.UTF16(unicode.BigEndian, unicode.UseBOM)} {
		head, err := encoding.ReplaceUnsupported(enc.NewEncoder()).String(plain)
		if err != nil || len(head) < doubleEncodingBytes {
			f.Fatal(len(head), err)
		}
		heads = append(heads, head)
	}
	for head := range uint8(len(heads)) {
		f.Add([]byte("-\r\n青岚市集中签约十二个项目\r\n"+longA+"\r2025-09-04\n\xd5\xd0"), uint16(3), head)
		f.Add([]byte("-\x00\r\x00\n\x00a\x00\r\x00b\x00"), uint16(1), head)
		f.Add([]byte("\x00-\x00\r\xd8\x00\x00\n\x00\r\x00\n\x81\n0\x81\r0\n"), uint16(5), head)
	}
	f.Fuzz(func(t *testing.T, body []byte, window uint16, head uint8) {
		n := int(window)%500 + 1
		body = append([]byte(heads[int(head)%len(heads)]), body...)
		want, err := Parse(Input{Body: body, As: KindDump, Now: noon})
		if err != nil || want.Kind == KindUnknown {
			return // Sniff refuses it; blank
		}
		got := readInWindows(body, n)
		if diff := cmp.Diff([]any{want.Charset, want.Articles, want.Warnings}, []any{got.Charset, got.Articles, got.Warnings}); diff != "" {
			t.Errorf("windows of %d bytes, head %d:\n%s", n, head, diff)
		}
	})
}

func FuzzHTML(f *testing.F) {
	f.Add(`<html><title>a</title><ul><li><a href="t20260918_1.html" title="x">集中签约十二个重大项目</a><span>09-18</span></ul><script>createPageHTML(3, 0, "index", "html")</script>`)
	f.Add(`<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/p?page=1">]]></nextgroup><recordset><record><![CDATA[<li><a href="/art/2026/9/16/art_1.html">重大项目集中签约</a></li>]]></record></recordset></datastore></script>`)
	f.Add(`<script>var itemObj = [{"aT": "重大项目集中签约仪式", "aPd": "2026-09-21 17:00", "aU": "/a/1.html"}]</script>`)
	f.Add(`<table><tr><td><a href="javascript:go(2)">下一页</a></td></tr></table><script>function go(n){location.href="list_"+n+".html"}</script>`)
	f.Add(`raw({"result": "<datastore>"})`)
	f.Fuzz(func(t *testing.T, text string) {
		for _, as := range []Kind{"", KindList, KindArticle} {
			p, err := Parse(Input{Body: []byte(text), URL: "http://a.example.gov.cn/x/index.html", Now: noon, As: as})
			if err != nil {
				continue
			}
			for _, r := range p.Rows {
				if r.URL == "" || r.Title == "" && p.Kind != KindSitemap {
					t.Errorf("half a row: %+v", r)
				}
			}
			if p.Kind == "" {
				t.Error("no kind")
			}
		}
	})
}

func FuzzDates(f *testing.F) {
	for _, s := range []string{"2025-09-04T10:22:33+08:00", "二〇二五年十二月三十一日", "3小时前", "18-12-12", "２０２５年９月４日 下午3点", "09/04", "20250904102233"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range findDates(text, noon) {
			if !d.valid(noon) || d.start >= d.end || d.end > len(text) {
				t.Errorf("%q: %+v", text, d)
			}
		}
	})
}

func FuzzScript(f *testing.F) {
	f.Add(`var a=[{aT:'x',"b":"\u62db\x41",c:[1,2,{}],},{/*c*/d:null//x
}]`)
	f.Fuzz(func(t *testing.T, text string) {
		for _, objects := range jsArrays(text) {
			d := &Document{now: noon}
			d.objectRows(objects)
		}
	})
}

func FuzzFeed(f *testing.F) {
	f.Add(`<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><item><title>青岚市集中签约</title><link>/x/1.html</link><pubDate>Fri, 18 Sep 2026 23:30:00 +0800</pubDate></item></channel></rss>`)
	f.Add(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>签约</title><link href="http://a.gov.cn/x/1.html"/></entry></feed>`)
	f.Add(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"签约","url":"http://a.gov.cn/x/1.html"}]}`)
	f.Add(`<urlset><url><loc>http://a.gov.cn/x/1.html</loc><lastmod>2026-09-18</lastmod></url></urlset>`)
	f.Add(`<sitemapindex><sitemap><loc>http://a.gov.cn/s.xml</loc></sitemap></sitemapindex>`)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Parse(Input{Body: []byte(text), URL: "http://a.gov.cn/feed", Now: noon})
		if err != nil {
			return
		}
		for _, r := range p.Rows {
			if r.URL == "" {
				t.Errorf("a row without an address: %+v", r)
			}
		}
	})
}
