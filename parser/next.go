package parser

import (
	"net/url"
	"path"
	"regexp"
	"slices"
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
	for _, find := range [...]func() pager{d.pagerFromWords, d.pagerFromTRS, d.pagerFromCounts, d.pagerFromProxy, d.pagerFromNumbers, d.pagerFromSelect, d.pagerFromPlugin} {
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

// How sure a link is to lead to the next page.
const (
	noNext      = iota
	relNext     // rel=next under words of its own
	doubleArrow // », which may lead to the last page as well
	singleArrow
	wordNext // 下一页
)

// pagerFromWords looks for a link that says 下一页, or an arrow among page numbers. Of two that say it alike the last counts: a page may have a pager above and below.
func (d *Document) pagerFromWords() pager {
	p, best := pager{at: -1}, noNext
	for i := range d.Nodes {
		n := &d.Nodes[i]
		if n.Tag != "a" && n.Tag != "span" && n.Tag != "li" && n.Tag != "button" && n.Tag != "input" && n.Tag != "div" || n.End-i > 4 {
			continue
		}
		if n.Tag != "a" && d.attr(i, "onclick") == "" && d.dataAddress(i) == "" {
			continue
		}
		sure := d.saysNext(i)
		if sure == noNext || sure < best {
			continue
		}
		target := d.pagerTarget(i)
		if sure > best || target != "" {
			p, best = pager{next: target, at: i, reason: "link 下一页"}, sure
		}
		if isDisabled(n.Class) || d.Nodes[n.Parent].Class != "" && isDisabled(d.Nodes[n.Parent].Class) {
			p.next = ""
		}
	}
	if best == singleArrow || best == doubleArrow {
		if numbers := d.pagerFromNumbers(); numbers.next != "" {
			return numbers // an arrow may lead to the last page, or ten pages on
		}
	}
	return p
}

// saysNext tells how sure a link is to lead to the next page by its words.
func (d *Document) saysNext(node int) int {
	shown := d.text(node)
	words := strings.ToLower(strings.Trim(shown, " \u3000[]【】()（）<>《》»›→▶|·"))
	rel := strings.Contains(" "+strings.ToLower(d.attr(node, "rel"))+" ", " next ")
	if words == "" {
		words = strings.ToLower(strings.TrimSpace(d.attr(node, "title")))
		if words == "" {
			words = strings.ToLower(d.attr(node, "value"))
		}
		if words == "" && rel {
			return wordNext
		}
		if words == "" {
			words = d.pictureWords(node)
		}
	}
	if slices.Contains(moreWords, words) && (d.dataAddress(node) != "" || strings.Contains(words, "加载")) || hasPrefixOf(words, olderWords) {
		return wordNext
	}
	for _, w := range nextWords {
		if words == w {
			return wordNext
		}
	}
	switch arrow := strings.TrimSpace(shown); {
	case words == "" && (arrow == ">" || arrow == "›" || arrow == "→" || arrow == "》") && d.besideNumbers(node):
		return singleArrow
	case words == "" && (arrow == "»" || arrow == ">>") && d.besideNumbers(node):
		return doubleArrow
	case rel && !containsAny(words, []string{"篇", "上一", "prev"}): // 下一篇 leads to an article
		return relNext
	}
	return noNext
}

// moreWords lead to the next page; those that do not speak of loading only where the address stands in an attribute for a script: as a link 更多 leads to another column.
var moreWords = []string{"加载更多", "点击加载更多", "查看更多", "更多", "加载", "load more"}

// olderWords begin the words of links to what was published before.
var olderWords = []string{"更早的", "较早的", "较早文章", "更早文章", "旧文章", "older"}

func hasPrefixOf(s string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

// pictureWords are the words that stand for the picture in a link.
func (d *Document) pictureWords(node int) string {
	for i := node + 1; i < d.Nodes[node].End; i++ {
		if d.Nodes[i].Tag == "img" {
			return strings.ToLower(strings.TrimSpace(d.attr(i, "alt")))
		}
	}
	return ""
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
	return d.resolve(d.dataAddress(node))
}

// dataAddress gives the address that an element keeps for a script.
func (d *Document) dataAddress(node int) string {
	for _, name := range [...]string{"data-href", "data-url", "data-link"} {
		if address := d.attr(node, name); address != "" {
			return address
		}
	}
	return ""
}

var createPageCall = regexp.MustCompile(`createPageHTML\s*\(([^()]*)\)`)

// pagerFromTRS reads createPageHTML(count, current, name, ext) of TRS WCM: page 0 is name.ext, page i name_i.ext. With the id of a container in front the
// pages count from 1, unless this one is 0. The function's own definition has names instead of values and is passed over.
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
	if current == 0 {
		base = 0
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
