package sameness

import (
	"slices"
	"strings"
	"testing"
)

func TestInName(t *testing.T) {
	for text, want := range map[string]string{ // each character of a name
		"公司董事长李慕白在致辞中说":       "李慕白",
		"市委书记王明指出了三点":         "王明",
		"赵志刚先生回答了提问":          "赵志刚",
		"项目由中芯科技有限公司建设":       "中芯",
		"工厂与恒拓公司合作":           "恒拓",
		"一家南阳清锐汽车零部件股份有限公司落户": "清锐",
		"车间主任和工人正在忙碌":         "",
		"氛围更加有限":              "",
		"推动集中签约":              "",
	} {
		runes := []rune(text)
		var got []rune
		for i, r := range runes {
			if inName(runes, i) {
				got = append(got, r)
			}
		}
		if string(got) != want {
			t.Errorf("%s: %q, want %q", text, string(got), want)
		}
	}
}

func TestAlike(t *testing.T) {
	for pair, want := range map[string]int{
		"未末": muchAlike, "辞词": muchAlike, "已己": muchAlike, "喆吉": muchAlike, "中忠": muchAlike,
		"芯微": unlike, "白清": unlike, "杭苏": unlike, "a清": unlike,
	} {
		r := []rune(pair)
		if got, back := alike(r[0], r[1]), alike(r[1], r[0]); got != want || back != want {
			t.Errorf("%s: %d and %d, want %d", pair, got, back, want)
		}
	}
}

func TestChinese(t *testing.T) {
	for text, want := range map[string]string{
		"九月八日签约":     "九 八 |",
		"总投资三十亿元":    "三十亿 |",
		"达两亿多":       "二亿 |",
		"二〇二六年":      "二零二六 |",
		"一带一路":       "|一 一",
		"五五亿元":       "五亿 |", // typed twice
		"万一有难":       "|万一",
		"一是统筹，十二个项目": "十二 |一",
	} {
		numbers, others := chinese(text)
		if got := strings.TrimSpace(strings.Join(append(numbers, "|"+strings.Join(others, " ")), " ")); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestTables reads the tables that come with the program.
func TestTables(t *testing.T) {
	if n := len(glyphs()); n != 6763 {
		t.Errorf("%d characters, want those of GB 2312", n)
	}
	for c, g := range glyphs() {
		if g.radical == 0 || g.strokes == 0 || len(g.parts) == 0 || len(g.parts) > 5 || len(g.readings) == 0 {
			t.Errorf("%c: %+v", c, g)
		}
	}
	for name, short := range map[string]string{"杭州": "杭州", "杭州市": "杭州", "内蒙古自治区": "内蒙古", "恩施土家族苗族自治州": "恩施", "赵县": "赵县", "香港": "香港"} {
		if places()[name].short != short {
			t.Errorf("%s: %q, want %q", name, places()[name].short, short)
		}
	}
	for _, table := range []string{characterLines, placeLines} {
		lines := strings.Split(strings.TrimSpace(table), "\n")
		if !strings.HasPrefix(lines[0], "# ") || !slices.IsSorted(lines[1:]) {
			t.Errorf("no header, or not sorted: %.40s", table)
		}
	}
}
