package crawler

import (
	"io"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"zhaowen/config"
)

// A server that takes the connection and never answers the handshake. net/http goes on with it behind the back of a request that has been given up.
func TestHostileSilentTLS(t *testing.T) {
	s := newEvilListener(t, func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) })
	h := hostile{edit: func(src *config.Source) { src.Robots = robotsIgnore }, err: "no complete answer within 300ms"}
	h.run(t, strings.Replace(s.url, "http:", "https:", 1))
	h = hostile{edit: func(src *config.Source) { src.Robots, src.Timeout = robotsIgnore, 2*time.Second }, err: "TLS handshake timeout"}
	h.run(t, strings.Replace(s.url, "http:", "https:", 1))
	deadline := time.Now().Add(2 * time.Second)
	for dialling() > 0 && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if n := dialling(); n > 0 {
		t.Errorf("%d handshakes go on", n)
	}
}

// dialling counts the goroutines that make connections.
func dialling() int {
	stacks := make([]byte, 1<<20)
	return strings.Count(string(stacks[:runtime.Stack(stacks, true)]), "net/http.(*Transport).dialConn(")
}
