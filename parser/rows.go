package parser

import (
	"math"
	"slices"
	"strings"
)

// A list page repeats itself: its rows are neighbours of one shape in the tree, each with a link of its own. rows looks for such groups, scores them by
// what article rows have (dates, words of a title's length, addresses of one pattern below the page's own folder, a pager behind them) and takes the best.

const (
	maxTargets = 4   // different addresses a row may link to: picture, title, column, more
	titleLeast = 5   // characters of a row's title link
	rowMost    = 700 // characters of a row, its summary included
	mergeUp    = 4   // levels up to which two lists of the same shape count as one
	maxGroups  = 40  // groups that are scored in full, the largest first
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
	end       int // one past the last node of the last part
	signature string
	rows      []row
	score     float64
	dated     int
	below     bool // most links lead below the page's own folder
}

// findGroups finds the groups of rows of a page, best first.
func (d *Document) findGroups(links []link) []group {
	parts := d.containers(links)
	groups := d.mergeParts(parts)
	slices.SortStableFunc(groups, func(a, b group) int { return len(b.rows) - len(a.rows) })
	groups = groups[:min(len(groups), maxGroups)]
	marks := d.periodMarks()
	for i := range groups {
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
	return groups
}

// containers finds every element whose children are rows.
func (d *Document) containers(links []link) []group {
	children := make(map[int][]int) // element → indexes of the links below it
	for i, l := range links {
		for node := d.Nodes[l.node].Parent; node >= 0; node = d.Nodes[node].Parent {
			children[node] = append(children[node], i)
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
	g := group{container: node, end: d.Nodes[node].End, signature: d.signature(node)}
	linkless := 0
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
		if ok {
			g.rows = append(g.rows, row{main: main, start: d.Nodes[child].TextStart, end: d.Nodes[child].TextEnd})
		} else if titles := countTitles(below[i:j], links); titles > 1 {
			return group{}, false // a child that holds several rows: they are found deeper
		} else {
			linkless++
		}
		i = j
	}
	if len(g.rows) == 0 || linkless > len(g.rows)+2 {
		return group{}, false
	}
	return g, true
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
	best, targets := -1, 0
	var seen [maxTargets]string
	for _, i := range row {
		if !slices.Contains(seen[:targets], links[i].url) {
			if targets == maxTargets {
				return 0, false
			}
			seen[targets] = links[i].url
			targets++
		}
		if best < 0 || links[i].chars > links[best].chars {
			best = i
		}
	}
	if best < 0 || links[best].chars < titleLeast {
		return 0, false
	}
	for _, i := range row {
		if links[i].url != links[best].url && links[i].chars > 8 && links[i].chars*2 > links[best].chars {
			return 0, false
		}
	}
	// a link with a picture and a summary, and one with the title: the shorter of two long texts to the same address is the title
	for _, i := range row {
		if links[i].url == links[best].url && links[i].chars >= titleLeast && links[i].chars < links[best].chars && links[best].chars > 60 {
			best = i
		}
	}
	return best, true
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
func (d *Document) mergeParts(parts []group) []group {
	var merged []group
	bySignature := map[string]int{}
	for _, p := range parts {
		if at, ok := bySignature[p.signature]; ok {
			g := &merged[at]
			if d.near(g.container, p.container) && p.container >= g.end {
				g.rows = append(g.rows, p.rows...)
				g.end = p.end
				continue
			}
		}
		bySignature[p.signature] = len(merged)
		merged = append(merged, p)
	}
	return slices.DeleteFunc(merged, func(g group) bool { return len(g.rows) == 0 })
}

// near tells whether two elements meet at most mergeUp levels up.
func (d *Document) near(a, b int) bool {
	for range mergeUp {
		a, b = d.Nodes[a].Parent, d.Nodes[b].Parent
		if a < 0 || b < 0 {
			return false
		}
		if a == b {
			return d.Nodes[a].Tag != "body" && d.Nodes[a].Tag != "html"
		}
	}
	return false
}

// scoreGroup weighs a group as the list of the page.
func (d *Document) scoreGroup(g *group, links []link) {
	var value float64
	shapes := map[string]int{}
	common, below := 0, 0
	for _, r := range g.rows {
		l := links[r.main]
		v := math.Min(float64(l.chars), 22) / 22
		if !r.date.isZero() {
			v += 1
		}
		if d.belowColumn(l.dir) {
			v += 0.3
			below++
		}
		if strings.ContainsAny(lastSegments(l.url), "0123456789") {
			v += 0.3
		}
		if r.summary != "" {
			v += 0.25
		}
		shape := urlShape(l.url)
		shapes[shape]++
		common = max(common, shapes[shape])
		value += v
	}
	n := float64(len(g.rows))
	value /= n
	value += 0.3 * float64(common) / n
	g.score = value * math.Pow(n, 0.55) * d.placeWeight(g)
	g.below = below*2 > len(g.rows)
	if g.below {
		g.score *= 1.3
	}
	if len(g.rows) == 1 {
		g.score *= 0.6
	}
	// words of navigation: short, undated
	if g.dated == 0 && d.meanTitle(g, links) < 9 {
		g.score *= 0.25
	}
}

// belowColumn tells whether an address is below the page's own folder.
func (d *Document) belowColumn(dir string) bool {
	return d.url != nil && len(d.url.Path) > 1 && strings.HasPrefix(dir, d.url.Host+folderPath(d.url.Path))
}

func (d *Document) meanTitle(g *group, links []link) float64 {
	sum := 0
	for _, r := range g.rows {
		sum += links[r.main].chars
	}
	return float64(sum) / float64(len(g.rows))
}

func folderPath(path string) string { return path[:strings.LastIndexByte(path, '/')+1] }

// lastSegments is the end of an address that names the article: its last two path segments and the query.
func lastSegments(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		rest = rest[i+1:]
	} else {
		return ""
	}
	parts := strings.Split(rest, "/")
	return strings.Join(parts[max(0, len(parts)-2):], "/")
}

// Words in class names and ids that speak for or against a place. They only weigh: the structure decides.
var (
	sideWords = []string{"nav", "menu", "foot", "sidebar", "side-", "side_", "rank", "hot", "relat", "friend", "crumb", "recommend", "tuijian", "paihang", "xgyd", "xgwz", "yqlj", "copyright", "banner", "slide", "swiper", "calendar", "login", "comment", "toplink", "header"}
	mainWords = []string{"list", "newslist", "news_list", "main", "content", "con_list", "lieb", "liebiao"}
)

// placeWeight weighs where a group stands: in navigation, a side column or a footer less, with a pager behind it more.
func (d *Document) placeWeight(g *group) float64 {
	w := 1.0
	side, main := false, false
	for i := g.container; i >= 0; i = d.Nodes[i].Parent {
		n := &d.Nodes[i]
		switch n.Tag {
		case "nav", "footer", "aside":
			side = true
		case "body", "html":
			continue
		}
		side = side || containsAny(n.Class, sideWords) || hasWord(n.Class, "side")
		main = main || containsAny(n.Class, mainWords)
	}
	if side {
		w *= 0.4
	}
	if main {
		w *= 1.15
	}
	if d.pagerFollows(g) {
		w *= 1.6
	}
	return w
}

func containsAny(s string, words []string) bool {
	if s == "" {
		return false
	}
	for _, word := range words {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

// pagerFollows looks for a pager behind the rows, up to three elements up.
func (d *Document) pagerFollows(g *group) bool {
	if d.pager < 0 || d.pager < g.container {
		return false
	}
	up := g.container
	for range 4 {
		up = d.Nodes[up].Parent
		if up < 0 || d.Nodes[up].Tag == "body" {
			return false
		}
		if d.pager < d.Nodes[up].End {
			return d.pager >= g.end
		}
	}
	return false
}
