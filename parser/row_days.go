package parser

import "strings"

// Flash news stand in groups of a day: a heading names it, the rows below show the time alone.

// dateByHeadings gives each row the day of the line above it, where such lines stand over several rows each, the first of them right above the first row.
func (d *Document) dateByHeadings(g *group) bool {
	if len(g.rows) < 3 || g.rows[0].start >= len(d.Texts) {
		return false
	}
	first, last := d.Texts[g.rows[0].start].Block, len(d.Blocks)
	if end := g.rows[len(g.rows)-1].start; end < len(d.Texts) {
		last = d.Texts[end].Block
	}
	if first == 0 {
		return false
	}
	if _, ok := d.dayHeading(first - 1); !ok {
		return false
	}
	days := make([]date, len(g.rows))
	var current date
	headings, dated, at := 0, 0, 0
	for i := first - 1; i < last && at < len(g.rows); i++ {
		for ; at < len(g.rows) && g.rows[at].start <= d.Blocks[i].first; at++ {
			days[at] = current
		}
		if x, ok := d.dayHeading(i); ok {
			current = x
			headings++
		}
	}
	for ; at < len(g.rows); at++ {
		days[at] = current
	}
	for i := range days {
		if !days[i].isZero() {
			dated++
		}
	}
	if headings < 2 && d.Blocks[first-1].Heading == 0 || headings*2 > len(g.rows) || dated < len(g.rows) {
		return false
	}
	for i := range g.rows {
		g.rows[i].date = days[i]
	}
	g.dated = dated
	return true
}

// dayHeading tells whether a block is a day and nothing else, outside of any link.
func (d *Document) dayHeading(i int) (date, bool) {
	b := &d.Blocks[i]
	if b.linked > 0 || b.length > 24 {
		return date{}, false
	}
	all := findDates(b.Text, d.now)
	if len(all) != 1 || strings.Trim(b.Text[:all[0].start]+b.Text[all[0].end:], weekday) != "" {
		return date{}, false
	}
	return all[0], true
}

// weekday are the characters that a day of the week and brackets around it are written with.
const weekday = " \u3000星期周一二三四五六日天今昨()（）[]【】,，·:：-"
