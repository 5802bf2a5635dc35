package storage

import (
	_ "embed"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

//go:embed tracking.txt
var trackingText string

// trackingParameters and trackingPrefixes are the rules of tracking.txt: whole parameters, parameters with one value ("name=value") and prefixes.
var trackingParameters, trackingPrefixes = func() (parameters map[string]bool, prefixes []string) {
	parameters = map[string]bool{}
	for line := range strings.Lines(trackingText) {
		line = strings.TrimSpace(line)
		if prefix, ok := strings.CutSuffix(line, "*"); ok {
			prefixes = append(prefixes, prefix)
		} else if line != "" && line[0] != '#' {
			parameters[line] = true
		}
	}
	return parameters, prefixes
}()

// CanonicalURL gives the key under which an address is known: equal for addresses of the same page. It has no scheme (http and https are the same page), a
// lower-case host in ASCII without default port or trailing dot, percent-encoding normalised (RFC 3986 §6.2.2), no dot segments or doubled slashes, no
// fragment (routes such as #/list and #!x excepted), no tracking parameters, the other parameters in a stable order, and no index page of a folder. www.
// stays, since it can be another site. It returns an error for what is no address of the web.
func CanonicalURL(raw string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return "", fmt.Errorf("address %q: %w", raw, errors.Unwrap(err))
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", fmt.Errorf("address %q: not an http or https address", raw)
	}
	host := canonicalHost(u.Hostname())
	if host == "" {
		return "", fmt.Errorf("address %q: no host name", raw)
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	path, index := canonicalPath(u.EscapedPath())
	query := canonicalQuery(u.RawQuery)
	if index != "" && query == "" {
		path = strings.TrimSuffix(path, index)
	}
	key := host + path
	if query != "" {
		key += "?" + query
	}
	if strings.HasPrefix(u.Fragment, "/") || strings.HasPrefix(u.Fragment, "!") {
		key += "#" + normalPercent(u.EscapedFragment())
	}
	return key, nil
}

// canonicalHost gives a host name in lower-case ASCII without trailing dot, an IP address as RFC 5952 writes it (IPv6 in brackets), or "" for what is
// neither.
func canonicalHost(host string) string {
	if strings.Contains(host, ":") {
		ip, err := netip.ParseAddr(host)
		if err != nil || ip.Zone() != "" {
			return ""
		}
		return "[" + ip.String() + "]"
	}
	host = strings.ToLower(host)
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	host = strings.TrimRight(host, ".")
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || strings.ContainsFunc(label, noHostCharacter) {
			return ""
		}
	}
	return host
}

// noHostCharacter tells of characters that no host name in ASCII holds. The underscore is in use, though not by RFC 1123 §2.1.
func noHostCharacter(c rune) bool {
	return c >= 0x80 || !isUnreserved(byte(c)) || c == '~'
}

// canonicalPath normalises a path; index is its last segment where that is the index page of its folder.
func canonicalPath(escaped string) (path, index string) {
	var kept []string
	segments := strings.Split(normalPercent(escaped), "/")
	for i, s := range segments {
		last := i == len(segments)-1
		switch {
		case s == ".." && len(kept) > 0:
			kept = kept[:len(kept)-1]
		case s == "" || s == "." || s == "..":
		default:
			kept = append(kept, s)
			continue
		}
		if last {
			kept = append(kept, "")
		}
	}
	if len(kept) == 0 || kept[len(kept)-1] == "" && len(kept) == 1 {
		return "/", ""
	}
	last := kept[len(kept)-1]
	if isIndexPage(strings.ToLower(last)) {
		index = last
	}
	return "/" + strings.Join(kept, "/"), index
}

func isIndexPage(name string) bool {
	stem, ext, ok := strings.Cut(name, ".")
	if !ok || stem != "index" && stem != "default" {
		return false
	}
	switch ext {
	case "html", "htm", "shtml", "shtm", "jhtml", "xhtml", "php", "jsp", "asp", "aspx", "do", "action":
		return true
	}
	return false
}

// normalPercent decodes the percent-encoding of unreserved characters, writes the rest in upper case and encodes bytes that must be, a percent sign that
// encodes nothing among them (RFC 3986 §6.2.2.1-2).
func normalPercent(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			c = byte(unhex(s[i+1])<<4 | unhex(s[i+2]))
			i += 2
			if !isUnreserved(c) {
				b.WriteByte('%')
				b.WriteByte(hex[c>>4])
				b.WriteByte(hex[c&15])
				continue
			}
		}
		if c <= ' ' || c >= 0x7F || c == '"' || c == '<' || c == '>' || c == '%' {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

func canonicalQuery(raw string) string {
	if raw == "" {
		return ""
	}
	var kept []string
	for _, pair := range strings.FieldsFunc(raw, func(c rune) bool { return c == '&' || c == ';' }) {
		pair = normalPercent(pair)
		if !isTracking(strings.ToLower(pair)) {
			kept = append(kept, strings.ReplaceAll(pair, "+", "%20"))
		}
	}
	slices.SortStableFunc(kept, func(a, b string) int {
		nameA, _, _ := strings.Cut(a, "=")
		nameB, _, _ := strings.Cut(b, "=")
		return strings.Compare(nameA, nameB)
	})
	return strings.Join(kept, "&")
}

func isTracking(pair string) bool {
	name, _, _ := strings.Cut(pair, "=")
	return trackingParameters[name] || trackingParameters[pair] || slices.ContainsFunc(trackingPrefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}
