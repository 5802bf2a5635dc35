package parser

import "strings"

// weight is what a block counts for an article's body: text counts, furniture and links count against it.
type weight struct{ content, noise float64 }

// Words in class names and ids of places that hold no article text.
var furnitureWords = []string{"foot", "copyright", "nav", "menu", "crumb", "breadcrumb", "sidebar", "relat", "recommend", "comment", "disclaimer", "rank", "friend", "banner", "toolbar", "hotnews", "login", "bdshare", "pagination", "tags", "advert"}

// isFurniturePlace tells by class name and id that a place holds no article text.
func isFurniturePlace(class string) bool {
	return class != "" && (containsAny(class, furnitureWords) && !strings.Contains(class, "footnote") || hasWord(class, "share"))
}

// Words of furniture that pages also give to the element around all they hold: <div class="sidebar inner">.
var frameWords = []string{"sidebar", "nav", "menu", "banner"}

func isFrame(class string) bool {
	return containsAny(class, frameWords) && !containsAny(class, []string{"foot", "comment", "relat", "recommend"})
}

// runningSums gives, for every block, how many characters of running text stand before it outside of links.
func (d *Document) runningSums() []int {
	sums := make([]int, len(d.Blocks)+1)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		sums[i+1] = sums[i]
		if !b.noise && b.linked*2 < b.chars() && b.chars() >= 20 && strings.ContainsAny(b.Text, "，。；") {
			sums[i+1] += b.chars()
		}
	}
	return sums
}

// holdsMost tells whether most of the page's running text stands in an element.
func (d *Document) holdsMost(n *Node, running []int) bool {
	all := running[len(running)-1]
	if n.TextEnd == n.TextStart || all == 0 {
		return false
	}
	within := running[d.Texts[n.TextEnd-1].Block+1] - running[d.Texts[n.TextStart].Block]
	return within*5 > all*3
}

// blockWeights weighs every block by its text alone and by the names of the places around it.
func (d *Document) blockWeights() []weight {
	d.furniture = make([]bool, len(d.Nodes))
	furniture := d.furniture
	running := d.runningSums()
	d.beside = d.markBeside(running)
	for i := range d.Nodes {
		n := &d.Nodes[i]
		if n.Parent >= 0 && furniture[n.Parent] {
			furniture[i] = true
			continue
		}
		switch n.Tag {
		case "body", "html", "form":
			continue
		case "nav", "footer", "aside":
			furniture[i] = true
			continue
		}
		furniture[i] = isFurniturePlace(n.Class) && (!isFrame(n.Class) || !d.holdsMost(n, running))
	}
	weights := make([]weight, len(d.Blocks))
	notice := -1 // the last node of a legal notice
	for i := range d.Blocks {
		if end := d.noticeEnd(i); end > 0 {
			notice = end
		}
		if b := &d.Blocks[i]; b.Node < notice {
			weights[i].noise = float64(b.chars())
		} else if d.beside != nil && d.beside[b.Node] {
			weights[i].noise = float64(b.linked)
		} else {
			weights[i] = d.weigh(b, furniture[b.Node])
		}
	}
	return weights
}

// noticeHeads are in the line over a legal notice: 某某网版权及免责声明：
var noticeHeads = []string{"免责声明", "免責聲明", "版权声明", "版權聲明", "版权及免责", "版权与免责"}

// noticeEnd tells whether a block is the line over a legal notice, with running text behind it in the same place, and gives one past the last node of that
// place; else 0. A page may be about such a notice, as <title> says then.
func (d *Document) noticeEnd(i int) int {
	b := &d.Blocks[i]
	if b.length > 20 || i == 0 || !containsAny(b.Text, noticeHeads) || containsAny(d.title, noticeHeads) {
		return 0
	}
	place := b.Node
	if end := d.Texts[b.last-1].Block; d.Nodes[place].TextEnd <= d.Blocks[end].last && d.Nodes[place].Parent > 0 {
		place = d.Nodes[place].Parent
	}
	if d.Nodes[place].TextStart < b.first && place != b.Node {
		return 0 // it stands at the end of the article's own place, where it is an end mark
	}
	return d.Nodes[place].End
}

func (d *Document) weigh(b *Block, furniture bool) weight {
	chars := b.chars()
	plain := float64(chars - b.linked)
	linked := float64(b.linked)
	switch {
	case chars == 0:
		return weight{}
	case b.noise:
		return weight{noise: plain + linked}
	case linked > 0.5*float64(chars):
		return weight{noise: linked}
	}
	marks := countMarks(b.Text)
	w := weight{noise: linked}
	switch {
	case marks > 0 && chars >= 15 || chars >= 40:
		w.content = plain + 6*float64(min(marks, 20))
	case marks > 0:
		w.content = 0.7 * plain
	default:
		w.content = 0.3 * plain
	}
	if furniture {
		w.content *= 0.15
		w.noise += plain * 0.5
	}
	return w
}

// countMarks counts the marks of running text.
func countMarks(s string) int {
	n := 0
	for _, c := range s {
		switch c {
		case '，', '。', '；', '！', '？', '、', ',', '“', '”':
			n++
		}
	}
	return n
}
