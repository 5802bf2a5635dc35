package parser

import (
	"encoding/json"
	"strings"
)

// marks are names that a page marks up for machines, or that WeChat's articles keep in elements of known names.
type marks struct{ publisher, author string }

// markedCredits reads microdata, WeChat's account and writer, WordPress's author and JSON-LD.
func (d *Document) markedCredits() marks {
	var m marks
	for i := range d.Nodes {
		n := &d.Nodes[i]
		if n.TextEnd == n.TextStart || n.TextEnd-n.TextStart > 4 || n.hidden {
			continue
		}
		switch {
		case m.author == "" && (d.attr(i, "itemprop") == "author" || n.Class == "author vcard"):
			m.author = personNames(d.text(i), true)
		case m.publisher == "" && (d.attr(i, "itemprop") == "publisher" || strings.HasSuffix(n.Class, " js_name")):
			m.publisher = publisherName(d.text(i))
		case m.author == "" && strings.HasSuffix(n.Class, "rich_media_meta_text"):
			m.author = personNames(d.text(i), true)
		}
	}
	if m.author == "" {
		for _, s := range d.scripts {
			if strings.Contains(s.kind, "ld+json") {
				m.author = firstOf(m.author, jsonLDAuthor(s.text))
			}
		}
	}
	return m
}

// jsonLDAuthor finds the name of the author, where it is a person, in a JSON-LD script.
func jsonLDAuthor(text string) string {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return ""
	}
	name := strings.TrimSpace(personUnder(v, 0))
	if names := personNames(name, true); names != "" {
		return names
	}
	if isNobody(name) || !isPenName(name) {
		return ""
	}
	return name // said to be a person, whatever it looks like
}

func personUnder(v any, depth int) string {
	if depth > 6 {
		return ""
	}
	switch v := v.(type) {
	case map[string]any:
		switch author := v["author"].(type) {
		case map[string]any:
			if name, ok := author["name"].(string); ok && author["@type"] == "Person" {
				return name
			}
		case []any:
			if len(author) > 0 {
				return personUnder(map[string]any{"author": author[0]}, depth+1)
			}
		}
		return personUnder(v["@graph"], depth+1)
	case []any:
		for _, child := range v {
			if s := personUnder(child, depth+1); s != "" {
				return s
			}
		}
	}
	return ""
}

// metaAuthor takes a meta tag's author for a person's name; systems write the site, the company or an account's number there as well.
func (d *Document) metaAuthor() string {
	return personNames(d.meta("author", "article:author", "og:article:author"), true)
}
