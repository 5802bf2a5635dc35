package parser

import (
	"fmt"
	"regexp"
	"strings"
)

var jsonpCall = regexp.MustCompile(`^[\w$.]{1,80}\s*\(`)

// asJSON tells whether a text is JSON or JSONP and returns the literal.
func asJSON(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[{") || strings.HasPrefix(text, "[ {") || strings.HasPrefix(text, "[\n") || strings.HasPrefix(text, "[\r") {
		return text, true
	}
	if m := jsonpCall.FindString(text); m != "" {
		literal := strings.TrimSpace(text[len(m):])
		if strings.HasPrefix(literal, "{") || strings.HasPrefix(literal, "[") {
			return literal, true
		}
	}
	return "", false
}

// readJSON reads a list that comes as JSON or JSONP. It returns false where the text is none.
func (p *Page) readJSON(literal string, d *Document, in Input) bool {
	r := jsReader{s: literal}
	v, err := r.value()
	if err != nil {
		return false
	}
	if store := findDatastore(v, 0); store != "" {
		p.readDatastore(store, in)
		return true
	}
	p.Kind = KindJSON
	for _, objects := range jsArrays(literal) {
		if rows := d.objectRows(objects); len(rows) > len(p.Rows) {
			p.Rows = rows
		}
	}
	p.Reason = fmt.Sprintf("JSON with %d rows", len(p.Rows))
	if len(p.Rows) == 0 {
		p.warn("no array of objects with a title and an address")
	}
	return true
}

// readDatastore reads the records of Hanweb JPage.
func (p *Page) readDatastore(store string, in Input) {
	page, next, _ := datastoreToHTML(store)
	d := documentFromHTML(page, parseBase(in.URL), in.Now)
	d.proxy = next
	in.As = KindList
	p.readHTML(d, in)
}

// findDatastore finds a string that holds the records of Hanweb JPage.
func findDatastore(v any, depth int) string {
	if depth > 4 {
		return ""
	}
	switch v := v.(type) {
	case string:
		if strings.Contains(v, recordOpening) {
			return v
		}
	case map[string]any:
		for _, child := range v {
			if s := findDatastore(child, depth+1); s != "" {
				return s
			}
		}
	}
	return ""
}
