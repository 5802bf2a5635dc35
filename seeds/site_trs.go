package seeds

import (
	"fmt"
	"strings"
)

const (
	trsPageSize = 10
	trsCutAt    = 22 // characters of a title that a list row shows
	trsNewest   = 100286
	trsStep     = 7
)

// trsColumn is the column that looks as TRS WCM writes it.
type trsColumn struct{ articles []trsArticle }

// trsArticle is an article with its address, which stays when its date changes.
type trsArticle struct {
	article
	path string
}

// trsPath makes an address of the first date and the number of an article.
func trsPath(a article, number int) string {
	return fmt.Sprintf("%s%s/t%s_%d.html", ColumnTRS, a.published.Format("200601"), a.published.Format("20060102"), number)
}

// numbered gives articles their addresses, the newest the highest number.
func numbered(articles []article) []trsArticle {
	out := make([]trsArticle, len(articles))
	for i, a := range articles {
		out[i] = trsArticle{a, trsPath(a, trsNewest-i*trsStep)}
	}
	return out
}

// Name is the address below the column; TRS writes its links relative.
func (a trsArticle) Name() string  { return strings.TrimPrefix(a.path, ColumnTRS) }
func (a trsArticle) Date() string  { return a.date() }
func (a trsArticle) Title() string { return a.title }

// Cut is the title as a list shows it.
func (a trsArticle) Cut() string { return cut(a.title, trsCutAt) }

// trsList is what the template of a list page takes.
type trsList struct {
	Rows           []trsArticle
	Pages, Current int // Current counts from 0
	Policies       []policy
}

// trsPage is what the template of an article page takes.
type trsPage struct {
	Title, Publisher, Author, Stamp string
	Paragraphs                      []string
	Newer, Older                    *trsArticle // nil at the ends of the column
	Policies                        []policy
}

func (c trsColumn) render(add addPage) []TruthArticle {
	var truth []TruthArticle
	pages := (len(c.articles) + trsPageSize - 1) / trsPageSize
	for i := range pages {
		rows := c.articles[i*trsPageSize : min((i+1)*trsPageSize, len(c.articles))]
		name := "index.html"
		if i > 0 {
			name = fmt.Sprintf("index_%d.html", i)
		}
		add(ColumnTRS+name, utf8HTML, execute("trs_list.html", trsList{rows, pages, i, policies}))
	}
	for i, a := range c.articles {
		p := trsPage{
			Title: a.title, Publisher: a.publisher, Author: a.author, Stamp: a.published.Format("2006-01-02 15:04"),
			Paragraphs: a.paragraphs, Policies: policies,
		}
		if i > 0 {
			p.Newer = &c.articles[i-1]
		}
		if i+1 < len(c.articles) {
			p.Older = &c.articles[i+1]
		}
		add(a.path, utf8HTML, execute("trs_article.html", p))
		truth = append(truth, a.truth(a.path, ColumnTRS))
	}
	return truth
}
