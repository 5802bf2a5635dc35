package crawler

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"zhaowen/config"
)

// way is how the requests of one source go out: by which proxy, with which credentials, past which exception. It goes with the context of a visit, robots.txt and
// redirects included. A nil way is the direct one.
type way struct {
	origin   string // of the source: scheme, host and port
	host     string // of the source
	proxy    *url.URL
	insecure bool // certificates of the host are not checked
	auth     config.Auth
	headers  map[string]string
	query    map[string]string
	mask     *config.Mask
	secrets  [][]byte // longest first
}

func newWay(src config.Source) (*way, error) {
	u, err := url.Parse(src.URL)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", src.ID, plain(err))
	}
	w := &way{
		origin: originOf(u), host: u.Hostname(), insecure: src.TLS == config.TLSInsecure, auth: src.Auth, headers: src.Headers, query: src.Query,
	}
	if src.Proxy != "" {
		if w.proxy, err = url.Parse(src.Proxy); err != nil {
			return nil, fmt.Errorf("source %s: bad proxy", src.ID) // the error would quote the password
		}
	}
	secrets := src.Secrets()
	w.mask = config.NewMask(secrets)
	for _, secret := range secrets {
		w.secrets = append(w.secrets, []byte(secret))
	}
	return w, nil
}

// originOf is scheme, host and port of a URL (RFC 6454).
func originOf(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

type wayKey struct{}

func (w *way) in(ctx context.Context) context.Context { return context.WithValue(ctx, wayKey{}, w) }

// wayOf returns the way of a request.
func wayOf(ctx context.Context) *way {
	w, _ := ctx.Value(wayKey{}).(*way)
	return w
}

// proxied tells whether the request goes to a proxy.
func (w *way) proxied() bool { return w != nil && w.proxy != nil }

// trusts tells whether the certificate of a URL's host is taken whatever it is.
func (w *way) trusts(u *url.URL) bool {
	return w != nil && w.insecure && u.Scheme == "https" && strings.EqualFold(u.Hostname(), w.host)
}

// outgoing returns a request with the credentials of the source, when it goes to the source's own origin.
func (w *way) outgoing(req *http.Request) *http.Request {
	if w == nil || originOf(req.URL) != w.origin || w.auth == (config.Auth{}) && len(w.headers) == 0 && len(w.query) == 0 {
		return req
	}
	out := req.Clone(req.Context())
	if w.auth != (config.Auth{}) {
		out.SetBasicAuth(w.auth.User, w.auth.Password)
	}
	for name, value := range w.headers {
		if before := out.Header.Get(name); before != "" && http.CanonicalHeaderKey(name) == "Cookie" { // those that the site has set
			value = before + "; " + value
		}
		out.Header.Set(name, value)
	}
	if len(w.secrets) > 0 {
		out.Header.Set("Accept-Encoding", "identity") // in what comes compressed an echo could not be hidden from the archive
	}
	out.URL.RawQuery = w.withQuery(out.URL.RawQuery)
	return out
}

// withQuery puts the parameters of the source in the place of those of the same names. The others stay byte for byte, as some sites know but one spelling.
func (w *way) withQuery(raw string) string {
	if len(w.query) == 0 {
		return raw
	}
	kept := slices.DeleteFunc(strings.Split(raw, "&"), func(one string) bool {
		name, _, _ := strings.Cut(one, "=")
		name, err := url.QueryUnescape(name)
		_, ours := w.query[name]
		return one == "" || err == nil && ours
	})
	for _, name := range slices.Sorted(maps.Keys(w.query)) {
		kept = append(kept, url.QueryEscape(name)+"="+url.QueryEscape(w.query[name]))
	}
	return strings.Join(kept, "&")
}
