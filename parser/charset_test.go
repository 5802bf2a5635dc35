package parser

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

const (
	sampleText        = "近日，青岚市招商引资工作领导小组召开会议，研究部署重大项目建设，要求各部门主动服务企业，推动项目早开工、早投产。"
	sampleTraditional = "近日，臺灣投資促進機構在高雄舉辦產業招商說明會，介紹當地園區的優惠政策與基礎設施，吸引百餘家廠商參加，會後安排實地參訪。"
)

func encode(t *testing.T, enc encoding.Encoding, s string) string {
	t.Helper()
	out, err := enc.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDecode(t *testing.T) {
	gbk, gb18030, big5 := simplifiedchinese.GBK, simplifiedchinese.GB18030, traditionalchinese.Big5
	meta := func(charset string) string { return `<html><head><meta charset="` + charset + `"></head><body>` }
	mojibake := func(enc encoding.Encoding) string {
		s, err := enc.NewDecoder().String(sampleText + "青岚高新区")
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	cases := map[string]struct {
		body, header string
		charset      string
		holds        string
	}{
		"utf-8, nothing declared":         {sampleText, "", "utf-8", sampleText},
		"gbk, nothing declared":           {encode(t, gbk, sampleText), "", "gb18030", sampleText},
		"gbk declared as gb2312 in meta":  {meta("gb2312") + encode(t, gbk, sampleText+"喆镕堃"), "text/html", "gb18030", "喆镕堃"},
		"gbk, header says utf-8":          {meta("gb2312") + encode(t, gbk, sampleText), "text/html; charset=UTF-8", "gb18030", sampleText},
		"gbk, meta says utf-8":            {meta("utf-8") + encode(t, gbk, sampleText), "", "gb18030", sampleText},
		"utf-8, header and meta say gbk":  {meta("gbk") + sampleText, "text/html; charset=GBK", "utf-8", sampleText},
		"utf-8 as iso-8859-1":             {sampleText, "text/html; charset=ISO-8859-1", "utf-8", sampleText},
		"gb18030 with four-byte sequence": {encode(t, gb18030, sampleText+"㐂䶮𠮷"), "", "gb18030", "㐂䶮𠮷"},
		"big5":                            {encode(t, big5, sampleTraditional), "", "big5", sampleTraditional},
		"big5 declared as gbk":            {meta("gbk") + encode(t, big5, sampleTraditional), "", "big5", sampleTraditional},
		"gbk declared as big5":            {meta("big5") + encode(t, gbk, sampleText), "", "gb18030", sampleText},
		"utf-8 with a broken byte":        {sampleText[:10] + "\xff" + sampleText, "", "utf-8", sampleText},
		"utf-8 cut in a character":        {sampleText + sampleText[:4], "", "utf-8", sampleText},
		"utf-8 with a byte order mark":    {"\xef\xbb\xbf" + sampleText, "text/html; charset=gbk", "utf-8", sampleText},
		"utf-16":                          {encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), sampleText), "", "utf-16le", sampleText},
		"one word of gbk":                 {encode(t, gbk, "<title>联通</title>"), "", "gb18030", "联通"},
		"few characters of gbk":           {encode(t, gbk, "<p>招商</p>"), "", "gb18030", "招商"},
		"encoded twice by windows-1252":   {mojibake(charmap.ISO8859_1), "", "utf-8", sampleText},
		"ascii":                           {"<p>hello</p>", "text/html; charset=gbk", "utf-8", "hello"},
		"empty":                           {"", "", "utf-8", ""},
		"traditional text in gbk":         {encode(t, gbk, sampleTraditional), "", "gb18030", sampleTraditional},
		"unknown label":                   {meta("x-nonsense") + encode(t, gbk, sampleText), "", "gb18030", sampleText},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			text, charset := decode([]byte(c.body), c.header, "")
			if charset.Name != c.charset || !strings.Contains(text, c.holds) {
				t.Errorf("%+v\n%q\nwant %s with %q", charset, text, c.charset, c.holds)
			}
			if charset.Evidence == "" {
				t.Error("no evidence given")
			}
		})
	}
}

func TestConfiguredCharset(t *testing.T) {
	text, charset := decode([]byte(encode(t, simplifiedchinese.GBK, sampleText)), "", "gb2312")
	if text != sampleText || charset.Evidence != "configured" {
		t.Errorf("%v %q", charset, text)
	}
}
