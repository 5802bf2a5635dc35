package crawler

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// pipes is a network in memory: an HTTP server that answers for every host, over net.Pipe, so that it lives in a bubble of testing/synctest.
type pipes struct {
	server *http.Server
	conns  chan net.Conn
	ended  chan struct{}
	once   sync.Once
}

func newPipes(handler http.Handler) *pipes {
	p := &pipes{server: &http.Server{Handler: handler}, conns: make(chan net.Conn), ended: make(chan struct{})}
	go func() { _ = p.server.Serve(p) }()
	return p
}

// transport returns a round tripper of net/http over the network.
func (p *pipes) transport() *http.Transport {
	return &http.Transport{DialContext: p.dial, MaxIdleConnsPerHost: 1, IdleConnTimeout: idleTimeout, DisableCompression: true}
}

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.conns <- theirs:
		return ours, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.ended:
		return nil, net.ErrClosed
	}
}

// Accept implements net.Listener.
func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.ended:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (p *pipes) Close() error {
	p.once.Do(func() { close(p.ended) })
	return nil
}

// Addr implements net.Listener.
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes"} }

// log is what a server saw of its visitors, by host.
type visitLog struct {
	mu     sync.Mutex
	visits map[string][]visited
}

// visited is one request from its arrival to the end of its answer.
type visited struct {
	path       string
	start, end time.Time
}

func (l *visitLog) add(host string, v visited) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.visits == nil {
		l.visits = map[string][]visited{}
	}
	l.visits[host] = append(l.visits[host], v)
}

// atOnce is how many requests of a host were under way together at most.
func atOnce(all []visited) (most int) {
	for _, v := range all {
		n := 0
		for _, w := range all {
			if !w.start.After(v.start) && w.end.After(v.start) {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}
