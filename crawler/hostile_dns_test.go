package crawler

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// nameServer answers each question for an A record with what addresses returns for the how-many-th it is, from 0 on.
type nameServer struct {
	asked     atomic.Int32
	addresses func(n int) []string
}

// resolver asks the name server over UDP.
func (s *nameServer) resolver(t *testing.T) *net.Resolver {
	t.Helper()
	conn, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	serving.Go(func() {
		question := make([]byte, 4096)
		for {
			n, from, err := conn.ReadFrom(question)
			if err != nil {
				return
			}
			if answer, err := s.answer(question[:n]); err == nil {
				_, _ = conn.WriteTo(answer, from)
			}
		}
	})
	t.Cleanup(func() { _ = conn.Close(); serving.Wait() })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func (s *nameServer) answer(question []byte) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(question); err != nil {
		return nil, err
	}
	m.Response, m.Authoritative, m.Additionals = true, true, nil
	if len(m.Questions) == 1 && m.Questions[0].Type == dnsmessage.TypeA {
		for _, address := range s.addresses(int(s.asked.Add(1)) - 1) {
			m.Answers = append(m.Answers, dnsmessage.Resource{
				Header: dnsmessage.ResourceHeader{Name: m.Questions[0].Name, Class: dnsmessage.ClassINET}, // of no lifetime
				Body:   &dnsmessage.AResource{A: netip.MustParseAddr(address).As4()},
			})
		}
	}
	return m.Pack()
}

// once are the answers to the first question and to all others.
func once(first string, then ...string) func(n int) []string {
	return func(n int) []string {
		if n == 0 {
			return []string{first}
		}
		return then
	}
}

// A name that leads to an address that is allowed when it is first asked for, and inside from then on.
func TestHostileNames(t *testing.T) {
	const inside = "127.0.0.3"
	for _, tt := range []struct {
		name      string
		addresses func(n int) []string
		err       string
	}{
		{"changes after robots.txt", once(evilAddress, inside), inside + " is a loopback address"},
		{"gets a second address", once(evilAddress, "127.0.0.1", inside), "no server listens there"}, // at the first one
		{"is inside at once", once(inside, inside), inside + " is a loopback address"},
		{"is the metadata server's", once("169.254.169.254", "169.254.169.254"), "169.254.169.254 is a link-local address"},
		{"has no address", func(int) []string { return nil }, "no such host"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newEvilServer(t, okButRobots(func(w *wire) { w.page(articlePage(99)) }))
			_, port, _ := net.SplitHostPort(s.listener.Addr().String())
			var entered atomic.Int32
			within, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", inside+":"+port)
			if err != nil {
				t.Skipf("no third loopback address here: %v", err)
			}
			var accepting sync.WaitGroup
			accepting.Go(func() {
				for {
					conn, err := within.Accept()
					if err != nil {
						return
					}
					entered.Add(1)
					_ = conn.Close()
				}
			})
			names := &nameServer{addresses: tt.addresses}
			hostile{err: tt.err, names: names.resolver(t)}.run(t, fmt.Sprintf("http://rebind.test:%s", port))
			_ = within.Close()
			accepting.Wait()
			if n := entered.Load(); n > 0 {
				t.Errorf("%d connections were made inside", n)
			}
			if strings.Contains(tt.name, "robots.txt") && names.asked.Load() != 2 {
				t.Errorf("the name was asked for %d times", names.asked.Load())
			}
		})
	}
}
