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
		{"a number cut by the width", whole, strings.ReplaceAll(whole, "186.5", "186.\n5"), true},
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

// long is a text of about 1,000 characters, with one sentence to be named.
func long(sentence string) string {
	return strings.Join([]string{strings.Join(paragraphs[:5], "\n"), sentence, strings.Join(paragraphs[5:], "\n")}, "\n")
}

var paragraphs = []string{
	"今年以来，当地把项目建设作为稳增长的关键抓手，健全领导包联、专班推进、定期会商的工作机制，协调解决用地、用能、环评等方面的难题。",
	"走进厂区，吊车林立，机器轰鸣，工人们正在抓紧安装钢结构。现场施工的师傅告诉笔者，大家轮班作业，力争在雨季来临之前把屋面封好。",
	"为了让企业少跑腿，政务大厅设立了绿色通道，推行容缺受理和告知承诺，把原本需要逐个窗口办理的手续合并成一套材料，审批时间压缩了一半以上。",
	"配套也在加快完善。主干道路已经贯通，污水处理厂扩容完成，变电站进入调试阶段，人才公寓和学校同步规划，职工的后顾之忧逐步得到化解。",
	"专家认为，这类投资规模大、链条长、带动力强，不仅可以补上上游原料的短板，还能吸引下游加工企业就近布局，形成集聚效应。",
	"在技术方面，企业与高校共建联合实验室，围绕关键工艺开展攻关，申请了多项发明专利，部分指标达到国际先进水平，打破了国外的长期垄断。",
	"环保是绕不开的话题。建设方表示，生产过程采用封闭循环的办法，废气经过收集和催化燃烧之后排放，固体废物交由有资质的单位处置，厂界噪声符合标准。",
	"用工需求随之上升。劳动部门组织了专场招聘，开设免费培训班，帮助周边村民学习操作技能，让更多的人在家门口找到稳定的工作。",
	"金融支持同样及时。多家银行组成银团，提供中长期贷款，担保机构降低费率，产业引导资金以股权的方式参与，缓解了建设初期的资金压力。",
	"谈到未来，负责人充满信心。他说，市场的需求正在恢复，订单排得很满，只要按照既定的节点推进，建成以后很快就能见到效益。",
	"下一步，当地将继续优化环境，完善政策，强化要素保障，推动更多的好项目早日落地、早日开工、早日见效，为高质量发展注入新的动力。",
}

// One character of one fact makes another news, however long the text is, and a typing error does not.
func TestCompareOneCharacter(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"协议在九月八日签署。", "协议在九月九日签署。", false},
		{"项目总投资三十亿元。", "项目总投资五十亿元。", false},
		{"会上集中签约十二个项目。", "会上集中签约十五个项目。", false},
		{"项目选址杭州，配套齐全。", "项目选址苏州，配套齐全。", false},
		{"来自广州的客商参加了活动。", "来自贵州的客商参加了活动。", false},
		{"投资方是中芯科技有限公司。", "投资方是中微科技有限公司。", false},
		{"投资方是恒晟科技有限公司。", "投资方是恒盛科技有限公司。", false}, // alike, but a name
		{"中芯去年的营收实现增长。", "中微去年的营收实现增长。", false},
		{"公司董事长李慕白在致辞中介绍了规划。", "公司董事长李慕清在致辞中介绍了规划。", false},
		{"李慕白表示，条件已经具备。", "王慕白表示，条件已经具备。", false},
		{"两个项目同时开工。", "二个项目同时开工。", true},
		{"大家在致辞中谈到了规划。", "大家在致词中谈到了规划。", true},
		{"厂房的墙壁已经砌好。", "厂房的墙璧已经砌好。", true},
		{"笔者了解到，中芯科技有限公司和中芯研究院参加。中芯科技有限公司还捐了款。", "笔者了解到，中心科技有限公司和中芯研究院参加。中芯科技有限公司还捐了款。", true}, // once wrong, then right
	} {
		for _, text := range []func(string) string{long, func(s string) string { return strings.Join(paragraphs[:4], "\n") + "\n" + s + "\n" + paragraphs[4] }} {
			v := Compare(NewText(text(c.a)), NewText(text(c.b)))
			if v.Same != c.same {
				t.Errorf("%d characters, %s %s: %+v", characters(text(c.a)), c.a, c.b, v)
			}
			if back := Compare(NewText(text(c.b)), NewText(text(c.a))); back.Same != v.Same {
				t.Errorf("%s %s: the order of the two counts: %+v", c.a, c.b, back)
			}
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
