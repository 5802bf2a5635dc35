package parser

import (
	_ "embed"
	"strings"
)

//go:embed endmarks.txt
var endMarksText string

// endMarks begin what follows an article: from there on nothing belongs to it. relatedMarks head a box of links, behind which the article may go on.
// summaryMarks head a summary above the text; eventMarks stand beside the day of an event in the lines that say when and where it took place. tagMarks head
// what the article is filed under, above its text; disclaimers are words of the notices under it.
var endMarks, relatedMarks, summaryMarks, eventMarks, tagMarks, disclaimers = func() (ends, related, summaries, events, tags, notices []string) {
	var boxes []string
	for line := range strings.Lines(endMarksText) {
		kind, mark, ok := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case !ok || kind == "#":
		case kind == "end":
			ends = append(ends, mark)
		case kind == "related":
			related = append(related, mark)
		case kind == "summary":
			summaries = append(summaries, mark)
		case kind == "box":
			boxes = append(boxes, mark)
		case kind == "event":
			events = append(events, mark)
		case kind == "tag":
			tags = append(tags, mark)
		case kind == "disclaimer":
			notices = append(notices, mark)
		}
	}
	return append(ends, related...), append(related, boxes...), summaries, events, tags, notices
}()

const markEdges = " \u3000（([【>·-*■●▪◆：:〗〖］［]】)）"

func isEndMark(s string) bool {
	if len(s) > 240 { // 80 Chinese characters
		return false
	}
	return startsWithAny(strings.TrimLeft(s, markEdges), endMarks)
}

