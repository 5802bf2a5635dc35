package parser

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// KindSitemap is a sitemap (https://www.sitemaps.org/protocol.html) or an index of them.
const KindSitemap Kind = "sitemap"

// sitemapEntry is one <url> or <sitemap>; the news fields are those of Google's news sitemaps.
type sitemapEntry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
	News    struct {
		Title string `xml:"title"`
		Date  string `xml:"publication_date"`
	} `xml:"news"`
}

// readSitemap reads the addresses of a sitemap as rows. Their titles are empty where the sitemap gives none: the article's own page has them.
func (p *Page) readSitemap(text string, d *Document) bool {
	head := text[:min(len(text), 2048)]
	if !looksLikeSitemap(head) {
		return false
	}
	p.Kind = KindSitemap
	decoder := xml.NewDecoder(strings.NewReader(withoutXMLDeclaration(text)))
	for {
		token, err := decoder.Token()
		if err != nil {
			if err != io.EOF { //nolint:errorlint // Token returns io.EOF itself
				p.warn("the sitemap breaks off: " + err.Error())
			}
			break
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "url" && start.Name.Local != "sitemap" {
			continue
		}
		var e sitemapEntry
		if err := decoder.DecodeElement(&e, &start); err != nil {
			p.warn("the sitemap breaks off: " + err.Error())
			break
		}
		p.addEntry(e, d)
	}
	p.Reason = fmt.Sprintf("sitemap with %d addresses", len(p.Rows))
	if strings.Contains(head, "<sitemapindex") {
		p.indexed()
	}
	return true
}

// indexed makes of the rows of an index the sitemaps to be read. Those without a date keep their order behind the others.
func (p *Page) indexed() {
	if len(p.Rows) == 0 {
		p.Kind, p.Reason = KindUnknown, "an index of sitemaps that names none"
		return
	}
	p.Reason = fmt.Sprintf("an index of %d sitemaps", len(p.Rows))
	slices.SortStableFunc(p.Rows, func(a, b Row) int { return strings.Compare(b.Date, a.Date) })
	for i, row := range p.Rows {
		p.Lists = append(p.Lists, row.URL)
		if i < 10 {
			p.warn("sitemap " + row.URL)
		}
	}
	if len(p.Rows) > 10 {
		p.warn(fmt.Sprintf("and %d more", len(p.Rows)-10))
	}
	p.Rows = nil
}

func looksLikeSitemap(text string) bool {
	head := text[:min(len(text), 2048)]
	return strings.Contains(head, "<urlset") || strings.Contains(head, "<sitemapindex")
}

func (p *Page) addEntry(e sitemapEntry, d *Document) {
	row := Row{Title: collapse(e.News.Title), URL: d.resolve(e.Loc)}
	if row.URL == "" {
		return
	}
	for _, text := range []string{e.News.Date, e.LastMod} {
		if all := findDates(text, d.now); len(all) > 0 {
			row.Date = all[0].String()
			break
		}
	}
	p.Rows = append(p.Rows, row)
}
