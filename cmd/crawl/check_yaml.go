package main

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"zhaowen/config"
	"zhaowen/parser"

	"github.com/goccy/go-yaml"
	"golang.org/x/net/html"
	"golang.org/x/text/encoding/htmlindex"
)

// printCheckYAML prints the entry of a list page for `sources:` of a configuration.
func printCheckYAML(in *invocation, checked *checkedPage) error {
	if checked.final == "" {
		return fmt.Errorf("%s is a file: name the address that it came from with --base-url", checked.name)
	}
	if kind := checked.page.Kind; kind != parser.KindList && len(checked.page.Rows) == 0 && kind != parser.KindFeed {
		return fmt.Errorf("%s is no list (%s): a source is the address of a page that lists articles", checked.name, joinReason(string(kind), checked.page.Reason))
	}
	address, tokens := config.SplitTokens(checked.final)
	entry := yaml.MapSlice{
		{Key: "id", Value: sourceID(checked.final)},
		{Key: "url", Value: address},
	}
	if name := siteName(pageTitle(checked.body, checked.page.Charset.Name)); name != "" {
		entry = append(entry, yaml.MapItem{Key: "name", Value: name})
	}
	if tokens != nil {
		entry = append(entry, yaml.MapItem{Key: "query", Value: tokens})
	}
	out, err := yaml.Marshal([]yaml.MapSlice{entry})
	if err != nil {
		return fmt.Errorf("write the entry: %w", err)
	}
	for line := range strings.Lines(string(out)) {
		if _, err := fmt.Fprint(in.Stdout, "  "+line); err != nil { // indented to stand under sources:
			return err
		}
	}
	return nil
}

// commonLabels are the parts of a host and path that tell sources apart least.
var commonLabels = []string{"www", "com", "cn", "gov", "org", "net", "edu", "index", "list", "html", "htm", "shtml", "xhtml"}

// sourceID makes an id from the host and the column of an address: https://www.gz.gov.cn/tzdt/index.html is gz-tzdt.
func sourceID(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "source"
	}
	var parts []string
	for _, label := range strings.Split(u.Hostname(), ".") {
		if !slices.Contains(commonLabels, label) {
			parts = append(parts, label)
		}
	}
	segments := strings.FieldsFunc(strings.TrimSuffix(u.Path, path.Ext(u.Path)), func(r rune) bool { return r == '/' || r == '.' || r == '_' })
	for _, segment := range slices.Backward(segments) {
		if !slices.Contains(commonLabels, strings.ToLower(segment)) {
			parts = append(parts, segment)
			break
		}
	}
	id := strings.Trim(strings.Map(idRune, strings.ToLower(strings.Join(parts, "-"))), "-")
	if id == "" {
		return "source"
	}
	return id
}

// idRune keeps what an id may hold.
func idRune(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' {
		return r
	}
	return '-'
}

// siteName turns the title of a page, written column before site, into a name: 投资动态-广州市商务局 is 广州市商务局 投资动态.
func siteName(title string) string {
	parts := strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune("-_|–—>", r) })
	for i := range parts {
		parts[i] = strings.Join(strings.Fields(parts[i]), " ")
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return parts[len(parts)-1] + " " + parts[0]
}

// pageTitle reads the <title> of a page.
func pageTitle(body []byte, charset string) string {
	text := string(body)
	if encoding, err := htmlindex.Get(charset); err == nil {
		if decoded, err := encoding.NewDecoder().String(text); err == nil {
			text = decoded
		}
	}
	tokens := html.NewTokenizer(strings.NewReader(text))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken:
			if name, _ := tokens.TagName(); string(name) == "title" && tokens.Next() == html.TextToken {
				return strings.TrimSpace(html.UnescapeString(string(tokens.Raw())))
			}
		}
	}
}