func startsWithAny(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// isRelatedMark tells a block that is the heading of a box of links, and no more.
func isRelatedMark(s string) bool {
	if len(s) > 40 {
		return false
	}
	s = strings.Trim(s, markEdges)
	for _, m := range relatedMarks {
		if rest, ok := strings.CutPrefix(s, m); ok && runeCount(rest) <= 4 {
			return true
		}
	}
	return false
}

// headsText tells that no box of links follows such a heading but text in the place of the text before it: a section of the article of that name.
func (d *Document) headsText(mark, last int, kept []int) bool {
	if len(kept) == 0 || mark+1 >= last {
		return false
	}
	next, before := &d.Blocks[mark+1], &d.Blocks[kept[len(kept)-1]]
	return next.linked == 0 && next.chars() >= 25 && countMarks(next.Text) > 0 && d.Nodes[next.Node].Parent == d.Nodes[before.Node].Parent
}

// behindRelated finds the block at which the text goes on behind a box of related links: running text with the same parent as the text before it; -1: nowhere.
func (d *Document) behindRelated(mark, last int, kept []int, weights []weight) int {
	if len(kept) == 0 {
		return mark + 1
	}
	parent := d.Nodes[d.Blocks[kept[len(kept)-1]].Node].Parent
	for i := mark + 1; i < last; i++ {
		b := &d.Blocks[i]
		if isEndMark(b.Text) && !isRelatedMark(b.Text) {
			return -1
		}
		if weights[i].content >= 30 && b.linked == 0 && endsFully(b.Text) && d.Nodes[b.Node].Parent == parent && b.Node != parent {
			return i
		}
	}
	return -1
}

// nothingMuch tells that what follows holds less text than what came.
func nothingMuch(weights []weight, from, to int, sum float64) bool {
	rest := 0.0
	for i := from; i < to; i++ {
		rest += weights[i].content
	}
	return rest < sum
}

// trimTail takes from the end of a body what is no text: rows of other articles with their heading, lines of credits, counts.
func (d *Document) trimTail(kept []int) []int {
	rows := false
	for len(kept) > 1 {
		last := kept[len(kept)-1]
		b := &d.Blocks[last]
		rows = rows || b.Heading > 0 && last+1 < len(d.Blocks) && d.isOtherRow(&d.Blocks[last+1])
		switch {
		case d.isOtherRow(b):
			rows = true
		case rows && b.chars() <= 12 && !strings.ContainsAny(b.Text, "。，；！？"):
			rows = false // their heading
		case isTailCredits(b.Text), isDisclaimer(b.Text):
		default:
			return kept
		}
		kept = kept[:len(kept)-1]
	}
	return kept
}

// isOtherRow tells a line that is a link with hardly more than a date or a number beside it. Links to files are attachments.
func (d *Document) isOtherRow(b *Block) bool {
	if b.linked < 4 || d.isAttachment(b) {
		return false
	}
	left := b.chars() - b.linked
	for _, x := range findDates(b.Text, d.now) {
		left -= runeCount(b.Text[x.start:x.end])
	}
	return left <= 6
}

// disclaimerMost is how many bytes a notice may have that stands under a text as one more paragraph: 150 Chinese characters.
const disclaimerMost = 450

// isDisclaimer recognises a notice on whose opinion a text gives and what it is good for.
func isDisclaimer(s string) bool {
	return len(s) <= disclaimerMost && containsAny(s, disclaimers)
}

// isTagLine recognises what an article is filed under, above its text: 标签：绿色工厂 分类：园区观察. The labels may stand alone, their values in links of their own.
func isTagLine(b *Block) bool {
	if b.chars() > 60 || strings.ContainsAny(b.Text, "，。；！？") {
		return false
	}
	for _, m := range tagMarks {
		if rest, ok := strings.CutPrefix(b.Text, m); ok && startsWithAny(strings.TrimLeft(rest, " "), []string{"：", ":"}) {
			return true
		}
	}
	return false
}

// isTailCredits recognises a line of credits under a text: it begins with a label, and holds no sentence.
func isTailCredits(s string) bool {
	if len(s) > 300 {
		return false
	}
	if strings.Contains(s, "。") {
		return false
	}
	s = strings.TrimLeft(s, "（([【 \u3000")
	fields := readCredits(s)
	if len(fields) == 0 || fields[0].at > 0 {
		return false
	}
	for _, f := range fields {
		switch f.kind {
		case otherCredit:
			if len(fields) == 1 {
				return false
			}
		case reporterCredit: // 记者：…? is a question of an interview
			return personNames(f.value, false) != "" && runeCount(s) <= 40 && !strings.HasSuffix(s, "）")
		}
		if runeCount(f.value) > 40 {
			return false
		}
	}
	return true
}

// Words in class names and ids of boxes that hold a summary of the article.
var summaryPlaces = []string{"summary", "abstract", "zhaiyao", "daodu", "digest", "intro", "lead-in", "neirongtiyao"}

// trimSummary takes the summary off the head of a body: what a box or a word (摘要：, 核心提示：) says is one, and a first paragraph that the second repeats.
func (d *Document) trimSummary(kept []int, weights []weight) []int {
	if len(kept) < 2 {
		return kept
	}
	first := &d.Blocks[kept[0]]
	if first.chars() > 300 {
		return kept
	}
	rest := 0.0
	for _, i := range kept[1:] {
		rest += weights[i].content
	}
	if rest < weights[kept[0]].content {
		return kept
	}
	second := &d.Blocks[kept[1]]
	text := strings.TrimLeft(first.Text, markEdges)
	switch {
	case startsWithAny(text, summaryMarks) && isMarked(text):
		if first.chars() <= 8 { // the word stands alone: what follows is the summary
			return kept[2:]
		}
		return kept[1:]
	case first.Node != second.Node && hasAnyWord(d.Nodes[first.Node].Class, summaryPlaces) && first.chars() >= 10:
		return kept[1:]
	case first.Node != second.Node && first.chars() >= 15 && repeats(second.Text, first.Text):
		return kept[1:]
	}
	return kept
}

// isMarked tells whether a mark at the head of a text is set apart from it: 摘要：…, 【导读】…, or alone.
func isMarked(s string) bool {
	for _, m := range summaryMarks {
		if rest, ok := strings.CutPrefix(s, m); ok {
			rest = strings.TrimLeft(rest, " \u3000")
			return rest == "" || startsWithAny(rest, []string{"：", ":", "】", "]", "〗", "］", "|", "｜"})
		}
	}
	return false
}

// repeats tells whether a paragraph holds the first sentence of a shorter one.
func repeats(long, short string) bool {
	key := squeeze(short)
	return len(key) >= 30 && len(key) < len(long) && strings.Contains(squeeze(long), key)
}

func hasAnyWord(class string, words []string) bool {
	for _, w := range words {
		if hasWord(class, w) {
			return true
		}
	}
	return false
}
