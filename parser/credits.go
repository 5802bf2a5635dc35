package parser

import (
	"regexp"
	"strings"
)

var (
	sourceLabels = []string{"文章来源", "信息来源", "新闻来源", "稿件来源", "来源单位", "来源于", "來源", "来源", "稿源", "转载自", "转自", "摘自", "出处", "Source"}
	authorLabels = []string{"本报记者", "作者", "撰稿", "撰文", "记者", "通讯员", "文/", "文／", "供稿"}
)

// findCredits reads publisher (来源) and author (作者, 记者, 通讯员) from the lines around the title, else from the meta tags, else from the end of the text.
func (d *Document) findCredits(t title, from int, core bodyCore, rules *Rules) (publisher, author string) {
	if rules != nil && rules.publisher != nil {
		if node := d.selectFirst(rules.publisher, 0); node >= 0 {
			publisher = valueBehind(d.text(node), sourceLabels)
			if publisher == "" {
				publisher = d.text(node)
			}
		}
	}
	first, last := max(t.block-3, 0), from+1
	if t.block < 0 {
		first = max(from-8, 0)
	}
	for i := first; i < min(last, len(d.Blocks)); i++ {
		text := d.Blocks[i].Text
		if runeCount(text) > 200 {
			continue
		}
		if publisher == "" {
			publisher = valueBehind(text, sourceLabels)
			if publisher == "" && isBareLabel(text, sourceLabels) && i+1 < len(d.Blocks) {
				publisher = cleanName(d.Blocks[i+1].Text)
			}
		}
		if author == "" {
			author = valueBehind(text, authorLabels)
		}
	}
	if publisher == "" {
		publisher = cleanName(d.meta("contentsource", "source", "mediaid", "article:publisher"))
	}
	if author == "" {
		author = personIn(d.meta("author", "article:author", "og:article:author"))
	}
	if core.node >= 0 {
		for i := max(core.last-4, from); i < min(core.last+4, len(d.Blocks)); i++ {
			text := d.Blocks[i].Text
			if runeCount(text) > 60 {
				continue
			}
			if publisher == "" {
				publisher = valueBehind(strings.Trim(text, "（）()"), sourceLabels)
			}
			if author == "" {
				author = valueBehind(strings.Trim(text, "（）()"), authorLabels)
			}
		}
	}
	return publisher, author
}

func isBareLabel(text string, labels []string) bool {
	text = strings.Trim(text, " ：:")
	for _, l := range labels {
		if text == l {
			return true
		}
	}
	return false
}

// valueBehind reads what stands behind one of the labels and a colon, up to the next label or separator.
func valueBehind(text string, labels []string) string {
	for _, label := range labels {
		at := strings.Index(text, label)
		if at < 0 {
			continue
		}
		rest := strings.TrimLeft(text[at+len(label):], " ")
		colon := false
		for _, c := range [...]string{"：", ":", "】", "]"} {
			if after, ok := strings.CutPrefix(rest, c); ok {
				rest, colon = strings.TrimLeft(after, " ：:"), true
				break
			}
		}
		if !colon && !strings.HasSuffix(label, "/") && !strings.HasSuffix(label, "／") && label != "本报记者" && label != "转载自" && label != "转自" {
			continue
		}
		if v := cleanName(rest); v != "" {
			return v
		}
	}
	return ""
}

// nameEnds end a publisher's or author's name: the next label, a separator, a date.
var nameEnds = []string{
	"来源", "作者", "时间", "日期", "发布", "发表", "更新", "浏览", "点击", "阅读", "字号", "字体", "编辑", "责编", "记者", "打印", "访问", "分享", "人气", "评论", "录入", "审核", "【", "[", "|", "｜", "  ", "通讯员", "摄影", "撰稿", "撰文", "供稿", "校对", "监制", "次数", "查看", "收藏", "关闭", "我要",
}

// cleanName cuts a name at what follows it and refuses what is none.
func cleanName(s string) string {
	s = strings.TrimSpace(s)
	for _, end := range nameEnds {
		if i := strings.Index(s, end); i == 0 {
			return ""
		} else if i > 0 {
			s = s[:i]
		}
	}
	if i := digitsFrom(s); i > 0 {
		s = s[:i]
	}
	s = strings.Trim(s, " \u3000:：,，;；-—/()（）<>《》·、.。")
	switch n := runeCount(s); {
	case n < 2 || n > 40, s == "null", s == "undefined", s == "未知", s == "本站原创" && false, strings.EqualFold(s, "admin"):
		return ""
	}
	return s
}

// digitsFrom finds where a date begins: a space or nothing, and four digits of a year.
func digitsFrom(s string) int {
	for i := 0; i+4 <= len(s); i++ {
		if s[i] == '2' && s[i+1] == '0' && s[i+2] >= '0' && s[i+2] <= '9' && s[i+3] >= '0' && s[i+3] <= '9' {
			return i
		}
	}
	return -1
}

// reporterNames reads the names of a byline in the text: （记者 张三 李四）, 本报记者 张三, （通讯员 王五）.
var reporterNames = regexp.MustCompile(`(?:^|[（(\s　/／])(?:[\p{Han}]{0,6}记者|通讯员)[ 　:：]*((?:\p{Han}[ 　]?){1,2}\p{Han}{1,2}(?:[ 　、·]+\p{Han}{2,3}){0,4})(?:[）)\s　/／]|$|报道|摄|文)`)

// bylineIn finds the names of a byline in the first or the last lines of a body.
func bylineIn(body string) string {
	head := firstChars(body, 160)
	for _, text := range []string{head, lastChars(body, 60)} {
		if m := reporterNames.FindStringSubmatch(text); m != nil {
			return cleanName(m[1])
		}
	}
	return namesAtEnd(body)
}

// personIn takes a meta tag's author for a person's name; systems write the site, the company or an account's number there as well.
func personIn(s string) string {
	name := cleanName(s)
	if n := runeCount(name); n < 2 || n > 12 || containsAny(name, []string{"网", "报", "社", "局", "委", "公司", "中心", "政府", "集团", "办公", "_", ".", "管理员"}) {
		return ""
	}
	for _, c := range name {
		if isHan(c) {
			return name
		}
	}
	return ""
}
