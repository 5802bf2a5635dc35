package parser

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// link is one <a> of a page, or an element with the same use, that leads to another page.
type link struct {
	node    int
	url     string // absolute, without fragment
	title   string // its words, whole where title= holds more than is shown
	dir     string // host and folder of the target
	chars   int    // of the title; 0: it holds no words, or a date, a badge, or what a button says
	heading bool   // it stands in a heading
	silent  bool   // it shows no words: they are those of title=
}

var quotedPath = regexp.MustCompile(`['"]([^'"\s]+\.[a-z]{2,6}(?:\?[^'"]*)?|[^'"\s]*/[^'"\s]+)['"]`)

// links returns the links of a page in document order. What is written in onclick counts where href leads nowhere; an element that leads to a page when it is
// clicked is a link where no link stands in it.
func (d *Document) links() []link {
	var all []link
	inner := len(d.Nodes) // the next link behind
	for i := len(d.Nodes) - 1; i >= 0; i-- {
		n := &d.Nodes[i]
		if n.hidden || n.Tag != "a" && (!n.clickable || inner < n.End) {
			continue
		}
		target := d.target(i)
		if target == "" {
			continue
		}
		inner = i
		l := link{node: i, url: target, title: d.linkTitle(i), dir: folderOf(target)}
		l.heading, l.silent = d.headingLevel(i) > 0, n.TextStart == n.TextEnd
		if _, day := soleDate(l.title, d.now); hasLetters(l.title) && !day && !saysRead(l.title) && !isBadge(l.title) {
			l.chars = runeCount(l.title)
		}
		all = append(all, l)
	}
	slices.Reverse(all)
	return all
}

// saysRead tells the words of a link that stands below a title and leads where the title does.
func saysRead(s string) bool {
	if len(s) > 30 {
		return false
	}
	switch strings.ToLower(strings.Trim(s, " \u3000[]【】()（）<>《》»›+＋-—→.…")) {
	case "read more", "learn more", "view more", "more", "details", "view details", "continue reading", "查看全文", "阅读全文", "全文阅读", "查看详情", "查看详细", "了解详情", "了解更多",
		"阅读更多", "阅读剩余部分", "继续阅读", "点击查看", "点击查看详情", "详细内容", "详细", "详情", "全文", "查看更多":
		return true
	}
	return false
}

// hasLetters tells words from the length of a video, a number of views or a date.
func hasLetters(s string) bool {
	for _, c := range s {
		if unicode.IsLetter(c) && !strings.ContainsRune("年月日时分秒", c) {
			return true
		}
	}
	return false
}

// target resolves where an <a> leads; empty: nowhere that can be fetched.
func (d *Document) target(node int) string {
	href := strings.TrimSpace(d.attr(node, "href"))
	if href == "" || strings.HasPrefix(href, "#") || hasScheme(href, "javascript:") {
		href = pathInScript(d.attr(node, "onclick"))
		if href == "" {
			href = pathInScript(d.attr(node, "href"))
		}
		if href == "" {
			href = d.dataAddress(node)
		}
	}
	return d.resolve(href)
}

// resolve makes an address absolute and drops its fragment; empty when it is none of the web's.
func (d *Document) resolve(href string) string {
	href = strings.TrimSpace(href)
	if href == "" || hasScheme(href, "mailto:") || hasScheme(href, "tel:") || hasScheme(href, "data:") || hasScheme(href, "javascript:") {
		return ""
	}
	ref, err := url.Parse(strings.ReplaceAll(href, "\\", "/"))
	if err != nil {
		return ""
	}
	if d.url != nil {
		ref = d.url.ResolveReference(ref)
	}
	if ref.Scheme != "" && ref.Scheme != "http" && ref.Scheme != "https" {
		return ""
	}
	if !strings.HasPrefix(ref.Fragment, "/") && !strings.HasPrefix(ref.Fragment, "!") {
		ref.Fragment = ""
	}
	return ref.String()
}

// isClickable tells an element other than <a> that leads to a page when it is clicked, as a row of a mobile site does.
func isClickable(tag string, attrs []attribute) bool {
	switch tag {
	case "div", "li", "tr", "td", "p", "section", "article", "dl", "dt", "dd", "span", "h2", "h3", "h4", "h5":
		onclick := valueOf(attrs, "onclick")
		return onclick != "" && pathInScript(onclick) != "" || valueOf(attrs, "data-href") != "" || isRowLink(tag, attrs)
	}
	return false
}

// isRowLink tells a row that keeps its address for a script, as those of a WeChat album do. An element of another kind may keep there what it shares, or the
// whole article.
func isRowLink(tag string, attrs []attribute) bool {
	if tag != "li" && tag != "tr" && tag != "dd" && valueOf(attrs, "role") != "link" {
		return false
	}
	return strings.Contains(valueOf(attrs, "data-link"), "/") || strings.Contains(valueOf(attrs, "data-url"), "/")
}

func hasScheme(href, scheme string) bool {
	return len(href) >= len(scheme) && strings.EqualFold(href[:len(scheme)], scheme)
}

// pathInScript finds the address in window.open('…'), location.href='…' and calls like openArticle('…').
func pathInScript(s string) string {
	if s == "" {
		return ""
	}
	if m := quotedPath.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// linkTitle gives the words of a link: those shown, or those of title= where they are cut or missing.
func (d *Document) linkTitle(node int) string {
	shown := trimBullet(d.shownTitle(node))
	full := d.titleAttribute(node)
	if full == "" || full == shown {
		return shown
	}
	stem := strings.TrimRight(shown, ".…·⋯ ")
	switch {
	case shown == "":
		return full
	case stem != shown && strings.HasPrefix(full, stem):
		return full
	case len(full) > len(shown) && strings.HasPrefix(full, shown) && len(full) < 3*len(shown) && !strings.ContainsAny(full[len(shown):], ":：") && !d.endsPageTitle(full[len(shown):]):
		return full
	}
	return shown
}

// titleAttribute gives title= of a link; of a row that is a link itself, that of the <a> in it, which leads nowhere.
func (d *Document) titleAttribute(node int) string {
	if full := collapse(d.attr(node, "title")); full != "" || d.Nodes[node].Tag == "a" {
		return full
	}
	for i := node + 1; i < d.Nodes[node].End; i++ {
		if d.Nodes[i].Tag == "a" {
			return collapse(d.attr(i, "title"))
		}
	}
	return ""
}

// endsPageTitle tells the name of the site, as <title> ends with it too, behind a dash or a bar.
func (d *Document) endsPageTitle(rest string) bool {
	name := strings.TrimLeft(rest, " -_|–—·")
	return name != rest && name != "" && strings.HasSuffix(d.title, name)
}

// shownTitle gives the words of a link without the date that may stand in it. Of a link around a whole card it gives the heading, or else the first line.
func (d *Document) shownTitle(node int) string {
	n := &d.Nodes[node]
	if n.TextEnd-n.TextStart <= 1 {
		return d.text(node)
	}
	first, last := d.Texts[n.TextStart].Block, d.Texts[n.TextEnd-1].Block
	if first == last {
		if title := d.withoutBadges(n.TextStart, n.TextEnd); title != "" {
			return title
		}
		return d.text(node)
	}
	title := ""
	for i := first; i <= last; i++ {
		b := &d.Blocks[i]
		if b.length < titleLeast {
			continue
		}
		if _, ok := soleDate(b.Text, d.now); ok {
			continue
		}
		if title == "" || b.Heading > 0 {
			if words := d.withoutBadges(max(b.first, n.TextStart), min(b.last, n.TextEnd)); words != "" {
				title = words
			}
		}
		if b.Heading > 0 {
			break
		}
	}
	if title == "" {
		return d.text(node)
	}
	return title
}

// withoutBadges joins texts without the dates and badges among them.
func (d *Document) withoutBadges(first, last int) string {
	var out []byte
	for i := first; i < last; i++ {
		s := strings.TrimSpace(d.Texts[i].S)
		if _, ok := soleDate(s, d.now); !ok && !isBadge(s) {
			out = append(out, d.Texts[i].S...)
		}
	}
	return collapse(string(out))
}

// badges are what stands in an element of its own beside the words of a link. What stands there in brackets is the name of a column.
var badges = []string{"热", "新", "荐", "顶", "图", "精", "头条", "置顶", "推荐", "最新", "热点", "热门", "图文", "new", "new!", "hot", "hot!", "top"}

// isBadge tells a badge, or the name of a column in brackets, that a text of its own holds.
func isBadge(s string) bool {
	inner := strings.Trim(s, "[]【】〔〕［］「」 ")
	if inner == "" {
		return false
	}
	return slices.Contains(badges, strings.ToLower(inner)) || inBrackets(s) && runeCount(inner) <= columnMost
}

// columnMost is how long the name of a column in brackets is at most, in characters.
const columnMost = 8

// inBrackets tells a text that is one pair of brackets with what stands in it.
func inBrackets(s string) bool {
	for _, pair := range []string{"[]", "【】", "〔〕", "［］"} {
		open, shut := firstChars(pair, 1), pair[len(firstChars(pair, 1)):]
		if rest, ok := strings.CutPrefix(s, open); ok {
			return strings.HasSuffix(rest, shut) && strings.Count(rest, shut) == 1
		}
	}
	return false
}

// trimBullet takes list marks off the words of a link.
func trimBullet(s string) string {
	return strings.TrimLeft(s, "·•●■◆▪□◇○►▶>»*- ")
}

// folderOf gives the host and folder of an address.
func folderOf(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		rest = address
	}
	rest, _, _ = strings.Cut(rest, "?")
	if i := strings.LastIndexByte(rest, '/'); i >= 0 {
		return rest[:i+1]
	}
	return rest + "/"
}

// urlShape replaces digits by 0, so that addresses made by one pattern become equal.
func urlShape(address string) string {
	var b strings.Builder
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		rest = address
	}
	digit := false
	for i := range len(rest) {
		c := rest[i]
		if c >= '0' && c <= '9' {
			if !digit {
				b.WriteByte('0')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteByte(c)
	}
	return b.String()
}
