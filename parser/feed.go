package parser

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mmcdole/gofeed"
)

// readFeed reads RSS, Atom and JSON Feed through gofeed. An item with a text of its own and no address is an article; the others are rows.
func (p *Page) readFeed(text string, d *Document) bool {
	if !looksLikeFeed(text) {
		return false
	}
	// the declaration may name the charset that the bytes were in; they are UTF-8 now
	feed, err := gofeed.NewParser().Parse(bytes.NewReader([]byte(withoutXMLDeclaration(text))))
	if err != nil {
		return false
	}
	p.Kind = KindFeed
	for _, item := range feed.Items {
		title := plainText(item.Title)
		address := d.resolve(item.Link)
		day := ""
		if item.PublishedParsed != nil {
			day = onDay(item.PublishedParsed.In(d.now.Location())).String()
		} else if all := findDates(item.Published+" "+item.Updated, d.now); len(all) > 0 {
			day = all[0].String()
		}
		switch {
		case title == "":
			p.warn("an item without a title is left out: " + excerpt(item.Link))
		case address != "":
			p.Rows = append(p.Rows, Row{Title: title, URL: address, Date: day, Summary: firstChars(plainText(item.Description), 300)})
		case item.Content != "" || item.Description != "":
			p.Articles = append(p.Articles, Article{Title: title, Date: day, Body: d.markupText(item.Content + item.Description)})
		default:
			p.warn("an item without an address or a text is left out: " + excerpt(title))
		}
	}
	p.Reason = fmt.Sprintf("%s feed with %d items", strings.ToUpper(feed.FeedType), len(feed.Items))
	return true
}

// markupText gives the text of a piece of HTML, a block a line.
func (d *Document) markupText(markup string) string {
	var lines []string
	for _, b := range documentFromHTML(markup, d.url, d.now).Blocks {
		lines = append(lines, b.Text)
	}
	return strings.Join(lines, "\n")
}

func looksLikeFeed(text string) bool {
	head := strings.ToLower(text[:min(len(text), 2048)])
	return strings.Contains(head, "<rss") || strings.Contains(head, "<feed") || strings.Contains(head, "<rdf:rdf") || strings.Contains(head, "jsonfeed.org/version")
}

func withoutXMLDeclaration(text string) string {
	trimmed := strings.TrimLeft(text, " \t\r\n\ufeff")
	if strings.HasPrefix(trimmed, "<?xml") {
		if _, rest, ok := strings.Cut(trimmed, "?>"); ok {
			return rest
		}
	}
	return text
}
