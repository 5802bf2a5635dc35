package parser

import (
	"slices"
	"strings"
)

// A list page repeats itself: its rows are neighbours of one shape in the tree, each with a link of its own. rows looks for such groups, scores them by
// what article rows have (dates, words of a title's length, addresses of one pattern below the page's own folder, a pager behind them) and takes the best.

const (
	maxTargets = 4   // different addresses a row may link to: picture, title, column, more
	titleLeast = 5   // characters of a row's title link
	rowMost    = 700 // characters of a row, its summary included
	maxGroups  = 40  // groups that are scored in full, the largest first
	mostAround = 100 // elements around a link that may hold the rows it is of
)

// row is one entry of a group, before its words are read.
type row struct {
	main       int    // index of the title's link
	start, end int    // texts of the row
	period     period // that stands above it
	date       date
	summary    string
}

// group is a set of rows of one shape.
type group struct {
	container int // the element whose children the rows are; of the first part, where it was merged
	last      int // the container of the last part
	end       int // one past the last node of the last part
	signature string
	folder    string // that most rows lead to; filled by commonFolder
	rows      []row
	score     float64
	dated     int
	below     bool // most links lead below the page's own folder
	paged     bool // a pager stands behind it
}

// findGroups finds the groups of rows of a page, best first.
func (d *Document) findGroups(links []link) []group {
	parts := d.containers(links)
	groups := d.mergeParts(parts, links)
	slices.SortStableFunc(groups, func(a, b group) int { return len(b.rows) - len(a.rows) })
	groups = groups[:min(len(groups), maxGroups)]
	marks := d.periodMarks()
	for i := range groups {
		groups[i].foldSame(links)
		d.findPeriods(&groups[i], marks)
		d.dateRows(&groups[i], links)
		d.scoreGroup(&groups[i], links)
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	preferDated(groups)
	d.joinNext(groups, links)
	return groups
}

// preferDated puts a group whose rows all have dates before one that has no more dated rows than these, and undated ones besides: boxes were joined to the list.
func preferDated(groups []group) {
	if len(groups) == 0 || groups[0].dated == len(groups[0].rows) {
		return
	}
	for i, g := range groups[1:] {
		if len(g.rows) > 2 && g.dated == len(g.rows) && g.dated >= groups[0].dated && g.score > groups[0].score*0.8 {
			groups[0], groups[i+1] = g, groups[0]
			return
		}
	}
}

// foldSame makes one row of neighbours that lead to one address: a picture in an element of its own, and the title in the next.
func (g *group) foldSame(links []link) {
	rows := g.rows[:1]
	for _, r := range g.rows[1:] {
		last := &rows[len(rows)-1]
		if links[r.main].url != links[last.main].url {
			rows = append(rows, r)
			continue
		}
		if main, ok := pickMain([]int{last.main, r.main}, links); ok {
			last.main = main
		}
		last.end = r.end
	}
	g.rows = rows
}

// containers finds every element whose children are rows.
func (d *Document) containers(links []link) []group {
	children := make(map[int][]int) // element → indexes of the links below it
	for i, l := range links {
		node := d.Nodes[l.node].Parent
		for range mostAround {
			if node < 0 {
				break
			}
			children[node] = append(children[node], i)
			node = d.Nodes[node].Parent
		}
	}
	var found []group
	order := make([]int, 0, len(children))
	for node := range children {
		order = append(order, node)
	}
	slices.Sort(order)
	for _, node := range order {
		if g, ok := d.rowsOf(node, children[node], links); ok {
			found = append(found, g)
		}
	}
	return found
}

// rowsOf reads the children of one element as rows, if they are.
func (d *Document) rowsOf(node int, below []int, links []link) (group, bool) {
	g := group{container: node, last: node, end: d.Nodes[node].End, signature: d.signature(node)}
	linkless, folded := 0, 0
	var short []row // that have a link of fewer words than a title's
	for i := 0; i < len(below); {
		child := d.childOf(node, links[below[i]].node)
		end := d.Nodes[child].End
		j := i
		for j < len(below) && links[below[j]].node < end {
			j++
		}
		main, ok := pickMain(below[i:j], links)
		if ok && d.charsWithin(child) > rowMost {
			return group{}, false // a child with an article's text is no row
		}
		last := len(g.rows) - 1
		switch {
		case ok && (links[main].url == d.nextPage || d.isAdvertisement(child)):
			linkless++
		case ok && last >= 0 && links[main].url == links[g.rows[last].main].url: // a title, and 继续阅读 below it
			folded++
			if both, ok := pickMain([]int{g.rows[last].main, main}, links); ok {
				main = both
			}
			g.rows[last].main, g.rows[last].end = main, d.Nodes[child].TextEnd
		case ok:
			g.rows = append(g.rows, row{main: main, start: d.Nodes[child].TextStart, end: d.Nodes[child].TextEnd})
		case countTitles(below[i:j], links) > 1:
			return group{}, false // a child that holds several rows: they are found deeper
		default:
			linkless++
			if main, ok := soleTarget(below[i:j], links); ok {
				short = append(short, row{main: main, start: d.Nodes[child].TextStart, end: d.Nodes[child].TextEnd})
			}
		}
		i = j
	}
	linkless -= g.takeShort(short, links)
	if len(g.rows) == 0 || linkless > len(g.rows)+2 || folded > 0 && folded < len(g.rows) && len(g.rows) <= 3 {
		return group{}, false // the last: it is one row itself, of a title, a link to the text and the author's name
	}
	return g, true
}

// takeShort adds rows of two to four characters, such as 图片新闻, whose addresses have the numbered pattern of the others, and tells how many.
func (g *group) takeShort(short []row, links []link) int {
	if len(short) == 0 || len(short)*3 > len(g.rows) {
		return 0
	}
	shapes, all, taken := map[string]int{}, len(g.rows), 0
	for _, r := range g.rows {
		shapes[urlShape(links[r.main].url)]++
	}
	for _, s := range short {
		shape := urlShape(links[s.main].url)
		if shapes[shape]*2 <= all || !strings.ContainsAny(lastSegments(links[s.main].url), "0123456789") {
			continue
		}
		g.rows = append(g.rows, s)
		taken++
	}
	if taken > 0 {
		slices.SortFunc(g.rows, func(a, b row) int { return a.main - b.main })
	}
	return taken
}

// soleTarget is the link with the most words of a row that leads to one address.
func soleTarget(row []int, links []link) (main int, ok bool) {
	main = row[0]
	for _, i := range row {
		if links[i].url != links[main].url {
			return 0, false
		}
		if links[i].chars > links[main].chars {
			main = i
		}
	}
	return main, links[main].chars > 1
}

// isAdvertisement tells a row that says so of itself.
func (d *Document) isAdvertisement(node int) bool {
	for i := d.Nodes[node].TextStart; i < d.Nodes[node].TextEnd; i++ {
		if t := &d.Texts[i]; t.chars == 2 && (t.S == "广告" || t.S == "推广" || t.S == "廣告") {
			return true
		}
	}
	return false
}

// charsWithin counts the characters of a subtree, up to a little more than a row may have.
func (d *Document) charsWithin(node int) int {
	n, chars := &d.Nodes[node], 0
	for i := n.TextStart; i < n.TextEnd && chars <= rowMost; i++ {
		chars += d.Texts[i].chars
	}
	return chars
}

// childOf is the child of node on the way to its descendant.
func (d *Document) childOf(node, descendant int) int {
	for d.Nodes[descendant].Parent != node {
		descendant = d.Nodes[descendant].Parent
	}
	return descendant
}

// pickMain picks the title's link among the links of one row: the longest words. A row with two addresses that both have a title's length is two rows.
func pickMain(row []int, links []link) (main int, ok bool) {
	best, heading, targets := -1, -1, 0
	var seen [maxTargets]string
	for _, i := range row {
		if links[i].chars > 0 && !slices.Contains(seen[:targets], links[i].url) {
			if targets == maxTargets {
				return 0, false
			}
			seen[targets] = links[i].url
			targets++
		}
		if best < 0 || links[i].chars > links[best].chars && !links[i].onlySays(links[best]) || links[best].onlySays(links[i]) {
			best = i
		}
		if heading < 0 && links[i].heading && links[i].chars >= titleLeast {
			heading = i
		}
	}
	if heading >= 0 && links[heading].url == links[best].url { // 继续阅读“title” is longer
		best = heading
	}
	if best < 0 || links[best].chars < titleLeast {
		return 0, false
	}
	for _, i := range row {
		if links[i].url != links[best].url && links[i].chars > 8 && links[i].chars*2 > links[best].chars {
			return 0, false
		}
	}
	// a link with a summary, and one with the title: the shorter of two long texts to the same address is the title, or the one that is no sentence
	for _, i := range row {
		if links[i].url == links[best].url && links[i].chars >= titleLeast && links[i].chars < links[best].chars && (links[best].chars > 60 || i < best && !links[i].silent && strings.HasSuffix(links[best].title, "。")) {
			best = i
		}
	}
	return best, true
}

// onlySays tells that a link shows no words, where another to the same address shows a title: those that it keeps in title= say what a picture means, unless
// they are the words of the other in full.
func (l link) onlySays(other link) bool {
	return l.silent && !other.silent && l.url == other.url && other.chars >= titleLeast && !strings.HasPrefix(l.title, strings.TrimRight(other.title, ".…·⋯ "))
}

func countTitles(row []int, links []link) int {
	n := 0
	last := ""
	for _, i := range row {
		if links[i].chars >= titleLeast && links[i].url != last {
			n++
			last = links[i].url
		}
	}
	return n
}
