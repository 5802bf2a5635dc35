package crawler

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
)

// inWords is an error with what it means for whoever runs the crawler, as it stands in `crawl runs`.
func inWords(err error) string {
	if hint := hintOf(err); hint != "" {
		return fmt.Sprintf("%v (%s)", err, hint)
	}
	return err.Error()
}

// hintOf says what an error means where its own words leave that open.
func hintOf(err error) string {
	var (
		status      *StatusError
		dns         *net.DNSError
		certificate *tls.CertificateVerificationError
		noTLS       tls.RecordHeaderError
		notNow      *RobotsUnreachableError
		forbidden   *RobotsError
		timeout     *TimeoutError
		slow        interface{ Timeout() bool }
	)
	if hint := hintOfProxy(err); hint != "" {
		return hint
	}
	switch {
	case errors.As(err, &notNow):
		return "nothing of the host is fetched until its robots.txt answers; it is asked again at the next pass"
	case errors.As(err, &forbidden):
		return "the owner of the site does not want it fetched; `robots: ignore` is a choice you would have to answer for"
	case errors.As(err, &status):
		return hintOfStatus(status.Status)
	case errors.As(err, &dns) && dns.IsNotFound:
		return "the name does not exist: look for a typing error in the URL, or the site has moved"
	case errors.As(err, &dns):
		return "the name server gives no answer: look at this machine's network"
	case errors.As(err, &certificate):
		return "the certificate of the site is not valid for it, or has expired; `tls: insecure` takes any, without protection"
	case errors.As(err, &noTLS):
		return "no HTTPS at that port: try http"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "no server listens there: the site is down, or the port is wrong"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "no way leads there: look at this machine's network"
	case errors.Is(err, ErrUnanswered), errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return brokeOff
	case errors.As(err, &timeout):
		return "the site is slow or does not answer; `timeout` sets how long it has"
	case errors.As(err, &slow) && slow.Timeout():
		return "the site is slow or does not answer"
	}
	return hintOfHTTP2(err.Error())
}

// brokeOff is what an end without a word means.
const brokeOff = "the server broke off the connection; firewalls do so with visitors that they do not like"

// calm is the error code of HTTP/2 by which a server says that it is asked for too much.
const calm = "ENHANCE_YOUR_CALM"

func enhanceYourCalm(err error) bool {
	return err != nil && isHTTP2(err.Error()) && strings.Contains(err.Error(), calm)
}

func isHTTP2(text string) bool {
	return strings.Contains(text, "http2: ") || strings.Contains(text, "stream error: ") || strings.Contains(text, "connection error: ")
}

// hintOfHTTP2 goes by the words, as net/http keeps the types of these errors to itself (RFC 9113, 7: error codes).
func hintOfHTTP2(text string) string {
	switch {
	case !isHTTP2(text):
		return ""
	case strings.Contains(text, calm):
		return "the site is asked too often: set a longer `delay`"
	case strings.Contains(text, "HTTP_1_1_REQUIRED"):
		return "the server offers HTTP/2 and wants HTTP/1.1"
	case strings.Contains(text, "received from peer"), strings.Contains(text, "GOAWAY"), strings.Contains(text, "connection lost"):
		return brokeOff
	}
	return "the server breaks the rules of HTTP/2"
}

// hintOfProxy tells what went wrong on the way to the proxy, or at it, from what went wrong behind it.
func hintOfProxy(err error) string {
	var (
		proxy   *ProxyError
		network *net.OpError
	)
	switch {
	case errors.As(err, &proxy) && proxy.Status == http.StatusProxyAuthRequired:
		return hintOfStatus(proxy.Status)
	case errors.As(err, &proxy):
		return "the proxy gets no connection to the site, or refuses it"
	case errors.As(err, &network) && network.Op == "proxyconnect":
		return "the proxy cannot be reached"
	}
	return ""
}

func hintOfStatus(status int) string {
	switch status {
	case http.StatusUnauthorized:
		return "the page wants a log-in: `auth` of the source is for user and password"
	case http.StatusProxyAuthRequired:
		return "look at user and password of `proxy`"
	case http.StatusForbidden:
		return "the site refuses this crawler, its address or its speed"
	case http.StatusNotFound, http.StatusGone:
		return "the page is not there any more"
	case http.StatusPreconditionFailed, http.StatusTeapot, http.StatusMisdirectedRequest:
		return "a firewall in front of the site refuses it"
	case http.StatusTooManyRequests:
		return "the site is asked too often: the delay grows by itself; set a longer `delay`"
	case http.StatusServiceUnavailable:
		return "the site is overloaded or under maintenance; the delay grows by itself"
	}
	switch {
	case status >= 500:
		return "the site's own mistake; the page is tried again later"
	case status == http.StatusAccepted, status == http.StatusNoContent:
		return "no page: a firewall may be looking the visitor over"
	}
	return ""
}
