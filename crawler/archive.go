package crawler

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"zhaowen/ingest"
	"zhaowen/warc"
)

// maxArchived is the most of a body, as received, that is archived, in bytes; the record says that it is cut off.
const maxArchived = 64 << 20

// archived returns a round tripper that archives what base asks and is answered: pages, robots.txt and every hop of a redirect, each try by itself. Without an
// archive it is base.
func (c *Crawler) archived(base http.RoundTripper) http.RoundTripper {
	if c.options.Archive == nil {
		return base
	}
	return &archiving{base: base, archive: c.options.Archive, now: c.options.Now}
}

// sync puts what a visit has brought on the disk, before anything of it is stored.
func (c *Crawler) sync(v *visit) error {
	if c.options.Archive == nil {
		return nil
	}
	err := v.unarchived
	if err == nil {
		err = c.options.Archive.Sync()
	}
	if err != nil {
		return &storageError{err}
	}
	return nil
}

// keepRendered archives a page as a browser has rendered it, beside what it was made of.
func (c *Crawler) keepRendered(got ingest.Fetched) error {
	if c.options.Archive == nil {
		return nil
	}
	address, err := url.Parse(got.FinalURL)
	if err != nil {
		return err
	}
	if err := c.options.Archive.AddConversion(&warc.Conversion{URL: address, At: c.options.Now(), ContentType: got.ContentType, Body: got.Body}); err != nil {
		return &storageError{err}
	}
	return c.sync(&visit{})
}

type archiving struct {
	base    http.RoundTripper
	archive *warc.Archive
	now     func() time.Time
}

// RoundTrip implements http.RoundTripper. The exchange is archived when its body is closed, with as much of it as was read by then.
func (a *archiving) RoundTrip(req *http.Request) (*http.Response, error) {
	var address atomic.Pointer[string] // the dialer may still be at work when the answer comes over another connection
	at := a.now()
	traced := req.WithContext(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) {
		if host, _, err := net.SplitHostPort(got.Conn.RemoteAddr().String()); err == nil {
			address.Store(&host)
		}
	}}))
	resp, err := a.base.RoundTrip(traced)
	if err != nil {
		return nil, err
	}
	x := &warc.Exchange{URL: req.URL, At: at, Method: req.Method, Asked: req.Header, Status: resp.StatusCode, Answered: resp.Header.Clone()}
	if ip := address.Load(); ip != nil && !wayOf(req.Context()).proxied() { // else it is that of the proxy
		x.IP = *ip
	}
	resp.Body = &archivedBody{ReadCloser: resp.Body, ctx: req.Context(), archive: a.archive, exchange: x, length: resp.ContentLength}
	return resp, nil
}

// archivedBody keeps what is read of a body.
type archivedBody struct {
	io.ReadCloser
	ctx      context.Context //nolint:containedctx // lives as long as the answer is read
	archive  *warc.Archive
	exchange *warc.Exchange
	length   int64 // as announced; -1: not
	got      bytes.Buffer
	err      error // that reading ended with
	once     sync.Once
}

func (b *archivedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.got.Write(p[:min(n, maxArchived-b.got.Len())])
	if err != nil {
		b.err = err
	}
	return n, err
}

// Close archives the exchange. That this failed is told to the visit.
func (b *archivedBody) Close() error {
	b.once.Do(func() {
		b.exchange.Body, b.exchange.Truncated = b.got.Bytes(), b.truncated()
		if err := b.archive.Add(b.exchange); err != nil {
			if v := visitOf(b.ctx); v != nil {
				v.unarchived = err
			}
		}
	})
	return b.ReadCloser.Close()
}

// truncated tells why a body is not whole (WARC 1.1, 5.13); empty: it is.
func (b *archivedBody) truncated() string {
	switch {
	case b.got.Len() >= maxArchived:
		return "length"
	case errors.Is(b.err, io.EOF), b.length >= 0 && int64(b.got.Len()) == b.length:
		return ""
	case b.ctx.Err() != nil:
		return "time"
	case b.err != nil:
		return "disconnect"
	}
	return "length" // more than was wanted
}
