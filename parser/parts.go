package parser

import (
	"net/url"
	"path"
	"regexp"
	"strings"
)

// An article of several pages links to its next part by 下一页 or by numbers, and the address of a part is that of the first with a number added:
// t1.html → t1_1.html, t1_2.html, 123-2.html, ?page=2. Anything else that says 下一页 is a pager of something else.

var partSuffix = regexp.MustCompile(`^(.*?)(?:[_-](\d{1,3}))?$`)

// nextPart finds the next page of an article; empty: it has none.
func (d *Document) nextPart(rules *Rules) string {
	if d.url == nil || !d.mentionsParts() {
		return ""
	}
	pages := d.findPager(rules)
	if pages.next == "" {
		return ""
	}
	target, err := url.Parse(pages.next)
	if err != nil || !continues(d.url, target) {
		return ""
	}
	return pages.next
}

// mentionsParts is a cheap look for a pager.
func (d *Document) mentionsParts() bool {
	for i := range d.Texts {
		if t := &d.Texts[i]; t.chars <= 8 && t.Link >= 0 && (strings.Contains(t.S, "下一页") || strings.Contains(t.S, "下页") || strings.TrimSpace(t.S) == "2") {
			return true
		}
	}
	for _, s := range d.scripts {
		if strings.Contains(s.text, "createPageHTML") {
			return true
		}
	}
	return false
}

// continues tells whether one address is a later part of the article at the other.
func continues(here, there *url.URL) bool {
	if path.Dir(here.Path) != path.Dir(there.Path) {
		return false
	}
	if here.Path == there.Path {
		a, b := here.Query(), there.Query()
		number := ""
		for name := range b {
			if pageField.MatchString(name) {
				number = b.Get(name)
				a.Del(name)
				b.Del(name)
			}
		}
		return number != "" && a.Encode() == b.Encode()
	}
	hereStem, herePart := splitPart(here.Path)
	thereStem, therePart := splitPart(there.Path)
	return path.Ext(here.Path) == path.Ext(there.Path) && (hereStem == thereStem && therePart == herePart+1 ||
		partOf(here.Path) == thereStem && therePart >= 1 && therePart <= 2) // the first part may itself end in a number
}

// splitPart splits the name of a page into its stem and the number of the part; without one it is 1, or 0 where parts count from there.
func splitPart(p string) (stem string, part int) {
	m := partSuffix.FindStringSubmatch(partOf(p))
	if m == nil || m[2] == "" {
		return partOf(p), 1
	}
	return m[1], atoi(m[2])
}

func partOf(p string) string { return strings.TrimSuffix(path.Base(p), path.Ext(p)) }
