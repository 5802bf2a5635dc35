package config

import (
	"cmp"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// leastSecret is the length, in bytes, from which a secret is hidden wherever it turns up. To hide a shorter one would hide parts of words.
const leastSecret = 6

// openHeaders are header fields whose values are no secrets.
var openHeaders = []string{"Accept", "Accept-Language", "Cache-Control", "Content-Type", "Origin", "Pragma", "Referer", "X-Requested-With"}

// Secrets are the secrets of a configuration in every form in which they may turn up, the longest first. What a secret is follows from where it stands: in
// auth, headers and query of a source, and in the addresses of the proxies and the browser.
func (c *Config) Secrets() []string {
	all := append(secretsOfAddress(c.Proxy), secretsOfAddress(c.Browser)...)
	for _, s := range c.Sources {
		all = append(all, s.secrets()...)
	}
	return forms(all)
}

// Secrets are those of a source; see Config.Secrets.
func (s *Source) Secrets() []string { return forms(s.secrets()) }

func (s *Source) secrets() []string {
	all := secretsOfAddress(s.Proxy)
	if s.Auth != (Auth{}) {
		all = append(all, s.Auth.Password, base64.StdEncoding.EncodeToString([]byte(s.Auth.User+":"+s.Auth.Password)))
	}
	for name, value := range s.Headers {
		if !slices.Contains(openHeaders, http.CanonicalHeaderKey(name)) {
			all = append(all, value)
			all = append(all, parts(value)...)
		}
	}
	for _, value := range s.Query {
		all = append(all, value)
	}
	return all
}

// parts are what stands in a header field behind a scheme (Bearer …) or, in a cookie, behind the names.
func parts(value string) (all []string) {
	for one := range strings.SplitSeq(value, ";") {
		one = strings.TrimSpace(one)
		if at := strings.IndexAny(one, " ="); at > 0 {
			all = append(all, strings.TrimSpace(one[at+1:]))
		}
	}
	return all
}

// secretsOfAddress are the password and the values of the query of an address.
func secretsOfAddress(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	var all []string
	if password, ok := u.User.Password(); ok {
		all = append(all, password, base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password)))
	}
	for _, values := range u.Query() {
		all = append(all, values...)
	}
	return all
}

// forms are the secrets as they are and as they are written in URLs.
func forms(secrets []string) []string {
	var all []string
	for _, secret := range secrets {
		if len(secret) >= leastSecret {
			all = append(all, secret, url.QueryEscape(secret), url.PathEscape(secret))
		}
	}
	sortLongestFirst(all)
	return slices.Compact(all)
}

func sortLongestFirst(all []string) {
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
}
