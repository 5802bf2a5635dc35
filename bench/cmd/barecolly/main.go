// Command barecolly is what a programmer would write for the generated site alone: colly with hand-written selectors and one plain insert an article.
package main

import (
	"database/sql"
	"flag"
	"log"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/gocolly/colly/v2"
	_ "github.com/mattn/go-sqlite3"
)

var paging = regexp.MustCompile(`createPageHTML\((\d+), (\d+), "index", "html"\)`)

func main() {
	base := flag.String("site", "", "address of the site")
	columns := flag.Int("columns", 10, "columns")
	concurrency := flag.Int("concurrency", 16, "requests at once")
	file := flag.String("db", "bare.db", "database")
	flag.Parse()
	db, err := sql.Open("sqlite3", *file+"?_journal_mode=WAL&_synchronous=NORMAL")
	if err != nil {
		log.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE articles (url TEXT PRIMARY KEY, title TEXT, published_on TEXT, body TEXT)"); err != nil {
		log.Fatal(err)
	}
	insert, err := db.Prepare("INSERT OR IGNORE INTO articles VALUES (?, ?, ?, ?)")
	if err != nil {
		log.Fatal(err)
	}
	var mu sync.Mutex
	store := func(url, title, date, body string) {
		mu.Lock()
		defer mu.Unlock()
		if _, err := insert.Exec(url, title, date, body); err != nil {
			log.Print(err)
		}
	}
	lists := colly.NewCollector(colly.Async(true), colly.DetectCharset())
	articles := lists.Clone()
	for _, c := range []*colly.Collector{lists, articles} {
		if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: *concurrency}); err != nil {
			log.Fatal(err)
		}
	}
	lists.OnHTML("ul.newsList li a", func(e *colly.HTMLElement) { articles.Visit(e.Request.AbsoluteURL(e.Attr("href"))) })
	lists.OnHTML("td[width='100']", func(e *colly.HTMLElement) {
		articles.Visit(e.Request.AbsoluteURL(e.DOM.Prev().Find("a").AttrOr("href", "")))
	})
	lists.OnHTML("div.page script", func(e *colly.HTMLElement) {
		if m := paging.FindStringSubmatch(e.Text); m != nil {
			count, _ := strconv.Atoi(m[1])
			current, _ := strconv.Atoi(m[2])
			if current+1 < count {
				lists.Visit(e.Request.AbsoluteURL("index_" + strconv.Itoa(current+1) + ".html"))
			}
		}
	})
	lists.OnHTML("td[align=center] a", func(e *colly.HTMLElement) {
		if e.Text == "下一页" {
			lists.Visit(e.Request.AbsoluteURL(e.Attr("href")))
		}
	})
	articles.OnHTML("div.article", func(e *colly.HTMLElement) {
		var body []string
		e.ForEach("div.TRS_Editor p", func(_ int, p *colly.HTMLElement) { body = append(body, strings.TrimSpace(p.Text)) })
		date := strings.TrimPrefix(e.ChildText("div.info span:first-child"), "发布时间：")
		store(e.Request.URL.String(), e.ChildText("h1.tit"), strings.Fields(date)[0], strings.Join(body, "\n"))
	})
	articles.OnHTML("td[valign=top]:nth-child(2) > table", func(e *colly.HTMLElement) {
		if e.ChildText("td.text") == "" {
			return
		}
		var body []string
		e.ForEach("td.text p", func(_ int, p *colly.HTMLElement) { body = append(body, strings.Trim(p.Text, "\u00a0 \n")) })
		date := strings.TrimPrefix(e.ChildText("td[bgcolor]"), "发布日期：")
		store(e.Request.URL.String(), e.ChildText("font b"), date[:10], strings.Join(body, "\n"))
	})
	for column := range *columns {
		lists.Visit(*base + "/c" + strconv.Itoa(column) + "/")
	}
	lists.Wait()
	articles.Wait()
	if err := db.Close(); err != nil {
		log.Fatal(err)
	}
}
