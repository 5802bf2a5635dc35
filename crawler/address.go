package crawler

import (
	"fmt"
	"net/netip"
	"syscall"
)

// addressGuard refuses connections to addresses that are not public. It looks at the address that is about to be dialled, after DNS, so that no name and
// no redirect can lead inside.
type addressGuard struct {
	allow []netip.Prefix
}

// specialRanges are the ranges of the IANA special-purpose registries (RFC 6890 and its successors) that netip has no method for, and two addresses at which clouds
// serve metadata outside of those ranges.
var specialRanges = []struct {
	prefix netip.Prefix
	kind   string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "unspecified"},
	{netip.MustParsePrefix("100.100.100.200/32"), "cloud metadata"}, // Alibaba Cloud
	{netip.MustParsePrefix("100.64.0.0/10"), "carrier-grade NAT"},   // RFC 6598
	{netip.MustParsePrefix("168.63.129.16/32"), "cloud metadata"},   // Azure
	{netip.MustParsePrefix("192.0.0.0/24"), "reserved"},             // RFC 6890
	{netip.MustParsePrefix("192.0.2.0/24"), "documentation"},        // RFC 5737
	{netip.MustParsePrefix("192.88.99.0/24"), "6to4 relay"},         // RFC 7526, deprecated
	{netip.MustParsePrefix("198.18.0.0/15"), "benchmark"},           // RFC 2544; proxies hand these out as fake answers of DNS
	{netip.MustParsePrefix("198.51.100.0/24"), "documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "documentation"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved"}, // broadcast included
	{netip.MustParsePrefix("64:ff9b:1::/48"), "NAT64"}, // RFC 8215, for local use
	{netip.MustParsePrefix("100::/64"), "discard"},     // RFC 6666
	{netip.MustParsePrefix("2001::/32"), "Teredo"},     // RFC 4380
	{netip.MustParsePrefix("2001:db8::/32"), "documentation"},
	{netip.MustParsePrefix("3fff::/20"), "documentation"},   // RFC 9637
	{netip.MustParsePrefix("5f00::/16"), "segment routing"}, // RFC 9602
	{netip.MustParsePrefix("fec0::/10"), "site-local"},      // RFC 3879
}

// embeddings are IPv6 ranges whose addresses carry an IPv4 address at the given byte.
var embeddings = []struct {
	prefix netip.Prefix
	at     int
}{
	{netip.MustParsePrefix("64:ff9b::/96"), 12},    // NAT64, RFC 6052
	{netip.MustParsePrefix("::ffff:0:0:0/96"), 12}, // IPv4-translated, RFC 2765
	{netip.MustParsePrefix("2002::/16"), 2},        // 6to4, RFC 3056
	{netip.MustParsePrefix("::/96"), 12},           // IPv4-compatible, RFC 4291
}

// Control has the signature of net.Dialer.Control. It returns a *ForbiddenAddressError for an address that is refused.
func (g addressGuard) Control(network, address string, _ syscall.RawConn) error {
	if network != "tcp4" && network != "tcp6" {
		return fmt.Errorf("dial %s: only TCP is dialled", network)
	}
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("dial %s: %w", address, err)
	}
	return g.check(to.Addr())
}

func (g addressGuard) check(addr netip.Addr) error {
	addr = addr.WithZone("").Unmap()
	for _, p := range g.allow {
		if p.Contains(addr) {
			return nil
		}
	}
	if kind := forbiddenKind(addr); kind != "" {
		return &ForbiddenAddressError{Addr: addr, Kind: kind}
	}
	for _, e := range embeddings {
		if e.prefix.Contains(addr) {
			raw := addr.As16()
			inner := netip.AddrFrom4([4]byte(raw[e.at : e.at+4]))
			return g.check(inner)
		}
	}
	return nil
}

// forbiddenKind names the kind of a special address, "" for a public one.
func forbiddenKind(addr netip.Addr) string {
	switch {
	case addr.IsUnspecified():
		return "unspecified"
	case addr.IsLoopback():
		return "loopback"
	case addr.IsPrivate():
		return "private"
	case addr.IsLinkLocalUnicast():
		return "link-local"
	case addr.IsMulticast():
		return "multicast"
	}
	for _, r := range specialRanges {
		if r.prefix.Contains(addr) {
			return r.kind
		}
	}
	return ""
}
