package parser

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
)

var noon = time.Date(2026, 9, 23, 12, 0, 0, 0, time.FixedZone("CST", 8*3600))

func parseText(t *testing.T, text string) *Page {
	t.Helper()
	p, err := Parse(Input{Body: []byte(text), Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func seedDump() string {
	dir := os.Getenv("ZHAOWEN_SHARED")
	if dir == "" {
		dir = "../../shared"
	}
	return dir + "/seeds/000_769804915721e2a5.txt"
}

// The seed dump's README says what a careful reader finds in it.
func TestSeedDump(t *testing.T) {
	body, err := os.ReadFile(seedDump())
	if err != nil {
		t.Skipf("no seed dump (set ZHAOWEN_SHARED): %v", err)
	}
	p, err := Parse(Input{Body: body, Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	var lengths []int
	for _, a := range p.Articles {
		lengths = append(lengths, runeCount(a.Body))
		if a.Date != "2025-09-04" || strings.Contains(a.Body, "投稿") {
			t.Errorf("%s: date %s", a.Title, a.Date)
		}
	}
	if diff := cmp.Diff([]int{690, 756, 907, 607, 835, 829, 1227, 1712, 1872, 1410}, lengths); diff != "" {
		t.Error(diff)
	}
	var lines []int
	for _, w := range p.Warnings {
		lines = append(lines, w.Line)
	}
	if diff := cmp.Diff([]int{41, 42, 43}, lines); diff != "" {
		t.Errorf("warnings: %v\n%s", p.Warnings, diff)
	}
}

const (
	bodyA = "近日，青岚市在高新区举行重大项目集中签约仪式，现场签约项目十二个，总投资一百二十亿元，涵盖新材料、装备制造等领域。"
	bodyB = "南浦经开区智能终端产业园二期工程本周开工建设，规划用地三百亩，建成后年产值可达五十亿元，将带动上下游企业集聚发展。"
	longA = bodyA + " 一、签约情况 十二个项目均为先进制造业。 二、下一步 加快开工。"
)

func TestDumps(t *testing.T) {
	type article struct {
		title, date, body string
		line              int
	}
	cases := map[string]struct {
		text     string
		want     []article
		warnings []string // parts of the warnings, in order
	}{
		"tidy":                 {"-\n青岚市集中签约十二个项目\n" + longA + "\n2025-09-04\n-\n南浦产业园二期开工\n" + bodyB + "\n2025年9月3日\n", []article{{"青岚市集中签约十二个项目", "2025-09-04", longA, 2}, {"南浦产业园二期开工", "2025-09-03", bodyB, 6}}, nil},
		"footer":               {"-\n青岚市集中签约十二个项目\n" + bodyA + "\n2025-09-04\n想补充信息？投稿请点这里\n- 关于我们\n- 商务合作\n", []article{{"青岚市集中签约十二个项目", "2025-09-04", bodyA, 2}}, []string{"投稿请点这里", "关于我们", "商务合作"}},
		"missing last date":    {"-\n青岚市集中签约十二个项目\n" + bodyA + "\n2025-09-04\n-\n南浦产业园二期开工\n" + bodyB + "\n有话要说\n- 联系我们\n", []article{{"青岚市集中签约十二个项目", "2025-09-04", bodyA, 2}, {"南浦产业园二期开工", "", bodyB, 6}}, []string{"有话要说", "no date", "联系我们"}},
		"several body lines":   {"-\n青岚市集中签约十二个项目\n" + bodyA + "\n一、签约情况\n" + bodyB + "\n2025-09-04\n", []article{{"青岚市集中签约十二个项目", "2025-09-04", bodyA + "\n一、签约情况\n" + bodyB, 2}}, nil},
		"no bullets":           {"青岚市集中签约十二个项目\n" + bodyA + "\n2025-09-04\n南浦产业园二期开工\n" + bodyB + "\n2025-09-03\n", []article{{"青岚市集中签约十二个项目", "2025-09-04", bodyA, 1}, {"南浦产业园二期开工", "2025-09-03", bodyB, 4}}, nil},
		"no bullets, no dates": {"青岚市集中签约十二个项目\n" + bodyA + "\n南浦经开区产业园二期开工\n" + bodyB + "\n", []article{{"青岚市集中签约十二个项目", "", bodyA, 1}, {"南浦经开区产业园二期开工", "", bodyB, 3}}, []string{"no date", "no date"}},
		"date first":           {"2025-09-04\n青岚市集中签约十二个项目\n" + bodyA + "\n2025-09-03\n南浦产业园二期开工\n" + bodyB + "\n", []article{{"青岚市集中签约十二个项目", "2025-09-04", bodyA, 2}, {"南浦产业园二期开工", "2025-09-03", bodyB, 5}}, nil},
		"date below title":     {"- 青岚市集中签约十二个项目\n发布时间：2025-09-04 10:22\n" + bodyA + "\n- 南浦产业园二期开工\n发布时间：2025-09-03\n" + bodyB + "\n", []article{{"青岚市集中签约十二个项目", "2025-09-04", bodyA, 1}, {"南浦产业园二期开工", "2025-09-03", bodyB, 4}}, nil},
		"CRLF and BOM":         {"\ufeff-\r\n青岚市集中签约十二个项目\r\n" + bodyA + "\r\n2025-09-04\r\n", []article{{"青岚市集中签约十二个项目", "2025-09-04", bodyA, 2}}, nil},
		"blank lines":          {"-\n\n  青岚市集中签约十二个项目\n\n\u3000\u3000" + bodyA + "\n\n2025-09-04\n\n", []article{{"青岚市集中签约十二个项目", "2025-09-04", bodyA, 3}}, nil},
		"no title":             {"-\n" + bodyA + "\n2025-09-04\n", []article{{"近日，青岚市在高新区举行重大项目集中签约仪式，现场签约项目十二个，总投资一百二十", "2025-09-04", bodyA, 2}}, []string{"no title line"}},
		"title alone":          {"-\n青岚市集中签约十二个项目\n2025-09-04\n", nil, []string{"no text follows", "no text follows", "no article found"}},
		"empty":                {"", nil, []string{"empty"}},
		"impossible date":      {"-\n青岚市集中签约十二个项目\n" + bodyA + "\n2025-02-30\n", []article{{"青岚市集中签约十二个项目", "", bodyA, 2}}, []string{"2025-02-30", "no date"}},
		"credits":              {"-\n青岚市集中签约十二个项目\n来源：青岚日报 作者：李禾 2025-09-04\n" + bodyA + "\n", []article{{"青岚市集中签约十二个项目", "2025-09-04", bodyA, 2}}, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := parseText(t, c.text)
			var got []article
			for _, a := range p.Articles {
				got = append(got, article{a.Title, a.Date, a.Body, a.Line})
			}
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(article{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if len(p.Warnings) != len(c.warnings) {
				t.Fatalf("warnings %v, want %d", p.Warnings, len(c.warnings))
			}
			for i, w := range c.warnings {
				if !strings.Contains(p.Warnings[i].Text, w) {
					t.Errorf("warning %d: %q, want %q in it", i, p.Warnings[i].Text, w)
				}
			}
		})
	}
}

func TestDumpInGB18030(t *testing.T) {
	text := "-\n青岚市集中签约十二个项目\n" + longA + "\n２０２５－０９－０４\n"
	raw, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	p := parseText(t, raw)
	if p.Charset.Name != "gb18030" || len(p.Articles) != 1 || p.Articles[0].Body != longA || p.Articles[0].Date != "2025-09-04" {
		t.Errorf("%v %+v", p.Charset, p.Articles)
	}
}

func TestBinary(t *testing.T) {
	if _, err := Parse(Input{Body: []byte("PK\x03\x04\x00\x00\x08\x00xxxx"), Now: noon}); !errors.Is(err, ErrBinary) {
		t.Errorf("got %v", err)
	}
}
