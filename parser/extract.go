package parser

import (
	"fmt"
	"strings"
)

// readHTML finds out what an HTML page is and reads it.
func (p *Page) readHTML(d *Document, in Input) {
	p.Cut = d.cut
	for _, what := range d.cut {
		p.warn(what)
	}
	reason, sure := d.refusal(d.runningText())
	if sure {
		p.Kind, p.Reason = KindUnknown, reason
		return
	}
	pages := pager{at: -1}
	var list listReading
	if in.As != KindArticle {
		pages = d.findPager(in.Rules)
		d.pager, d.nextPage = pages.at, pages.next
		list = d.readList(d.links(), in)
	}
	refused := reason != "" && list.best.dated < 3
	if refused && in.As == KindList {
		p.Kind, p.Reason = KindUnknown, reason
		return
	}
	var (
		article Article
		ev      articleEvidence
	)
	if in.As != KindList {
		article, ev = d.article(in)
		article.URL = in.URL
	}
	if refused && !ev.answers() {
		p.Kind, p.Reason = KindUnknown, reason
		return
	}
	switch p.Kind, p.Reason = decideKind(d, in, list, article, ev); p.Kind {
	case KindList:
		if len(list.articles) > 0 {
			list.rows = nil // links beside full texts lead elsewhere
		}
		p.Rows, p.Articles, p.Next = list.rows, list.articles, pages.next
		p.Evidence.Next = pages.reason
		if len(list.rows) > 0 && len(list.best.rows) > 0 {
			p.Evidence.Rows = d.rowsEvidence(list.best)
		}
		p.warnList(list)
	case KindArticle:
		p.Articles = []Article{article}
		p.Evidence = Evidence{Title: ev.title, Date: ev.date, Body: ev.container}
		if p.Next = d.nextPart(in.Rules); p.Next != "" {
			p.warn("one part of an article, which goes on at " + p.Next + ": a crawl joins its parts")
		}
		p.warnArticle(article, ev)
	}
}

// runningText counts the characters of the sentences that a page holds.
func (d *Document) runningText() int {
	chars := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.linked*2 < b.chars() && strings.ContainsAny(b.Text, "，。；") && !b.noise {
			chars += b.chars()
		}
	}
	return chars
}

func (p *Page) warnArticle(a Article, ev articleEvidence) {
	if a.Date == "" {
		p.warn("no date found")
	}
	if a.Title == "" {
		p.warn("no title found")
	}
	if ev.chars < 80 {
		p.warn(fmt.Sprintf("thin: %d characters of text", ev.chars))
	}
}
