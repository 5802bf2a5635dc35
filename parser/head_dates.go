package parser

import (
	"encoding/json"
	"strings"
)

// metaDates are the names under which a page's head gives the date, with their weight. PubDate of the State Council's guideline (国办发〔2017〕47号) is
// wrong on one page in three, since some systems write the day on which the page was generated.
var metaDates = []struct {
	name   string
	weight float64
}{
	{"pubdate", 1.9},
	{"article:published_time", 2.4},
	{"publishdate", 2},
	{"publish_date", 2},
	{"publishtime", 2},
	{"og:release_date", 2},
	{"bytedance:published_time", 2.2},
	{"datepublished", 2.4},
	{"weibo: article:create_at", 2},
	{"dc.date", 1.5},
	{"date", 1.2},
	{"firstpublishedtime", 2},
	{"others", 0.5},
	{"publication_date", 2},
	{"releasedate", 2},
}

// datesInHead reads meta tags, <time> and JSON-LD.
func (d *Document) datesInHead() []datedEvidence {
	var found []datedEvidence
	add := func(text string, weight float64, reason string) {
		if all := findDates(text, d.now); len(all) > 0 && !all[0].yearless {
			found = append(found, datedEvidence{all[0], weight, reason})
		}
	}
	for _, m := range metaDates {
		if content := d.meta(m.name); content != "" {
			add(content, m.weight, "meta "+m.name)
		}
	}
	for i := range d.Nodes {
		switch {
		case d.Nodes[i].Tag == "time":
			weight := 1.2
			if strings.Contains(d.Nodes[i].Class, "updated") || strings.Contains(d.Nodes[i].Class, "modified") {
				weight = 0.3
			}
			add(d.attr(i, "datetime"), weight, "<time>")
		case d.attr(i, "itemprop") == "datePublished":
			value := d.attr(i, "content")
			if value == "" {
				value = d.text(i)
			}
			add(value, 2, "microdata")
		}
	}
	for _, s := range d.scripts {
		if strings.Contains(s.kind, "ld+json") {
			add(jsonLDDate(s.text), 2.4, "JSON-LD")
		}
	}
	return found
}

// jsonLDDate finds datePublished (or pubDate) in a JSON-LD script.
func jsonLDDate(text string) string {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return ""
	}
	return findKey(v, 0, "datePublished", "pubDate")
}

func findKey(v any, depth int, names ...string) string {
	if depth > 6 {
		return ""
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range names {
			if s, ok := v[name].(string); ok && s != "" {
				return s
			}
		}
		for _, child := range v {
			if s := findKey(child, depth+1, names...); s != "" {
				return s
			}
		}
	case []any:
		for _, child := range v {
			if s := findKey(child, depth+1, names...); s != "" {
				return s
			}
		}
	}
	return ""
}
