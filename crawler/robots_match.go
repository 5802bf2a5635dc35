package crawler

import (
	"net/url"
	"strings"
)

// matches tells whether a path, its query included, begins as a pattern says; `*` stands for any octets and a `$` at the end for the end of the path (RFC 9309, 2.2.3). Both are
// normalised. Each piece between two stars is looked for behind the one before it, and its first place is as good as any later one, so that nothing is tried twice: the work is
// at most that of a search for each of as many pieces as the path has octets.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	piece, pattern, more := strings.Cut(pattern, "*")
	if !strings.HasPrefix(path, piece) {
		return false
	}
	path = path[len(piece):]
	if !more {
		return !whole || path == ""
	}
	for {
		piece, pattern, more = strings.Cut(pattern, "*")
		if !more && whole {
			return strings.HasSuffix(path, piece)
		}
		at := strings.Index(path, piece)
		if at < 0 {
			return false
		}
		if !more {
			return true
		}
		path = path[at+len(piece):]
	}
}

// robotsPath is the part of a URL that the rules are about, normalised. `*` and `$` in it are encoded, as a rule has to write them that means them literally.
func robotsPath(u *url.URL) string {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	return normalOctets(path, "")
}

// normalPattern normalises the pattern of a rule, in which `*`, and `$` at the end, are no octets. Stars beside each other are one.
func normalPattern(pattern string) string {
	pattern, whole := strings.CutSuffix(pattern, "$")
	pattern = normalOctets(pattern, "*")
	for strings.Contains(pattern, "**") {
		pattern = strings.ReplaceAll(pattern, "**", "*")
	}
	if whole {
		pattern += "$"
	}
	return pattern
}

// normalOctets writes a path in the one form in which paths are compared (RFC 9309, 2.2.2; RFC 3986, 6.2.2): unreserved octets as they are, those outside of US-ASCII and
// those that no URL may hold percent-encoded in capitals, and reserved ones as they came, as `/` and `%2F` differ. In a query `:`, `/`, `?` and `@` mean themselves
// however they are written (RFC 3986, 3.4). Octets of keep are never encoded; `*` and `$` else always are.
func normalOctets(path, keep string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(path))
	inQuery := false
	for i := 0; i < len(path); i++ {
		c, encoded := path[i], false
		if c == '%' && i+2 < len(path) {
			if high, low := unhex(path[i+1]), unhex(path[i+2]); high >= 0 && low >= 0 {
				c, encoded = byte(high<<4|low), true
				i += 2
			}
		}
		inQuery = inQuery || c == '?' && !encoded
		var plain bool
		switch {
		case unreserved(c), encoded && inQuery && strings.IndexByte(":/?@", c) >= 0:
			plain = true
		case encoded:
		case c == '*' || c == '$':
			plain = strings.IndexByte(keep, c) >= 0
		default:
			plain = c > ' ' && c < 0x7f && strings.IndexByte("\"<>\\^`{|}", c) < 0
		}
		if plain {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}

// unreserved tells the octets that mean the same whether percent-encoded or not (RFC 3986, 2.3).
func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// unhex is the value of a hexadecimal digit; -1: it is none.
func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
