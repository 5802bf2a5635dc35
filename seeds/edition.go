package seeds

import (
	"slices"
	"strings"
	"time"
)

// edition is what the site holds in one of its two states.
type edition struct {
	trs   trsColumn
	table tableColumn
	full  fullColumn
}

const (
	copiedTitle  = "南通洋口外湾海工装备配套园揭牌 首批11家企业进驻"
	copiedOn     = "2026-08-14" // a day after the original
	failingPath  = "/old/view_2114.html"
	revisedTitle = "星澜半导体封测基地在无锡封顶"
)

// corrections are what the second day changes in the revised article.
var corrections = strings.NewReplacer("提前22天", "提前12天", "突破190亿元", "突破180亿元")

// firstDay puts the columns together.
func firstDay() edition {
	first := mustArticles("articles/a.txt")
	return edition{
		trs:   trsColumn{articles: numbered(first)},
		table: tableColumn{articles: withCopy(mustArticles("articles/b.txt"), first)},
		full:  fullColumn{articles: mustArticles("articles/c.txt")},
	}
}

// secondDay is firstDay with one article more and one revised; the revised one moves up to its new date and keeps its address.
func secondDay() edition {
	e := firstDay()
	fresh := mustArticles("articles/next.txt")[0]
	at := slices.IndexFunc(e.trs.articles, func(a trsArticle) bool { return a.title == revisedTitle })
	revised := e.trs.articles[at]
	revised.paragraphs = slices.Clone(revised.paragraphs)
	for i, paragraph := range revised.paragraphs {
		revised.paragraphs[i] = corrections.Replace(paragraph)
	}
	revised.published = fresh.published.Add(-31 * time.Minute)
	rest := slices.Delete(e.trs.articles, at, at+1)
	e.trs.articles = append([]trsArticle{{article: fresh, path: trsPath(fresh, trsNewest+trsStep)}, revised}, rest...)
	return e
}

// withCopy adds the copied article of another column to a column, in the order of dates.
func withCopy(articles, others []article) []article {
	copied := others[slices.IndexFunc(others, func(a article) bool { return a.title == copiedTitle })]
	copied.published = mustDate(copiedOn)
	at := slices.IndexFunc(articles, func(a article) bool { return a.published.Before(copied.published) })
	return slices.Insert(articles, at, copied)
}
