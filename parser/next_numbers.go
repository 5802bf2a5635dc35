package parser

import (
	"regexp"
	"strconv"
	"strings"
)

// pagerFromNumbers reads a row of page numbers: the link with the number after the current one.
func (d *Document) pagerFromNumbers() pager {
	links, at := d.numberLinks()
	if len(links) == 0 {
		return pager{at: -1}
	}
	current := d.unlinkedNumber(at, links)
	if current == 0 {
		current = d.currentPage(links)
	}
	p := pager{at: at, reason: "page numbers"}
	if node, ok := links[current+1]; ok {
		p.next = d.pagerTarget(node)
	}
	return p
}

// numberLinks finds the largest set of neighbouring links whose words are page numbers.
func (d *Document) numberLinks() (links map[int]int, at int) {
	byParent := map[int]map[int]int{}
	best := -1
	for i := range d.Nodes {
		n := &d.Nodes[i]
		if n.Tag != "a" || n.TextEnd == n.TextStart {
			continue
		}
		number, err := strconv.Atoi(strings.Trim(d.text(i), " []【】()"))
		if err != nil || number < 1 || number > 9999 {
			continue
		}
		parent := n.Parent
		if tag := d.Nodes[parent].Tag; tag == "li" || tag == "span" || tag == "td" {
			parent = d.Nodes[parent].Parent
		}
		set := byParent[parent]
		if set == nil {
			set = map[int]int{}
			byParent[parent] = set
		}
		if _, seen := set[number]; !seen {
			set[number] = i
		}
		if best < 0 || len(set) > len(byParent[best]) {
			best = parent
		}
	}
	if best < 0 || !d.countsPages(byParent[best]) {
		return nil, -1
	}
	return byParent[best], best
}

var calendarField = regexp.MustCompile(`(?i)[?&](day|date|month|year|d|m|y)=`)

// countsPages tells page numbers from days of a calendar and other numbers: they go on from 1 or 2, and their targets differ by the number.
func (d *Document) countsPages(links map[int]int) bool {
	_, one := links[1]
	_, two := links[2]
	if len(links) > 25 || !one && !two && len(links) < 3 {
		return false
	}
	shapes := map[string]bool{}
	for _, node := range links {
		target := d.pagerTarget(node)
		if calendarField.MatchString(target) {
			return false
		}
		shapes[urlShape(target)] = true
	}
	return len(shapes) <= 3
}

// unlinkedNumber is the one page number of a pager that is no link: the page itself; 0: there is none, or more than one.
func (d *Document) unlinkedNumber(pager int, links map[int]int) int {
	found := 0
	n := &d.Nodes[pager]
	for i := n.TextStart; i < n.TextEnd; i++ {
		if d.Texts[i].Link >= 0 || d.Texts[i].chars > 6 {
			continue
		}
		number, err := strconv.Atoi(strings.Trim(d.Texts[i].S, " []【】()"))
		if err != nil || number < 1 || links[number] > 0 {
			continue
		}
		if found > 0 {
			return 0
		}
		found = number
	}
	return found
}

// currentPage finds which page this is: the number that is no link, or is marked, or leads to the page itself.
func (d *Document) currentPage(links map[int]int) int {
	for number, node := range links {
		class := d.Nodes[node].Class + " " + d.Nodes[d.Nodes[node].Parent].Class
		for _, word := range [...]string{"cur", "active", "on", "this", "now", "selected", "hover", "thisclass"} {
			if hasWord(class, word) {
				return number
			}
		}
		if d.url != nil && d.pagerTarget(node) == d.url.String() {
			return number
		}
	}
	for number := 1; number <= len(links)+1; number++ {
		if _, linked := links[number]; !linked {
			if _, after := links[number+1]; after {
				return number
			}
		}
	}
	return 1
}

// hasWord tells whether a class list holds a word, as a whole or at the start of a class (cur, current).
func hasWord(class, word string) bool {
	for _, c := range strings.Fields(class) {
		if c == word || len(word) > 2 && strings.HasPrefix(c, word) || strings.HasSuffix(c, "-"+word) || strings.HasSuffix(c, "_"+word) {
			return true
		}
	}
	return false
}
