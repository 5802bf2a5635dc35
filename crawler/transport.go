package crawler

import (
	"errors"
	"net"
	"net/http"
	"time"

	"zhaowen/config"
)

const (
	maxHeaderBytes   = 256 << 10
	idleTimeout      = 90 * time.Second
	handshakeTimeout = 10 * time.Second // of TLS; net/http would go on with it for ever once its request has been given up
	pingTimeout      = 15 * time.Second // a silent connection of HTTP/2 is asked for a sign of life, and left when it gives none for as long again
)

// errNoVisit is a mistake in this package: every request is made on behalf of a visit.
var errNoVisit = errors.New("a request without its visit")

// newDialing returns the innermost round tripper: it dials public addresses only. It uses no proxy of the environment, and leaves compressed bodies as
// they are. names resolves host names; nil: as the system does.
func newDialing(cfg *config.Config, names *net.Resolver) *http.Transport {
	dialer := &net.Dialer{Timeout: 30 * time.Second, Resolver: names, Control: addressGuard{cfg.AllowAddresses}.Control}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true,
		TLSHandshakeTimeout:    handshakeTimeout,
		MaxIdleConnsPerHost:    4,
		MaxIdleConns:           100,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
		HTTP2:                  &http.HTTP2Config{SendPingTimeout: pingTimeout, PingTimeout: pingTimeout, WriteByteTimeout: pingTimeout},
	}
}

// transport is the round tripper under colly. Every hop of a chain of redirects passes through it, and so through robots.txt, politeness and the guard of
// addresses.
type transport struct {
	tries  *tries
	robots *robots
	agent  string // product token
}

// RoundTrip returns an answer whose body is read and decompressed already. Statuses that are worth another try, and are the same after the last one, come as
// *StatusError.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	v := visitOf(req.Context())
	if v == nil {
		return nil, errNoVisit
	}
	if err := checkScheme(req.URL); err != nil {
		return nil, err
	}
	if err := refuseName(req.URL.Path); err != nil {
		return nil, err
	}
	v.told = crawlDelay{}
	if v.crawl.Robots != robotsIgnore {
		rules, err := t.robots.rules(req.Context(), v, req.URL, t.tries)
		if err != nil {
			return nil, err
		}
		if !rules.allows(req.URL) {
			return nil, &RobotsError{URL: req.URL.String(), Agent: t.agent}
		}
		v.told = crawlDelay{originOf(req.URL), rules.delay}
	}
	return t.tries.RoundTrip(req)
}
