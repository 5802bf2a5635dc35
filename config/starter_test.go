package config

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const knownSources = `---
# Guangdong
- id: gz-commerce
  url: https://example.gov.cn/gz/
  name: 广州市商务局
  region: "440100"
  disabled: true

- {id: sz, url: "https://example.gov.cn/sz/", name: 深圳市商务局, disabled: true}
`

var commentedSetting = regexp.MustCompile(`(?m)^( *)#([^ #\n])`)

func TestStarter(t *testing.T) {
	data, err := Starter([]byte(knownSources))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), "name: 广州市商务局") {
		t.Error("Chinese names are not readable")
	}
	c, err := Parse("", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sources) != 2 || c.Sources[1].Name != "深圳市商务局" {
		t.Errorf("sources: %+v", c.Sources)
	}
	c.Sources = nil
	if diff := cmp.Diff(Default(), c, byValue); diff != "" {
		t.Error(diff)
	}
}

// TestStarterSettings deletes every # as the head of the file tells the reader to, and expects the defaults and the example.
func TestStarterSettings(t *testing.T) {
	data, err := Starter(nil)
	if err != nil {
		t.Fatal(err)
	}
	enabled := commentedSetting.ReplaceAll(data, []byte("$1$2"))
	c, err := Parse("", enabled, func(string) (string, bool) { return "hunter2", true })
	if err != nil {
		t.Fatalf("%v in\n%s", err, enabled)
	}
	if len(c.Sources) != 1 || c.Sources[0].Article.Remove == nil || c.Sources[0].Name != "广州市商务局" {
		t.Errorf("example source: %+v", c.Sources)
	}
	c.Sources, c.AllowAddresses = nil, nil
	if diff := cmp.Diff(Default(), c, byValue); diff != "" {
		t.Error(diff)
	}
	for _, k := range append(append([]key{}, topKeys...), crawlKeys...) {
		if !strings.Contains(string(enabled), k.name+":") {
			t.Errorf("%s is missing", k.name)
		}
	}
}

func TestStarterRefuses(t *testing.T) {
	for name, list := range map[string]string{
		"enabled": "- {id: a, url: https://example.com/}\n",
		"broken":  "- {id: a, url: ftp://example.com/, disabled: true}\n",
		"no list": "id: a\n",
	} {
		if _, err := Starter([]byte(list)); err == nil {
			t.Errorf("%s accepted", name)
		}
	}
}
