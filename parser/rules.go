package parser

// RulesConfig holds the CSS selectors that a source configures where the automatic reading is wrong. An empty selector leaves that part automatic.
type RulesConfig struct {
	Row, Link, RowDate, Next     string   // list pages: one row; in it the link and the date; the link to the next page
	Title, Body, Date, Publisher string   // article pages
	Remove                       []string // article pages: elements that are no part of the body
}
