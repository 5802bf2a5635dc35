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

// What is told to the pagers of layui, jQuery and their like: the page that this is, how many there are, or how many rows on how many a page; and the address
// that they go to, with the number of the page in it.
var (
	pluginCurrent = regexp.MustCompile(`\b(?:curr|current|currentPage|curPage|pageNo|pageNumber|pageIndex)["']?\s*:\s*["']?(\d{1,5})\b`)
	pluginPages   = regexp.MustCompile(`\b(?:pageCount|pages|totalPages?|pageTotal)["']?\s*:\s*["']?(\d{1,6})\b`)
	pluginRows    = regexp.MustCompile(`\b(?:count|total|totalData|totalCount|totalSize|items)["']?\s*:\s*["']?(\d{1,8})\b`)
	pluginSize    = regexp.MustCompile(`\b(?:limit|showData|pageSize|perPage|itemsOnPage|size)["']?\s*:\s*["']?(\d{1,4})\b`)
	pluginAddress = regexp.MustCompile(`location(?:\.href)?\s*=\s*["']([^"'\s]+)["']\s*\+\s*[\w$.]+(?:\(\))?(?:\s*\+\s*["']([^"'\s]*)["'])?`)
)

// pagerFromPlugin reads the pager that a script draws.
func (d *Document) pagerFromPlugin() pager {
	for _, s := range d.scripts {
		if len(s.text) > scriptMost || !strings.Contains(s.text, "location") || !strings.Contains(s.text, "agination") && !strings.Contains(s.text, "laypage") && !strings.Contains(s.text, "pager") {
			continue
		}
		current, address := pluginCurrent.FindStringSubmatch(s.text), pluginAddress.FindStringSubmatch(s.text)
		if current == nil || address == nil {
			continue
		}
		pages := 0
		if m := pluginPages.FindStringSubmatch(s.text); m != nil {
			pages = atoi(m[1])
		} else if rows, size := pluginRows.FindStringSubmatch(s.text), pluginSize.FindStringSubmatch(s.text); rows != nil && size != nil && atoi(size[1]) > 0 {
			pages = (atoi(rows[1]) + atoi(size[1]) - 1) / atoi(size[1])
		}
		p := pager{at: s.at, reason: "pager of a script"}
		if at := max(atoi(current[1]), 1); at < pages {
			p.next = d.resolve(address[1] + strconv.Itoa(at+1) + address[2])
		}
		return p
	}
	return pager{at: -1}
}
