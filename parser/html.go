package parser

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Limits of one page. Each part costs some 250 bytes in all that is made of it, each link 2,000 and more, whatever the page's own length.
const (
	mostParts      = 400_000 // elements and runs of text
	mostLinks      = 30_000  // a list with a picture link and a title link a row has half as many rows
	mostAttributes = 100     // of one element; a name that comes twice is looked for among them
)

// documentFromHTML is the HTML front end: it builds the elements, runs of text and blocks of a page in one walk over its tokens, in time and memory
// proportional to its size, up to the limits.
func documentFromHTML(text string, base *url.URL, now time.Time) *Document {
	d := &Document{url: base, now: now, pager: -1}
	d.Nodes = make([]Node, 0, min(len(text)/60, mostParts))
	d.Texts = make([]Text, 0, min(len(text)/160, mostParts))
	w := walker{doc: d, link: -1, block: -1, parent: -1}
	w.open("html", nil)
	w.read(text)
	w.popTo(0)
	if w.tooDeep {
		d.cut = append(d.cut, "nested too deep: tags below the 512th level were passed over")
	}
	d.finishBlocks()
	return d
}

// walker fills a Document from a page's tokens.
type walker struct {
	doc      *Document
	stack    []openElement
	parent   int // current element
	link     int // enclosing <a>
	block    int // open block; -1: the next text opens one
	item     bool
	pre      bool
	overflow int // open elements beyond maxDepth
	tooDeep  bool
	links    int
	full     bool // the rest of the page is not read
	kept     bool // what is read is a text that a field or a script keeps
}

// openElement is an element whose end tag was not met yet, with what holds again after it.
type openElement struct {
	tag    string
	node   int
	parent int
	link   int
	pre    bool
}

// read reads a page, or a piece of markup in the place where the walker stands.
func (w *walker) read(text string) {
	z := scanner{s: text}
	for !w.isFull() {
		kind, s := z.next()
		switch kind {
		case textToken:
			w.text(s)
		case startToken:
			w.start(s, &z)
		case endToken:
			w.end(s)
		case endOfPage:
			return
		}
	}
}

// isFull tells whether a limit is reached, and says so in the document.
func (w *walker) isFull() bool {
	d := w.doc
	switch {
	case w.full:
	case w.links > mostLinks:
		w.full = true
		d.cut = append(d.cut, fmt.Sprintf("more than %d links: what comes behind them was passed over", mostLinks))
	case len(d.Nodes)+len(d.Texts) > mostParts:
		w.full = true
		d.cut = append(d.cut, fmt.Sprintf("more than %d elements and texts: what comes behind them was passed over", mostParts))
	}
	return w.full
}

// start handles a start tag.
func (w *walker) start(tag string, z *scanner) {
	d := w.doc
	if isRaw(tag) {
		w.raw(tag, z.attrs, z.rawText(tag))
		return
	}
	switch tag {
	case "html", "head":
		return
	case "body":
		w.open(tag, z.attrs)
		return
	case "meta":
		d.addMeta(z.attrs)
		return
	case "link":
		if strings.EqualFold(valueOf(z.attrs, "rel"), "next") {
			d.next = valueOf(z.attrs, "href")
		}
		return
	case "base":
		d.rebase(valueOf(z.attrs, "href"))
		return
	case "br", "hr":
		w.impliedEnds(tag)
		w.block = -1
		return
	case "frame", "frameset":
		d.frames = true
	case "input":
		if strings.EqualFold(valueOf(z.attrs, "type"), "hidden") {
			w.keptText(valueOf(z.attrs, "value"))
		}
		if strings.EqualFold(valueOf(z.attrs, "type"), "password") && !d.Nodes[w.parent].hidden {
			d.passwords++
		}
	}
	w.impliedEnds(tag)
	w.open(tag, z.attrs)
	if isVoid(tag) && w.overflow == 0 {
		w.pop()
	}
}

