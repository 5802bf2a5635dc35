package parser

import (
	"slices"
	"strings"
)

// article reads the article of a page: title, body, date, publisher and author.
func (d *Document) article(in Input) (Article, articleEvidence) {
	var ev articleEvidence
	weights := d.blockWeights()
	title := d.findTitle(-1)
	start := 0
	if title.strong() {
		start = title.block
	}
	core := d.findBody(weights, start, in.Rules)
	if core.node < 0 && start > 0 {
		core = d.findBody(weights, 0, in.Rules)
	}
	if core.node >= 0 && !title.strong() {
		title = d.findTitle(core.first)
	}
	title = d.configuredTitle(title, in.Rules)
	body, from := d.bodyText(core, title, weights, in.Rules)
	a := Article{Title: title.text, Body: body}
	found := d.findDate(title, from, core, in)
	if !found.isZero() {
		a.Date, a.Time = found.String(), found.time()
	}
	a.Publisher, a.Author = d.findCredits(title, from, core, a.Body, in.Rules)
	ev.chars, ev.first, ev.last = runeCount(a.Body), core.first, core.last
	ev.container, ev.title, ev.date = core.reason, title.reason, found.reason
	ev.node, ev.agreed = core.node, title.strong()
	ev.sentences = countSentences(a.Body)
	ev.dated = !found.isZero() && found.reason != "address"
	ev.refuses = ev.chars < 200 && refuses(d.joinBlocks(core.first, core.last))
	ev.titled = title.block >= 0 && (d.Blocks[title.block].Heading > 0 || strings.Contains(title.reason, "title") || strings.Contains(title.reason, "meta"))
	ev.headed = d.isHeaded(title, from) && ev.sentences > 0
	ev.credited = ev.sentences > 1 && core.node >= 0 && d.isCredited(from)
	ev.named = title.block >= 0 && title.score >= 4 && runeCount(title.text) >= 8 && strings.Contains(found.reason, "line")
	return a, ev
}

// articleEvidence says how sure the reading of an article is.
type articleEvidence struct {
	node                   int // the element of the body; -1: none
	chars, sentences       int
	first, last            int // blocks of the body
	container, title, date string
	dated, titled          bool // the page dates it; its title stands on the page
	agreed                 bool // the page says twice what its title is
	refuses                bool // its few words say that there is nothing to read
	headed                 bool // a line of credits with the date stands between the title and the text, as on an article alone
	credited               bool // such a line stands right above the text, whether or not a title is above it
	named                  bool // a heading that <title> or a meta tag repeats stands above a line with the date: what an article has and a column has not
}

// isText tells text that is worth an article from the few words of an empty page: a form, a notice that something is missing.
func (ev articleEvidence) isText() bool {
	switch {
	case ev.sentences == 0:
		return ev.chars > 60 && (ev.dated || ev.titled)
	case ev.dated || ev.titled:
		return true
	}
	return !ev.refuses
}

// refuses tells whether a short text says that the page is missing, or shut.
func refuses(text string) bool {
	for _, r := range refusals {
		if strings.Contains(text, r.phrase) {
			return true
		}
	}
	return false
}

// joinBlocks joins the texts of some blocks, a line each.
func (d *Document) joinBlocks(from, to int) string {
	var out strings.Builder
	for i := max(from, 0); i < min(to, len(d.Blocks)); i++ {
		out.WriteString(d.Blocks[i].Text)
		out.WriteByte('\n')
	}
	return out.String()
}

// isHeaded tells whether a line with the date and hardly more stands between the title and the text.
func (d *Document) isHeaded(t title, from int) bool {
	if t.block < 0 || t.text == "" || d.Blocks[t.block].linked > 0 {
		return false
	}
	for i := t.block + 1; i < min(from, t.block+6); i++ {
		b := &d.Blocks[i]
		if b.linked*2 > b.chars() || b.chars() > 120 {
			continue
		}
		if all := findDates(b.Text, d.now); len(all) > 0 && !all[0].yearless {
			return true
		}
	}
	return false
}

// isCredited tells whether a line of credits with a date stands right above the text.
func (d *Document) isCredited(from int) bool {
	for i := from - 1; i >= max(from-2, 0); i-- {
		b := &d.Blocks[i]
		if b.linked*2 > b.chars() || !isCredits(b.Text, d) {
			continue
		}
		if all := findDates(b.Text, d.now); len(all) > 0 && !all[0].yearless {
			return true
		}
	}
	return false
}

func countSentences(s string) int {
	return strings.Count(s, "。") + strings.Count(s, "！") + strings.Count(s, "？") + strings.Count(s, "；")
}

// bodyCore is the element that holds the body.
type bodyCore struct {
	node        int
	first, last int // its blocks
	reason      string
}

// findBody finds the element with the most text and the least furniture, among the blocks from start on.
func (d *Document) findBody(weights []weight, start int, rules *Rules) bodyCore {
	if rules != nil && rules.body != nil {
		if node := d.selectFirst(rules.body, 0); node >= 0 {
			return d.core(node, "configured selector")
		}
	}
	content := make([]float64, len(d.Blocks)+1)
	noise := make([]float64, len(d.Blocks)+1)
	for i, w := range weights {
		content[i+1], noise[i+1] = content[i], noise[i]
		if i >= start {
			content[i+1] += w.content
			noise[i+1] += w.noise
		}
	}
	best, bestScore := -1, 0.0
	known, knownScore := -1, 0.0
	for i := range d.Nodes {
		n := &d.Nodes[i]
		if n.TextEnd == n.TextStart || !isContainer(n.Tag) {
			continue
		}
		first, last := d.Texts[n.TextStart].Block, d.Texts[n.TextEnd-1].Block+1
		c := content[last] - content[first]
		score := c - 0.9*(noise[last]-noise[first])
		if score > bestScore*1.0001 || score >= bestScore*0.999 && best >= 0 && i < d.Nodes[best].End {
			best, bestScore = i, score
		}
		if c > knownScore && isKnownContainer(n.Class) {
			known, knownScore = i, c
		}
	}
	if known >= 0 && (best < 0 || knownScore > 0.35*bestScore || d.inside(best, known)) {
		return d.core(known, "container ."+d.Nodes[known].Class)
	}
	if best < 0 {
		return bodyCore{node: -1}
	}
	return d.core(best, "most text, fewest links")
}

func (d *Document) inside(node, ancestor int) bool {
	return node >= ancestor && node < d.Nodes[ancestor].End
}

func (d *Document) core(node int, reason string) bodyCore {
	n := d.Nodes[node]
	if n.TextEnd == n.TextStart {
		return bodyCore{node: -1}
	}
	return bodyCore{node: node, first: d.Texts[n.TextStart].Block, last: d.Texts[n.TextEnd-1].Block + 1, reason: reason}
}

func isContainer(tag string) bool {
	switch tag {
	case "div", "td", "section", "article", "main", "body", "table", "tbody", "tr", "li", "ul", "ol", "dd", "dl", "form", "center", "font", "span", "p", "blockquote", "pre", "founder-content", "b", "strong":
		return true
	}
	return false
}

func isKnownContainer(class string) bool {
	if class == "" {
		return false
	}
	for _, c := range strings.Fields(class) {
		if _, ok := slices.BinarySearch(knownContainers, c); ok {
			return true
		}
	}
	return false
}
