package parser

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A jsReader reads JSON and the looser literals of JavaScript: unquoted keys, single quotes, trailing commas, comments. Objects become
// map[string]any, arrays []any, numbers float64, other words strings.
type jsReader struct {
	s       string
	pos     int
	depth   int
	objects int
	values  int // all of them
}

var (
	errNotLiteral = errors.New("not a literal")
	errTooMany    = fmt.Errorf("more than %d objects or %d values", mostObjects, mostParts)
)

// mostObjects bounds the objects of a literal: one of a single key takes some 400 bytes.
const mostObjects = 100_000

// maxLiteralDepth bounds the nesting of a literal.
const maxLiteralDepth = 64

func (r *jsReader) value() (any, error) {
	r.space()
	if r.pos >= len(r.s) {
		return nil, errNotLiteral
	}
	if r.depth++; r.depth > maxLiteralDepth {
		return nil, errNotLiteral
	}
	if r.values++; r.values > mostParts {
		return nil, errTooMany
	}
	defer func() { r.depth-- }()
	switch c := r.s[r.pos]; c {
	case '{':
		return r.object()
	case '[':
		return r.array()
	case '"', '\'', '`':
		return r.str(c)
	default:
		return r.word()
	}
}

func (r *jsReader) object() (any, error) {
	if r.objects++; r.objects > mostObjects {
		return nil, errTooMany
	}
	r.pos++
	object := map[string]any{}
	for {
		r.space()
		if r.take('}') {
			return object, nil
		}
		key, err := r.key()
		if err != nil {
			return nil, err
		}
		r.space()
		if !r.take(':') {
			return nil, errNotLiteral
		}
		if object[key], err = r.value(); err != nil {
			return nil, err
		}
		r.space()
		if !r.take(',') && !r.at('}') {
			return nil, errNotLiteral
		}
	}
}

func (r *jsReader) array() (any, error) {
	r.pos++
	array := []any{}
	for {
		r.space()
		if r.take(']') {
			return array, nil
		}
		v, err := r.value()
		if err != nil {
			return nil, err
		}
		array = append(array, v)
		r.space()
		if !r.take(',') && !r.at(']') {
			return nil, errNotLiteral
		}
	}
}

func (r *jsReader) key() (string, error) {
	if r.pos < len(r.s) && (r.s[r.pos] == '"' || r.s[r.pos] == '\'') {
		return r.str(r.s[r.pos])
	}
	start := r.pos
	for r.pos < len(r.s) && (isWordByte(r.s[r.pos]) || r.s[r.pos] >= utf8.RuneSelf) {
		r.pos++
	}
	if r.pos == start {
		return "", errNotLiteral
	}
	return r.s[start:r.pos], nil
}

func isWordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$'
}

// word reads a number, true, false, null or a name.
func (r *jsReader) word() (any, error) {
	start := r.pos
	for r.pos < len(r.s) && (isWordByte(r.s[r.pos]) || strings.IndexByte("+-.", r.s[r.pos]) >= 0) {
		r.pos++
	}
	w := r.s[start:r.pos]
	switch w {
	case "":
		return nil, errNotLiteral
	case "null", "undefined":
		return nil, nil
	}
	if f, err := strconv.ParseFloat(w, 64); err == nil {
		return f, nil
	}
	return w, nil
}

// str reads a quoted string with its escapes (RFC 8259 §7, and \' \x41 of JavaScript).
func (r *jsReader) str(quote byte) (string, error) {
	r.pos++
	end := strings.IndexByte(r.s[r.pos:], quote)
	if end < 0 {
		return "", errNotLiteral
	}
	if plain := r.s[r.pos : r.pos+end]; strings.IndexByte(plain, '\\') < 0 {
		r.pos += end + 1
		return plain, nil
	}
	var b strings.Builder
	for r.pos < len(r.s) {
		c := r.s[r.pos]
		r.pos++
		switch {
		case c == quote:
			return b.String(), nil
		case c == '\\' && r.pos < len(r.s):
			r.escape(&b)
		default:
			b.WriteByte(c)
		}
	}
	return "", errNotLiteral
}

func (r *jsReader) escape(b *strings.Builder) {
	c := r.s[r.pos]
	r.pos++
	switch c {
	case 'n', 'r', 't', 'b', 'f', 'v':
		b.WriteByte(' ')
	case 'u', 'x':
		width := 4
		if c == 'x' {
			width = 2
		}
		code, ok := r.hex(width)
		if !ok {
			return
		}
		if code >= 0xD800 && code < 0xDC00 && strings.HasPrefix(r.s[r.pos:], `\u`) {
			r.pos += 2
			if low, ok := r.hex(4); ok {
				code = 0x10000 + (code-0xD800)<<10 + (low - 0xDC00)
			}
		}
		b.WriteRune(code)
	default:
		b.WriteByte(c)
	}
}

func (r *jsReader) hex(width int) (rune, bool) {
	if r.pos+width > len(r.s) {
		return 0, false
	}
	n, err := strconv.ParseUint(r.s[r.pos:r.pos+width], 16, 32)
	if err != nil {
		return 0, false
	}
	r.pos += width
	return rune(n), true
}

// space passes over white space and comments.
func (r *jsReader) space() {
	for r.pos < len(r.s) {
		switch {
		case strings.IndexByte(" \t\r\n\f", r.s[r.pos]) >= 0:
			r.pos++
		case strings.HasPrefix(r.s[r.pos:], "\ufeff"), strings.HasPrefix(r.s[r.pos:], "\u00a0"):
			_, size := utf8.DecodeRuneInString(r.s[r.pos:])
			r.pos += size
		case strings.HasPrefix(r.s[r.pos:], "//"):
			r.skipTo("\n")
		case strings.HasPrefix(r.s[r.pos:], "/*"):
			r.skipTo("*/")
		default:
			return
		}
	}
}

func (r *jsReader) skipTo(mark string) {
	end := strings.Index(r.s[r.pos:], mark)
	if end < 0 {
		r.pos = len(r.s)
		return
	}
	r.pos += end + len(mark)
}

func (r *jsReader) take(c byte) bool {
	if r.at(c) {
		r.pos++
		return true
	}
	return false
}

func (r *jsReader) at(c byte) bool { return r.pos < len(r.s) && r.s[r.pos] == c }
