package parser

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// Hanweb JPage keeps the rows of a list in <script type="text/xml"> or in the XML answer of its paging proxy:
// <datastore><nextgroup><![CDATA[<a href="…dataproxy.jsp?page=1…">]]></nextgroup><recordset><record><![CDATA[<li>…</li>]]></record>…

const recordOpening = "<record><![CDATA["

// scriptRecords puts the records of a script into the document, where the script stands.
func (w *walker) scriptRecords(text string) {
	if !strings.Contains(text, recordOpening) {
		return
	}
	w.doc.proxy = nextGroup(text)
	level := len(w.stack)
	w.open("div", nil)
	w.read(recordMarkup(text))
	w.popTo(min(level, len(w.stack)))
}

// recordMarkup joins the records of a datastore. Records that are table rows get a table around them.
func recordMarkup(text string) string {
	var b strings.Builder
	for {
		_, rest, ok := strings.Cut(text, recordOpening)
		if !ok {
			break
		}
		record, after, _ := strings.Cut(rest, "]]>")
		b.WriteString(record)
		b.WriteByte('\n')
		text = after
	}
	markup := b.String()
	switch head := strings.ToLower(strings.TrimSpace(markup)); {
	case strings.HasPrefix(head, "<tr"):
		return "<table>" + markup + "</table>"
	case strings.HasPrefix(head, "<li"):
		return "<ul>" + markup + "</ul>"
	}
	return markup
}

var hrefPattern = regexp.MustCompile(`(?i)href=["']?([^"'\s>]+)`)

// nextGroup finds the address of the next group of records.
func nextGroup(text string) string {
	_, rest, ok := strings.Cut(text, "<nextgroup>")
	if !ok {
		return ""
	}
	group, _, _ := strings.Cut(rest, "</nextgroup>")
	if m := hrefPattern.FindStringSubmatch(group); m != nil {
		return html.UnescapeString(m[1])
	}
	return ""
}

// datastoreToHTML makes a page of the XML answer of the paging proxy.
func datastoreToHTML(text string) (page, next string, ok bool) {
	if !strings.Contains(text, recordOpening) || strings.Contains(text[:min(len(text), 2048)], "<html") {
		return "", "", false
	}
	return "<html><body><div>" + recordMarkup(text) + "</div></body></html>", nextGroup(text), true
}
