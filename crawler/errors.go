package crawler

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"time"
)

// ErrUnanswered says that a server took a request and ended the connection, or the stream of HTTP/2, before it began an answer.
var ErrUnanswered = errors.New("the connection ended before an answer began")

// RobotsError says that robots.txt forbids a URL to this crawler.
type RobotsError struct {
	URL   string
	Agent string // product token that the rules were looked up for
}

func (e *RobotsError) Error() string { return "robots.txt forbids it to " + e.Agent }

// RobotsUnreachableError says that robots.txt could not be had for now, so that nothing of its host may be fetched until it can (RFC 9309, 2.3.1.4).
type RobotsUnreachableError struct {
	Host string
	Err  error
}

func (e *RobotsUnreachableError) Error() string {
	return fmt.Sprintf("not now: robots.txt of %s cannot be read: %v", e.Host, e.Err)
}

func (e *RobotsUnreachableError) Unwrap() error { return e.Err }

// TooLargeError says that a body, decompressed, is larger than allowed. Nothing of it is used.
type TooLargeError struct {
	Limit int64 // bytes
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("the page is larger than max_body (%d bytes decompressed)", e.Limit)
}

// ForbiddenAddressError says that a host has an address that a crawler of public pages has no business with.
type ForbiddenAddressError struct {
	Addr netip.Addr
	Kind string // loopback, private, …
}

func (e *ForbiddenAddressError) Error() string {
	return fmt.Sprintf("%s is a %s address; list it in allow_addresses if it is meant", e.Addr, e.Kind)
}

// SchemeError says that a URL is neither http nor https.
type SchemeError struct{ Scheme string }

func (e *SchemeError) Error() string {
	return fmt.Sprintf("only http and https are fetched, not %q", e.Scheme)
}

// StatusError says that a server answered with a status that brings no page.
type StatusError struct {
	Status     int
	RetryAfter time.Duration // as asked for by the server; 0: not said
}

func (e *StatusError) Error() string {
	if text := http.StatusText(e.Status); text != "" {
		return fmt.Sprintf("status %d %s", e.Status, text)
	}
	return fmt.Sprintf("status %d", e.Status)
}

// TimeoutError says that a request, its body included, took longer than the timeout of its source.
type TimeoutError struct{ After time.Duration }

func (e *TimeoutError) Error() string { return fmt.Sprintf("no complete answer within %s", e.After) }

// Timeout makes it a net.Error in the eyes of callers that ask.
func (e *TimeoutError) Timeout() bool { return true }

// SilentError says that a server took too long to begin its answer.
type SilentError struct{ After time.Duration }

func (e *SilentError) Error() string { return fmt.Sprintf("no answer begun within %s", e.After) }

// Timeout makes it a net.Error in the eyes of callers that ask.
func (e *SilentError) Timeout() bool { return true }

// SlowError says that a body came in too slowly to be waited for.
type SlowError struct {
	Rate   int64 // bytes a second that it had to bring
	Window time.Duration
}

func (e *SlowError) Error() string {
	return fmt.Sprintf("too slow: less than %d bytes a second over %s", e.Rate, e.Window)
}

// Timeout makes it a net.Error in the eyes of callers that ask.
func (e *SlowError) Timeout() bool { return true }

// RedirectError says that a chain of redirects leads nowhere.
type RedirectError struct {
	URL    string // where the chain was left
	Reason string
}

func (e *RedirectError) Error() string { return fmt.Sprintf("%s at %s", e.Reason, e.URL) }

// FileError says that a URL leads to a file (a PDF, an image, an archive) and not to a page; its body is not downloaded.
type FileError struct{ Kind string }

func (e *FileError) Error() string { return fmt.Sprintf("a file (%s), not a page", e.Kind) }

// EncodingError says that a body is compressed in a way that was not asked for.
type EncodingError struct{ Coding string }

func (e *EncodingError) Error() string { return fmt.Sprintf("unknown Content-Encoding %q", e.Coding) }

// HostDownError ends a pass whose pages fail one after the other for reasons of the host. What was not fetched stays due.
type HostDownError struct {
	Pages int // failed in a row
	Err   error
}

func (e *HostDownError) Error() string {
	return fmt.Sprintf("gave up after %d pages in a row failed, the last one: %v", e.Pages, e.Err)
}

func (e *HostDownError) Unwrap() error { return e.Err }

// PanicError is a panic while one page was handled.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }
