package parser

import (
	"fmt"
	"math"
	"strings"
)

// readHTML finds out what an HTML page is and reads it.
func (p *Page) readHTML(d *Document, in Input) {
	if d.cut != "" {
		p.warn(d.cut)
	}
	if reason := d.refusal(d.runningText()); reason != "" {
		p.Kind, p.Reason = KindUnknown, reason
		return
	}
	pages := pager{at: -1}
	var list listReading
	if in.As != KindArticle {
		pages = d.findPager(in.Rules)
		d.pager = pages.at
		list = d.readList(d.links(), in)
	}
	var (
		article Article
		ev      articleEvidence
	)
	if in.As != KindList {
		article, ev = d.article(in)
		article.URL = in.URL
	}
	switch p.Kind, p.Reason = decideKind(d, in, list, article, ev); p.Kind {
	case KindList:
		if len(list.articles) > 0 {
			list.rows = nil // links beside full texts lead elsewhere
		}
		p.Rows, p.Articles, p.Next = list.rows, list.articles, pages.next
		p.Evidence.Next = pages.reason
		if len(list.rows) > 0 && len(list.best.rows) > 0 {
			p.Evidence.Rows = d.rowsEvidence(list.best)
		}
		p.warnList(list)
	case KindArticle:
		p.Articles = []Article{article}
		p.Evidence = Evidence{Title: ev.title, Date: ev.date, Body: ev.container}
		p.Next = d.nextPart(in.Rules)
		p.warnArticle(article, ev)
	}
}

// runningText counts the characters of the sentences that a page holds.
func (d *Document) runningText() int {
	chars := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.linked*2 < b.chars() && strings.ContainsAny(b.Text, "，。；") && !b.noise {
			chars += b.chars()
		}
	}
	return chars
}

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
		x, summary := d.readRow(start, end, l)
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
	if d.pager >= 0 && d.pagerFollows(&g) {
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

func (p *Page) warnArticle(a Article, ev articleEvidence) {
	if a.Date == "" {
		p.warn("no date found")
	}
	if a.Title == "" {
		p.warn("no title found")
	}
	if ev.chars < 80 {
		p.warn(fmt.Sprintf("thin: %d characters of text", ev.chars))
	}
}

// decideKind weighs what the page is when the caller does not know.
func decideKind(d *Document, in Input, list listReading, a Article, ev articleEvidence) (Kind, string) {
	switch in.As {
	case KindList:
		if len(list.articles) > 0 {
			return KindList, fmt.Sprintf("%d articles with their texts", len(list.articles))
		}
		if len(list.rows) > 0 {
			return KindList, fmt.Sprintf("%d rows", len(list.rows))
		}
		return KindList, "asked for as a list"
	case KindArticle:
		if a.Body == "" {
			return KindUnknown, "no text found"
		}
		return KindArticle, "asked for as an article"
	}
	if len(list.articles) > 1 {
		return KindList, fmt.Sprintf("%d articles with their texts", len(list.articles))
	}
	// Text in the rows themselves, their summaries, speaks for a list; text outside of them for an article.
	text := float64(ev.chars) * (1 - d.shareInRows(list.best, ev))
	text += 40 * float64(min(ev.sentences, 20)) * (1 - d.shareInRows(list.best, ev))
	listWeight := list.score * 55
	if ev.named {
		listWeight *= 0.4
	}
	if len(list.rows) < 3 && ev.sentences > 0 {
		listWeight *= 0.3
	}
	switch d.urlKind() {
	case KindList:
		listWeight *= 2
	case KindArticle:
		listWeight *= 0.4
	}
	if d.meta("articletitle") != "" || d.meta("og:type") == "article" {
		listWeight *= 0.5
	}
	switch {
	case len(list.rows) > 0 && listWeight > text:
		return KindList, fmt.Sprintf("%d rows of one shape, %d dated", len(list.rows), list.best.dated)
	case ev.sentences > 0 || ev.chars > 60:
		return KindArticle, fmt.Sprintf("%d characters of text in %s", ev.chars, ev.container)
	case list.empty:
		return KindList, "an empty column"
	}
	return KindUnknown, "neither rows nor text"
}

// shareInRows is the share of the body's blocks that stand in the rows of a list.
func (d *Document) shareInRows(g group, ev articleEvidence) float64 {
	if len(g.rows) < 3 || ev.last <= ev.first {
		return 0
	}
	in, all := 0, 0
	for i := ev.first; i < ev.last; i++ {
		chars := d.Blocks[i].chars()
		all += chars
		for _, r := range g.rows {
			if d.Blocks[i].first >= r.start && d.Blocks[i].first < r.end {
				in += chars
				break
			}
		}
	}
	return float64(in) / float64(max(all, 1))
}

// urlKind tells what an address looks like.
func (d *Document) urlKind() Kind {
	if d.url == nil || d.url.Host == "" {
		return ""
	}
	path := strings.ToLower(d.url.Path)
	last := path[strings.LastIndexByte(path, '/')+1:]
	switch {
	case last == "", strings.HasPrefix(last, "index"), strings.HasPrefix(last, "list"), strings.HasPrefix(last, "node_"), strings.HasPrefix(last, "default"), strings.HasPrefix(last, "column"):
		return KindList
	case strings.HasPrefix(last, "art_"), strings.HasPrefix(last, "content_"), !dateInURL(d.url.String(), d).isZero(), strings.HasPrefix(last, "t20"), strings.HasPrefix(last, "post_"):
		return KindArticle
	}
	return ""
}
