package parser

import (
	"regexp"
	"strings"
)

// bodyText gives the body, a paragraph a line, from the first line behind title and credits to the first end mark, without furniture; from is the block
// where the text begins.
func (d *Document) bodyText(core bodyCore, t title, weights []weight, rules *Rules) (body string, from int) {
	if core.node < 0 {
		return "", max(t.block, 0)
	}
	removed := d.removedBlocks(core, rules)
	from = core.first
	if t.block >= core.first && t.block < core.last {
		from = d.behindTitle(t)
	}
	from = d.skipCredits(from, core.last, weights)
	total := 0.0
	for i := from; i < core.last; i++ {
		total += weights[i].content
	}
	sum := 0.0
	var kept []int
	for i := from; i < core.last; i++ {
		b := &d.Blocks[i]
		if removed[i-core.first] {
			continue
		}
		if sum > 0 && isRelatedMark(b.Text) && d.headsText(i, core.last, kept) {
			kept = append(kept, i)
			continue
		}
		if sum > 0 && isRelatedMark(b.Text) {
			next := d.behindRelated(i, core.last, kept, weights)
			if next < 0 {
				break
			}
			i = next - 1
			continue
		}
		if isEndMark(b.Text) && (sum > 0.5*total || sum > 0 && weights[i].content == 0 && nothingMuch(weights, i+1, core.last, sum)) {
			break
		}
		sum += weights[i].content
		if d.isFurniture(i, weights) && !d.isContact(i, kept) && !d.isSmallCell(b) || len(kept) == 0 && squeeze(b.Text) == squeeze(t.text) {
			continue
		}
		kept = append(kept, i)
	}
	kept = d.trimSummary(d.dropAttachments(d.trimTail(kept)), weights)
	for len(kept) > 1 && isCreditBar(&d.Blocks[kept[0]]) { // below a summary
		kept = kept[1:]
	}
	var out strings.Builder
	for _, i := range kept {
		d.appendLine(&out, i)
	}
	d.appendAttachments(&out, core, kept)
	return out.String(), from
}

// skipCredits passes over the lines between title and text: date, source, author, font size, print.
func (d *Document) skipCredits(from, last int, weights []weight) int {
	begin := from
	for i := from; i < min(last, begin+12); i++ {
		switch {
		case d.isEvent(i):
			return from
		case isCredits(d.Blocks[i].Text, d), isCreditBar(&d.Blocks[i]), d.isDatedName(&d.Blocks[i]), isTagLine(&d.Blocks[i]):
			from = i + 1
		case weights[i].content >= 30:
			return from
		}
	}
	return from
}

// isCreditBar recognises who did what of an article, behind a bar: 文｜张三, 编辑丨李四.
func isCreditBar(b *Block) bool {
	return b.length <= 32 && strings.ContainsAny(b.Text, "｜|丨") && creditBar.MatchString(b.Text)
}

var creditBar = regexp.MustCompile(`^\s*(?:文字?|图片?|图文|作者|编辑|责编|撰文|采访|采写|摄影|制图|策划|审核|校对|设计|视频|出品|来源|监制)\s*[｜|丨]\s*\S[^，。；！？]{0,24}$`)

// isEvent recognises a line of the text that says when something takes place: 会议时间：2026年10月18日 9:00, or 时间：… above 地点：….
func (d *Document) isEvent(i int) bool {
	b := &d.Blocks[i]
	if b.chars() > 80 {
		return false
	}
	all := findDates(b.Text, d.now)
	if len(all) == 0 {
		return false
	}
	before := strings.TrimRight(b.Text[:all[0].start], "：: ")
	if (before == "时间" || before == "日期") && i+1 < len(d.Blocks) && startsWithAny(d.Blocks[i+1].Text, eventMarks) {
		return true
	}
	if dateLabel(b.Text[:all[0].start]) != otherCredit {
		return false
	}
	_, known := creditKinds[lastWord(before)]
	return !known && len(readCredits(b.Text)) <= 1
}

// isDatedName recognises a date with a name or a button beside it, and no sentence: 港口圈快讯 2026-09-14 11:37 +关注.
func (d *Document) isDatedName(b *Block) bool {
	if b.chars() > 60 || strings.ContainsAny(b.Text, "，。；、") {
		return false
	}
	all := findDates(b.Text, d.now)
	if len(all) == 0 || all[0].yearless || !all[0].hasTime && runeCount(b.Text[:all[0].start]) > 8 {
		return false
	}
	left := b.chars()
	for _, x := range all {
		left -= runeCount(b.Text[x.start:x.end])
	}
	return left <= 20
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

// isContact recognises a line with a telephone number or an address that stands between the paragraphs of a notice, and not in the foot of the page.
func (d *Document) isContact(i int, kept []int) bool {
	b := &d.Blocks[i]
	if len(kept) == 0 || d.furniture[b.Node] || d.Nodes[b.Node].Parent != d.Nodes[d.Blocks[kept[len(kept)-1]].Node].Parent && b.Node != d.Blocks[kept[len(kept)-1]].Node {
		return false
	}
	text := strings.ReplaceAll(strings.ReplaceAll(b.Text, " ", ""), "\u3000", "")
	return startsWithAny(text, contactLabels) && !containsAny(text, []string{"版权", "备案", "ICP", "Copyright", "技术支持", "主办"})
}

var contactLabels = []string{"联系电话", "电话", "咨询电话", "地址", "联系地址", "邮编", "传真", "E-mail"}

// isSmallCell tells a cell of a table of data that holds a word of furniture by chance: 大, 中, 小.
func (d *Document) isSmallCell(b *Block) bool {
	if b.chars() > 2 || b.linked > 0 {
		return false
	}
	row := d.tableRow(b.Node)
	return row >= 0 && d.isDataRowOnce(row) && d.Texts[b.first].Block > 0 && d.tableRow(d.Blocks[d.Texts[b.first].Block-1].Node) == row
}

var attachmentEnds = []string{".doc", ".pdf", ".xls", ".zip", ".rar", ".wps", ".ppt", ".ofd", ".et"}

// isAttachment tells whether a linked line leads to a file: an attachment is part of an article.
func (d *Document) isAttachment(b *Block) bool {
	for i := b.first; i < b.last; i++ {
		if link := d.Texts[i].Link; link >= 0 {
			href := strings.ToLower(d.attr(link, "href"))
			for _, ext := range attachmentEnds {
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
			if b := d.Texts[i].Block; b >= core.first && b < core.last && d.Blocks[b].first >= n.TextStart && d.Blocks[b].last <= n.TextEnd { // and not a word of it
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
	if d.beside != nil && !d.beside[core.node] {
		for i := range removed {
			removed[i] = removed[i] || d.beside[d.Blocks[core.first+i].Node]
		}
	}
	whole := d.Nodes[core.node].TextEnd - d.Nodes[core.node].TextStart
	for i := core.node + 1; i < d.Nodes[core.node].End; i++ {
		n := d.Nodes[i]
		if (isFurniturePlace(n.Class) || n.Tag == "aside" || n.Tag == "nav" || n.Tag == "footer") && (n.TextEnd-n.TextStart)*2 < whole {
			mark(i)
		}
	}
	return removed
}
