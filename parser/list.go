package parser

import (
	"fmt"
	"math"
	"strings"
)

// listReading is what a page gives when it is read as a list.
type listReading struct {
	rows     []Row
	articles []Article // records with full texts and no links
	best     group
	score    float64
	empty    bool // the page says that its column holds nothing
}

func (d *Document) readList(links []link, in Input) listReading {
	if in.Rules != nil && in.Rules.row != nil {
		return d.configuredRows(in.Rules)
	}
	groups := d.findGroups(links)
	var r listReading
	if len(groups) > 0 {
		r.best, r.score = groups[0], groups[0].score
		r.rows = d.rowsToArticles(groups[0], links)
	}
	if rows := d.scriptRows(); len(rows) > len(r.rows) || len(rows) > 2 && r.best.dated == 0 {
		r.rows, r.best = rows, group{dated: len(rows), rows: make([]row, len(rows))}
		r.score = 2.5 * math.Pow(float64(len(rows)), 0.55)
	}
	r.articles = d.fullTexts()
	if len(r.articles) < 2 && (in.As != KindList || len(r.rows) > 0) || r.linkedRows(links) {
		r.articles = nil
	}
	r.empty = d.saysEmpty()
	if r.empty && !r.best.below && len(r.articles) == 0 {
		r.rows, r.score = nil, 0 // the column holds nothing: what was found is beside it
	}
	return r
}

// linkedRows tells whether the rows of links, and not the records, are the list: they are as many, or one of them has a record's title.
func (r listReading) linkedRows(links []link) bool {
	titles := map[string]bool{}
	chars := 0
	for _, a := range r.articles {
		titles[squeeze(a.Title)] = true
		chars += runeCount(a.Body)
	}
	same := 0
	for _, row := range r.rows {
		if titles[squeeze(row.Title)] {
			same++
		}
	}
	return same*2 > len(r.articles) || len(r.articles) < 3 && r.best.dated > len(r.articles) && chars < 400
}

// rowsToArticles gives the rows of a group; two rows with one address are one.
func (d *Document) rowsToArticles(g group, links []link) []Row {
	rows := make([]Row, 0, len(g.rows))
	seen := map[string]bool{}
	for _, r := range g.rows {
		l := links[r.main]
		if seen[l.url] {
			continue
		}
		seen[l.url] = true
		out := Row{Title: l.title, URL: l.url, Summary: r.summary}
		if !r.date.isZero() {
			out.Date = r.date.String()
		}
		rows = append(rows, out)
	}
	return rows
}

// configuredRows reads the rows by the source's selectors.
func (d *Document) configuredRows(rules *Rules) listReading {
	var r listReading
	for _, node := range d.selectNodes(rules.row, 0) {
		a := d.linkWithin(node, rules)
		if a < 0 {
			continue
		}
		l := link{node: a, url: d.target(a), title: d.linkTitle(a)}
		if l.url == "" || l.title == "" {
			continue
		}
		start, end := d.Nodes[node].TextStart, d.Nodes[node].TextEnd
		if rules.rowDate != nil {
			if at := d.selectFirst(rules.rowDate, node); at >= 0 {
				start, end = d.Nodes[at].TextStart, d.Nodes[at].TextEnd
			}
		}
		x, summary := d.readRow(start, end, l, period{})
		row := Row{Title: l.title, URL: l.url, Summary: summary}
		if !x.isZero() {
			row.Date = x.String()
		}
		r.rows = append(r.rows, row)
	}
	r.score = 100
	return r
}

// linkWithin is the link of a configured row: by its selector, else the one with the longest words, else the row itself.
func (d *Document) linkWithin(node int, rules *Rules) int {
	if rules.link != nil {
		return d.selectFirst(rules.link, node)
	}
	best, most := -1, -1
	for i := node; i < d.Nodes[node].End; i++ {
		if d.Nodes[i].Tag == "a" && d.target(i) != "" {
			if n := runeCount(d.linkTitle(i)); n > most {
				best, most = i, n
			}
		}
	}
	return best
}

// rowsEvidence says what made a group of rows the list of the page.
func (d *Document) rowsEvidence(g group) string {
	reason := fmt.Sprintf("score %.1f", g.score)
	if g.container < len(d.Nodes) && g.container > 0 {
		n := &d.Nodes[g.container]
		reason = fmt.Sprintf("children of <%s>", n.Tag)
		if class := strings.Fields(n.Class); len(class) > 0 {
			reason = fmt.Sprintf("children of <%s class=%s>", n.Tag, class[0])
		}
	}
	if g.below {
		reason += ", links below the column"
	}
	if g.paged {
		reason += ", a pager behind"
	}
	return reason
}

func (d *Document) saysEmpty() bool {
	for _, b := range d.Blocks {
		if len(b.Text) < 60 && containsAny(b.Text, []string{"暂无信息", "暂无内容", "暂无数据", "没有找到", "暂无相关", "栏目暂无", "暂无文章", "暂时没有"}) {
			return true
		}
	}
	return false
}

func (p *Page) warnList(r listReading) {
	dated := 0
	for _, row := range r.rows {
		if row.Date != "" {
			dated++
		}
	}
	switch {
	case len(r.rows) == 0 && len(r.articles) == 0 && r.empty:
		p.warn("the column says that it is empty")
	case len(r.rows) == 0 && len(r.articles) == 0:
		p.warn("no rows found")
	case len(r.rows) > 0 && dated < len(r.rows):
		p.warn(fmt.Sprintf("%d of %d rows have no date", len(r.rows)-dated, len(r.rows)))
	}
}
