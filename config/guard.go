package config

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// The YAML library recurses without a limit and takes quadratic time in the depth of what it reads. These bounds are far above
// the four levels, and the few anchors, of a configuration.
const (
	maxNesting = 50
	maxIndent  = 200  // columns
	maxAnchors = 1000 // and tags
	maxLines   = 30000
)

// unreadable says why the bytes are not handed to the YAML library, and at which line; an empty message: they may be.
func unreadable(data []byte) (line int, message string) {
	if len(data) > maxFile {
		return 1, fmt.Sprintf("larger than %d bytes: is this the configuration?", maxFile)
	}
	brackets, deepest, anchors := 0, 0, 0
	for text := range bytes.Lines(data) {
		line++
		switch {
		case !utf8.Valid(text):
			return line, "not UTF-8 (GBK perhaps): save the file as UTF-8"
		case bytes.IndexByte(text, 0) >= 0:
			return line, "holds a NUL byte: is this a text file in UTF-8?"
		case line > maxLines:
			return line, "too many lines for a configuration: split it and run two crawlers"
		}
		indent := len(text) - len(bytes.TrimLeft(text, " \t"))
		dashes := 0
		for word := range strings.FieldsSeq(string(text)) {
			switch {
			case word == "-" || word == "?" || word == ":":
				dashes++
			case word[0] == '&' || word[0] == '!':
				anchors++
			}
		}
		for _, b := range text {
			switch b {
			case '[', '{':
				brackets++
				deepest = max(deepest, brackets)
			case ']', '}':
				brackets = max(0, brackets-1)
			}
		}
		if indent > maxIndent || dashes > maxNesting || deepest > maxNesting || anchors > maxAnchors {
			return line, "nested too deeply for a configuration"
		}
	}
	return 0, ""
}
