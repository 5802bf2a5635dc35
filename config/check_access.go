package config

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// checkStored refuses a URL whose query holds a secret, put there by the environment or written out: URLs are logged and stored.
func checkStored(raw, value string) error {
	_, written, _ := strings.Cut(raw, "?")
	if _, query, _ := strings.Cut(value, "?"); query != written {
		return errors.New(`${…} in the query of a URL would be logged and stored: write it as query: {name: "${NAME}"}`)
	}
	if found := tokenInURL.FindStringSubmatch(value); found != nil {
		return fmt.Errorf(`%s would be logged and stored: take it out and write query: {%[1]s: "${NAME}"}`, found[2])
	}
	return nil
}

// tokenInURL finds the parameters of a query that by their names are secrets: what stands before the name, the name, the value.
var tokenInURL = regexp.MustCompile(`(?i)([?&])((?:access|auth|api|app|user|client)?[_-]?(?:token|secret|password|passwd|pwd)|(?:api|app|access)[_-]?key)=([^&#$][^&#]*)`)

// SplitTokens takes the parameters out of an address that by their names are secrets, as they are to be written under `query`.
func SplitTokens(address string) (rest string, tokens map[string]string) {
	address, fragment, hasFragment := strings.Cut(address, "#")
	rest, query, _ := strings.Cut(address, "?")
	var kept []string
	for pair := range strings.SplitSeq(query, "&") {
		found := tokenInURL.FindStringSubmatch("?" + pair)
		if found == nil {
			kept = append(kept, pair)
			continue
		}
		if tokens == nil {
			tokens = map[string]string{}
		}
		tokens[found[2]] = found[3]
		if value, err := url.QueryUnescape(found[3]); err == nil {
			tokens[found[2]] = value
		}
	}
	if query := strings.Join(kept, "&"); query != "" {
		rest += "?" + query
	}
	if hasFragment {
		rest += "#" + fragment
	}
	return rest, tokens
}

func checkProxy(text string) error {
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || !slices.Contains([]string{"http", "https", "socks5"}, u.Scheme) ||
		strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("write the address of an HTTP or SOCKS proxy, e.g. http://127.0.0.1:3128 or socks5://user:${PASSWORD}@proxy:1080")
	}
	return printable(text)
}

// Values of the key `tls`.
const (
	TLSVerify   = "verify"
	TLSInsecure = "insecure"
)

func checkTLS(text string) error {
	if text != TLSVerify && text != TLSInsecure {
		return errors.New(suggest(text, []string{TLSVerify, TLSInsecure}))
	}
	return nil
}

func checkUser(text string) error {
	if strings.Contains(text, ":") {
		return errors.New("holds a colon, which ends the user in HTTP Basic (RFC 7617)")
	}
	return notEmpty(text)
}

// ourHeaders are header fields that the crawler sets itself, or that belong to the connection.
var ourHeaders = []string{
	"Accept-Encoding", "Connection", "Content-Length", "Expect", "Host", "If-Modified-Since", "If-None-Match", "Keep-Alive", "Proxy-Authorization",
	"Proxy-Connection", "Range", "Te", "Trailer", "Transfer-Encoding", "Upgrade",
}

func checkHeader(name string) error {
	canonical := http.CanonicalHeaderKey(name)
	switch {
	case !httpguts.ValidHeaderFieldName(name):
		return errors.New("no name of a header field: write e.g. X-Api-Key")
	case canonical == "User-Agent":
		return errors.New("write it as user_agent at the top of the file")
	case slices.Contains(ourHeaders, canonical):
		return errors.New("the crawler sets this header field itself: delete it")
	}
	return nil
}

func checkParameter(name string) error { return notEmpty(name) }
