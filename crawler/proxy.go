package crawler

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	proxyDial    = 30 * time.Second
	lookupLimit  = 2 * time.Second // behind a proxy there may be no name server at all
	lookupStands = time.Minute
)

// throughProxy lets a transport dial the proxy alone. Its address is configured by whoever runs the crawler: the guard of addresses does not look at it.
func throughProxy(t *http.Transport, proxy *url.URL) {
	dialer := &net.Dialer{Timeout: proxyDial}
	t.Proxy = http.ProxyURL(proxy)
	t.DialContext = dialer.DialContext
	t.DialTLSContext = (&tls.Dialer{NetDialer: dialer}).DialContext // of an https proxy: its own certificate is checked also where those of sites are not
	t.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
		if resp.StatusCode != http.StatusOK {
			return &ProxyError{Status: resp.StatusCode}
		}
		return nil
	}
}

// ProxyError says that the proxy does not connect to a site.
type ProxyError struct{ Status int }

func (e *ProxyError) Error() string {
	return fmt.Sprintf("the proxy answers %d %s", e.Status, http.StatusText(e.Status))
}

// names looks at the hosts that a proxy is to be asked for. The proxy resolves them itself, and has the last word; what is known here to lead inside is not asked
// for. A name that cannot be resolved here is the proxy's to know.
type names struct {
	guard addressGuard
	mu    sync.Mutex
	known map[string]verdict
}

type verdict struct {
	err   error
	until time.Time
}

// check returns a *ForbiddenAddressError for a host with an address that is refused.
func (n *names) check(ctx context.Context, host string) error {
	if addr, ok := literalAddress(host); ok {
		return n.guard.check(addr)
	}
	host = strings.ToLower(host)
	n.mu.Lock()
	known, ok := n.known[host]
	n.mu.Unlock()
	if ok && time.Now().Before(known.until) {
		return known.err
	}
	err := n.lookup(ctx, host)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.known == nil || len(n.known) >= manyHosts {
		n.known = map[string]verdict{}
	}
	n.known[host] = verdict{err, time.Now().Add(lookupStands)}
	return err
}

func (n *names) lookup(ctx context.Context, host string) error {
	ctx, cancel := context.WithTimeout(ctx, lookupLimit)
	defer cancel()
	addrs, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil //nolint:nilerr // see above
	}
	for _, addr := range addrs {
		if err := n.guard.check(addr); err != nil {
			return err
		}
	}
	return nil
}

// literalAddress reads the address that a host is, in the forms of inet_aton too (127.1, 0x7f000001, 2130706433), which many a proxy takes. localhost and the names
// below it are loopback wherever they are resolved (RFC 6761, 6.3).
func literalAddress(host string) (netip.Addr, bool) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr, true
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return netip.AddrFrom4([4]byte{127, 0, 0, 1}), true
	}
	parts := strings.Split(host, ".")
	if len(parts) > 4 {
		return netip.Addr{}, false
	}
	var address uint64
	for i, part := range parts {
		if strings.HasPrefix(part, "0o") || strings.HasPrefix(part, "0b") || strings.Contains(part, "_") { // of Go alone
			return netip.Addr{}, false
		}
		n, err := strconv.ParseUint(part, 0, 32) // 0x…: hexadecimal, 0…: octal
		last := i == len(parts)-1
		switch {
		case err != nil, !last && n > 255, last && n >= 1<<(8*(5-len(parts))):
			return netip.Addr{}, false
		case last:
			address |= n
		default:
			address |= n << (8 * (3 - i))
		}
	}
	return netip.AddrFrom4([4]byte{byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address)}), true
}
