package parser

import (
	"regexp"
	"strconv"
	"strings"
)

// Pagers that only a script or a form field shows.

var (
	trsCurrent = regexp.MustCompile(`\bcurrentPage\s*=\s*["']?(\d{1,5})\b`)
	trsCount   = regexp.MustCompile(`\bcountPage\s*=\s*["']?(\d{1,5})\b`)
	// "index"+"_" + nextPage + "."+"htm", in as many pieces as the template of the site made
	trsName = regexp.MustCompile(`([\w-]+)["'\s+\\]*_\\?["']\s*\+\s*(?:[^"'\s+]*Page|\(?\s*currentPage\s*\+\s*1\s*\)?|i)\s*\+\s*["']\.?["'\s+]*\.?([a-z]{3,5})\b`)
)

// pagerFromCounts reads the older pager of TRS WCM, written by the page itself from its variables currentPage, which counts from 0, and countPage.
func (d *Document) pagerFromCounts() pager {
	for _, s := range d.scripts {
		current, count := trsCurrent.FindStringSubmatch(s.text), trsCount.FindStringSubmatch(s.text)
		if current == nil || count == nil {
			continue
		}
		p := pager{at: s.at, reason: "currentPage and countPage"}
		if at, all := atoi(current[1]), atoi(count[1]); at+1 < all {
			name, ext := "index", "html"
			if m := trsName.FindStringSubmatch(s.text); m != nil {
				name, ext = m[1], m[2]
			}
			p.next = d.resolve(name + "_" + strconv.Itoa(at+1) + "." + ext)
		}
		return p
	}
	return pager{at: -1}
}

// pagerFromSelect reads a field to jump to a page, whose options hold the addresses of the pages in order.
func (d *Document) pagerFromSelect() pager {
	for i := range d.Nodes {
		if d.Nodes[i].Tag != "select" {
			continue
		}
		var pages []string
		current := 0
		for j := i + 1; j < d.Nodes[i].End; j++ {
			if d.Nodes[j].Tag != "option" {
				continue
			}
			address := d.resolve(d.attr(j, "value"))
			if d.isSelected(j) || d.url != nil && address == d.url.String() {
				current = len(pages)
			}
			pages = append(pages, address)
		}
		if !countOn(pages) {
			continue
		}
		p := pager{at: i, reason: "options of a field"}
		if current+1 < len(pages) {
			p.next = pages[current+1]
		}
		return p
	}
	return pager{at: -1}
}

func (d *Document) isSelected(node int) bool {
	n := &d.Nodes[node]
	for _, a := range d.attrs[n.firstAttr:n.lastAttr] {
		if a.name == "selected" {
			return true
		}
	}
	return false
}

var lastNumber = regexp.MustCompile(`(\d{1,4})\D*$`)

// countOn tells whether addresses are those of pages: each but the first ends with the number after the one before.
func countOn(pages []string) bool {
	if len(pages) < 2 {
		return false
	}
	before := 0
	for i, page := range pages[1:] {
		m := lastNumber.FindStringSubmatch(page)
		if m == nil || !strings.Contains(page, "/") {
			return false
		}
		number := atoi(m[1])
		if i > 0 && number != before+1 || i == 0 && number != 1 && number != 2 {
			return false
		}
		before = number
	}
	return true
}
