package crawler

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// neutralType is what colly is told of every body. It would transcode by the charset of the header, which is wrong on many sites; the parser decides by the
// bytes and gets the header as served.
const neutralType = "application/octet-stream"

const maxDrained = 64 << 10 // bytes read of a body that is not used, so that its connection can be

// exchange is one request and its whole answer within what is left of the timeout. Only the body of a page is kept; the body of a redirect or an error is
// not.
func exchange(base http.RoundTripper, req *http.Request, v *visit, l limits) (*http.Response, error) {
	started := time.Now()
	ctx, end := context.WithTimeoutCause(req.Context(), v.left, &TimeoutError{v.crawl.Timeout})
	defer end()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	out := req.Clone(ctx)
	out.Header.Set("Accept-Encoding", acceptEncoding)

	resp, err := l.answer(base, out, cancel)
	if err != nil {
		return nil, timedOut(ctx, req, err)
	}
	defer resp.Body.Close()
	whole, stop := l.paced(resp.Body, cancel)
	defer stop()
	if retryStatus(resp.StatusCode) {
		drain(whole)
		return nil, &StatusError{resp.StatusCode, retryAfter(resp.Header.Get("Retry-After"), time.Now())}
	}
	body, err := pageBody(resp, whole, v)
	if err != nil {
		return nil, timedOut(ctx, req, err)
	}
	wayOf(req.Context()).hideBody(body)
	v.left = max(v.left-time.Since(started), time.Millisecond)
	v.contentType = resp.Header.Get("Content-Type")
	return buffered(resp, req, body), nil
}

// pageBody reads the body of an answer that brings a page.
func pageBody(resp *http.Response, from io.Reader, v *visit) ([]byte, error) {
	if !bringsPage(resp.StatusCode, resp.Header) {
		drain(from)
		return nil, nil
	}
	if err := refuseType(resp.Header.Get("Content-Type")); err != nil {
		return nil, err
	}
	if resp.ContentLength > v.crawl.MaxBody && !v.cutBody {
		return nil, &TooLargeError{v.crawl.MaxBody}
	}
	coding := strings.Join(resp.Header.Values("Content-Encoding"), ",")
	body, err := readBody(from, coding, v.crawl.MaxBody, v.cutBody)
	if err == nil && coding != "" {
		drain(from) // a decoder stops at its own end: that of the body says to the archive that it is whole
	}
	return body, err
}

// bringsPage tells the statuses whose body is the page that was asked for. 203 is a page that a proxy has changed. 206 was not asked for: it counts when it
// holds all bytes after all. 202 and 204 bring nothing: firewalls answer so while they look the visitor over.
func bringsPage(status int, h http.Header) bool {
	switch status {
	case http.StatusOK, http.StatusNonAuthoritativeInfo:
		return true
	case http.StatusPartialContent:
		return isWhole(h.Get("Content-Range"))
	}
	return false
}

// isWhole tells whether a Content-Range covers its representation: "bytes 0-99/100" (RFC 9110, 14.4).
func isWhole(contentRange string) bool {
	var last, total int64
	n, err := fmt.Sscanf(contentRange, "bytes 0-%d/%d", &last, &total)
	return err == nil && n == 2 && last+1 == total
}

// buffered puts a body that was read in the place of the one on the wire.
func buffered(resp *http.Response, req *http.Request, body []byte) *http.Response {
	resp.Header.Del("Content-Encoding")
	resp.Header.Del("Content-Length")
	resp.Header.Set("Content-Type", neutralType)
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.ContentLength = int64(len(body))
	resp.Uncompressed = true // keeps colly from decompressing by the name of the URL
	resp.Request = req
	return resp
}

// maxErrorText is the most that an error of the network says, in bytes; servers can put words of their own into it.
const maxErrorText = 500

// wordyError is an error whose text is cut.
type wordyError struct{ error }

func (e wordyError) Error() string {
	return strings.ToValidUTF8(e.error.Error()[:maxErrorText], "") + " …"
}

func (e wordyError) Unwrap() error { return e.error }

// timedOut names the end of our own patience; the end of the caller's context stays what it is. Of anything else the text is kept short.
func timedOut(ctx context.Context, req *http.Request, err error) error {
	if cause := req.Context().Err(); cause != nil {
		return cause
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if len(err.Error()) > maxErrorText {
		return wordyError{err}
	}
	return err
}

func drain(body io.Reader) {
	_, _ = io.CopyN(io.Discard, body, maxDrained) // only saves a connection
}
