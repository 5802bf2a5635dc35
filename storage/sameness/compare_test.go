package sameness

import (
	"slices"
	"strings"
	"testing"
)

var (
	lead   = "9月15日，青岚市举行重大项目集中签约仪式，32个项目现场签约，计划总投资186.5亿元。"
	second = "市委书记在致辞中表示，青岚市将持续优化营商环境，为企业提供从签约到投产的全程服务，让企业安心发展。"
	third  = "此次签约的项目涵盖新能源、生物医药、装备制造等领域，其中投资10亿元以上的项目6个，全部达产后预计年产值超过300亿元。"
	fourth = "鹏源新能源有限公司董事长说，公司看中的是当地完整的产业链，一期工厂将于明年上半年开工，二期随后跟进。"
	whole  = strings.Join([]string{lead, second, third, fourth}, "\n")
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		same       bool
	}{
		{"source line", whole, "来源：青岚日报\n" + whole, true},
		{"editor line", whole, whole + "\n责任编辑：王晓明", true},
		{"paragraph dropped", whole, strings.Join([]string{lead, second, fourth}, "\n"), true},
		{"paragraphs moved", whole, strings.Join([]string{lead, fourth, second, third}, "\n"), true},
		{"half-width", whole, strings.NewReplacer("，", ", ", "。", ". ").Replace(whole), true},
		{"wrapped lines", whole, strings.ReplaceAll(whole, "，", "，\n"), true},
		{"summary", whole, lead + third, true},
		{"typing errors", whole, strings.NewReplacer("致辞", "致词", "安心", "按心").Replace(whole), true},
		{"no day", whole, strings.ReplaceAll(whole, "9月15日，", ""), true},
		{"another city", whole, strings.ReplaceAll(whole, "青岚", "白河"), false},
		{"another company", whole, strings.ReplaceAll(whole, "鹏源新能源", "华拓机械"), false},
		{"another amount", whole, strings.ReplaceAll(whole, "186.5", "168.5"), false},
		{"another day", whole, strings.ReplaceAll(whole, "9月15日", "9月18日"), false},
		{"another unit", whole, strings.ReplaceAll(whole, "300亿", "300万"), false},
		{"one sentence shared", whole, lead + strings.ReplaceAll(fourth+fourth, "公司", "集团"), false},
		{"another article", whole, "园区管委会召开安全生产工作会议，部署下半年重点任务，要求各企业落实主体责任，排查风险隐患。", false},
	} {
		v := Compare(NewText(c.a), NewText(c.b))
		if v.Same != c.same {
			t.Errorf("%s: %+v", c.name, v)
		}
		if back := Compare(NewText(c.b), NewText(c.a)); back.Same != v.Same {
			t.Errorf("%s: the order of the two counts: %+v", c.name, back)
		}
	}
}

// Every sentence of a text that another one quotes leads there.
func TestFingerprintsOfParts(t *testing.T) {
	prints := NewText(whole).Fingerprints()
	if !slices.IsSorted(prints) || len(prints) != 4 {
		t.Errorf("fingerprints %v", prints)
	}
	for _, part := range []string{lead, second, third, fourth} {
		for _, p := range NewText("导语。" + part).Fingerprints() {
			if !slices.Contains(prints, p) {
				t.Errorf("%s: its fingerprint is none of the whole", part)
			}
		}
	}
}

func FuzzCompare(f *testing.F) {
	f.Add(whole, lead+second)
	f.Add("１２.5亿元\t三\n", "a.b\xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := NewText(a), NewText(b)
		if v := Compare(x, y); v.Same && v.Shared < leastShared {
			t.Errorf("%+v", v)
		}
		if len(x.Fingerprints()) > MostFingerprints {
			t.Error("too many fingerprints")
		}
	})
}

func BenchmarkNewText(b *testing.B) {
	body := strings.Repeat(whole, 4)
	for b.Loop() {
		NewText(body)
	}
}

func BenchmarkCompare(b *testing.B) {
	x, y := NewText(whole), NewText(strings.NewReplacer("致辞", "致词", "安心", "按心").Replace(whole))
	for b.Loop() {
		Compare(x, y)
	}
}
