package sameness

import (
	"fmt"
	"strings"
	"testing"
)

func TestNormalText(t *testing.T) {
	cases := map[string]string{
		"总投资１２０亿元，建成后（一期）年产值５０亿元。":              "总投资120亿元,建成后(一期)年产值50亿元.",
		"\u3000\u3000近日， 青岚市\n召开\u200b会议\ufeff": "近日,青岚市召开会议",
		"“招商”‘引资’《办法》【通知】、ABC":                  `"招商"'引资'<办法>[通知],abc`,
		"ＡＩ—大模型…": "ai-大模型.",
		"":        "",
	}
	for text, want := range cases {
		if got := NormalText(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if ContentHash("a", text(1)) != ContentHash("b", text(1)+" ") {
		t.Error("the title counts in a long text")
	}
	if ContentHash("a", "短。") == ContentHash("b", "短。") {
		t.Error("the title does not count in a short text")
	}
}

func FuzzNormalText(f *testing.F) {
	f.Add("总投资１２０亿元，“招商”\u3000ABC\xff")
	f.Fuzz(func(t *testing.T, s string) {
		if once := NormalText(s); NormalText(once) != once {
			t.Errorf("%q → %q → %q", s, once, NormalText(once))
		}
	})
}

func BenchmarkContentHash(b *testing.B) {
	body := strings.Repeat(text(7)+"Ｇ60科创走廊 (AI) “智造”\n", 15)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		ContentHash("题", body)
	}
}

func text(n int) string {
	return fmt.Sprintf("第%d批重大项目在青岚市集中签约，总投资%d亿元，涉及新能源、生物医药、装备制造等产业，建成后年产值可达五十亿元。", n, n+3)
}
