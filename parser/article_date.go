package parser

import (
	"strings"
	"unicode/utf8"
)

// datedEvidence is a date of an article page with what speaks for it.
type datedEvidence struct {
	date
	weight float64
	reason string
}

// findDate weighs the dates that a page gives its article: the line of credits between title and text, meta tags, the address, <time>, JSON-LD, and last
// the line under the text. Dates that agree add up.
func (d *Document) findDate(t title, from int, core bodyCore, in Input) datedEvidence {
	if in.Rules != nil && in.Rules.date != nil {
		if node := d.selectFirst(in.Rules.date, 0); node >= 0 {
			if all := findDates(d.text(node), d.now); len(all) > 0 {
				return datedEvidence{date: all[0], reason: "configured selector"}
			}
		}
	}
	var candidates []datedEvidence
	candidates = append(candidates, d.datesNear(t, from)...)
	candidates = append(candidates, d.datesInHead()...)
	if u := dateInURL(in.URL, d); !u.isZero() {
		candidates = append(candidates, datedEvidence{u, 2.3, "address"})
	}
	if len(candidates) == 0 {
		candidates = d.datesBelow(from, core)
	}
	if len(candidates) == 0 {
		candidates = d.relativeDates(t, from)
	}
	return best(candidates)
}

// best sums the weights of equal days and takes the heaviest; its time of day comes from any of them that has one.
func best(candidates []datedEvidence) datedEvidence {
	var top datedEvidence
	for i, c := range candidates {
		sum := c
		for j, other := range candidates {
			if i == j || other.String() != c.String() {
				continue
			}
			sum.weight += other.weight * 0.8
			if !strings.Contains(sum.reason, other.reason) {
				sum.reason += ", " + other.reason
			}
			if (!sum.hasTime || sum.isMidnight()) && other.hasTime {
				sum.date = other.date
			}
		}
		if sum.weight > top.weight {
			top = sum
		}
	}
	top.hasTime = top.hasTime && !top.isMidnight() // what systems write that know the day alone
	return top
}

func (d date) isMidnight() bool { return d.hour == 0 && d.minute == 0 && d.sec == 0 }

// dateLabel tells what the words right before a date announce; otherCredit where they announce something else than the page's dates: 报到时间, 截止日期, 活动时间.
func dateLabel(before string) creditKind {
	before = strings.TrimRight(before, " \u3000\u00a0")
	colon := strings.TrimRight(before, "：:")
	label := lastWord(colon)
	if label == "" {
		return ""
	}
	if kind, ok := creditKinds[label]; ok {
		return kind
	}
	for _, known := range [...]string{"发布", "发表", "首发", "發布", "發佈", "公开", "刊发"} {
		if strings.HasPrefix(label, known) && runeCount(label) <= 6 || label == known {
			return publishedCredit
		}
	}
	for _, end := range [...]string{"时间", "日期", "時間", "截止", "截至", "施行", "实施", "有效期", "今天是", "废止", "更新", "修改", "成文", "印发", "开幕", "星期", "排行"} {
		if strings.HasSuffix(label, end) {
			return otherCredit
		}
	}
	return ""
}

// lastWord is the run of Chinese characters at the end of a text, eight at the most.
func lastWord(s string) string {
	at := len(s)
	for range 8 {
		c, size := utf8.DecodeLastRuneInString(s[:at])
		if !isHan(c) {
			break
		}
		at -= size
	}
	return s[at:]
}

