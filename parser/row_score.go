package parser

import (
	"math"
	"regexp"
	"strings"
)

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
	g.score = value * math.Pow(n, 0.55) * d.placeWeight(g, links)
	g.below = below*2 > len(g.rows)
	if g.below {
		g.score *= 1.3
	}
	if len(g.rows) == 1 {
		g.score *= 0.6
	}
	if editions := d.editions(g, links); editions*2 > len(g.rows) {
		g.score *= 0.2 // the pages of a newspaper, and not the articles of this one
	}
	// words of navigation: short, undated
	if g.dated == 0 && d.meanTitle(g, links) < 9 {
		g.score *= 0.25
	}
}

var editionPage = regexp.MustCompile(`^(第?\s*[A-Z]?\d{1,3}\s*版|[A-Z]\d{1,2}\s*[:：])`)

// editions counts the rows that name a page of a newspaper: 第03版：要闻, A05：经济.
func (d *Document) editions(g *group, links []link) int {
	n := 0
	for _, r := range g.rows {
		if editionPage.MatchString(links[r.main].title) {
			n++
		}
	}
	return n
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
func (d *Document) placeWeight(g *group, links []link) float64 {
	w := 1.0
	side, main := false, false
	for i := g.container; i >= 0; i = d.Nodes[i].Parent {
		n := &d.Nodes[i]
		switch n.Tag {
		case "nav", "footer", "aside":
			side = true
		case "td":
			side = side || d.isNarrow(i)
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
	w *= d.boxWeight(g)
	if g.paged = d.pagerFollows(g, links); g.paged {
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

// pagerFollows looks for a pager behind the rows, up to three elements up, with no other list in between.
func (d *Document) pagerFollows(g *group, links []link) bool {
	if d.pager < g.container || d.titlesBetween(g.rows[len(g.rows)-1].main, links) > 3 {
		return false
	}
	if d.pager < g.end {
		return d.pager < len(d.Nodes) && d.Nodes[d.pager].TextStart >= g.rows[len(g.rows)-1].end
	}
	up := g.container
	for range 4 {
		up = d.Nodes[up].Parent
		if up < 0 || d.Nodes[up].Tag == "body" {
			return false
		}
		if d.pager < d.Nodes[up].End {
			return true
		}
	}
	return false
}

// titlesBetween counts the links with a title's length between a link and the pager behind it, up to a few.
func (d *Document) titlesBetween(main int, links []link) int {
	n := 0
	for i := main + 1; i < len(links) && links[i].node < d.pager && n < 5; i++ {
		if links[i].chars >= titleLeast && links[i].url != links[main].url && links[i].url != d.nextPage {
			n++
		}
	}
	return n
}