// raw takes the content of an element that holds no tags.
func (w *walker) raw(tag string, attrs []attribute, content string) {
	d := w.doc
	switch tag {
	case "script":
		d.scripts = append(d.scripts, script{kind: valueOf(attrs, "type"), text: content, at: len(d.Nodes)})
		w.scriptRecords(content)
		w.scriptText(content)
		w.documentWrite()
	case "xml": // a data island of old pages
		d.scripts = append(d.scripts, script{kind: xmlKind, text: content, at: len(d.Nodes)})
	case "title":
		if d.title == "" {
			d.title = collapse(unescape(content))
		}
	case "iframe":
		d.frames = true
	}
}

// open adds an element and makes it the current one.
func (w *walker) open(tag string, attrs []attribute) {
	d := w.doc
	if len(w.stack) >= maxDepth {
		w.tooDeep = true
		if !isVoid(tag) {
			w.overflow++
		}
		if isBlockTag(tag) {
			w.block = -1
		}
		return
	}
	i := len(d.Nodes)
	first := len(d.attrs)
	d.attrs = append(d.attrs, attrs...)
	d.Nodes = append(d.Nodes, Node{
		Tag: tag, Class: classOf(attrs), Parent: w.parent, Depth: len(w.stack), TextStart: len(d.Texts), firstAttr: first, lastAttr: len(d.attrs),
		hidden: isSilent(tag) || isHidden(attrs) || w.parent >= 0 && d.Nodes[w.parent].hidden,
	})
	w.stack = append(w.stack, openElement{tag: tag, node: i, parent: w.parent, link: w.link, pre: w.pre})
	w.parent = i
	switch {
	case isBlockTag(tag):
		w.block = -1
		w.item = w.item || tag == "li"
		w.pre = w.pre || tag == "pre"
	case tag == "a" && (valueOf(attrs, "href") != "" || valueOf(attrs, "onclick") != ""):
		w.link = i
		w.links++
	}
	if tag != "a" && w.link < 0 && isClickable(tag, attrs) {
		d.Nodes[i].clickable = true
		w.link = i
		w.links++
	}
}

// pop ends the current element.
func (w *walker) pop() {
	d := w.doc
	e := w.stack[len(w.stack)-1]
	w.stack = w.stack[:len(w.stack)-1]
	d.Nodes[e.node].End = len(d.Nodes)
	d.Nodes[e.node].TextEnd = len(d.Texts)
	w.parent, w.link, w.pre = e.parent, e.link, e.pre
	if isBlockTag(e.tag) {
		w.block = -1
		if e.tag == "li" {
			w.item = false
		}
	}
}

// text adds a run of text to the open block, or opens one.
func (w *walker) text(s string) {
	if w.doc.Nodes[w.parent].hidden {
		return
	}
	if !w.pre {
		w.run(s)
		return
	}
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			w.block = -1
		}
		w.run(line)
	}
}

func (w *walker) run(s string) {
	d := w.doc
	core := collapse(trimBlanks(s)) // most texts are whole after that, and need no copy
	if core == "" {
		if w.block >= 0 && s != "" && len(d.Texts) > 0 {
			last := &d.Texts[len(d.Texts)-1]
			if !strings.HasSuffix(last.S, " ") {
				last.S += " "
			}
		}
		return
	}
	chars := runeCount(core)
	if w.block >= 0 && s[0] <= ' ' {
		core = " " + core
	}
	if s[len(s)-1] <= ' ' {
		core += " "
	}
	if w.block < 0 {
		w.block = len(d.Blocks)
		d.Blocks = append(d.Blocks, Block{Node: w.blockNode(), Item: w.item, first: len(d.Texts)})
		w.item = false
	}
	d.Texts = append(d.Texts, Text{S: core, chars: chars, Node: w.parent, Link: w.link, Block: w.block})
}

// blockNode is the innermost block element around the current one.
func (w *walker) blockNode() int {
	i := w.parent
	for i > 0 && !isBlockTag(w.doc.Nodes[i].Tag) {
		i = w.doc.Nodes[i].Parent
	}
	return i
}

// documentWrite gives the text that a script inside a link writes: the words of such a link stand in its title.
func (w *walker) documentWrite() {
	if w.link < 0 || w.link != w.parent {
		return
	}
	if title := w.doc.attr(w.link, "title"); title != "" && w.doc.Nodes[w.link].TextStart == len(w.doc.Texts) {
		w.run(title)
	}
}
