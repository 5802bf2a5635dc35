package seeds

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const (
	tablePageSize = 10
	tableNewest   = 2118 // number in the address of the newest article
	tableGroup    = 5    // rows between two blank ones
)

// tableColumn is the column that looks as an editor of the early 2000s wrote it: tables, capital letters, GBK.
type tableColumn struct{ articles []article }

// tableRow is one row of a list page.
type tableRow struct{ Name, Title, Date string }

// tableList is what the template of a list page takes.
type tableList struct {
	Rows                  []tableRow
	Total, Pages, Current int    // Current counts from 1
	Previous, Next        string // empty at the ends
}

// tablePage is what the template of an article page takes.
type tablePage struct {
	Title, Day, Publisher, Author string
	Paragraphs                    []string
}

func (c tableColumn) render(add addPage) []TruthArticle {
	// The charset stands in the META alone: the header names none.
	addGBK := func(name string, html []byte) { add(ColumnTable+name, "text/html", toGBK(html)) }
	pages := (len(c.articles) + tablePageSize - 1) / tablePageSize
	var truth []TruthArticle
	for i := range pages {
		list := tableList{Total: len(c.articles), Pages: pages, Current: i + 1, Previous: countedName(i, pages), Next: countedName(i+2, pages)}
		for j := i * tablePageSize; j < min((i+1)*tablePageSize, len(c.articles)); j++ {
			a := c.articles[j]
			name := fmt.Sprintf("view_%d.html", tableNewest-j)
			list.Rows = append(list.Rows, tableRow{name, a.title, a.date()})
			addGBK(name, execute("table_article.html", tablePage{a.title, a.published.Format("2006年1月2日"), a.publisher, a.author, a.paragraphs}))
			truth = append(truth, a.truth(ColumnTable+name, ColumnTable))
		}
		addGBK(countedName(i+1, pages), execute("table_list.html", list))
	}
	return truth
}

// countedName names list page n, counted from 1; empty: there is no such page.
func countedName(n, pages int) string {
	switch {
	case n < 1 || n > pages:
		return ""
	case n == 1:
		return "index.html"
	}
	return fmt.Sprintf("index_%d.html", n)
}

// toGBK encodes a page. A character that GBK lacks would be a mistake in the articles.
func toGBK(html []byte) []byte {
	encoded, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(strings.ReplaceAll(string(html), "\n", "\r\n")))
	if err != nil {
		panic("seeds: " + err.Error())
	}
	return encoded
}
