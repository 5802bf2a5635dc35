package crawler

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// testCertificate is that of httptest, for example.com.
var testCertificate = sync.OnceValue(func() *tls.Config {
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates, RootCAs: roots, ServerName: "example.com", MinVersion: tls.VersionTLS12}
})

// trustingTests is the side of a client that trusts testCertificate.
func trustingTests() *tls.Config {
	return &tls.Config{RootCAs: testCertificate().RootCAs, ServerName: testCertificate().ServerName, MinVersion: tls.VersionTLS12}
}

// newEvilTLS is newEvilListener over TLS. It speaks whatever the client offers of protos.
func newEvilTLS(t *testing.T, handle func(net.Conn), protos ...string) *evilServer {
	t.Helper()
	cfg := testCertificate().Clone()
	cfg.NextProtos = protos
	s := newEvilListener(t, func(conn net.Conn) {
		secure := tls.Server(conn, cfg)
		if secure.Handshake() == nil {
			handle(secure)
		}
	})
	s.url = "https" + s.url[len("http"):]
	return s
}

// stream is a request over HTTP/2. Its connection waits for the behaviour that it is given to.
type stream struct {
	conn   net.Conn
	framer *http2.Framer
	id     uint32
	path   string
	silent *bool // set: the connection answers no ping any more
}

// serveHTTP2 reads requests frame by frame and lets a behaviour do what it likes with each.
func serveHTTP2(behave func(*stream)) func(net.Conn) {
	return func(conn net.Conn) {
		preface := make([]byte, len(http2.ClientPreface))
		if _, err := io.ReadFull(conn, preface); err != nil {
			return
		}
		framer, silent := http2.NewFramer(conn, conn), false
		framer.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
		_ = framer.WriteSettings()
		for {
			frame, err := framer.ReadFrame()
			if err != nil {
				return
			}
			switch f := frame.(type) {
			case *http2.SettingsFrame:
				if !f.IsAck() {
					_ = framer.WriteSettingsAck()
				}
			case *http2.PingFrame:
				if !f.IsAck() && !silent {
					_ = framer.WritePing(true, f.Data)
				}
			case *http2.MetaHeadersFrame:
				behave(&stream{conn: conn, framer: framer, id: f.StreamID, path: f.PseudoValue("path"), silent: &silent})
			}
		}
	}
}

// head sends the headers of an answer.
func (s *stream) head(status int, end bool, more ...string) {
	var b bytes.Buffer
	enc := hpack.NewEncoder(&b)
	_ = enc.WriteField(hpack.HeaderField{Name: ":status", Value: strconv.Itoa(status)})
	_ = enc.WriteField(hpack.HeaderField{Name: "content-type", Value: "text/html; charset=utf-8"})
	for i := 0; i+1 < len(more); i += 2 {
		_ = enc.WriteField(hpack.HeaderField{Name: more[i], Value: more[i+1]})
	}
	_ = s.framer.WriteHeaders(http2.HeadersFrameParam{StreamID: s.id, BlockFragment: b.Bytes(), EndHeaders: true, EndStream: end})
}

// answer is a whole answer.
func (s *stream) answer(status int, body string) {
	s.head(status, body == "")
	for at := 0; at < len(body); at += 16 << 10 {
		end := min(at+16<<10, len(body))
		_ = s.framer.WriteData(s.id, end == len(body), []byte(body[at:end]))
	}
}

// say writes bytes that are no frame.
func (s *stream) say(text string) { _, _ = io.WriteString(s.conn, text) }

// hangUp ends the connection.
func (s *stream) hangUp() { _ = s.conn.Close() }
