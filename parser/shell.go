package parser

import "strings"

// A shell is the page of an article whose text only a script loads: <div v-html="info.content">, {{info.title}}, 正在加载…. What links stand on it are its
// furniture, and no column.

// shellAttributes name what a script writes into an element.
var shellAttributes = []string{"v-html", "ng-bind-html", ":innerhtml", "[innerhtml]"}

// loopAttributes repeat an element for every row of a list.
var loopAttributes = []string{"v-for", "ng-repeat", "wx:for", "*ngfor"}

// isShell tells whether a script is to fill in the page's text.
func (d *Document) isShell() bool {
	for i := range d.Nodes {
		n := &d.Nodes[i]
		if n.TextEnd == n.TextStart && d.hasAttr(i, shellAttributes) && !d.isRepeated(i) {
			return true
		}
	}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.linked > 0 || b.chars() > 60 || d.isRepeated(b.Node) {
			continue
		}
		if at := strings.Index(b.Text, "{{"); at >= 0 && strings.Contains(b.Text[at:], "}}") && containsAny(strings.ToLower(b.Text[at:]), []string{"content", "detail", "title", "info"}) {
			return true
		}
		if b.chars() <= 12 && containsAny(b.Text, []string{"正在加载", "加载中"}) && isTextPlace(d.Nodes[b.Node].Class) {
			return true
		}
	}
	return false
}

// isTextPlace tells by class name and id that an element is to hold an article's text.
func isTextPlace(class string) bool {
	return isKnownContainer(class) || containsAny(class, []string{"content", "detail", "article"}) && !strings.Contains(class, "list")
}

func (d *Document) hasAttr(node int, names []string) bool {
	for _, a := range d.attrs[d.Nodes[node].firstAttr:d.Nodes[node].lastAttr] {
		for _, name := range names {
			if a.name == name {
				return true
			}
		}
	}
	return false
}

// isRepeated tells whether an element, or one of the four around it, is repeated for the rows of a list.
func (d *Document) isRepeated(node int) bool {
	for range 5 {
		if node < 0 {
			return false
		}
		if d.hasAttr(node, loopAttributes) {
			return true
		}
		node = d.Nodes[node].Parent
	}
	return false
}
