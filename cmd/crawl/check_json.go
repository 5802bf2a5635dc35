package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"zhaowen/facts"
	"zhaowen/parser"
)

// checkJSON is what `crawl check --json` prints; DESIGN.md fixes its fields.
type checkJSON struct {
	URL      string         `json:"url"`
	Status   int            `json:"status"` // HTTP status; 0 for files
	Charset  parser.Charset `json:"charset"`
	CMS      string         `json:"cms"`
	Kind     parser.Kind    `json:"kind"`
	Rows     []parser.Row   `json:"rows"`
	Next     string         `json:"next"`
	Articles []articleJSON  `json:"articles"`
	Robots   string         `json:"robots"`
	Warnings []string       `json:"warnings"`
}

// articleJSON is an article in the JSON of check.
type articleJSON struct {
	Title     string          `json:"title"`
	Date      string          `json:"date"`     // YYYY-MM-DD
	Datetime  string          `json:"datetime"` // RFC 3339; empty where the page gives no time of day
	Publisher string          `json:"publisher"`
	Author    string          `json:"author"`
	Body      string          `json:"body"` // plain text, one paragraph a line
	Sections  []facts.Section `json:"sections"`
}

func printCheckJSON(w io.Writer, checked *checkedPage) error {
	page := checked.page
	out := checkJSON{
		URL: checked.name, Status: checked.status, Charset: page.Charset, CMS: page.CMS, Kind: page.Kind, Next: page.Next, Robots: checked.robots,
		Rows: append([]parser.Row{}, page.Rows...), Articles: []articleJSON{}, Warnings: []string{}, // never null
	}
	for _, a := range page.Articles {
		out.Articles = append(out.Articles, newArticleJSON(a))
	}
	for _, warning := range page.Warnings {
		out.Warnings = append(out.Warnings, warningText(warning))
	}
	return newJSONEncoder(w).Encode(out)
}

func newArticleJSON(a parser.Article) articleJSON {
	out := articleJSON{
		Title: a.Title, Date: a.Date, Publisher: a.Publisher, Author: a.Author, Body: a.Body,
		Sections: append([]facts.Section{}, facts.Sections(a.Body)...),
	}
	if !a.Time.IsZero() {
		out.Datetime = a.Time.Format(time.RFC3339)
	}
	return out
}

// newJSONEncoder writes one object a line, with < > & as they are: the output is no HTML.
func newJSONEncoder(w io.Writer) *json.Encoder {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder
}

// printJSONLines writes one object a line.
func printJSONLines[T any](w io.Writer, rows []T) error {
	encoder := newJSONEncoder(w)
	for _, row := range rows {
		if err := encoder.Encode(row); err != nil {
			return err
		}
	}
	return nil
}

// warningText is a warning in words, with its line where it has one.
func warningText(w parser.Warning) string {
	if w.Line > 0 {
		return fmt.Sprintf("line %d: %s", w.Line, w.Text)
	}
	return w.Text
}
