package parser

import (
	"fmt"
	"strings"
)

// decideKind weighs what the page is when the caller does not know.
func decideKind(d *Document, in Input, list listReading, a Article, ev articleEvidence) (Kind, string) {
	switch in.As {
	case KindList:
		if len(list.articles) > 0 {
			return KindList, fmt.Sprintf("%d articles with their texts", len(list.articles))
		}
		if len(list.rows) > 0 {
			return KindList, fmt.Sprintf("%d rows", len(list.rows))
		}
		return KindList, "asked for as a list"
	case KindArticle:
		if a.Body == "" {
			return KindUnknown, "no text found"
		}
		return KindArticle, "asked for as an article"
	}
	if len(list.articles) > 1 {
		return KindList, fmt.Sprintf("%d articles with their texts", len(list.articles))
	}
	// Text in the rows themselves, their summaries, speaks for a list; text outside of them for an article.
	text := float64(ev.chars) * (1 - d.shareInRows(list.best, ev))
	text += 40 * float64(min(ev.sentences, 20)) * (1 - d.shareInRows(list.best, ev))
	listWeight := list.score * 55
	switch {
	case ev.headed:
		listWeight *= 0.05
	case ev.named:
		listWeight *= 0.4
	}
	if len(list.rows) < 3 && ev.sentences > 0 {
		listWeight *= 0.3
	}
	switch {
	case ev.sentences > 0 && d.listsItself(list.best, a.Title, ev):
		listWeight *= 0.1
	case (ev.titled || ev.credited) && d.isBeside(list.best):
		listWeight *= 0.25
	}
	switch d.urlKind() {
	case KindList:
		listWeight *= 2
	case KindArticle:
		listWeight *= 0.4
		if list.best.dated == 0 && d.pager < 0 {
			listWeight = 0 // what an article without text, as that of a video, has beside it
		}
	}
	if list.best.dated == 0 && (d.isMore(list.best) || ev.chars < 100 && d.isShell()) {
		listWeight = 0
	}
	if d.meta("articletitle") != "" || d.meta("og:type") == "article" {
		listWeight *= 0.5
	}
	switch {
	case len(list.rows) > 0 && listWeight > text:
		return KindList, fmt.Sprintf("%d rows of one shape, %d dated", len(list.rows), list.best.dated)
	case ev.isText() && !d.isForm(ev) && !d.isTeaser(ev):
		return KindArticle, fmt.Sprintf("%d characters of text in %s", ev.chars, ev.container)
	case list.empty:
		return KindList, "an empty column"
	}
	return KindUnknown, "neither rows nor text"
}

// isBeside tells that a list has a heading of its own that <title> does not speak of, and no pager: it stands beside what the page is about.
func (d *Document) isBeside(g group) bool {
	if len(g.rows) == 0 || g.rows[0].end == 0 || g.rows[0].start >= len(d.Texts) || d.pager >= 0 {
		return false
	}
	first := d.Texts[g.rows[0].start].Block
	if first == 0 {
		return false
	}
	above := &d.Blocks[first-1]
	key := squeeze(above.Text)
	return (above.Heading > 0 || isSideHeading(above)) && key != "" && !strings.Contains(squeeze(d.title), key)
}

// isSideHeading tells a line that says what stands beside a page, in whatever element it stands: 推荐新闻, 热点排行.
func isSideHeading(b *Block) bool {
	return b.linked == 0 && b.chars() <= 8 && (isRelatedMark(b.Text) || containsAny(b.Text, sideHeadings))
}

// listsItself tells whether the page that is read is one of those that a list leads to, as an article beside those of the same page of a newspaper: a link
// among the rows leads here, or has the words of the title that <title> or a meta tag repeats.
func (d *Document) listsItself(g group, title string, ev articleEvidence) bool {
	if len(g.rows) < 2 || g.rows[0].end == 0 {
		return false
	}
	here, key := "", ""
	if d.url != nil && d.url.Host != "" && d.urlKind() != KindList {
		u := *d.url
		u.Fragment = ""
		here = u.String()
	}
	if runeCount(title) >= 6 && containsAny(ev.title, []string{"title", "meta"}) {
		key = squeeze(title)
	}
	first, last := d.Nodes[g.container].TextStart, d.Nodes[max(g.last, g.container)].TextEnd
	for i := first; i < min(last, len(d.Texts)); i++ {
		t := &d.Texts[i]
		if t.Link < 0 || t.chars < 6 || i > first && d.Texts[i-1].Link == t.Link {
			continue
		}
		if key != "" && squeeze(t.S) == key || here != "" && d.target(t.Link) == here {
			return true
		}
	}
	return false
}

// isMore tells that a list stands beside what the page is about and says so: 相关视频, 推荐阅读. Where there is no text to read, it does not make a column.
func (d *Document) isMore(g group) bool {
	return d.isBeside(g) && isRelatedMark(d.Blocks[d.Texts[g.rows[0].start].Block-1].Text)
}

// shareInRows is the share of the body's blocks that stand in the rows of a list.
func (d *Document) shareInRows(g group, ev articleEvidence) float64 {
	if len(g.rows) < 3 || ev.last <= ev.first {
		return 0
	}
	in, all, most := 0, 0, 0
	byRow := make([]int, len(g.rows))
	for i := ev.first; i < ev.last; i++ {
		chars := d.Blocks[i].chars()
		all += chars
		for j, r := range g.rows {
			if d.Blocks[i].first >= r.start && d.Blocks[i].first < r.end {
				in += chars
				byRow[j] += chars
				most = max(most, byRow[j])
				break
			}
		}
	}
	if most*10 > all*6 {
		return 0 // one "row" with nearly all of the text is the article, beside boxes of the same shape
	}
	return float64(in) / float64(max(all, 1))
}

// urlKind tells what an address looks like.
func (d *Document) urlKind() Kind {
	if d.url == nil || d.url.Host == "" {
		return ""
	}
	path := strings.ToLower(d.url.Path)
	last := path[strings.LastIndexByte(path, '/')+1:]
	if d.url.RawQuery != "" && last != "" {
		return "" // what a script shows is said in its parameters, in words of its own
	}
	switch {
	case last == "" && !dateInURL(d.url.String(), d).isZero(): // /2026/09/18/title/
		return KindArticle
	case last == "", strings.HasPrefix(last, "index"), strings.HasPrefix(last, "list"), strings.HasPrefix(last, "node_"), strings.HasPrefix(last, "default"), strings.HasPrefix(last, "column"):
		return KindList
	case strings.HasPrefix(last, "art_"), strings.HasPrefix(last, "content_"), !dateInURL(d.url.String(), d).isZero(), strings.HasPrefix(last, "t20"), strings.HasPrefix(last, "post_"):
		return KindArticle
	}
	return ""
}
