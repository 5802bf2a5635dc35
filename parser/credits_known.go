package parser

import (
	"strings"
	"unicode/utf8"
)

// creditLabels are words of lines of credits. Titles hold them too (发布人工智能清单, 时间：从零到一, 评论：…): a line of one of them needs more to be credits.
var creditLabels = []string{
	"来源", "作者", "发布时间", "发布日期", "发表时间", "时间：", "日期：", "时间:", "日期:", "浏览", "点击", "阅读", "字号", "字体", "打印", "编辑：", "编辑:", "责任编辑", "文章来源", "信息来源", "稿源", "更新时间", "发布人", "发布者", "录入", "出处", "人气", "次数", "分享", "收藏", "评论", "來源",
	"发稿", "供稿", "审核", "访问量", "字體", "我要评论", "关闭", "大 中 小", "大中小", "首发", "更新：", "發布", "發佈", "【大", "访问次数", "索引号", "发文机关", "发文字号", "发布机构", "主题分类", "成文日期", "有效性", "文号", "生成日期", "名 称", "主题词",
}

// buttonLabels are words of buttons and counts that head titles as well: 评论：加快发展新质生产力.
var buttonLabels = []string{"评论", "分享", "阅读", "收藏", "推荐", "关注", "热度", "查看"}

// isCredits recognises a short line of labels and dates that is no running text.
func isCredits(s string, d *Document) bool {
	chars := runeCount(s)
	if chars > 160 || strings.Contains(s, "。") {
		return false
	}
	if _, ok := soleDate(s, d.now); ok {
		return true
	}
	labels := 0
	for _, l := range creditLabels {
		if strings.Contains(s, l) {
			labels++
		}
	}
	if labels == 0 {
		return isFields(s, d)
	}
	told := announces(s)
	dated := standsApart(s, findDates(s, d.now), told)
	switch {
	case dated:
		return labels >= 2 || chars <= 60
	case labels >= 2 && chars <= 100:
		return labels >= 3 || told || !strings.ContainsAny(s, ":：")
	}
	return chars <= 40 && (told || strings.Contains(s, "】"))
}

// isFields recognises a line that is made of fields alone, whatever their labels: 文｜张三 编辑｜李四 2026-09-18.
func isFields(s string, d *Document) bool {
	if runeCount(s) > 60 || !isTailCredits(s) || strings.ContainsAny(s, "，；！？“") {
		return false
	}
	persons, fields := 0, readCredits(s)
	for _, f := range fields {
		switch f.kind {
		case authorCredit, reporterCredit, editorCredit, sourceCredit:
			persons++
		}
	}
	return persons >= 2 || persons == 1 && standsApart(s, findDates(s, d.now), false)
}

// announces tells whether a label stands before its colon, and a value of its kind behind it.
func announces(s string) bool {
	for _, f := range readCredits(s) {
		value := strings.Trim(f.value, " \u3000\n：:【】[]（）()|｜")
		switch f.kind {
		case publishedCredit, updatedCredit:
			if value == "" || strings.ContainsAny(firstChars(value, 12), "0123456789０１２３４５６７８９") || strings.Contains(firstChars(value, 12), "年") || isRelative(value) && runeCount(value) <= 6 {
				return true
			}
		case otherCredit:
			if !startsWithAny(s[f.at:], buttonLabels) || runeCount(leadingRun(value)) < 8 {
				return true
			}
		case authorCredit, reporterCredit, editorCredit:
			if opensWord(s[:f.at]) || personNames(value, false) != "" {
				return true
			}
		case sourceCredit, posterCredit:
			return true
		}
	}
	return false
}

// standsApart tells whether one of the dates is no part of a sentence, as it is of 9月18日投资环境说明会举行.
func standsApart(s string, dates []date, told bool) bool {
	for _, x := range dates {
		if told || dateLabel(s[:x.start]) != "" {
			return true
		}
		before, _ := utf8.DecodeLastRuneInString(s[:x.start])
		after, _ := utf8.DecodeRuneInString(s[x.end:])
		if (!x.yearless || x.hasTime) && !isHan(before) && !isHan(after) {
			return true
		}
	}
	return false
}
