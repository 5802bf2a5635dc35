package crawler

import (
	"fmt"

	"zhaowen/config"
	"zhaowen/parser"
)

// Rules compiles the selectors and expressions of a source for the parser.
func Rules(src config.Source) (*parser.Rules, error) {
	rules, err := parser.CompileRules(parser.RulesConfig{
		Row: src.List.Row, Link: src.List.Link, RowDate: src.List.Date, Next: src.List.Next,
		Title: src.Article.Title, Body: src.Article.Body, Date: src.Article.Date, Remove: src.Article.Remove,
		JSON: parser.JSONConfig(src.JSON),
	})
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", src.ID, err)
	}
	return rules, nil
}
