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
		case m.publisher == "" && (d.attr(i, "itemprop") == "publisher" || n.Class == "js_name" || strings.HasSuffix(n.Class, " js_name") || strings.Contains(n.Class, "profile_nickname")):
			m.publisher = publisherName(d.text(i))
		case m.author == "" && (n.Class == "author" || strings.HasPrefix(n.Class, "author ")) && n.Tag != "div":
			m.author = markedPerson(d.text(i))
		case m.publisher == "" && (n.Class == "from" || n.Class == "source"):
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

// markedPerson takes what an element holds that by its class is an author: a name, also one that is no surname's.
func markedPerson(text string) string {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(text), "作者："), "作者:"))
	if known := personNames(text, true); known != "" {
		return known
	}
	if runeCount(text) <= 4 && isPenName(text) && !isOrg(text) && !isNobody(text) {
		return text
	}
	return ""
}

// jsonLDAuthor finds the names of the authors, where they are persons, in a JSON-LD script.
func jsonLDAuthor(text string) string {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return ""
	}
	var names []string
	for _, name := range personsUnder(v, 0) {
		name = strings.TrimSpace(name)
		if known := personNames(name, true); known != "" {
			names = append(names, known)
		} else if !isNobody(name) && isPenName(name) {
			names = append(names, name) // said to be a person, whatever it looks like
		}
	}
	return joinNames(names)
}

// personsUnder lists the persons whom the first object with an author names.
func personsUnder(v any, depth int) []string {
	if depth > 6 {
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		authors, ok := v["author"].([]any)
		if !ok {
			authors = []any{v["author"]}
		}
		var names []string
		for _, a := range authors[:min(len(authors), 8)] {
			if author, ok := a.(map[string]any); ok && author["@type"] == "Person" {
				if name, ok := author["name"].(string); ok {
					names = append(names, name)
				}
			}
		}
		if names != nil {
			return names
		}
		return personsUnder(v["@graph"], depth+1)
	case []any:
		for _, child := range v {
			if names := personsUnder(child, depth+1); names != nil {
				return names
			}
		}
	}
	return nil
}

// metaAuthor takes a meta tag's author for a person's name; systems write the site, the company or an account's number there as well.
func (d *Document) metaAuthor() string {
	return personNames(d.meta("author", "article:author", "og:article:author"), true)
}

// memberPages are parts of the addresses of the pages that forums, blogs and portals keep for those who write.
var memberPages = []string{"space-uid-", "mod=space", "space-username-", "/author/", "/authors/", "/member/", "/people/", "/space/", "/user/", "/users/", "/u/", "/writer/"}

// memberAbove reads the name of a person that stands between title and text as a link to their page.
func (d *Document) memberAbove(t title, from int) string {
	if t.block < 0 {
		return ""
	}
	for i := t.block + 1; i < min(from, t.block+8, len(d.Blocks)); i++ {
		for j := d.Blocks[i].first; j < d.Blocks[i].last; j++ {
			if x := &d.Texts[j]; x.Link >= 0 && x.chars >= 2 && x.chars <= 4 && isPerson(strings.TrimSpace(x.S)) && containsAny(strings.ToLower(d.attr(x.Link, "href")), memberPages) {
				return strings.TrimSpace(x.S)
			}
		}
	}
	return ""
}

// ownerInTitle reads the name of a person who has a blog or a column, in whose name <title> gives it: 题目_郗望之_数评博客, 题目 - 欧阳敏专栏 - 青屿日报.
func (d *Document) ownerInTitle() string {
	if !containsAny(d.title, []string{"博客", "专栏"}) {
		return ""
	}
	parts := titleParts(d.title)
	for i := 1; i < len(parts); i++ {
		if name, ok := strings.CutSuffix(parts[i], "专栏"); ok && isPerson(name) && runeCount(name) > 2 {
			return name
		}
		if name := strings.TrimSuffix(parts[i], "的博客"); isPerson(name) && (name != parts[i] || i+1 < len(parts) && strings.Contains(parts[i+1], "博客")) {
			return name
		}
	}
	return ""
}
