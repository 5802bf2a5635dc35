package sameness

import "testing"

func TestTitlesDiffer(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2026年第一批重点项目名单公示", "2026年第三批重点项目名单公示", true},
		{"关于第2期专项债券的公告", "关于第3期专项债券的公告", true},
		{"2025年重点项目名单公示", "2026年重点项目名单公示", true},
		{"第十二届投资洽谈会开幕", "第十三届投资洽谈会开幕", true},
		{"广州市重点项目集中签约", "杭州市重点项目集中签约", true},
		{"湛江市重点项目集中开工", "九江市重点项目集中开工", true},
		{"昆山一新能源项目开工", "江阴一新能源项目开工", true},
		{"1月全市工业经济运行情况", "2月全市工业经济运行情况", true},
		{"九月八日招商要闻", "九月十五日招商要闻", true},
		{"总投资30亿元项目落户", "总投资50亿元项目落户", true},
		{"1-3月经济运行情况", "1-6月经济运行情况", true},
		{"招商系列观察之一", "招商系列观察之三", true},
		{"总投资30亿元项目落户", "总投资三十亿元项目落户", false},
		{"总投资186.5亿元的项目签约", "总投资187亿元的项目签约", false},
		{"第一批重点项目名单公示", "第1批重点项目名单公示", false},
		{"昆山一新能源项目开工", "苏州一新能源项目开工", false}, // seen from farther away
		{"杭州一新能源项目开工", "浙江一新能源项目开工", false},
		{"广州市重点项目集中签约", "重点项目集中签约", false},
		{"32个项目集中签约 总投资186亿元", "青岚市集中签约一批重大项目", false},
		{"32个项目集中签约 总投资186亿元", "总投资186亿元 32个项目集中签约", false},
		{"广州市重点项目集中签约", "【关注】广州市重点项目集中签约（2）", false},
		{"", "", false},
		{"三", "四", false},
	} {
		if got := TitlesDiffer(c.a, c.b); got != c.want {
			t.Errorf("%s / %s: %v", c.a, c.b, got)
		}
		if got := TitlesDiffer(c.b, c.a); got != c.want {
			t.Errorf("%s / %s: %v: the order counts", c.b, c.a, got)
		}
	}
}

func TestValueOf(t *testing.T) {
	for text, want := range map[string]float64{
		"30亿": 30e8, "三十亿": 30e8, "1,200": 1200, "186.5亿": 186.5e8, "二〇二六": 2026, "一百二十": 120, "十二": 12, "两千": 2000, "三万五千": 35000, "12%": 12, "1-3": 13, "2026.9.8": 202698, "万": 1e4,
	} {
		if got := valueOf([]rune(text)); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func FuzzTitlesDiffer(f *testing.F) {
	f.Add("第一批公示", "第三批公示")
	f.Add("1.亿%", "\xff半半十")
	f.Add("\ue000第一批公示", "第一批公示")
	f.Fuzz(func(t *testing.T, a, b string) {
		if TitlesDiffer(a, a) {
			t.Errorf("%q differs from itself", a)
		}
		TitlesDiffer(a, b)
	})
}