// datesNear reads the dates in the blocks around the title, up to the first lines of the text.
func (d *Document) datesNear(t title, from int) []datedEvidence {
	first, last := from-10, from+2
	if t.block >= 0 {
		first = max(t.block-4, 0)
		last = max(min(from+2, t.block+30), t.block+8)
	}
	var found []datedEvidence
	for i := max(first-disclosureMost, 1); i < first; i++ { // the table above a disclosed document
		if d.Blocks[i-1].length > 8 || !d.isCell(d.Blocks[i].Node) || dateLabel(d.Blocks[i-1].Text) != publishedCredit {
			continue
		}
		if x, ok := soleDate(d.Blocks[i].Text, d.now); ok {
			found = append(found, datedEvidence{x, d.dateWeight(&d.Blocks[i], x, i, t, from), "cell behind " + d.Blocks[i-1].Text})
		}
	}
	for i := max(first, 0); i < min(last, len(d.Blocks)); i++ {
		b := &d.Blocks[i]
		chars := b.chars()
		if chars > 160 || i >= from && chars > 60 || b.linked*2 > chars && chars > 16 {
			continue
		}
		for _, x := range findDates(b.Text, d.now) {
			if w := d.dateWeight(b, x, i, t, from); w > 0 {
				found = append(found, datedEvidence{x, w, "line " + excerpt(b.Text)})
			}
		}
	}
	return found
}

func (d *Document) dateWeight(b *Block, x date, i int, t title, from int) float64 {
	w := 1.2
	before := b.Text[:x.start]
	if strings.TrimSpace(before) == "" && i > 0 && d.Blocks[i-1].length <= 8 { // the label stands in the cell before
		before = d.Blocks[i-1].Text
	}
	switch dateLabel(before) {
	case publishedCredit, sourceCredit:
		w += 1.6
		if d.isEvent(i) {
			w -= 3.1
		}
	case updatedCredit, otherCredit:
		w -= 1.5
	}
	if isRelative(b.Text[x.start:x.end]) {
		w -= 1.8 // the page was saved an unknown while after it was written
	}
	if _, ok := soleDate(b.Text, d.now); ok || isCredits(b.Text, d) {
		w++
	}
	if x.hasTime {
		w += 0.5
	}
	if x.yearless {
		w -= 1.5
	}
	if i < t.block {
		w -= 1
	}
	if i >= from {
		w -= 0.8
	}
	if i == t.block && !x.hasTime {
		w -= 1 // a date in the title's words is the event's
	}
	return w
}

// relativeDates reads 3天前 and 昨天 between title and text: better than none, though a page may have been saved an unknown while after it was written.
func (d *Document) relativeDates(t title, from int) []datedEvidence {
	if t.block < 0 {
		return nil
	}
	for i := t.block + 1; i < min(from, t.block+8, len(d.Blocks)); i++ {
		b := &d.Blocks[i]
		for _, x := range findDates(b.Text, d.now) {
			if b.chars() <= 60 && isRelative(b.Text[x.start:x.end]) {
				return []datedEvidence{{x, 0.3, "line " + excerpt(b.Text)}}
			}
		}
	}
	return nil
}

func lastChars(s string, n int) string {
	for i := len(s); i > 0; {
		i--
		if s[i]&0xC0 != 0x80 {
			n--
			if n == 0 {
				return s[i:]
			}
		}
	}
	return s
}

// isRelative tells 3小时前 and 昨天 from a date.
func isRelative(s string) bool {
	return containsAny(s, []string{"前", "天", "昨", "今", "刚"})
}

// datesBelow reads a date that stands alone in the last lines of the text, or right behind it.
func (d *Document) datesBelow(from int, core bodyCore) []datedEvidence {
	if core.node < 0 {
		return nil
	}
	var found []datedEvidence
	for i := max(core.last-6, from); i < min(core.last+3, len(d.Blocks)); i++ {
		b := &d.Blocks[i]
		if containsAny(b.Text, []string{"Copyright", "©", "版权", "备案", "邮编", "地址："}) {
			continue
		}
		if x, ok := soleDate(b.Text, d.now); ok && !x.yearless {
			found = append(found, datedEvidence{x, 1, "line under the text"})
			continue
		}
		if all := findDates(b.Text, d.now); len(all) == 1 && !all[0].yearless && b.chars() <= 60 && dateLabel(b.Text[:all[0].start]) == publishedCredit {
			found = append(found, datedEvidence{all[0], 0.9, "line under the text"})
		}
	}
	return found
}
