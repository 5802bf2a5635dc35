package config

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// checkStored refuses a URL into whose query the environment has put something: URLs are logged and stored.
func checkStored(raw, value string) error {
	_, written, _ := strings.Cut(raw, "?")
	if _, query, _ := strings.Cut(value, "?"); query != written {
		return errors.New(`${…} in the query of a URL would be logged and stored: write it as query: {name: "${NAME}"}`)
	}
	return nil
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
