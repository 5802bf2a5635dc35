package facts

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSections(t *testing.T) {
	cases := map[string]struct {
		body string
		want []Section
	}{
		"none":               {"正文一段。没有编号。", nil},
		"a lone number":      {"前言。 一、只有一条", nil},
		"heading ends space": {"前言。 一、政策引领 出台办法。 二、产业升级 形成集群。", []Section{{1, "政策引领", "出台办法。"}, {2, "产业升级", "形成集群。"}}},
		"heading ends stop":  {"一、搭建平台，服务项目。此次对接会。二、精准对接。成效好。", []Section{{1, "搭建平台，服务项目", "此次对接会。"}, {2, "精准对接", "成效好。"}}},
		"lines":              {"一、总体要求\n坚持原则。\n二、保障措施\n加强领导。\n落实责任。", []Section{{1, "总体要求", "坚持原则。"}, {2, "保障措施", "加强领导。\n落实责任。"}}},
		"counts upwards":     {"一、甲 文。 二、乙 形式单 一、渠道较窄。 三、丙 文。", []Section{{1, "甲", "文。"}, {2, "乙", "形式单 一、渠道较窄。"}, {3, "丙", "文。"}}},
		"running text": {
			"一、本次会议在春天举办，吸引了来自海内外的专家学者以及企业代表近三百人深度参与。主题多。 二、甲 文。",
			[]Section{{1, "", "本次会议在春天举办，吸引了来自海内外的专家学者以及企业代表近三百人深度参与。主题多。"}, {2, "甲", "文。"}},
		},
		"ten and more": {
			"一、a 1。 二、b 2。 三、c 3。 四、d 4。 五、e 5。 六、f 6。 七、g 7。 八、h 8。 九、i 9。 十、j 10。 十一、k 11。",
			[]Section{{1, "a", "1。"}, {2, "b", "2。"}, {3, "c", "3。"}, {4, "d", "4。"}, {5, "e", "5。"}, {6, "f", "6。"}, {7, "g", "7。"}, {8, "h", "8。"}, {9, "i", "9。"}, {10, "j", "10。"}, {11, "k", "11。"}},
		},
		"inside a word": {"其一、其二、其三。", nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, Sections(c.body)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
