package site

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A small grammar of investment news: every article differs in its places, companies, sums and the order of its sentences.

var (
	cities    = []string{"青岚市", "南浦市", "云州市", "临江市", "东屿市", "安宁市", "河阳市", "北辰市", "西岭市", "海晏市", "平湖市", "长庆市"}
	parks     = []string{"高新区", "经开区", "保税区", "临港新区", "空港经济区", "科技城", "先进制造产业园", "数字经济产业园", "生物医药谷", "新能源装备基地"}
	trades    = []string{"新能源电池", "集成电路", "生物医药", "高端装备", "智能网联汽车", "绿色化工", "跨境电商", "海洋工程", "低空经济", "储能系统", "新型显示", "人工智能算力"}
	firms     = []string{"恒拓", "远岚", "晟科", "瑞禾", "中擎", "博屿", "汇澜", "启岳", "鼎川", "嘉衡", "联曜", "天枢", "德沐", "鸿策"}
	firmKinds = []string{"科技股份有限公司", "新材料有限公司", "控股集团", "能源有限公司", "智能装备有限公司", "生物制药有限公司"}
	stages    = []string{"集中签约", "开工建设", "竣工投产", "主体封顶", "正式落户", "签订投资协议", "项目推进会召开", "招商推介会举行"}
	leads     = []string{"近日", "日前", "本周", "连日来", "上半年以来", "记者从有关部门获悉"}
	sentences = []string{
		"据介绍，项目总投资%d亿元，规划用地%d亩，主要建设研发中心、生产厂房和配套设施。",
		"项目达产后，预计年产值可达%d亿元，新增就业岗位%d个，年纳税超亿元。",
		"今年以来，当地已引进亿元以上项目%d个，到位资金%d亿元，招商引资工作呈现稳中有进的态势。",
		"园区负责人表示，将为企业提供从注册到投产的全流程服务，%d个工作日内办结各项审批，专班跟进%d个重点环节。",
		"企业负责人介绍，选择在此布局，看中的是完整的产业链条和优良的营商环境，一期将建设%d条生产线，二期再增加%d条。",
		"下一步，有关部门将围绕产业链图谱精准招商，力争年内再引进链主企业%d家，推动%d个项目早开工、早见效。",
		"与会嘉宾实地考察了%d家企业，并就人才引进、金融支持等%d个问题与企业代表深入交流。",
		"会议要求，各责任单位要压实责任、挂图作战，对%d个省级重点项目逐一明确时间表，确保完成全年%d亿元的投资任务。",
		"该区还出台扶持办法，对固定资产投资超过%d亿元的项目给予最高%d万元奖励，并优先保障用地指标。",
		"数据显示，该产业规模以上企业已达%d家，去年实现营业收入%d亿元，同比保持两位数增长。",
	}
)

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// words makes the title and the paragraphs of the n-th article. The number stands in the title, so that no two are equal.
func words(r *rand.Rand, n int) (title string, paragraphs []string) {
	city, park, trade := pick(r, cities), pick(r, parks), pick(r, trades)
	firm := pick(r, firms) + pick(r, firmKinds)
	stage := pick(r, stages)
	title = fmt.Sprintf("%s%s%s项目%s（第%d号）", city, park, trade, stage, n)
	paragraphs = append(paragraphs, fmt.Sprintf("%s，由%s投资建设的%s项目在%s%s%s。", pick(r, leads), firm, trade, city, park, stage)+sentence(r))
	for range 2 + r.IntN(5) {
		var p strings.Builder
		for range 2 + r.IntN(3) {
			p.WriteString(sentence(r))
		}
		paragraphs = append(paragraphs, p.String())
	}
	return title, paragraphs
}

func sentence(r *rand.Rand) string {
	return fmt.Sprintf(pick(r, sentences), 1+r.IntN(99), 2+r.IntN(998))
}
