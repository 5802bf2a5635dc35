package parser

import "strings"

// endMarks begin what follows an article: from there on nothing belongs to it.
var endMarks = []string{
	"责任编辑", "责编", "上一篇", "下一篇", "上一条", "下一条", "相关阅读", "相关新闻", "相关文章", "相关链接", "相关报道", "相关推荐", "推荐阅读", "热门推荐", "延伸阅读", "猜你喜欢",
	"分享到", "分享至", "分享让更多", "打印本页", "【打印", "[打印", "【关闭", "[关闭", "关闭窗口", "版权声明", "版权与免责", "免责声明", "网友评论", "热门评论", "最新评论", "精彩评论", "全部评论", "评论列表", "发表评论", "我要评论", "扫一扫", "更多精彩", "热点新闻", "编辑推荐",
	"附件下载区", "返回顶部", "返回列表", "【我要纠错", "纠错", "文章关键词", "关键词：", "关键字：", "标签：", "Tags", "举报/反馈", "特别声明", "本文来源", "声明：", "郑重声明", "凡本网", "新闻热线",
}

// bodyText gives the body, a paragraph a line, from the first line behind title and credits to the first end mark, without furniture; from is the block
// where the text begins.
func (d *Document) bodyText(core bodyCore, t title, weights []weight, rules *Rules) (body string, from int) {
	if core.node < 0 {
		return "", max(t.block, 0)
	}
	removed := d.removedBlocks(core, rules)
	from = core.first
	if t.block >= core.first && t.block < core.last {
		from = t.block + 1
	}
	from = d.skipCredits(from, core.last, weights)
	total := 0.0
	for i := from; i < core.last; i++ {
		total += weights[i].content
	}
	sum := 0.0
	var out strings.Builder
	for i := from; i < core.last; i++ {
		b := &d.Blocks[i]
		if removed[i-core.first] {
			continue
		}
		if isEndMark(b.Text) && (sum > 0.5*total || sum > 0 && weights[i].content == 0 && d.nothingMuch(weights, i+1, core.last, sum)) {
			break
		}
		sum += weights[i].content
		if d.isFurniture(i, weights) || out.Len() == 0 && squeeze(b.Text) == squeeze(t.text) {
			continue
		}
		d.appendLine(&out, i)
	}
	return out.String(), from
}

// nothingMuch tells that what follows holds less text than what came.
func (d *Document) nothingMuch(weights []weight, from, to int, sum float64) bool {
	rest := 0.0
	for i := from; i < to; i++ {
		rest += weights[i].content
	}
	return rest < sum
}

func isEndMark(s string) bool {
	s = strings.TrimLeft(s, " \u3000（([【>·-*■●")
	if runeCount(s) > 80 {
		return false
	}
	for _, m := range endMarks {
		if strings.HasPrefix(s, m) {
			return true
		}
	}
	return false
}

// skipCredits passes over the lines between title and text: date, source, author, font size, print.
func (d *Document) skipCredits(from, last int, weights []weight) int {
	begin := from
	for i := from; i < min(last, begin+12); i++ {
		switch {
		case isCredits(d.Blocks[i].Text, d):
			from = i + 1
		case weights[i].content >= 30:
			return from
		}
	}
	return from
}

var creditLabels = []string{
	"来源", "作者", "发布时间", "发布日期", "发表时间", "时间：", "日期：", "时间:", "日期:", "浏览", "点击", "阅读", "字号", "字体", "打印", "编辑：", "编辑:", "责任编辑", "文章来源", "信息来源", "稿源", "更新时间", "发布人", "发布者", "录入", "出处", "人气", "次数", "分享", "收藏", "评论", "發布", "來源",
	"发稿", "供稿", "审核", "访问量", "字體", "我要评论", "关闭", "大 中 小", "大中小", "【大", "访问次数", "索引号", "发文机关", "发文字号", "发布机构", "主题分类", "成文日期", "有效性", "文号", "生成日期", "名 称", "主题词",
}

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
		return false
	}
	dated := len(findDates(s, d.now)) > 0
	return labels >= 2 && (chars <= 100 || dated) || dated && chars <= 60 || strings.ContainsAny(s, ":：】") && chars <= 40
}

