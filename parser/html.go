package parser

import (
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// documentFromHTML is the HTML front end: it walks the tree that golang.org/x/net/html builds (the HTML5 tree construction) and keeps elements, runs of
// text and blocks. A page nested deeper than that parser takes is read flat, by its tokens.
func documentFromHTML(text string, base *url.URL, now time.Time) *Document {
	d := &Document{url: base, now: now, pager: -1}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		d.cut = "nested too deep: read without its structure"
		root = flatTree(text)
	}
	w := walker{doc: d, link: -1, block: -1, parent: -1}
	w.walk(root)
	d.finishBlocks()
	return d
}

// walker fills a Document from a tree.
type walker struct {
	doc    *Document
	parent int // current element
	link   int // enclosing <a>
	block  int // open block; -1: the next text opens one
	item   bool
	depth  int
	pre    bool
}

// walk visits the children of n without recursion into siblings; the depth of the tree is limited by the parser (512).
func (w *walker) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
		return
	case html.ElementNode:
		w.element(n)
		return
	case html.DocumentNode:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			w.walk(c)
		}
	}
}

func (w *walker) element(n *html.Node) {
	d := w.doc
	switch n.DataAtom {
	case atom.Script:
		d.scripts = append(d.scripts, script{kind: attrOf(n, "type"), text: childText(n), at: len(d.Nodes)})
		w.scriptRecords(n)
		w.documentWrite(n)
		return
	case atom.Title:
		if d.title == "" {
			d.title = collapse(childText(n))
		}
		return
	case atom.Meta:
		d.addMeta(n)
		return
	case atom.Link:
		if strings.EqualFold(attrOf(n, "rel"), "next") {
			d.next = attrOf(n, "href")
		}
		return
	case atom.Base:
		d.rebase(attrOf(n, "href"))
		return
	case atom.Input:
		if strings.EqualFold(attrOf(n, "type"), "password") {
			d.passwords++
		}
	case atom.Frame, atom.Frameset, atom.Iframe:
		d.frames = true
	case atom.Style, atom.Noscript, atom.Template, atom.Object, atom.Select, atom.Textarea, atom.Svg, atom.Math, atom.Canvas, atom.Audio, atom.Video:
		return
	case atom.Br, atom.Hr:
		w.block = -1
		return
	}
	if n.DataAtom != atom.Iframe {
		w.enter(n)
	}
}

// enter adds an element with its subtree.
func (w *walker) enter(n *html.Node) {
	d := w.doc
	saved := *w
	i := len(d.Nodes)
	d.Nodes = append(d.Nodes, Node{
		Tag: n.Data, Class: classOf(n), Parent: w.parent, Depth: w.depth, TextStart: len(d.Texts), html: n,
		hidden: isHidden(n) || w.parent >= 0 && d.Nodes[w.parent].hidden,
	})
	w.parent, w.depth = i, w.depth+1
	block := isBlockTag(n.DataAtom)
	if block {
		w.block = -1
		w.item = w.item || n.DataAtom == atom.Li
	}
	if n.DataAtom == atom.A && (attrOf(n, "href") != "" || attrOf(n, "onclick") != "") {
		w.link = i
	}
	w.pre = w.pre || n.DataAtom == atom.Pre
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
	d.Nodes[i].End = len(d.Nodes)
	d.Nodes[i].TextEnd = len(d.Texts)
	item, open := w.item, w.block
	*w = saved
	w.item, w.block = item, open
	if block {
		w.block = -1
		if n.DataAtom == atom.Li {
			w.item = false
		}
	}
}

// text adds a run of text to the open block, or opens one.
func (w *walker) text(s string) {
	d := w.doc
	if w.parent < 0 || d.Nodes[w.parent].hidden {
		return
	}
	if w.pre {
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				w.block = -1
			}
			w.run(line)
		}
		return
	}
	w.run(s)
}

func (w *walker) run(s string) {
	d := w.doc
	core := collapse(s)
	if core == "" {
		if w.block >= 0 && s != "" && len(d.Texts) > 0 {
			last := &d.Texts[len(d.Texts)-1]
			if !strings.HasSuffix(last.S, " ") {
				last.S += " "
			}
		}
		return
	}
	if w.block >= 0 && isSpace(rune(s[0])) {
		core = " " + core
	}
	if isSpace(rune(s[len(s)-1])) {
		core += " "
	}
	if w.block < 0 {
		w.block = len(d.Blocks)
		d.Blocks = append(d.Blocks, Block{Node: w.blockNode(), Item: w.item, first: len(d.Texts)})
		w.item = false
	}
	d.Texts = append(d.Texts, Text{S: core, chars: runeCount(core), Node: w.parent, Link: w.link, Block: w.block})
}

