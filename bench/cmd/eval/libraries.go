package main

import (
	"bytes"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	distiller "github.com/markusmobius/go-domdistiller"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"zhaowen/parser"
	"zhaowen/parser/labelled"
)

// library reads one article page. Ours gets the bytes, the others the text decoded for them.
type library struct {
	name                           string
	title, date, publisher, author bool // what it gives
	read                           func(c labelled.Case, text string, address *url.URL) parser.Article
}

var libraries = []library{
	{ourName, true, true, true, true, func(c labelled.Case, _ string, _ *url.URL) parser.Article {
		page, err := parser.Parse(c.Input(parser.KindArticle))
		if err != nil || len(page.Articles) == 0 {
			return parser.Article{}
		}
		return page.Articles[0]
	}},
	{"go-readability", true, true, false, true, func(_ labelled.Case, text string, address *url.URL) parser.Article {
		p := readability.NewParser()
		got, err := p.Parse(strings.NewReader(text), address)
		if err != nil || got.Node == nil {
			return parser.Article{}
		}
		var body bytes.Buffer
		if err := got.RenderText(&body); err != nil {
			return parser.Article{}
		}
		a := parser.Article{Title: got.Title(), Author: got.Byline(), Body: body.String()}
		if t, err := got.PublishedTime(); err == nil && !t.IsZero() {
			a.Date = t.Format("2006-01-02")
		}
		return a
	}},
	{"go-trafilatura", true, true, false, true, trafilaturaWith(false)},
	{"go-trafilatura with fallback", true, true, false, true, trafilaturaWith(true)},
	{"go-domdistiller", true, false, false, false, func(_ labelled.Case, text string, address *url.URL) parser.Article {
		got, err := distiller.ApplyForReader(strings.NewReader(text), &distiller.Options{OriginalURL: address})
		if err != nil || got.Node == nil {
			return parser.Article{}
		}
		return parser.Article{Title: got.Title, Body: textOf(got.Node)}
	}},
}

func trafilaturaWith(fallback bool) func(labelled.Case, string, *url.URL) parser.Article {
	return func(_ labelled.Case, text string, address *url.URL) parser.Article {
		got, err := trafilatura.Extract(strings.NewReader(text), trafilatura.Options{OriginalURL: address, EnableFallback: fallback, ExcludeComments: true})
		if err != nil {
			return parser.Article{}
		}
		a := parser.Article{Title: got.Metadata.Title, Author: got.Metadata.Author, Body: got.ContentText}
		if !got.Metadata.Date.IsZero() {
			a.Date = got.Metadata.Date.Format("2006-01-02")
		}
		return a
	}
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
