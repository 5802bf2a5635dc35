package parser

import "testing"

// A word of a line of credits does not make a title one.
func TestIsCredits(t *testing.T) {
	d := &Document{now: noon}
	for line, want := range map[string]bool{
		"最新消息：澄岸发布人工智能机会清单":         false,
		"时间：从零到一的创业故事":              false,
		"来源广泛：市民共建资金池超百亿":           false,
		"来源广泛：市民分享发展红利":             false,
		"9月18日投资环境分享会举行":            false,
		"2026年9月18日分享会在青岚举行":        false,
		"评论：加快发展新质生产力的几点思考":         false,
		"来源：青岚发布":                   true,
		"时间：2026-01-02":             true,
		"时间：今天":                     true,
		"来源：市商务局 作者：张三":             true,
		"责任编辑：王五":                   true,
		"发布时间：2026年9月18日 浏览次数：33":   true,
		"2026-09-18 10:00 分享 收藏":    true,
		"09-18 10:00 来源：青岚发布 评论：33": true,
		"【打印】【关闭】":                  true,
		"文号：青政发〔2026〕3号":            true,
		"文｜张小三 编辑｜李四 2026-09-18":    true,
		"文：张三 图：李四":                 true,
		"图文并茂：一个园区的两张面孔":            false,
	} {
		if got := isCredits(line, d); got != want {
			t.Errorf("%s: %v", line, got)
		}
	}
	if got := publisherIn("2026-09-18 来源：青岚发布 【字体：大 中 小】"); got != "青岚发布" {
		t.Errorf("publisher %q", got)
	}
}

// The points of a text begin with the same marks as the records of another dump.
func TestDumpPoints(t *testing.T) {
	const next = "\n第二篇标题也有这么长\n2026-09-02\n园区今天举行项目集中开工仪式，共有十二个项目参加，总投资达到三十亿元。\n"
	const head = "2026-09-01\n青岚新区近日发布机会清单，首批包括三十项应用场景，面向全国征集合作企业。\n"
	for name, c := range map[string]struct {
		text string
		want int
	}{
		"points":           {"招商清单今天发布\n" + head + "■ 第一类是制造业，共十二项，由经信局牵头负责落实。\n■ 第二类是农业，共八项，由农业农村局牵头负责落实。\n" + next, 2},
		"headings":         {"招商清单今天发布\n" + head + "■ 制造业场景\n第一类是制造业，共十二项，由经信局牵头负责落实。\n" + next, 2},
		"below a hyphen":   {"- 招商清单今天发布\n" + head + "■ 制造业场景\n第一类是制造业，共十二项，由经信局牵头负责落实。\n- " + next[1:], 2},
		"records":          {"■ 招商清单今天发布\n" + head + "■ " + next[1:], 2},
		"first unmarked":   {"招商清单今天发布\n" + head + "■ " + next[1:], 2},
		"dates at the end": {"■ 招商清单今天发布\n青岚新区近日发布机会清单，首批包括三十项应用场景，面向全国征集合作企业。\n2026-09-01\n■ 第二篇标题也有这么长\n园区今天举行项目集中开工仪式，共有十二个项目参加，总投资达到三十亿元。\n2026-09-02\n", 2},
	} {
		if p := parseText(t, c.text); len(p.Articles) != c.want {
			t.Errorf("%s: %d records: %+v", name, len(p.Articles), p.Articles)
		}
	}
}
