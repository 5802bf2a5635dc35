package parser

import (
	_ "embed"
	"strings"
)

//go:embed sidebox.txt
var sideBoxText string

// sideHeadings are words of headings over lists that are not the page's own.
var sideHeadings = func() (words []string) {
	for line := range strings.Lines(sideBoxText) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			words = append(words, line)
		}
	}
	return words
}()

const (
	headingMost = 24 // characters of the line over a list
	boxUp       = 3  // levels up to the element that holds a list and its heading
)

// boxWeight weighs what stands right above a list. 更多 leads to the column whose newest rows it shows, so that the list is a box of another page; 热点排行 says
// what it is; the first words of <title> are the column's name and stand over its own list.
func (d *Document) boxWeight(g *group) float64 {
	first := g.rows[0].start
	if first >= len(d.Texts) {
		return 1
	}
	around := g.container
	for up := 0; up < boxUp && d.Nodes[around].Parent > 0 && d.Nodes[around].TextStart == first; up++ {
		around = d.Nodes[around].Parent
	}
	for i := d.Texts[first].Block - 1; i >= 0 && i >= d.Texts[first].Block-2; i-- {
		b := &d.Blocks[i]
		if b.first < d.Nodes[around].TextStart || b.length > headingMost {
			return 1
		}
		heading, more := d.boxHeading(b)
		switch {
		case more, containsAny(heading, sideHeadings):
			return 0.5
		case heading != "" && d.isColumnName(heading):
			return 1.25
		}
	}
	return 1
}

// boxHeading gives the words of a line over a list, and whether it leads to more of the same on another page.
func (d *Document) boxHeading(b *Block) (words string, more bool) {
	var heading strings.Builder
	links, last := 0, -1
	for i := b.first; i < b.last; i++ {
		t := &d.Texts[i]
		if t.Link >= 0 && t.Link != last {
			if links, last = links+1, t.Link; links > 2 {
				return "", false // a menu
			}
		}
		if t.Link < 0 || !saysMore(t.S) {
			heading.WriteString(t.S)
			continue
		}
		target := d.target(t.Link)
		more = more || target != "" && d.url != nil && target != d.url.String()
	}
	return squeeze(heading.String()), more
}

func saysMore(s string) bool {
	switch strings.ToLower(strings.Trim(s, " \u3000[]【】()（）<>《》»›+＋.…")) {
	case "更多", "more", "查看更多", "更多信息", "更多内容":
		return true
	}
	return false
}

// isColumnName tells whether words are the first part of <title>, which names the column in front of the site.
func (d *Document) isColumnName(words string) bool {
	first, _, _ := strings.Cut(strings.NewReplacer("_", "-", "|", "-", "—", "-", "–", "-").Replace(d.title), "-")
	return squeeze(first) == words
}
