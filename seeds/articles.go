package seeds

import (
	"fmt"
	"strings"
	"time"
)

// article is one text of the demo site, before any page is made of it.
type article struct {
	title      string
	published  time.Time // the time of day is midnight where only a date is known
	publisher  string
	author     string // may be empty
	paragraphs []string
}

func (a article) date() string { return a.published.Format(time.DateOnly) }

// truth is the article as a page shows it that names all there is.
func (a article) truth(path, column string) TruthArticle {
	return TruthArticle{path, column, a.title, a.date(), a.publisher, a.author, strings.Join(a.paragraphs, "\n")}
}

// mustArticles reads an embedded file of articles; the tests read every one of them.
func mustArticles(name string) []article {
	articles, err := parseArticles(string(mustRead(name)))
	if err != nil {
		panic("seeds: " + name + ": " + err.Error())
	}
	return articles
}

// parseArticles reads articles apart by blank lines: `# title`, `@ date [time] | publisher | author`, then a paragraph a line.
func parseArticles(text string) ([]article, error) {
	var articles []article
	for i, block := range strings.Split(strings.TrimSpace(text), "\n\n") {
		a, err := parseArticle(strings.Split(strings.TrimSpace(block), "\n"))
		if err != nil {
			return nil, fmt.Errorf("article %d: %w", i+1, err)
		}
		articles = append(articles, a)
	}
	return articles, nil
}

func parseArticle(lines []string) (article, error) {
	if len(lines) < 3 || !strings.HasPrefix(lines[0], "# ") || !strings.HasPrefix(lines[1], "@ ") {
		return article{}, fmt.Errorf("want a line of #, a line of @ and a text, got %q", lines[0])
	}
	credits := strings.Split(lines[1][len("@ "):], "|")
	if len(credits) < 2 || len(credits) > 3 {
		return article{}, fmt.Errorf("want date | publisher | author, got %q", lines[1])
	}
	a := article{title: lines[0][len("# "):], publisher: strings.TrimSpace(credits[1]), paragraphs: lines[2:]}
	if len(credits) == 3 {
		a.author = strings.TrimSpace(credits[2])
	}
	stamp, layout := strings.TrimSpace(credits[0]), "2006-01-02 15:04"
	if len(stamp) == len(time.DateOnly) {
		layout = time.DateOnly
	}
	var err error
	if a.published, err = time.Parse(layout, stamp); err != nil {
		return article{}, fmt.Errorf("date of %q: %w", a.title, err)
	}
	return a, nil
}

func mustDate(date string) time.Time {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic("seeds: " + err.Error()) // called with constants
	}
	return t
}
