package crawler

import (
	"encoding/json"
	"fmt"
	"hash/fnv"

	"zhaowen/config"
	"zhaowen/parser"
)

// readingOf is the fingerprint of the rules by which a source's pages are read: the version of the parser, the selectors, the expressions and the charset. The validators of a page
// that was read by other rules are not sent: its server would say that nothing has changed, and what the new rules find would stay hidden.
func readingOf(src config.Source) string {
	parts := []any{src.List, src.Article, src.Charset}
	if src.JSON != (config.JSONRules{}) { // the fingerprints of all other sources stay as they were
		parts = append(parts, src.JSON)
	}
	if src.Render {
		parts = append(parts, "render")
	}
	rules, _ := json.Marshal(parts) // strings alone: no error
	sum := fnv.New64a()
	_, _ = sum.Write(rules) // never fails
	return fmt.Sprintf("%d-%016x", parser.Version, sum.Sum64())
}
