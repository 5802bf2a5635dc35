package parser

import (
	"regexp"
	"strings"
)

// A list may say its year, or its year and month, once above its rows: 2024年工作动态 over rows that show 12-27, a heading 2026年9月 over rows that show 20日.

// period is a year, or one month of it; the zero value is none.
type period struct{ year, month int }

// periodMark is a block that names a period and no day.
type periodMark struct {
	period
	text int // index of its first text
	node int
}

const (
	periodMost  = 24 // characters of a line that names a period
	periodUp    = 4  // levels from such a line up to the element that holds the rows too
	periodAbove = 25 // texts between such a line and the first row
)

// periodMarks finds the lines outside of links that name a period.
func (d *Document) periodMarks() []periodMark {
	var marks []periodMark
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.length-b.linked > periodMost || !strings.Contains(b.Text, "20") && !strings.Contains(b.Text, "19") {
			continue
		}
		if p, ok := readPeriod(d.unlinkedText(b)); ok && p.year >= 1990 && p.year <= d.now.Year()+1 {
			marks = append(marks, periodMark{p, b.first, b.Node})
		}
	}
	return marks
}

func (d *Document) unlinkedText(b *Block) string {
	if b.linked == 0 {
		return b.Text
	}
	var s strings.Builder
	for i := b.first; i < b.last; i++ {
		if d.Texts[i].Link < 0 {
			s.WriteString(d.Texts[i].S)
		}
	}
	return s.String()
}

// yearInWords is a year, with the month behind it and the beginning of a day; bareYear a line of nothing but a year or a year and a month.
var (
	yearInWords = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)\s?年(?:\s?(1[0-2]|0?[1-9])\s?月(\s?\d)?)?`)
	bareYear    = regexp.MustCompile(`^((?:19|20)\d\d)(?:\s?[-./]\s?(1[0-2]|0?[1-9]))?$`)
)

// readPeriod reads the only year of a line: 2024年…, 2026年9月, 2026-09, 2024. A date with a day is none, nor are two years, which are a range or a choice.
func readPeriod(s string) (period, bool) {
	s = strings.Trim(s, " \u3000>»[]【】()（）:：·|")
	if m := bareYear.FindStringSubmatch(s); m != nil {
		return period{atoi(m[1]), atoi(m[2])}, true
	}
	all := yearInWords.FindAllStringSubmatch(s, 2)
	if len(all) != 1 || all[0][3] != "" {
		return period{}, false
	}
	return period{atoi(all[0][1]), atoi(all[0][2])}, true
}

// findPeriods gives each row of a group the period that stands above it.
func (d *Document) findPeriods(g *group, marks []periodMark) {
	if len(marks) == 0 || len(g.rows) == 0 {
		return
	}
	var current period
	first, behind := g.rows[0].start, 0 // behind the row before
	next := 0
	for i := range g.rows {
		r := &g.rows[i]
		for ; next < len(marks) && marks[next].text < r.start; next++ {
			m := &marks[next]
			if m.text >= behind && m.text >= first-periodAbove && d.standsOver(m, r.start) {
				current = m.period
			}
		}
		r.period, behind = current, r.end
	}
}

// standsOver tells whether a line and a row behind it meet a few levels up.
func (d *Document) standsOver(m *periodMark, row int) bool {
	at := m.node
	for range periodUp {
		if d.Nodes[at].TextEnd > row {
			return true
		}
		if at = d.Nodes[at].Parent; at < 0 {
			return false
		}
	}
	return d.Nodes[at].TextEnd > row && row-m.text <= 3
}

// dayIn completes a day of the month that stands alone.
func (p period) dayIn(day int, d *Document) (date, bool) {
	x := date{year: p.year, month: p.month, day: day}
	return x, p.month > 0 && x.valid(d.now)
}

// settle gives a date whose year is a guess the period's year, unless the date would be still to come.
func (p period) settle(x date, d *Document) date {
	if !x.yearless || p.year == 0 || p.month > 0 && p.month != x.month {
		return x
	}
	y := x
	y.year, y.yearless = p.year, false
	if !y.valid(d.now) || y.isAfter(d.now.AddDate(0, 0, 7)) {
		return x
	}
	return y
}
