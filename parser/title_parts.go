package parser

import (
	"strings"
	"unicode"
)

// kickerClasses are class names of the lines above and below a newspaper's headline.
var kickerClasses = []string{"yinti", "futi", "jianti", "subtitle", "kicker", "sub-title", "sub_title"}

// namedTitle is the title that the page names apart from its text: in a meta tag, or in the table above a disclosed document.
func (d *Document) namedTitle() string {
	named := d.meta("articletitle", "og:title", "twitter:title", "dc.title")
	if strings.Contains(named, "<") {
		named = collapse(stripTags(named))
	}
	if named != "" {
		return named
	}
	for i := 0; i+1 < len(d.Blocks); i++ {
		b := &d.Blocks[i]
		if b.length > 4 || !d.isCell(b.Node) {
			continue
		}
		switch strings.Trim(strings.ReplaceAll(strings.ReplaceAll(b.Text, " ", ""), "\u3000", ""), "：:") {
		case "名称", "标题", "文件名称", "信息名称", "公文名称", "標題":
			if value := d.Blocks[i+1].Text; runeCount(value) >= 8 && d.isCell(d.Blocks[i+1].Node) {
				return value
			}
		}
	}
	return ""
}

// withoutCategory is the text of a block without the link in brackets that leads from the head of a forum's title to others of its kind: [招商] 厂房出租.
func (d *Document) withoutCategory(b *Block) string {
	if b.linked == 0 || b.linked == b.chars() {
		return b.Text
	}
	for _, p := range [...][2]string{{"[", "]"}, {"【", "】"}} {
		text, opens := strings.CutPrefix(b.Text, p[0])
		if !opens {
			continue
		}
		if inside, rest, ok := strings.Cut(text, p[1]); ok && runeCount(inside) <= 8 && runeCount(rest) >= 4 {
			if link := d.Texts[b.first].Link; link >= 0 || b.first+1 < b.last && d.Texts[b.first+1].Link >= 0 {
				return strings.TrimSpace(rest)
			}
		}
	}
	return b.Text
}

func (d *Document) isCell(node int) bool {
	for range 3 {
		if node < 0 {
			return false
		}
		switch d.Nodes[node].Tag {
		case "td", "th", "dd", "dt", "li":
			return true
		}
		node = d.Nodes[node].Parent
	}
	return false
}

// isValueCell tells the second cell of a row that begins with a label: 索引号 | 430721/2026-00881.
func (d *Document) isValueCell(b *Block) bool {
	row := d.tableRow(b.Node)
	if row < 0 || b.first == 0 {
		return false
	}
	before := &d.Blocks[d.Texts[b.first-1].Block]
	if before.length > 8 || d.tableRow(before.Node) != row {
		return false
	}
	_, ok := isBareLabel(before.Text)
	return ok
}

func stripTags(s string) string {
	var out strings.Builder
	inside := false
	for _, c := range s {
		switch {
		case c == '<':
			inside = true
			out.WriteByte(' ')
		case c == '>':
			inside = false
		case !inside:
			out.WriteRune(c)
		}
	}
	return out.String()
}

// titleLines joins a block with one or two that follow it when only together they are the title that a meta tag, a table or <title> gives.
func (d *Document) titleLines(i int, key, namedKey, headKey string) (string, bool) {
	if key == "" || key == namedKey || !strings.HasPrefix(namedKey, key) && !strings.HasPrefix(headKey, key) {
		return "", false
	}
	text := d.Blocks[i].Text
	for j := i + 1; j < min(i+3, len(d.Blocks)); j++ {
		b := &d.Blocks[j]
		if b.chars() > 80 || b.chars() == 0 || d.Nodes[b.Node].Tag != d.Nodes[d.Blocks[i].Node].Tag {
			return "", false
		}
		text += " " + b.Text
		joined := squeeze(text)
		if namedKey != "" && joined == namedKey || namedKey == "" && runeCount(joined) >= 12 && strings.HasPrefix(headKey, joined) {
			return text, true
		}
	}
	return "", false
}

