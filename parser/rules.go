package parser

import (
	"fmt"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// RulesConfig holds the CSS selectors that a source configures where the automatic reading is wrong, and the jq expressions for an answer in JSON. An empty
// one leaves that part automatic.
type RulesConfig struct {
	Row, Link, RowDate, Next     string   // list pages: one row; in it the link and the date; the link to the next page
	Title, Body, Date, Publisher string   // article pages
	Remove                       []string // article pages: elements that are no part of the body
	JSON                         JSONConfig
}

// Rules are compiled selectors. Their zero value, and a nil pointer, leave everything automatic.
type Rules struct {
	row, link, rowDate, next     cascadia.Matcher
	title, body, date, publisher cascadia.Matcher
	remove                       []cascadia.Matcher
	json                         *jsonRules // nil: automatic
}

// CompileRules checks and compiles the selectors and expressions of a source. The error names the bad one.
func CompileRules(c RulesConfig) (*Rules, error) {
	r := &Rules{}
	for _, s := range []struct {
		name, selector string
		to             *cascadia.Matcher
	}{
		{"list.row", c.Row, &r.row},
		{"list.link", c.Link, &r.link},
		{"list.date", c.RowDate, &r.rowDate},
		{"list.next", c.Next, &r.next},
		{"article.title", c.Title, &r.title},
		{"article.body", c.Body, &r.body},
		{"article.date", c.Date, &r.date},
		{"article.publisher", c.Publisher, &r.publisher},
	} {
		if s.selector == "" {
			continue
		}
		m, err := cascadia.ParseGroup(s.selector)
		if err != nil {
			return nil, fmt.Errorf("%s: bad selector %q: %w", s.name, s.selector, err)
		}
		*s.to = m
	}
	for _, selector := range c.Remove {
		m, err := cascadia.ParseGroup(selector)
		if err != nil {
			return nil, fmt.Errorf("article.remove: bad selector %q: %w", selector, err)
		}
		r.remove = append(r.remove, m)
	}
	var err error
	if r.json, err = compileJSON(c.JSON); err != nil {
		return nil, err
	}
	return r, nil
}

// selectNodes returns the nodes of a subtree that match, in document order.
func (d *Document) selectNodes(m cascadia.Matcher, within int) []int {
	if m == nil {
		return nil
	}
	if d.selectors == nil {
		d.selectors = d.htmlTree()
	}
	var found []int
	for i := within; i < d.Nodes[within].End; i++ {
		if m.Match(d.selectors[i]) {
			found = append(found, i)
		}
	}
	return found
}

// htmlTree gives the nodes of the document as a tree of golang.org/x/net/html, on which selectors work.
func (d *Document) htmlTree() []*html.Node {
	root := &html.Node{Type: html.DocumentNode}
	tree := make([]*html.Node, len(d.Nodes))
	for i := range d.Nodes {
		n := &d.Nodes[i]
		tree[i] = &html.Node{Type: html.ElementNode, Data: n.Tag, DataAtom: atom.Lookup([]byte(n.Tag))}
		for _, a := range d.attrs[n.firstAttr:n.lastAttr] {
			tree[i].Attr = append(tree[i].Attr, html.Attribute{Key: a.name, Val: a.value})
		}
		if n.Parent < 0 {
			root.AppendChild(tree[i])
		} else {
			tree[n.Parent].AppendChild(tree[i])
		}
	}
	for i := range d.Texts { // for :contains and :empty
		tree[d.Texts[i].Node].AppendChild(&html.Node{Type: html.TextNode, Data: d.Texts[i].S})
	}
	return tree
}

// selectFirst returns the first match in a subtree, or -1.
func (d *Document) selectFirst(m cascadia.Matcher, within int) int {
	if found := d.selectNodes(m, within); len(found) > 0 {
		return found[0]
	}
	return -1
}
