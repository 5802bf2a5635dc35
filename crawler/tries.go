package crawler

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v5"
)

const (
	firstBackoff = time.Second
	maxBackoff   = time.Minute
)

// tries sends one request, again where that may help, and waits for the host's turn before each try.
type tries struct {
	base       http.RoundTripper
	politeness *politeness
	metrics    *Metrics
	limits     *limits
	backoff    time.Duration // before the second try; grows by half each time, with jitter
}

// RoundTrip implements http.RoundTripper.
func (t *tries) RoundTrip(req *http.Request) (*http.Response, error) {
	v := visitOf(req.Context())
	if v == nil {
		return nil, errNoVisit
	}
	if req.Response == nil { // no redirect: the timeout begins
		v.left = v.crawl.Timeout
	}
	wait := backoff.NewExponentialBackOff()
	wait.InitialInterval, wait.MaxInterval = t.backoff, maxBackoff
	resp, err := backoff.Retry(v.starting, func() (*http.Response, error) {
		resp, err := t.once(req, v)
		if err != nil && !worthRetry(err) {
			return nil, backoff.Permanent(err)
		}
		return resp, err
	}, backoff.WithBackOff(wait), backoff.WithMaxTries(uint(max(v.crawl.Retries, 0))+1), backoff.WithMaxElapsedTime(0))
	var permanent *backoff.PermanentError // not unwrapped by the library on the last try
	if errors.As(err, &permanent) {
		err = permanent.Unwrap()
	}
	return resp, err
}

// once is one try. A request that the end of its connection left unanswered is sent once more within it, in the host's next turn: connections that are kept alive end
// all the time, and nobody's failure is behind it.
func (t *tries) once(req *http.Request, v *visit) (*http.Response, error) {
	resp, err := t.send(req, v)
	if errors.Is(err, ErrUnanswered) {
		return t.send(req, v)
	}
	return resp, err
}

// send sends the request once, in the host's turn.
func (t *tries) send(req *http.Request, v *visit) (*http.Response, error) {
	name := req.URL.Hostname()
	turn, err := t.politeness.acquire(v.starting, name, v.crawl, v.told)
	if err != nil {
		return nil, err
	}
	resp, err := exchange(t.base, req, v, *t.limits)
	t.metrics.request(turn.host.name, resp, err, time.Since(turn.started))
	turn.done(v.starting, err)
	return resp, err
}

// worthRetry tells whether another try may bring something else: after time-outs, broken connections, 429 and most of 5xx; not after what the server, the
// certificate or a rule of ours has decided.
func worthRetry(err error) bool {
	var status *StatusError
	if errors.As(err, &status) {
		return retryStatus(status.Status)
	}
	var proxy *ProxyError
	if errors.As(err, &proxy) {
		return retryStatus(proxy.Status)
	}
	var (
		forbidden   *ForbiddenAddressError
		large       *TooLargeError
		file        *FileError
		encoding    *EncodingError
		certificate *tls.CertificateVerificationError
		unknownCA   x509.UnknownAuthorityError
		alert       tls.AlertError
		noTLS       tls.RecordHeaderError
		held        *HeldError
		dns         *net.DNSError
	)
	switch {
	case errors.Is(err, context.Canceled), errors.As(err, &forbidden), errors.As(err, &large), errors.As(err, &file), errors.As(err, &encoding),
		errors.As(err, &certificate), errors.As(err, &unknownCA), errors.As(err, &alert), errors.As(err, &noTLS), errors.As(err, &held):
		return false
	case errors.As(err, &dns):
		return !dns.IsNotFound
	}
	return true
}

// statusOf is the status that an error stands for; 0: none.
func statusOf(err error) int {
	var status *StatusError
	if errors.As(err, &status) {
		return status.Status
	}
	return 0
}

func retryStatus(status int) bool {
	switch status {
	case http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	}
	return status >= 500
}