// secondLine adds the line that follows a title in the same place and begins with a dash.
func (d *Document) secondLine(t title) title {
	if t.block < 0 || t.block+1 >= len(d.Blocks) || strings.Contains(t.text, "——") {
		return t
	}
	b, next := &d.Blocks[t.block], &d.Blocks[t.block+1]
	same := b.Node == next.Node || d.Nodes[b.Node].Tag == d.Nodes[next.Node].Tag && d.Nodes[b.Node].Parent == d.Nodes[next.Node].Parent
	if same && strings.HasPrefix(next.Text, "—") && next.chars() <= 50 {
		t.text += " " + next.Text
	}
	return t
}

// behindTitle is the block behind a title, the further lines of a title of several aside: what they say is no text.
func (d *Document) behindTitle(t title) int {
	rest, ok := strings.CutPrefix(squeeze(t.text), squeeze(d.Blocks[t.block].Text))
	i := t.block + 1
	for ok && rest != "" && i < len(d.Blocks) {
		key := squeeze(d.Blocks[i].Text)
		if rest, ok = strings.CutPrefix(rest, key); !ok || key == "" {
			break
		}
		i++
	}
	return i
}

// isAboveText tells whether running text or a line of credits follows a block at once: what a page's title has and a column's name has not.
func (d *Document) isAboveText(i int) bool {
	if i+1 >= len(d.Blocks) {
		return false
	}
	next := &d.Blocks[i+1]
	return next.linked == 0 && (next.chars() >= 25 && countMarks(next.Text) > 0 || isCredits(next.Text, d))
}

// linkedTitles are the words of the links of the page that are long enough for a title: a newspaper's page lists its articles, this one among them.
func (d *Document) linkedTitles() map[string]bool {
	titles := map[string]bool{}
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.linked == b.chars() && b.linked >= 8 && b.linked <= 60 {
			titles[squeeze(b.Text)] = true
		}
	}
	return titles
}

// leadsHome tells whether a block is a link to the front page: a site's name or logo.
func (d *Document) leadsHome(b *Block) bool {
	link := d.Texts[b.first].Link
	if link < 0 {
		return false
	}
	href := strings.ToLower(d.attr(link, "href"))
	switch href {
	case "/", "#", "./", "../", "index.html", "index.htm", "/index.html", "/index.htm", "/index.php", "/index.shtml", "index.shtml", "/index.asp", "index.asp":
		return true
	}
	_, rest, ok := strings.Cut(href, "://")
	return ok && strings.IndexByte(strings.TrimSuffix(rest, "/"), '/') < 0
}

// isSiteName tells whether the end of a meta tag's title is the site's name: 题目 - 网站.
func (d *Document) isSiteName(named, rest string) bool {
	if rest == squeeze(d.meta("sitename", "og:site_name")) {
		return true
	}
	at := max(strings.LastIndex(named, " - "), strings.LastIndex(named, "_"), strings.LastIndex(named, " | "), strings.LastIndex(named, "|"))
	return at >= 0 && squeeze(named[at:]) == rest
}

// saysSomething tells whether a text holds words, and not the number of a document alone.
func saysSomething(s string) bool {
	letters := 0
	for _, c := range s {
		if isHan(c) {
			letters += 4
		} else if unicode.IsLetter(c) {
			letters++
		}
		if letters >= 8 {
			return true
		}
	}
	return false
}

// trimSiteName takes the site's and the column's name off a <title>: 题目_栏目_网站, 题目 - 网站.
func trimSiteName(s, site string) string {
	for _, sep := range []string{"_", "|", "–", "—", " - ", "-", "::", "»", "<", ">"} {
		first, rest, ok := strings.Cut(s, sep)
		if !ok {
			continue
		}
		first = strings.TrimSpace(first)
		if runeCount(first) >= 8 || runeCount(first) >= 5 && looksLikeSite(rest) {
			return first
		}
		if looksLikeSite(first) || squeeze(first) == site {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

func looksLikeSite(s string) bool {
	for _, w := range [...]string{"网", "政府", "委员会", "局", "厅", "中心", "公司", "门户", "日报", "在线"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
