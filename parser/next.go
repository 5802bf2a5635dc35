package parser

import (
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// pager is what a page says of its further pages.
type pager struct {
	next   string // absolute URL; empty: none
	at     int    // index among the nodes where it stands; -1: nowhere
	reason string
}

// findPager finds the next page of a list. Whatever it finds is on the page's own host and is not the page itself.
func (d *Document) findPager(rules *Rules) pager {
	if rules != nil && rules.next != nil {
		p := pager{at: -1, reason: "configured selector"}
		if node := d.selectFirst(rules.next, 0); node >= 0 {
			p.next, p.at = d.onSite(d.pagerTarget(node)), node
		}
		return p
	}
	for _, find := range [...]func() pager{d.pagerFromWords, d.pagerFromTRS, d.pagerFromProxy, d.pagerFromNumbers} {
		if p := find(); p.at >= 0 {
			p.next = d.onSite(p.next)
			return p
		}
	}
	if next := d.onSite(d.resolve(d.next)); next != "" {
		return pager{next: next, at: -1, reason: "link rel=next"}
	}
	return pager{at: -1}
}

// onSite drops an address that is the page itself or stands on another host.
func (d *Document) onSite(address string) string {
	if address == "" || d.url == nil {
		return address
	}
	target, err := url.Parse(address)
	if err != nil || !strings.EqualFold(target.Host, d.url.Host) {
		return ""
	}
	self := *d.url
	self.Fragment, target.Fragment = "", ""
	if target.String() == self.String() || target.RawQuery == self.RawQuery && target.Path == path.Join(self.Path, "index.html") && strings.HasSuffix(self.Path, "/") {
		return ""
	}
	return address
}

var nextWords = []string{"下一页", "下页", "下一頁", "下頁", "后一页", "后页", "下一页>", "next", "next page", "nextpage", "older posts", "下一版"}

// pagerFromWords looks for a link that says 下一页, or an arrow among page numbers. The last such link counts: a page may have a pager above and below.
func (d *Document) pagerFromWords() pager {
	p := pager{at: -1}
	for i := range d.Nodes {
		n := &d.Nodes[i]
		if n.Tag != "a" && n.Tag != "span" && n.Tag != "li" && n.Tag != "button" && n.Tag != "input" || n.End-i > 4 {
			continue
		}
		if n.Tag != "a" && d.attr(i, "onclick") == "" {
			continue
		}
		if !d.saysNext(i) {
			continue
		}
		target := d.pagerTarget(i)
		if p.at < 0 || target != "" {
			p = pager{next: target, at: i, reason: "link 下一页"}
		}
		if isDisabled(n.Class) || d.Nodes[n.Parent].Class != "" && isDisabled(d.Nodes[n.Parent].Class) {
			p.next = ""
		}
	}
	return p
}

func (d *Document) saysNext(node int) bool {
	words := strings.ToLower(strings.Trim(d.text(node), " \u3000[]【】()（）<>《》»›→▶|·"))
	if words == "" {
		words = strings.ToLower(strings.TrimSpace(d.attr(node, "title")))
		if words == "" {
			words = strings.ToLower(d.attr(node, "value"))
		}
		if words == "" && strings.Contains(" "+strings.ToLower(d.attr(node, "rel"))+" ", " next ") {
			return true
		}
	}
	for _, w := range nextWords {
		if words == w {
			return true
		}
	}
	return words == "" && isArrow(d.text(node)) && d.besideNumbers(node)
}

func isArrow(s string) bool {
	s = strings.TrimSpace(s)
	return s == ">" || s == "›" || s == "»" || s == ">>" || s == "→" || s == "》"
}

// besideNumbers tells whether the element before a link holds a page number.
func (d *Document) besideNumbers(node int) bool {
	at := d.Nodes[node].TextStart
	for i := at - 1; i >= 0 && i >= at-3; i-- {
		if _, err := strconv.Atoi(strings.TrimSpace(d.Texts[i].S)); err == nil {
			return true
		}
	}
	return false
}

func isDisabled(class string) bool {
	return strings.Contains(class, "disabled") || strings.Contains(class, "nolink") || strings.Contains(class, "nonext")
}

// pagerTarget resolves where a pager's link leads: a real link, an address in its script, or a call that carries the number.
func (d *Document) pagerTarget(node int) string {
	if target := d.target(node); target != "" {
		return target
	}
	for _, call := range []string{d.attr(node, "href"), d.attr(node, "onclick")} {
		if target := d.pageCall(call); target != "" {
			return target
		}
	}
	return ""
}

var createPageCall = regexp.MustCompile(`createPageHTML\s*\(([^()]*)\)`)

// pagerFromTRS reads createPageHTML(count, current, name, ext) of TRS WCM: page 0 is name.ext, page i name_i.ext. With the id of a container in front the
// pages count from 1. The function's own definition has names instead of values and is passed over.
func (d *Document) pagerFromTRS() pager {
	for _, s := range d.scripts {
		if !strings.Contains(s.text, "createPageHTML") {
			continue
		}
		for _, m := range createPageCall.FindAllStringSubmatch(s.text, -1) {
			if next, ok := trsNext(m[1]); ok {
				p := pager{at: s.at, reason: "createPageHTML(" + m[1] + ")"}
				if next != "" {
					p.next = d.resolve(next)
				}
				return p
			}
		}
	}
	return pager{at: -1}
}

func trsNext(arguments string) (next string, ok bool) {
	args := strings.Split(arguments, ",")
	for i := range args {
		args[i] = strings.Trim(strings.TrimSpace(args[i]), `"'`)
	}
	base := 0
	if len(args) > 4 {
		if _, err := strconv.Atoi(args[0]); err != nil {
			args, base = args[1:], 1
		}
	}
	if len(args) < 4 {
		return "", false
	}
	count, err1 := strconv.Atoi(args[0])
	current, err2 := strconv.Atoi(args[1])
	if err1 != nil || err2 != nil || args[2] == "" {
		return "", false
	}
	if current+1 >= count+base {
		return "", true
	}
	return args[2] + "_" + strconv.Itoa(current+1) + "." + strings.TrimPrefix(args[3], "."), true
}

// pagerFromProxy follows the paging proxy of Hanweb JPage.
func (d *Document) pagerFromProxy() pager {
	if d.proxy == "" {
		return pager{at: -1}
	}
	next := d.resolve(d.proxy)
	if d.url != nil && strings.Contains(d.url.Path, "dataproxy") {
		next = d.proxyAfter(next)
	}
	return pager{next: next, at: len(d.Nodes) - 1, reason: "paging proxy of Hanweb JPage"}
}

// proxyAfter keeps the proxy from going round: its own answers name the next group, whose number must be higher than that of the answer.
func (d *Document) proxyAfter(next string) string {
	target, err := url.Parse(next)
	if err != nil {
		return ""
	}
	here, _ := strconv.Atoi(d.url.Query().Get("page"))
	there, _ := strconv.Atoi(target.Query().Get("page"))
	if there <= here {
		return ""
	}
	return next
}

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
