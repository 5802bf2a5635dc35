package crawler

import (
	"encoding/json"
	"fmt"
	"hash/fnv"

	"zhaowen/config"
	"zhaowen/parser"
)

// readingOf is the fingerprint of the rules by which a source's pages are read: the version of the parser, the selectors and the charset. The validators of a page
// that was read by other rules are not sent: its server would say that nothing has changed, and what the new rules find would stay hidden.
func readingOf(src config.Source) string {
	rules, _ := json.Marshal([]any{src.List, src.Article, src.Charset}) // strings alone: no error
	sum := fnv.New64a()
	_, _ = sum.Write(rules) // never fails
	return fmt.Sprintf("%d-%016x", parser.Version, sum.Sum64())
}
