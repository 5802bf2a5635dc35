package crawler

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/publicsuffix"
)

// The least that RFC 6265, 6.1, wants of a browser, and the most that is kept here.
const (
	maxCookies     = 50      // of a registrable domain: www.example.com and m.example.com count together
	maxAllCookies  = 3000    // of a source
	maxCookieBytes = 4 << 10 // its name, value and attributes
)

// cookies is the bounded jar of one source in one pass; no other source sees what is in it. http.CookieJar has no room for errors: what is too much is left out, and what was set
// before stays.
type cookies struct {
	jar http.CookieJar

	mu   sync.Mutex
	held map[string]map[string]bool // by registrable domain: names with their domains and paths
	all  int
}

func newCookies() (*cookies, error) {
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		return nil, err
	}
	return &cookies{jar: jar, held: map[string]map[string]bool{}}, nil
}

// Cookies implements http.CookieJar.
func (c *cookies) Cookies(u *url.URL) []*http.Cookie { return c.jar.Cookies(u) }

// SetCookies implements http.CookieJar.
func (c *cookies) SetCookies(u *url.URL, set []*http.Cookie) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var kept []*http.Cookie
	for _, cookie := range set {
		if c.take(u, cookie) {
			kept = append(kept, cookie)
		}
	}
	c.jar.SetCookies(u, kept)
}

// take tells whether there is room for a cookie, and counts it.
func (c *cookies) take(u *url.URL, cookie *http.Cookie) bool {
	if len(cookie.Name)+len(cookie.Value)+len(cookie.Domain)+len(cookie.Path) > maxCookieBytes {
		return false
	}
	site := registrable(u.Hostname())
	held := c.held[site]
	key := cookie.Name + ";" + strings.ToLower(cookie.Domain) + ";" + cookie.Path + ";" + strings.ToLower(u.Hostname())
	switch {
	case held[key]:
		if gone(cookie) {
			delete(held, key)
			c.all--
		}
		return true
	case gone(cookie):
		return true
	case len(held) >= maxCookies, c.all >= maxAllCookies:
		return false
	}
	if held == nil {
		held = map[string]bool{}
		c.held[site] = held
	}
	held[key] = true
	c.all++
	return true
}

// gone tells whether a cookie is set to be deleted.
func gone(cookie *http.Cookie) bool {
	return cookie.MaxAge < 0 || cookie.MaxAge == 0 && !cookie.Expires.IsZero() && cookie.Expires.Before(time.Now())
}

// registrable is the domain that cookies of a host can be shared within; the host itself where it has none.
func registrable(host string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return site
	}
	return host
}
