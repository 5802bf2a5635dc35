package storage

import "testing"

func TestCanonicalURL(t *testing.T) {
	cases := map[string][]string{ // key → addresses that have it
		"a.gov.cn/": {
			"http://a.gov.cn", "https://a.gov.cn/", "HTTP://A.GOV.CN:80/", "https://a.gov.cn:443/", "http://a.gov.cn./", "http://a.gov.cn/index.html", "http://a.gov.cn/index.shtml",
			"http://a.gov.cn/default.aspx", "http://a.gov.cn/#top", "http://a.gov.cn/?utm_source=x", "http://a.gov.cn//", "http://a.gov.cn/./", "http://a.gov.cn/x/..", " http://a.gov.cn/ ", "http://a.gov.cn.\u00ad/",
		},
		"a.gov.cn/x/":                         {"http://a.gov.cn/x/", "http://a.gov.cn/x/index.html", "http://a.gov.cn/y/../x/index.jhtml", "http://a.gov.cn//x//", "http://a.gov.cn/x/INDEX.HTML"},
		"a.gov.cn/x":                          {"http://a.gov.cn/x"},
		"a.gov.cn:8080/x/t1.html":             {"http://a.gov.cn:8080/x/t1.html", "https://a.gov.cn:8080/x/./t1.html#p2"},
		"a.gov.cn/x?a=1&b=2":                  {"http://a.gov.cn/x?a=1&b=2", "http://a.gov.cn/x?b=2&a=1", "http://a.gov.cn/x?b=2&utm_medium=m&a=1&spm=1.2", "http://a.gov.cn/x?a=1;b=2&from=timeline", "http://a.gov.cn/x?a=1&b=2&%75tm_id=1"},
		"a.gov.cn/x?a=1&a=2":                  {"http://a.gov.cn/x?a=1&a=2"},
		"a.gov.cn/x?a=2&a=1":                  {"http://a.gov.cn/x?a=2&a=1"},
		"a.gov.cn/index.php?m=content":        {"http://a.gov.cn/index.php?m=content"},
		"a.gov.cn/%E6%8B%9B":                  {"http://a.gov.cn/招", "http://a.gov.cn/%e6%8b%9b"},
		"a.gov.cn/~b-c_d.e":                   {"http://a.gov.cn/%7Eb%2Dc%5Fd%2Ee"},
		"a.gov.cn/#/list/1":                   {"http://a.gov.cn/#/list/1"},
		"a.gov.cn/#!x":                        {"http://a.gov.cn/#!x"},
		"a.gov.cn/#/x%25":                     {"http://a.gov.cn/#/x%25"},
		"a.gov.cn/#/%E6%8B%9B":                {"http://a.gov.cn/#/招", "http://a.gov.cn/#/%e6%8b%9b"},
		"www.a.gov.cn/":                       {"http://www.a.gov.cn/"},
		"xn--fiq228c5hs.xn--fiqs8s/":          {"http://中文网.中国/", "http://xn--fiq228c5hs.xn--fiqs8s/"},
		"[::1]:8080/":                         {"http://[::1]:8080/", "http://[0:0::1]:8080/"},
		"a.gov.cn/x?a=50%25&b=%25zz":          {"http://a.gov.cn/x?a=50%&b=%zz", "http://a.gov.cn/x?b=%25zz&a=50%25"},
		"a.gov.cn/x?a=%2541":                  {"http://a.gov.cn/x?a=%%341", "http://a.gov.cn/x?a=%2541"},
		"a.gov.cn/art/2026/9/16/art_1_2.html": {"https://a.gov.cn/art/2026/9/16/art_1_2.html?bsh_bid=1"},
	}
	for want, addresses := range cases {
		for _, address := range addresses {
			got, err := CanonicalURL(address)
			if err != nil || got != want {
				t.Errorf("%s: %q, %v; want %q", address, got, err, want)
			}
		}
	}
	for _, address := range []string{
		"", "x.html", "/x", "ftp://a.gov.cn/", "javascript:;", "mailto:a@b.cn", "http://", "http://%zz/", "http:///x", "http://%25", "http://a%20b/", "http://[fe80::1%25eth0]/", "http://..", "http://a..b/", "http://..\u00ad",
	} {
		if got, err := CanonicalURL(address); err == nil {
			t.Errorf("%q: %q, want an error", address, got)
		}
	}
}

// Addresses of different pages keep different keys.
func TestCanonicalURLKeepsPagesApart(t *testing.T) {
	for _, pair := range [][2]string{
		{"http://a.gov.cn/", "http://www.a.gov.cn/"},
		{"http://a.gov.cn/", "http://a.gov.cn:8080/"},
		{"http://a.gov.cn/x", "http://a.gov.cn/x/"},
		{"http://a.gov.cn/x", "http://a.gov.cn/X"},
		{"http://a.gov.cn/x/index.html", "http://a.gov.cn/x/index_1.html"},
		{"http://a.gov.cn/x/index.jsp?id=1", "http://a.gov.cn/x/index.jsp?id=2"},
		{"http://a.gov.cn/x/index.jsp?id=1", "http://a.gov.cn/x/"},
		{"http://a.gov.cn/x/index.html.bak", "http://a.gov.cn/x/"},
		{"http://a.gov.cn/?id=1", "http://a.gov.cn/?id=2"},
		{"http://a.gov.cn/?a=1&a=2", "http://a.gov.cn/?a=2&a=1"},
		{"http://a.gov.cn/?from=20", "http://a.gov.cn/?from=40"},
		{"http://a.gov.cn/?scene=1", "http://a.gov.cn/?scene=2"},
		{"http://a.gov.cn/?utm=1", "http://a.gov.cn/?utm=2"},
		{"http://a.gov.cn/a%2Fb", "http://a.gov.cn/a/b"},
		{"http://a.gov.cn/a%3Fb", "http://a.gov.cn/a?b"},
		{"http://a.gov.cn/?a=1%262", "http://a.gov.cn/?a=1&2"},
		{"http://a.gov.cn/?a=1%2B1", "http://a.gov.cn/?a=1+1"},
		{"http://a.gov.cn/#/list/1", "http://a.gov.cn/#/list/2"},
		{"http://a.gov.cn/#!/1", "http://a.gov.cn/#/1"},
		{"http://a.gov.cn/招", "http://a.gov.cn/投"},
	} {
		a, errA := CanonicalURL(pair[0])
		b, errB := CanonicalURL(pair[1])
		if errA != nil || errB != nil || a == b {
			t.Errorf("%s and %s: %q, %q, %v, %v", pair[0], pair[1], a, b, errA, errB)
		}
	}
}

func FuzzCanonicalURL(f *testing.F) {
	f.Add("http://a.gov.cn/x/../%7e?b=%20&a=1&utm_x=1#/r")
	f.Add("https://中文网.中国:443//a/./index.html")
	f.Fuzz(func(t *testing.T, address string) {
		key, err := CanonicalURL(address)
		if err != nil {
			return
		}
		again, err := CanonicalURL("http://" + key)
		if err != nil || again != key {
			t.Errorf("%q → %q → %q, %v", address, key, again, err)
		}
	})
}
