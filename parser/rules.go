package parser

import (
	"fmt"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// RulesConfig holds the CSS selectors that a source configures where the automatic reading is wrong. An empty selector leaves that part automatic.
type RulesConfig struct {
	Row, Link, RowDate, Next     string   // list pages: one row; in it the link and the date; the link to the next page
	Title, Body, Date, Publisher string   // article pages
	Remove                       []string // article pages: elements that are no part of the body
}

// Rules are compiled selectors. Their zero value, and a nil pointer, leave everything automatic.
type Rules struct {
	row, link, rowDate, next     cascadia.Matcher
	title, body, date, publisher cascadia.Matcher
	remove                       []cascadia.Matcher
}

// CompileRules checks and compiles the selectors of a source. The error names the bad selector.
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
	return r, nil
}

// selectNodes returns the nodes of a subtree that match, in document order.
func (d *Document) selectNodes(m cascadia.Matcher, within int) []int {
	if m == nil {
		return nil
	}
	var found []int
	for i := within; i < d.Nodes[within].End; i++ {
		if n := d.Nodes[i].html; n != nil && n.Type == html.ElementNode && m.Match(n) {
			found = append(found, i)
		}
	}
	return found
}

// selectFirst returns the first match in a subtree, or -1.
func (d *Document) selectFirst(m cascadia.Matcher, within int) int {
	if found := d.selectNodes(m, within); len(found) > 0 {
		return found[0]
	}
	return -1
}
