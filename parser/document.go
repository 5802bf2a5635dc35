package parser

import (
	"net/url"
	"time"

	"golang.org/x/net/html"
)

// Document is a page or a dump as a sequence of text blocks. Both front ends, text lines and HTML, make one; every rule after that reads it.
type Document struct {
	Blocks []Block
	Nodes  []Node // elements in document order, the root first; a dump has none
	Texts  []Text // runs of text in document order; a dump has none

	url        *url.URL // base of relative links; nil: none
	now        time.Time
	attrs      []attribute  // of all nodes
	selectors  []*html.Node // the nodes as selectors want them; built when the first is asked for
	title      string       // of <title>
	metas      []meta
	scripts    []script
	functions  map[string]string // of the scripts, by their names; filled by functionBody
	next       string            // href of <link rel=next>
	proxy      string            // address of the next group of a Hanweb list
	frames     bool              // a <frame> or <iframe> stands in it
	passwords  int               // fields for a password that are shown
	pager      int               // node of the pager; -1: none
	nextPage   string            // where it leads
	furniture  []bool            // by node: it stands in a place that holds no article text; filled by blockWeights
	beside     []bool            // by node: it repeats a shape beside the article; nil: none does; filled by blockWeights
	lastRow    int               // one more than the row that isDataRowOnce looked at last
	lastIsData bool
	cut        []string // what was left out of it, in words
}

// Block is a run of text between two block boundaries: a line of a dump; a paragraph, heading, table cell or list item of a page.
type Block struct {
	Text     string // white space collapsed
	Line     int    // 1-based line of the dump; 0 in a page
	Item     bool   // a list item starts here
	ornament bool   // its bullet is one that marks points of a text as well as records
	Heading  int    // 1 to 6; 0: no heading
	Node     int    // innermost block element of a page
	length   int    // characters of Text
	linked   int    // characters of Text that stand in links
	noise    bool   // page furniture by its words
	first    int    // first of Texts
	last     int    // one past the last of Texts
}

// Text is one run of text inside one element.
type Text struct {
	S     string // white space collapsed; a leading or trailing space is kept as one space
	Node  int    // the element that holds it
	chars int    // characters of S
	Link  int    // index of the <a> or clickable element around it; -1: none
	Block int
}

// Node is one element of a page. Its subtree is Nodes[i:End].
type Node struct {
	Tag       string
	Class     string // class and id, lower case
	Parent    int    // -1: the root
	End       int    // one past the last node of the subtree
	Depth     int
	TextStart int // the texts of the subtree are Texts[TextStart:TextEnd]
	TextEnd   int
	hidden    bool // not shown, or not text
	clickable bool // no <a>, but leads to a page when it is clicked
	firstAttr int  // its attributes are attrs[firstAttr:lastAttr] of the Document
	lastAttr  int
}

type meta struct{ name, content string }

type script struct {
	kind, text string
	at         int // index of the next node: where it stands
}

// chars is the length of the text in characters.
func (b *Block) chars() int { return b.length }

// meta returns the first non-empty content among meta tags of these names (lower case). The text "null" counts as empty.
func (d *Document) meta(names ...string) string {
	for _, name := range names {
		for _, m := range d.metas {
			if m.name == name && m.content != "" && m.content != "null" {
				return m.content
			}
		}
	}
	return ""
}

// attr returns an attribute of a node.
func (d *Document) attr(node int, name string) string {
	return valueOf(d.attrs[d.Nodes[node].firstAttr:d.Nodes[node].lastAttr], name)
}

// text joins the texts of a subtree; block boundaries become one space.
func (d *Document) text(node int) string {
	n := d.Nodes[node]
	return d.joinTexts(n.TextStart, n.TextEnd)
}

func (d *Document) joinTexts(from, to int) string {
	var out []byte
	for i := from; i < to; i++ {
		if i > from && d.Texts[i].Block != d.Texts[i-1].Block {
			out = append(out, ' ')
		}
		out = append(out, d.Texts[i].S...)
	}
	return collapse(string(out))
}
