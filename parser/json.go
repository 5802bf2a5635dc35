package parser

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
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
	if errors.Is(err, errTooMany) {
		p.Kind, p.Reason = KindUnknown, err.Error()
		return true
	}
	if err != nil {
		return false
	}
	if store := findString(v, 0, func(s string) bool { return strings.Contains(s, recordOpening) }); store != "" {
		p.readDatastore(store, in)
		return true
	}
	p.Kind = KindJSON
	p.Next = d.onSite(d.resolve(nextAddress(v, 0)))
	for _, objects := range jsArrays(literal) {
		if rows := d.objectRows(objects); len(rows) > len(p.Rows) {
			p.Rows = rows
		}
	}
	if len(p.Rows) == 0 {
		if markup := findString(v, 0, holdsLinks); markup != "" {
			in.As = KindList
			p.readHTML(documentFromHTML(markup, d.url, d.now), in)
			if p.Next == "" {
				p.Next = d.onSite(d.resolve(nextAddress(v, 0)))
			}
			return true
		}
	}
	if p.Next == "" {
		if p.Next = d.raisedPage(v, len(p.Rows)); p.Next != "" {
			p.Evidence.Next = "the number of the page in the address, and an answer that tells of more"
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

// findString finds a string of a JSON value that is wanted.
func findString(v any, depth int, wanted func(string) bool) string {
	if depth > 4 {
		return ""
	}
	switch v := v.(type) {
	case string:
		if wanted(v) {
			return v
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if s := findString(v[key], depth+1, wanted); s != "" {
				return s
			}
		}
	}
	return ""
}

// holdsLinks tells the markup of a list: scripts put it into the page as it is.
func holdsLinks(s string) bool { return strings.Count(s, "<a ") > 1 && strings.Contains(s, "href") }

// nextAddress finds the address of the next page in an answer that gives it, such as next_page_url.
func nextAddress(v any, depth int) string {
	o, ok := v.(map[string]any)
	if !ok || depth > 3 {
		return ""
	}
	keys := slices.Sorted(maps.Keys(o))
	for _, key := range keys {
		if s, ok := o[key].(string); ok && looksLikeNext(key) && strings.ContainsAny(s, "/?") {
			return s
		}
	}
	for _, key := range keys {
		if s := nextAddress(o[key], depth+1); s != "" {
			return s
		}
	}
	return ""
}

func looksLikeNext(key string) bool {
	switch strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(key)) {
	case "next", "nexturl", "nextpage", "nextpageurl", "nexthref", "nextlink":
		return true
	}
	return false
}
