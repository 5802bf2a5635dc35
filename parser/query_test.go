package parser

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var itemRules = JSONConfig{Rows: ".data.items", Title: ".t", URL: ".u", Date: ".d", Next: ".data.next"}

func readQueried(t *testing.T, c JSONConfig, text string, as Kind) *Page {
	t.Helper()
	rules, err := CompileRules(RulesConfig{JSON: c})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Parse(Input{Body: []byte(text), URL: "http://a.gov.cn/x/list", Now: noon, As: as, Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestQueriedRows(t *testing.T) {
	row := func(title, url, date string) Row { return Row{Title: title, URL: "http://a.gov.cn" + url, Date: date} }
	ids := JSONConfig{Rows: ".list[] | select(.id)", Title: ".name", URL: `"/c/\(.id).html"`}
	cases := map[string]struct {
		rules JSONConfig
		text  string
		want  []Row
		next  string
	}{
		"markup and entities": {
			itemRules, `{"data":{"items":[{"t":"<b>青岚市</b>集中&nbsp;签约","u":"1.html","d":"2026-09-18 10:00:00"}],"next":"list?p=2"}}`,
			[]Row{row("青岚市集中 签约", "/x/1.html", "2026-09-18")},
			"http://a.gov.cn/x/list?p=2",
		},
		"seconds":         {itemRules, `{"data":{"items":[{"t":"甲","u":"/1","d":1789660800}]}}`, []Row{row("甲", "/1", "2026-09-18")}, ""},
		"milliseconds":    {itemRules, `{"data":{"items":[{"t":"甲","u":"/1","d":1789660800000}]}}`, []Row{row("甲", "/1", "2026-09-18")}, ""},
		"number as text":  {itemRules, `{"data":{"items":[{"t":"甲","u":"/1","d":"1789660800000"}]}}`, []Row{row("甲", "/1", "2026-09-18")}, ""},
		"Chinese date":    {itemRules, `{"data":{"items":[{"t":"甲","u":"/1","d":"发布于2026年9月18日"}]}}`, []Row{row("甲", "/1", "2026-09-18")}, ""},
		"no date":         {itemRules, `{"data":{"items":[{"t":"甲","u":"/1"}],"next":null}}`, []Row{row("甲", "/1", "")}, ""},
		"next elsewhere":  {itemRules, `{"data":{"items":[{"t":"甲","u":"/1"}],"next":"http://b.gov.cn/"}}`, []Row{row("甲", "/1", "")}, ""},
		"twice":           {itemRules, `{"data":{"items":[{"t":"甲","u":"/1"},{"t":"甲","u":"/1#a"}]}}`, []Row{row("甲", "/1", "")}, ""},
		"one incomplete":  {itemRules, `{"data":{"items":[{"t":"甲","u":"/1"},{"t":"乙"}]}}`, []Row{row("甲", "/1", "")}, ""},
		"no web address":  {itemRules, `{"data":{"items":[{"t":"甲","u":"/1"},{"t":"乙","u":"file:///etc/passwd"}]}}`, []Row{row("甲", "/1", "")}, ""},
		"stream, long id": {ids, `{"list":[{"name":"甲","id":12345678901234567890123},{"name":"乙"}]}`, []Row{row("甲", "/c/12345678901234567890123.html", "")}, ""},
		"JSONP":           {ids, `/**/ jQuery.cb_1({"list":[{"name":"甲","id":7}]});`, []Row{row("甲", "/c/7.html", "")}, ""},
		"script literal":  {ids, `cb({list:[{name:'甲',id:'7',}]})`, []Row{row("甲", "/c/7.html", "")}, ""},
		"scalar rows":     {JSONConfig{Rows: ".", Title: ".", URL: "."}, `["a.html"]`, []Row{row("a.html", "/x/a.html", "")}, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := readQueried(t, c.rules, c.text, KindList)
			if p.Kind != KindJSON {
				t.Errorf("kind %s: %s", p.Kind, p.Reason)
			}
			if diff := cmp.Diff(c.want, p.Rows); diff != "" {
				t.Errorf("%s\n%v", diff, p.Warnings)
			}
			if p.Next != c.next {
				t.Errorf("next %q, want %q", p.Next, c.next)
			}
		})
	}
}

func TestQueriedErrors(t *testing.T) {
	cases := map[string]struct {
		rules      JSONConfig
		text, want string
	}{
		"HTML":            {itemRules, "<html><body><p>维护中</p></body></html>", "this is none"},
		"no rows":         {itemRules, `{"data":{"items":[]}}`, "json.rows gives no rows"},
		"no such key":     {itemRules, `{"data":{"list":[1]}}`, "json.rows gives 1 rows, and none has"},
		"wrong type":      {itemRules, `{"data":3}`, "json.rows: expected an object but got: number"},
		"wrong row":       {itemRules, `{"data":{"items":["a"]}}`, "json.title: expected an object but got: string"},
		"titles too long": {JSONConfig{Rows: "[range(40)]", Title: `"a" * 500000`, URL: `"/\(.)"`}, `{}`, "longer than 16 MiB together"},
		"environment":     {JSONConfig{Rows: ".", Title: "$ENV.PATH", URL: "env.PATH"}, `[1]`, "none has both"},
		"halt":            {JSONConfig{Rows: "halt_error", Title: ".", URL: "."}, `"x"`, "json.rows: "},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := readQueried(t, c.rules, c.text, KindList)
			if p.Kind != KindUnknown || len(p.Rows) != 0 || !strings.Contains(p.Reason, c.want) {
				t.Errorf("%s with %d rows: %q, want %q", p.Kind, len(p.Rows), p.Reason, c.want)
			}
		})
	}
}

func TestQueriedRowsAreLimited(t *testing.T) {
	p := readQueried(t, JSONConfig{Rows: "range(1e9)", Title: `"t\(.)"`, URL: `"/\(.)"`}, "{}", KindList)
	if len(p.Rows) != mostQueryRows || !strings.Contains(fmt.Sprint(p.Warnings), "more than 10000 rows") {
		t.Errorf("%d rows, %.200v", len(p.Rows), p.Warnings)
	}
}

func TestEndlessQueryEnds(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the limit of the evaluation")
	}
	start := time.Now()
	p := readQueried(t, JSONConfig{Rows: "last(repeat(1))", Title: ".", URL: "."}, "{}", KindList)
	if !strings.Contains(p.Reason, "not done after") {
		t.Errorf("%s: %s", p.Kind, p.Reason)
	}
	if took := time.Since(start); took > 20*mostQueryTime {
		t.Errorf("took %s", took)
	}
}

// An article of a source with expressions is HTML and read as such.
func TestQueriesAreForLists(t *testing.T) {
	page := "<html><head><title>青岚市集中签约</title></head><body><h1>青岚市集中签约</h1><p>" + strings.Repeat("项目计划投资三亿元，在园区建设生产线。", 20) + "</p></body></html>"
	for _, as := range []Kind{KindArticle, ""} {
		if p := readQueried(t, itemRules, page, as); len(p.Articles) != 1 {
			t.Errorf("as %q: %s (%s) with %d articles", as, p.Kind, p.Reason, len(p.Articles))
		}
	}
}

func TestBadQueries(t *testing.T) {
	for name, c := range map[string]JSONConfig{
		"syntax": {Rows: ".[", Title: ".", URL: "."}, "input": {Rows: "inputs", Title: ".", URL: "."}, "no title": {Rows: ".", URL: "."},
		"module": {Rows: `include "a"; .`, Title: ".", URL: "."},
	} {
		if _, err := CompileRules(RulesConfig{JSON: c}); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
