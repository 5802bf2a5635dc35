package crawler

import (
	"errors"
	"net/netip"
	"testing"
)

func TestAddressGuard(t *testing.T) {
	tests := []struct{ name, address, kind string }{
		{"public", "114.114.114.114", ""},
		{"public v6", "2400:3200::1", ""},
		{"loopback", "127.0.0.1", "loopback"},
		{"loopback v6", "::1", "loopback"},
		{"private 10", "10.1.2.3", "private"},
		{"private 172", "172.31.255.255", "private"},
		{"private 192", "192.168.1.1", "private"},
		{"ULA", "fd12::1", "private"},
		{"link-local, cloud metadata", "169.254.169.254", "link-local"},
		{"link-local with zone", "fe80::1%eth0", "link-local"},
		{"CGNAT", "100.64.0.1", "carrier-grade NAT"},
		{"Alibaba metadata", "100.100.100.200", "cloud metadata"},
		{"Azure metadata", "168.63.129.16", "cloud metadata"},
		{"multicast", "224.0.0.1", "multicast"},
		{"multicast v6", "ff02::1", "multicast"},
		{"unspecified", "0.0.0.0", "unspecified"},
		{"unspecified v6", "::", "unspecified"},
		{"this network", "0.1.2.3", "unspecified"},
		{"broadcast", "255.255.255.255", "reserved"},
		{"mapped", "::ffff:10.0.0.1", "private"},
		{"mapped public", "::ffff:114.114.114.114", ""},
		{"NAT64", "64:ff9b::7f00:1", "loopback"},
		{"NAT64 public", "64:ff9b::7272:7272", ""},
		{"6to4", "2002:a00:1::", "private"},
		{"IPv4-translated", "::ffff:0:7f00:1", "loopback"},
		{"IPv4-translated public", "::ffff:0:7272:7272", ""},
		{"6to4 relay", "192.88.99.1", "6to4 relay"},
		{"documentation v6", "3fff:1::1", "documentation"},
		{"segment routing", "5f00::1", "segment routing"},
		{"IPv4-compatible", "::127.0.0.1", "loopback"},
		{"allowed", "10.9.0.7", ""},
		{"allowed, mapped", "::ffff:10.9.0.7", ""},
	}
	guard := addressGuard{allow: []netip.Prefix{netip.MustParsePrefix("10.9.0.0/16")}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			address := netip.AddrPortFrom(netip.MustParseAddr(tt.address), 80).String()
			err := guard.Control("tcp6", address, nil)
			var forbidden *ForbiddenAddressError
			switch {
			case tt.kind == "" && err != nil:
				t.Errorf("%s is refused: %v", tt.address, err)
			case tt.kind != "" && !errors.As(err, &forbidden):
				t.Errorf("%s: got %v, want it refused", tt.address, err)
			case tt.kind != "" && forbidden.Kind != tt.kind:
				t.Errorf("%s is called %q, want %q", tt.address, forbidden.Kind, tt.kind)
			}
		})
	}
	if err := guard.Control("udp4", "114.114.114.114:53", nil); err == nil {
		t.Error("UDP is dialled")
	}
}
