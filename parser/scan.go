package parser

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A scanner cuts HTML into tokens without copying: names, values and texts are parts of the page's string. It follows the states of the HTML standard
// (https://html.spec.whatwg.org/#tokenization) as far as text, tags, attributes, comments and raw text go, and never fails.
type scanner struct {
	s     string
	pos   int
	attrs []attribute // of the start tag read last
}

type attribute struct{ name, value string }

type tokenKind int

const (
	textToken tokenKind = iota
	startToken
	endToken
	endOfPage
)

// next reads one token: its kind, and the text or the tag's name in lower case.
func (z *scanner) next() (tokenKind, string) {
	for z.pos < len(z.s) {
		if z.s[z.pos] != '<' {
			return textToken, z.textRuns()
		}
		if z.pos+1 >= len(z.s) {
			break
		}
		switch c := z.s[z.pos+1]; {
		case isLetter(c):
			z.pos++
			name := z.tagName()
			z.readAttributes()
			return startToken, name
		case c == '/' && z.pos+2 < len(z.s) && isLetter(z.s[z.pos+2]):
			z.pos += 2
			name := z.tagName()
			z.skipPast(">")
			return endToken, name
		case strings.HasPrefix(z.s[z.pos:], "<!--"):
			z.comment()
		case c == '!' || c == '?' || c == '/':
			z.skipPast(">")
		default:
			return textToken, z.textRun()
		}
	}
	if z.pos < len(z.s) {
		rest := z.s[z.pos:]
		z.pos = len(z.s)
		return textToken, rest
	}
	return endOfPage, ""
}

// textRuns reads a text and what stands behind it after the empty comments by which React and Vue part texts that are one: 2026<!-- -->年.
func (z *scanner) textRuns() string {
	text := z.textRun()
	if !z.atMarker() {
		return text
	}
	var b strings.Builder
	b.WriteString(text)
	for z.atMarker() {
		z.comment()
		if z.pos < len(z.s) && z.s[z.pos] != '<' {
			b.WriteString(z.textRun())
		}
	}
	return b.String()
}

func (z *scanner) atMarker() bool {
	return strings.HasPrefix(z.s[z.pos:], "<!-- -->") || strings.HasPrefix(z.s[z.pos:], "<!---->")
}

// textRun reads up to the next < that may begin a tag; the < it stands at is text.
func (z *scanner) textRun() string {
	start := z.pos
	for {
		i := strings.IndexByte(z.s[z.pos+1:], '<')
		if i < 0 {
			z.pos = len(z.s)
			break
		}
		z.pos += 1 + i
		if z.pos+1 >= len(z.s) {
			continue
		}
		if c := z.s[z.pos+1]; isLetter(c) || c == '/' || c == '!' || c == '?' {
			break
		}
	}
	return unescape(z.s[start:z.pos])
}

func unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func (z *scanner) tagName() string {
	start := z.pos
	for z.pos < len(z.s) && !isTagEnd(z.s[z.pos]) {
		z.pos++
	}
	return strings.ToLower(z.s[start:z.pos])
}

func isTagEnd(c byte) bool { return c <= ' ' || c == '>' || c == '/' }

// readAttributes reads up to the end of the start tag. Of two attributes of one name the first counts.
func (z *scanner) readAttributes() {
	z.attrs = z.attrs[:0]
	for z.pos < len(z.s) {
		c := z.s[z.pos]
		if c <= ' ' || c == '/' {
			z.pos++
			continue
		}
		if c == '>' {
			z.pos++
			return
		}
		z.readAttribute()
	}
}

func (z *scanner) readAttribute() {
	start := z.pos
	z.pos++ // a name may begin with =
	for z.pos < len(z.s) && !isTagEnd(z.s[z.pos]) && z.s[z.pos] != '=' {
		z.pos++
	}
	name := strings.ToLower(z.s[start:z.pos])
	z.skipSpace()
	value := ""
	if z.pos < len(z.s) && z.s[z.pos] == '=' {
		z.pos++
		z.skipSpace()
		value = z.attributeValue()
	}
	if len(z.attrs) == mostAttributes || slices.ContainsFunc(z.attrs, func(a attribute) bool { return a.name == name }) {
		return
	}
	z.attrs = append(z.attrs, attribute{name, value})
}

func (z *scanner) attributeValue() string {
	if z.pos >= len(z.s) {
		return ""
	}
	if quote := z.s[z.pos]; quote == '"' || quote == '\'' {
		z.pos++
		end := strings.IndexByte(z.s[z.pos:], quote)
		if end < 0 {
			end = len(z.s) - z.pos
		}
		value := z.s[z.pos : z.pos+end]
		z.pos = min(z.pos+end+1, len(z.s))
		return unescape(value)
	}
	start := z.pos
	for z.pos < len(z.s) && z.s[z.pos] > ' ' && z.s[z.pos] != '>' {
		z.pos++
	}
	return unescape(z.s[start:z.pos])
}

func (z *scanner) skipSpace() {
	for z.pos < len(z.s) && z.s[z.pos] <= ' ' {
		z.pos++
	}
}

func (z *scanner) skipPast(mark string) {
	end := strings.Index(z.s[z.pos:], mark)
	if end < 0 {
		z.pos = len(z.s)
		return
	}
	z.pos += end + len(mark)
}

// comment passes over a comment; <!--> and <!---> are whole ones.
func (z *scanner) comment() {
	z.pos += len("<!--")
	for _, short := range [...]string{">", "->"} {
		if strings.HasPrefix(z.s[z.pos:], short) {
			z.pos += len(short)
			return
		}
	}
	for {
		i := strings.Index(z.s[z.pos:], "--")
		if i < 0 {
			z.pos = len(z.s)
			return
		}
		z.pos += i + len("--")
		for _, end := range [...]string{">", "!>"} {
			if strings.HasPrefix(z.s[z.pos:], end) {
				z.pos += len(end)
				return
			}
		}
		z.pos-- // of three hyphens the last two may be the end
	}
}

// rawText reads the content of an element that holds no tags (script, style, title …) and passes over its end tag.
func (z *scanner) rawText(name string) string {
	start := z.pos
	for from := z.pos; ; {
		i := strings.Index(z.s[from:], "</")
		if i < 0 {
			z.pos = len(z.s)
			return z.s[start:]
		}
		at := from + i
		after := at + 2 + len(name)
		if after <= len(z.s) && strings.EqualFold(z.s[at+2:after], name) && (after == len(z.s) || isTagEnd(z.s[after])) {
			z.pos = after
			z.skipPast(">")
			return z.s[start:at]
		}
		from = at + 2
	}
}
