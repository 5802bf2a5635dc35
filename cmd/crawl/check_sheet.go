package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"zhaowen/facts"
	"zhaowen/parser"
)

const (
	mostRows      = 20 // rows that are shown of a page
	mostLines     = 6  // first lines that are shown of a body
	thinList      = 3  // fewer rows than this are worth a warning
	thinCharacter = 80 // an article with fewer characters is worth a warning
)

// printCheckSheet shows a page to a person; first is the first article of a list, or nil.
func printCheckSheet(in *invocation, checked, first *checkedPage) error {
	s := in.sheet()
	s.section(checked.name)
	s.page(checked)
	page := checked.page
	switch {
	case len(page.Rows) > 0:
		s.rows(page, checked.final)
		s.plain("")
		s.line("Next page", orNone(page.Next))
		s.because("Rows by", page.Evidence.Rows)
		s.because("Next by", page.Evidence.Next)
	case len(page.Articles) > 1:
		s.records(page.Articles)
	}
	if len(page.Articles) > 0 {
		s.article("Article", page.Articles[0])
		s.why(page.Evidence)
	}
	if first != nil {
		s.section("What would be stored of the first row: " + first.name)
		s.page(first)
		if len(first.page.Articles) > 0 {
			s.article("Article", first.page.Articles[0])
			s.why(first.page.Evidence)
		}
	}
	s.warnings(append(allWarnings(page), prefixed("first article: ", first)...))
	return s.show(in.Stdout)
}

// page shows how a page was fetched and what it was taken for.
func (s *sheet) page(checked *checkedPage) {
	page := checked.page
	if checked.fetched {
		s.line("Fetched", fmt.Sprintf("%d %s, %s in %s", checked.status, http.StatusText(checked.status), size(int64(len(checked.body))), took(checked.took)))
		if checked.final != "" && checked.final != checked.name {
			s.line("Redirected", "to "+checked.final)
		}
		s.line("Robots", checked.robots)
	} else {
		s.line("Read", size(int64(len(checked.body))))
	}
	s.line("Charset", joinReason(page.Charset.Name, page.Charset.Evidence))
	if page.CMS != "" {
		s.line("CMS", page.CMS)
	}
	s.line("Kind", joinReason(string(page.Kind), page.Reason))
}

// rows shows the first rows of a list.
func (s *sheet) rows(page *parser.Page, base string) {
	s.section("Rows: " + count(len(page.Rows)))
	cells := make([][]string, 0, mostRows)
	for _, row := range page.Rows[:min(len(page.Rows), mostRows)] {
		cells = append(cells, []string{row.Date, row.Title, s.shortURL(row.URL, base)})
	}
	s.table([]column{{name: "date"}, {name: "title", flex: true}, {name: "URL", flex: true}}, cells)
	s.more(len(page.Rows) - mostRows)
}

// records shows the first records of a dump, or of a list that holds its articles.
func (s *sheet) records(articles []parser.Article) {
	s.section("Articles: " + count(len(articles)))
	cells := make([][]string, 0, mostRows)
	for _, a := range articles[:min(len(articles), mostRows)] {
		line := ""
		if a.Line > 0 {
			line = strconv.Itoa(a.Line)
		}
		cells = append(cells, []string{line, a.Date, a.Title, count(utf8.RuneCountInString(a.Body))})
	}
	s.table([]column{{name: "line", right: true}, {name: "date"}, {name: "title", flex: true}, {name: "characters", right: true}}, cells)
	s.more(len(articles) - mostRows)
}

func (s *sheet) more(n int) {
	if n > 0 {
		s.printf("… and %s more", count(n))
	}
}

// article shows one article as it would be stored.
func (s *sheet) article(head string, a parser.Article) {
	s.section(head)
	s.line("Title", a.Title)
	date := a.Date
	if !a.Time.IsZero() {
		date += " " + a.Time.Format("15:04 -07:00")
	}
	s.line("Date", date)
	s.line("Publisher", a.Publisher)
	s.line("Author", a.Author)
	s.line("Characters", count(utf8.RuneCountInString(a.Body)))
	lines := strings.Split(a.Body, "\n")
	for i, line := range lines[:min(len(lines), mostLines)] {
		label := ""
		if i == 0 {
			label = "Body"
		}
		s.line(label, cut(line, s.bodyWidth()))
	}
	if n := len(lines) - mostLines; n > 0 {
		s.line("", "… and "+plural(n, "more line"))
	}
	for i, section := range facts.Sections(a.Body) {
		label := ""
		if i == 0 {
			label = "Sections"
		}
		heading := section.Heading
		if heading == "" {
			heading, _, _ = strings.Cut(section.Body, "\n")
			heading = cut(heading, 40)
		}
		s.line(label, fmt.Sprintf("%d %s (%s characters)", section.Number, heading, count(utf8.RuneCountInString(section.Body))))
	}
}

// why says what the parts of an article were chosen by.
func (s *sheet) why(e parser.Evidence) {
	s.because("Title by", e.Title)
	s.because("Date by", e.Date)
	s.because("Body by", e.Body)
}

func (s *sheet) because(label, reason string) {
	if reason != "" {
		s.line(label, reason)
	}
}

// bodyWidth is the width of one line of a body: that of the terminal, or enough to recognise it by.
func (s *sheet) bodyWidth() int {
	if s.width > labelColumn {
		return s.width - labelColumn
	}
	return 120
}

func (s *sheet) warnings(warnings []string) {
	if len(warnings) == 0 {
		return
	}
	s.section("Warnings: " + count(len(warnings)))
	for _, w := range warnings[:min(len(warnings), mostRows)] {
		s.plain("! " + w)
	}
	s.more(len(warnings) - mostRows)
}

// allWarnings are those of the parser, and those for what a person would wonder at.
func allWarnings(page *parser.Page) []string {
	var texts []string
	for _, w := range page.Warnings {
		texts = append(texts, warningText(w))
	}
	if n := len(page.Rows); page.Kind == parser.KindList && n < thinList && len(page.Articles) == 0 {
		texts = append(texts, fmt.Sprintf("only %s found: is this the list? list.row in the configuration names the rows by a selector", plural(n, "row")))
	}
	for i, a := range page.Articles {
		if n := utf8.RuneCountInString(a.Body); n < thinCharacter {
			texts = append(texts, fmt.Sprintf("article %d is thin: %s", i+1, plural(n, "character")))
		}
		if a.Date == "" {
			texts = append(texts, fmt.Sprintf("article %d has no date", i+1))
		}
	}
	return texts
}

// prefixed are the warnings of another page, or none.
func prefixed(prefix string, checked *checkedPage) []string {
	if checked == nil {
		return nil
	}
	texts := allWarnings(checked.page)
	for i := range texts {
		texts[i] = prefix + texts[i]
	}
	return texts
}

// shortURL leaves out the site that all rows share where the terminal is too narrow for it.
func (s *sheet) shortURL(address, base string) string {
	a, err := url.Parse(address)
	if err != nil || s.width == 0 {
		return address
	}
	b, err := url.Parse(base)
	if err != nil || a.Scheme != b.Scheme || a.Host != b.Host {
		return address
	}
	return a.RequestURI()
}

func joinReason(what, why string) string {
	if why == "" {
		return what
	}
	return what + ": " + why
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
