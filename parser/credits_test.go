package parser

import "testing"

func TestBylines(t *testing.T) {
	cases := map[string]string{
		"据新华社拉萨电（记者格桑边觉）记者近日了解到，…":    "格桑边觉",
		"本报记者 王建宏 张文攀\n今年以来，…":        "王建宏 张文攀",
		"推动工业高质量发展。（记者 胡晓蓉）":          "胡晓蓉",
		"过一个平安、祥和的新春佳节。（常书香 马丹阳）":     "常书香 马丹阳",
		"项目已经开工。（未完待续）":               "",
		"项目已经开工。（完）":                  "",
		"图为签约现场。（图片由园区提供）":            "",
		"记者从市商务局获悉，今年招商引资到位资金增长一成。":   "",
		"（通讯员 李明 记者 张华）近日，高新区举行签约仪式。": "李明",
	}
	for body, want := range cases {
		if got := bylineIn(body); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

func TestCredits(t *testing.T) {
	cases := map[string]struct{ publisher, author string }{
		"来源：青岚日报 作者：李禾 2026-09-18":                  {"青岚日报", "李禾"},
		"发布时间：2026-09-18 10:22　　来源：青岚市商务局　　浏览次数：12": {"青岚市商务局", ""},
		"【来源】南浦经开区管委会 【字体：大 中 小】":                   {"南浦经开区管委会", ""},
		"信息来源：投资促进科 | 编辑：小王":                        {"投资促进科", ""},
		"来源： 作者： 时间：2026-09-18":                     {"", ""},
		"转载自：新华网":                                   {"新华网", ""},
		"稿源：市招商局　撰稿：张三　审核：李四":                       {"市招商局", "张三"},
		"记者：王五　通讯员：赵六":                              {"", "王五"},
	}
	for line, want := range cases {
		publisher, author := valueBehind(line, sourceLabels), valueBehind(line, authorLabels)
		if publisher != want.publisher || author != want.author {
			t.Errorf("%s: %q, %q; want %q, %q", line, publisher, author, want.publisher, want.author)
		}
	}
}
