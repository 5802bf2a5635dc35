package crawler

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// errSentOnce ends what net/http would do after the first sending.
var errSentOnce = errors.New("a request is sent once")

// sendOnce keeps net/http from sending a request a second time by itself, at once and out of the host's turn. It does so when a connection that was kept alive ends before the first
// byte of an answer, and when a server of HTTP/2 refuses a stream or goes away, up to seven times.
type sendOnce struct{ base http.RoundTripper }

// RoundTrip returns ErrUnanswered where net/http would have sent the request again.
func (s sendOnce) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(req.Context()) // ends with the context of the request: the body is still to be read
	var conns atomic.Int32
	trace := &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) {
		if conns.Add(1) == 1 {
			return
		}
		// Over HTTP/2 no headers are written for a context that is done. Over HTTP/1.1 they might be; but nobody else writes on that connection.
		cancel(errSentOnce)
		if secure, ok := got.Conn.(*tls.Conn); !ok || secure.ConnectionState().NegotiatedProtocol != "h2" {
			_ = got.Conn.SetWriteDeadline(time.Unix(1, 0))
		}
	}}
	resp, err := s.base.RoundTrip(req.WithContext(httptrace.WithClientTrace(ctx, trace)))
	if err != nil {
		cancel(err)
		if conns.Load() > 1 {
			return nil, ErrUnanswered
		}
	}
	return resp, err
}