// isFurniture tells whether a block inside the body's element is no text of it.
func (d *Document) isFurniture(i int, weights []weight) bool {
	b := &d.Blocks[i]
	if b.noise {
		return true
	}
	chars := b.chars()
	if b.linked*10 > chars*7 && !d.isAttachment(b) {
		return weights[i].content == 0
	}
	return false
}

// isAttachment tells whether a linked line leads to a file: an attachment is part of an article.
func (d *Document) isAttachment(b *Block) bool {
	for i := b.first; i < b.last; i++ {
		if link := d.Texts[i].Link; link >= 0 {
			href := strings.ToLower(d.attr(link, "href"))
			for _, ext := range [...]string{".doc", ".pdf", ".xls", ".zip", ".rar", ".wps", ".ppt", ".ofd", ".et"} {
				if strings.Contains(href, ext) {
					return true
				}
			}
		}
	}
	return strings.HasPrefix(b.Text, "附件")
}

// removedBlocks marks the blocks below elements that the source's rules remove, or that are furniture by name and hold less than half of the text.
func (d *Document) removedBlocks(core bodyCore, rules *Rules) []bool {
	removed := make([]bool, core.last-core.first)
	mark := func(node int) {
		n := d.Nodes[node]
		for i := n.TextStart; i < n.TextEnd; i++ {
			if b := d.Texts[i].Block; b >= core.first && b < core.last {
				removed[b-core.first] = true
			}
		}
	}
	if rules != nil {
		for _, m := range rules.remove {
			for _, node := range d.selectNodes(m, core.node) {
				mark(node)
			}
		}
	}
	whole := d.Nodes[core.node].TextEnd - d.Nodes[core.node].TextStart
	for i := core.node + 1; i < d.Nodes[core.node].End; i++ {
		n := d.Nodes[i]
		if isFurniturePlace(n.Class) && (n.TextEnd-n.TextStart)*2 < whole {
			mark(i)
		}
	}
	return removed
}

// appendLine adds a block as a paragraph; the cells of a table's row become one line, joined by tabs.
func (d *Document) appendLine(out *strings.Builder, i int) {
	b := &d.Blocks[i]
	if out.Len() > 0 {
		separator := byte('\n')
		if row := d.tableRow(b.Node); row >= 0 && row == d.tableRow(d.Blocks[i-1].Node) && d.isDataRowOnce(row) {
			separator = '\t'
			if b.Node == d.Blocks[i-1].Node {
				separator = ' '
			}
		}
		out.WriteByte(separator)
	}
	out.WriteString(b.Text)
}

// tableRow is the <tr> around a node, up to six levels up; -1: none.
func (d *Document) tableRow(node int) int {
	for range 6 {
		if node < 0 {
			return -1
		}
		if d.Nodes[node].Tag == "tr" {
			return node
		}
		node = d.Nodes[node].Parent
	}
	return -1
}

// isDataRowOnce remembers the last answer: the cells of a row come one after the other.
func (d *Document) isDataRowOnce(row int) bool {
	if d.lastRow != row+1 {
		d.lastRow, d.lastIsData = row+1, d.isDataRow(row)
	}
	return d.lastIsData
}

// isDataRow tells a row of data from a row of a layout table: two cells or more, none with much text.
func (d *Document) isDataRow(row int) bool {
	n := d.Nodes[row]
	cells := 0
	for i := row + 1; i < n.End; i++ {
		if tag := d.Nodes[i].Tag; (tag == "td" || tag == "th") && d.Nodes[i].Parent == row {
			cells++
			chars := 0
			for t := d.Nodes[i].TextStart; t < d.Nodes[i].TextEnd; t++ {
				chars += d.Texts[t].chars
			}
			if chars > 300 {
				return false
			}
		}
	}
	return cells >= 2
}
