package parser

import (
	"strconv"
	"strings"
)

// dateRows finds the date and summary of each row: inside the row's own element first, else in what stands behind or before it.
func (d *Document) dateRows(g *group, links []link) {
	d.dateRowsAround(g, links)
	g.orderDays()
}

// orderDays reads 09/08/2026 as the 8th of September in a list that has 09/18/2026 too, and as the 9th of August elsewhere.
func (g *group) orderDays() {
	american := false
	for i := range g.rows {
		switch g.rows[i].date.order {
		case dayFirst:
			return
		case monthFirst:
			american = true
		}
	}
	for i := range g.rows {
		if x := &g.rows[i].date; american && x.order == eitherOrder {
			x.month, x.day = x.day, x.month
		}
	}
}

func (d *Document) dateRowsAround(g *group, links []link) {
	g.dated = d.dateWithin(g, links, func(i int) (int, int) { return g.rows[i].start, g.rows[i].end })
	if g.dated*2 >= len(g.rows) || d.dateByHeadings(g) {
		return
	}
	limit := d.Nodes[g.last].TextEnd
	behind := func(i int) (int, int) {
		end := limit
		if i+1 < len(g.rows) {
			end = g.rows[i+1].start
		}
		return g.rows[i].start, end
	}
	before := func(i int) (int, int) {
		start := d.Nodes[g.container].TextStart
		if i > 0 {
			start = g.rows[i-1].end
		}
		return start, g.rows[i].end
	}
	kept := append([]row(nil), g.rows...)
	after := d.dateWithin(g, links, behind)
	trailing := append([]row(nil), g.rows...)
	copy(g.rows, kept)
	lead := d.dateWithin(g, links, before)
	switch {
	case g.dated >= after && g.dated >= lead:
		copy(g.rows, kept)
	case after >= lead:
		copy(g.rows, trailing)
		g.dated = after
	default:
		g.dated = lead
	}
}

// dateWithin reads the date of each row from the texts that extent gives, and counts the rows that have one.
func (d *Document) dateWithin(g *group, links []link, extent func(int) (int, int)) int {
	dated := 0
	for i := range g.rows {
		r := &g.rows[i]
		start, end := extent(i)
		r.date, r.summary = d.readRow(start, end, links[r.main], r.period)
		if !r.date.isZero() {
			dated++
		}
	}
	return dated
}

// readRow reads the date and the summary of a row from its texts other than the title.
func (d *Document) readRow(start, end int, l link, p period) (date, string) {
	var (
		found    date
		summary  string
		pieces   []string
		embedded date
		most     int
		foundAt  int // the text of found
	)
	for i := start; i < end; i++ {
		t := &d.Texts[i]
		s := strings.TrimSpace(t.S)
		one, ok := soleDate(s, d.now)
		if !ok {
			one, ok = d.stamp(t, s)
		}
		if ok {
			switch {
			case found.isZero() || found.yearless && !one.yearless:
				found, foundAt = one, i
			case !one.yearless && d.publicationWeight(i, one) > d.publicationWeight(foundAt, found):
				found, foundAt = one, i
			}
			continue
		}
		if t.Link == l.node && !d.besideTitle(i, l) {
			if all := findDates(s, d.now); len(all) > 0 && embedded.isZero() && atEdge(s, all[len(all)-1]) {
				embedded = all[len(all)-1]
			}
			continue
		}
		if len(s) < 40 {
			pieces = append(pieces, s)
			if all := findDates(s, d.now); len(all) > 0 && embedded.isZero() {
				embedded = all[0]
				if isRelative(s[embedded.start:embedded.end]) && len(all) > 1 { // 2周前 (11-09)
					embedded = all[1]
				}
			}
		}
		if t.chars >= 20 && t.chars > most {
			most = t.chars
			summary = s
		}
	}
	if found.isZero() || found.yearless {
		if split, ok := splitDate(pieces, p, d); ok {
			found = split
		}
	}
	if found.isZero() {
		found = embedded
	}
	return p.settle(d.settleYear(found, l.url), d), summary
}

// stamp reads a moment in seconds or milliseconds since 1970, which a script of the page writes as a day, in an element that by its class is one of time.
func (d *Document) stamp(t *Text, s string) (date, bool) {
	if len(s) != 10 && len(s) != 13 || !containsAny(d.Nodes[t.Node].Class, []string{"time", "date"}) {
		return date{}, false
	}
	seconds, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return date{}, false
	}
	return d.dateValue(float64(seconds))
}

// besideTitle tells a text of a link around a whole card that is not its title: the day, the month, the first words of the article.
func (d *Document) besideTitle(text int, l link) bool {
	n := &d.Nodes[l.node]
	if d.Texts[n.TextStart].Block == d.Texts[n.TextEnd-1].Block {
		return false
	}
	return !strings.Contains(l.title, strings.TrimSpace(d.Blocks[d.Texts[text].Block].Text))
}

// atEdge tells that a date in a title's link stands in brackets or with a full year at the end or the start of it, as a row's date does.
func atEdge(s string, x date) bool {
	if x.yearless {
		return false
	}
	behind := strings.Trim(s[x.end:], " ])）］】〕")
	before := strings.Trim(s[:x.start], " [(（［【〔")
	return behind == "" || before == ""
}

// settleYear gives a date without a year the year that the row's address names.
func (d *Document) settleYear(x date, address string) date {
	inURL := dateInURL(address, d)
	if x.isZero() {
		return inURL
	}
	if x.yearless && !inURL.isZero() && inURL.month == x.month {
		x.year, x.yearless = inURL.year, false
	}
	return x
}

// splitDate puts together a date whose parts stand in elements of their own: 18 and 2026-09, 09-18 and 2026, 18 and 9月 and 2026,
// 18 alone in a month's list.
func splitDate(pieces []string, p period, d *Document) (date, bool) {
	var year, month, day int
	for _, s := range pieces {
		s = strings.Trim(s, " []()（）/.-·日年")
		if s == "" {
			continue
		}
		a, end, width := number(s, 0, 4)
		if width == 0 {
			continue
		}
		if end == len(s) {
			switch {
			case width == 4 && year == 0:
				year = a
			case width <= 2 && day == 0 && a >= 1 && a <= 31:
				day = a
			}
			continue
		}
		if rest := s[end:]; width <= 2 && strings.TrimSpace(rest) == "月" && month == 0 {
			month = a
			continue
		}
		sep, q := separator(s, end)
		b, q, w2 := number(s, q, 2)
		if sep == 0 || w2 == 0 || strings.Trim(s[q:], "月 ") != "" {
			continue
		}
		switch {
		case width == 4 && month == 0:
			year, month = a, b
		case width <= 2 && month == 0:
			month, day = a, b
		}
	}
	if month == 0 && day > 0 {
		if x, ok := p.dayIn(day, d); ok {
			return x, true
		}
	}
	x := date{year: year, month: month, day: day}
	if year == 0 && month > 0 && day > 0 {
		s := dateScanner{now: d.now}
		y, _, ok := s.yearless(month, day, 0)
		return y, ok
	}
	return x, x.valid(d.now)
}
