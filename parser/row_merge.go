package parser

import (
	"slices"
	"strings"
)

// mergeUp is up to how many levels two lists of one shape count as one.
const mergeUp = 4

// signature is the tag path of an element with the classes of its ancestors, without the digits that number them.
func (d *Document) signature(node int) string {
	var b strings.Builder
	for i := node; i >= 0; i = d.Nodes[i].Parent {
		b.WriteString(d.Nodes[i].Tag)
		if i == node {
			b.WriteByte('<')
			continue
		}
		b.WriteByte('.')
		b.WriteString(strings.TrimRight(d.Nodes[i].Class, "0123456789_- "))
		b.WriteByte('<')
	}
	return b.String()
}

// mergeParts joins lists of one shape that stand close to each other, such as five rows a <ul> or a list a month.
func (d *Document) mergeParts(parts []group, links []link) []group {
	var merged []group
	bySignature := map[string]int{}
	for _, p := range parts {
		if at, ok := bySignature[p.signature]; ok {
			g := &merged[at]
			if p.container >= g.end && d.continuesList(g, &p, links) {
				g.rows = append(g.rows, p.rows...)
				g.last, g.end = p.last, p.end
				continue
			}
		}
		bySignature[p.signature] = len(merged)
		merged = append(merged, p)
	}
	return slices.DeleteFunc(merged, func(g group) bool { return len(g.rows) == 0 })
}

// continuesList tells whether a group goes on in a part behind it: they meet a few levels up, and where they stand in columns side by side, or words stand
// between them, they lead to the same folder. A list in the side column of an old page has the same shape as the main one.
func (d *Document) continuesList(g, p *group, links []link) bool {
	left, right, ok := d.branches(g.last, p.container)
	if !ok {
		return false
	}
	columns := d.Nodes[left].Tag == "td" || d.Nodes[left].Tag == "th"
	if columns && d.muchNarrower(left, right) {
		return false
	}
	if left != g.last && (d.boxWeight(g) < 1) != (d.boxWeight(p) < 1) {
		return false // a box of another column, and a list that is none
	}
	if g.leadToFolders(links) != p.leadToFolders(links) {
		return false // columns to choose from, and articles
	}
	if !columns && !d.wordsBetween(g.rows[len(g.rows)-1].end, p.rows[0].start) {
		return true
	}
	return g.commonFolder(links) == p.commonFolder(links)
}

// joinNext joins the best group with one of another shape that stands right before or behind it and goes on with its days, as when the newest rows have a picture
// and a summary.
func (d *Document) joinNext(groups []group, links []link) {
	if len(groups) == 0 || groups[0].dated < len(groups[0].rows) {
		return
	}
	g := groups[0]
	for _, p := range groups[1:] {
		first, second := &p, &g
		if g.end <= p.container {
			first, second = &g, &p
		}
		if p.dated < len(p.rows) || first.end > second.container || !d.goesOnIn(first, second, links) {
			continue
		}
		both := *first
		both.rows = slices.Concat(first.rows, second.rows)
		both.last, both.end, both.dated = second.last, second.end, len(both.rows)
		d.scoreGroup(&both, links)
		groups[0] = both
		return
	}
}

// goesOnIn tells whether a group, each row with its day, goes on in one of another shape right behind it.
func (d *Document) goesOnIn(g, p *group, links []link) bool {
	last, first := &g.rows[len(g.rows)-1], &p.rows[0]
	if _, _, near := d.branches(g.last, p.container); !near || last.date.String() < first.date.String() || d.wordsBetween(max(last.end, d.Nodes[g.last].TextEnd), first.start) {
		return false
	}
	return g.commonFolder(links) == p.commonFolder(links) && links[last.main].url != links[first.main].url
}

// branches gives the elements in which two others of one depth stand where their paths meet, at most mergeUp levels up.
func (d *Document) branches(a, b int) (left, right int, ok bool) {
	for range mergeUp {
		left, right = a, b
		a, b = d.Nodes[a].Parent, d.Nodes[b].Parent
		if a < 0 || b < 0 {
			return 0, 0, false
		}
		if a == b {
			return left, right, d.Nodes[a].Tag != "body" && d.Nodes[a].Tag != "html"
		}
	}
	return 0, 0, false
}

// wordsBetween tells that a text other than a date, a number or a period stands among those between two rows.
func (d *Document) wordsBetween(from, to int) bool {
	for i := from; i < min(to, from+6); i++ {
		if _, ok := readPeriod(d.Texts[i].S); !ok && hasLetters(d.Texts[i].S) {
			return true
		}
	}
	return to > from+6
}

// leadToFolders tells whether the first rows of a group lead to folders, as columns are, and not to pages in them.
func (g *group) leadToFolders(links []link) bool {
	n, first := 0, g.rows[:min(len(g.rows), 5)] // not all: a group is asked for each part that may go on with it
	for _, r := range first {
		if strings.HasSuffix(links[r.main].url, "/") {
			n++
		}
	}
	return n*2 > len(first)
}

// commonFolder is the folder, with its numbers as 0, that most rows of a group lead to; of addresses with a query, the program that answers them.
func (g *group) commonFolder(links []link) string {
	if g.folder == "" {
		counts := map[string]int{}
		for _, r := range g.rows {
			folder := links[r.main].dir
			if program, _, ok := strings.Cut(links[r.main].url, "?"); ok {
				folder = program
			}
			shape := urlShape(folder)
			counts[shape]++
			if n := counts[shape]; n > counts[g.folder] || n == counts[g.folder] && shape < g.folder {
				g.folder = shape
			}
		}
	}
	return g.folder
}
