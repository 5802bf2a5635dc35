// Package parser turns the bytes of a page, or of a text dump of one, into articles, rows and the next page. It is pure: no files, no network, no
// clock, no global state.
package parser

// Parse reads one page or dump. It returns an error only when the bytes are no text at all (a binary file); whatever else is wrong with a page stands
// in the warnings of the result.
func Parse(in Input) (*Page, error) {
	panic("not yet")
}

// Rules are compiled selectors.
type Rules struct{}

// CompileRules checks and compiles the selectors of a source. The error names the bad selector.
func CompileRules(c RulesConfig) (*Rules, error) { return &Rules{}, nil }
