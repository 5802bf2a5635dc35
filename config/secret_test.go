package config

import (
	"fmt"
	"strings"
	"testing"
)

func TestSecretsAreWhatStandsInTheirPlaces(t *testing.T) {
	c, err := Parse("z.yaml", []byte(`
contact: https://example.org/bot
browser: "wss://browser.example/?token=devtools1"
proxy: "http://crawler:proxy+pass@proxy:3128"
sources:
  - id: a
    url: https://example.com/
    proxy: socks5://u:socks5pass@proxy
    auth: {user: bob, password: "hunter 2"}
    headers: {Authorization-Key: "Bearer bearer12", Cookie: "a=cookie1; b=cookie2=", Accept: application/json}
    query: {token: tokentoken, id: short}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	all := NewMask(c.Secrets())
	for _, secret := range []string{
		"devtools1", "proxy+pass", "proxy%2Bpass", "socks5pass", "hunter 2", "hunter+2", "hunter%202", "Ym9iOmh1bnRlciAy", "bearer12", "cookie1", "cookie2=", "Bearer bearer12", "tokentoken",
	} {
		if got := all.Hide("x " + secret + "/y"); strings.Contains(got, secret) || !strings.HasSuffix(got, "***/y") {
			t.Errorf("%s: %s", secret, got)
		}
	}
	for _, open := range []string{"application/json", "https://example.org/bot", "crawler", "short", "bob", "Bearer"} {
		if got := all.Hide(open); got != open {
			t.Errorf("%s is hidden: %s", open, got)
		}
	}
	if got := NewMask(c.Sources[0].Secrets()).Hide("devtools1 tokentoken"); got != "devtools1 ***" {
		t.Error("those of the source alone:", got)
	}
}

func TestMaskKeepsWhatItHid(t *testing.T) {
	var m Mask
	if got := m.Hide("hunter22"); got != "hunter22" {
		t.Error(got)
	}
	m.Add([]string{"hunter2"})
	m.Add([]string{"hunter22"})
	if got := m.Hide("hunter22 hunter2"); got != "*** ***" {
		t.Error(got)
	}
}

func TestSplitTokens(t *testing.T) {
	for address, want := range map[string]string{
		"http://a.cn/list?token=abc%20d&page=1":              "http://a.cn/list?page=1 map[token:abc d]",
		"http://a.cn/list?page=1&AppSecret=abc&api_key=1#/x": "http://a.cn/list?page=1#/x map[AppSecret:abc api_key:1]",
		"http://a.cn/list?access_token=abc":                  "http://a.cn/list map[access_token:abc]",
		"http://a.cn/list?key=abc&tokens=1&mytoken=1&token=": "http://a.cn/list?key=abc&tokens=1&mytoken=1&token= map[]",
		"http://a.cn/token=1/":                               "http://a.cn/token=1/ map[]",
	} {
		rest, tokens := SplitTokens(address)
		if got := fmt.Sprint(rest, " ", tokens); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}