// blockNode is the innermost block element around the current one.
func (w *walker) blockNode() int {
	i := w.parent
	for i > 0 && !isBlockTag(w.doc.Nodes[i].html.DataAtom) {
		i = w.doc.Nodes[i].Parent
	}
	return i
}

// finishBlocks joins the texts of each block.
func (d *Document) finishBlocks() {
	for i := range d.Texts {
		d.Blocks[d.Texts[i].Block].last = i + 1
	}
	unclosed := d.unclosedLinks()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.last == b.first+1 {
			b.Text = strings.TrimSpace(d.Texts[b.first].S)
		} else {
			var joined strings.Builder
			for j := b.first; j < b.last; j++ {
				joined.WriteString(d.Texts[j].S)
			}
			b.Text = collapse(joined.String())
		}
		b.length = runeCount(b.Text)
		b.noise = isNoise(b.Text)
		for j := b.first; j < b.last; j++ {
			if link := d.Texts[j].Link; link >= 0 && !unclosed[link] {
				b.linked += d.Texts[j].chars
			}
		}
		b.Heading = d.headingLevel(b.Node)
	}
}

// unclosedLinks finds links that hold more text than a link can: somebody forgot to close them.
func (d *Document) unclosedLinks() map[int]bool {
	chars := map[int]int{}
	unclosed := map[int]bool{}
	for i := range d.Texts {
		if link := d.Texts[i].Link; link >= 0 {
			chars[link] += d.Texts[i].chars
			if chars[link] > 400 {
				unclosed[link] = true
			}
		}
	}
	return unclosed
}

// headingLevel is the level of the h1 to h6 around a node, two levels up at the most.
func (d *Document) headingLevel(node int) int {
	for range 3 {
		if node < 0 {
			return 0
		}
		if tag := d.Nodes[node].Tag; len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' {
			return int(tag[1] - '0')
		}
		node = d.Nodes[node].Parent
	}
	return 0
}

func (d *Document) addMeta(n *html.Node) {
	name := attrOf(n, "name")
	if name == "" {
		name = attrOf(n, "property")
	}
	if name == "" {
		name = attrOf(n, "itemprop")
	}
	if name != "" {
		d.metas = append(d.metas, meta{strings.ToLower(strings.TrimSpace(name)), collapse(attrOf(n, "content"))})
	}
}

func (d *Document) rebase(href string) {
	if d.url == nil || href == "" {
		return
	}
	if base, err := d.url.Parse(href); err == nil {
		d.url = base
	}
}

// documentWrite gives the text that a script inside a link writes: the words of such a link stand in its title.
func (w *walker) documentWrite(n *html.Node) {
	if w.link < 0 || w.link != w.parent {
		return
	}
	if title := w.doc.attr(w.link, "title"); title != "" && w.doc.Nodes[w.link].TextStart == len(w.doc.Texts) {
		w.run(title)
	}
}

func attrOf(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func classOf(n *html.Node) string {
	var class, id string
	for _, a := range n.Attr {
		switch a.Key {
		case "class":
			class = a.Val
		case "id":
			id = a.Val
		}
	}
	if class == "" && id == "" {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(class + " " + id))
}

func childText(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	if n.FirstChild == n.LastChild {
		return n.FirstChild.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			style := strings.ToLower(strings.ReplaceAll(a.Val, " ", ""))
			return strings.Contains(style, "display:none")
		}
	}
	return false
}

func isBlockTag(a atom.Atom) bool {
	switch a {
	case atom.Html, atom.Body, atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Dd, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl,
		atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup,
		atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th,
		atom.Thead, atom.Tr, atom.Ul, atom.Caption, atom.Map:
		return true
	}
	return false
}

// flatTree makes a tree of one level out of a page that nests too deep: the tokens of the page, each block as a child of the body.
func flatTree(text string) *html.Node {
	root := &html.Node{Type: html.DocumentNode}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	root.AppendChild(body)
	z := html.NewTokenizer(strings.NewReader(text))
	current := body
	for {
		switch z.Next() {
		case html.ErrorToken:
			return root
		case html.TextToken:
			current.AppendChild(&html.Node{Type: html.TextNode, Data: string(z.Text())})
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			n := &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr}
			switch {
			case t.DataAtom == atom.A, t.DataAtom == atom.Script, t.DataAtom == atom.Style, t.DataAtom == atom.Title:
				body.AppendChild(n)
				current = n
			case isBlockTag(t.DataAtom):
				body.AppendChild(n)
				current = n
			case t.DataAtom == atom.Br, t.DataAtom == atom.Meta:
				current.AppendChild(n)
			}
		case html.EndTagToken:
			if current != body {
				current = body
			}
		}
	}
}
