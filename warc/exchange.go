package warc

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// Exchange is a request and its answer.
//
// The messages are as they were on the wire as near as net/http tells: names of header fields in its spelling and in alphabetical order, an answer over
// HTTP/2 with the status line of HTTP/1.1, the body as received with its Content-Encoding, but without the Transfer-Encoding, which net/http has undone, so that
// Content-Length is set to what is there. Credentials are left out of requests: an archive is passed on.
type Exchange struct {
	URL       *url.URL
	At        time.Time // when the request was sent
	IP        string    // of the server; empty: not known
	Method    string
	Asked     http.Header
	Status    int
	Answered  http.Header
	Body      []byte // as received, maybe compressed
	Truncated string // why the body is not whole: length, time, disconnect, unspecified (WARC 1.1, 5.13); empty: it is
}

// Original is the record of an earlier answer with the same body, that a revisit record refers to.
type Original struct {
	ID, URI, Date string
	digest        string
}

var secretFields = []string{"Authorization", "Cookie", "Proxy-Authorization"}

func (x *Exchange) target() string { return withoutSecrets(x.URL) }

// withoutSecrets is an address as it may be told: without credentials and fragment.
func withoutSecrets(address *url.URL) string {
	u := *address
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	return u.String()
}

// requestHead is the message of the request; none of ours has a body.
func (x *Exchange) requestHead() []byte {
	var b bytes.Buffer
	b.WriteString(x.Method + " " + x.URL.RequestURI() + " HTTP/1.1\r\nHost: " + x.URL.Host + "\r\n")
	writeFields(&b, x.Asked, append(secretFields, "Host"))
	b.WriteString("\r\n")
	return b.Bytes()
}

// responseHead is the head of the answer, with the length that its body has here.
func (x *Exchange) responseHead(length int) []byte {
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 " + strconv.Itoa(x.Status) + " " + http.StatusText(x.Status) + "\r\n")
	writeFields(&b, x.Answered, []string{"Content-Length", "Transfer-Encoding"})
	if x.Status != http.StatusNotModified {
		b.WriteString("Content-Length: " + strconv.Itoa(length) + "\r\n")
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

func writeFields(b *bytes.Buffer, h http.Header, except []string) {
	names := make([]string, 0, len(h))
	for name := range h {
		if !slices.Contains(except, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range h[name] {
			b.WriteString(name + ": " + oneLine.Replace(value) + "\r\n")
		}
	}
}

// records writes the exchange as two records: the request, and a response, or a revisit where the body is that of an earlier record or the server has said that
// nothing changed. It returns what a later revisit can refer to; nil: nothing new.
func (x *Exchange) records(out *bytes.Buffer, earlier *Original) (*Original, error) {
	requestID, responseID := newID(), newID()
	answer, body, origin := x.response(responseID, earlier)
	head := x.responseHead(len(x.Body))
	answer.add("Content-Type", contentResponse)
	answer.add("WARC-Block-Digest", digest(head, body))
	if err := appendRecord(out, answer, head, body); err != nil {
		return nil, err
	}
	request := x.requestHead()
	h := newHeader(TypeRequest, requestID, x.At)
	h.add("WARC-Target-URI", x.target())
	h.add("WARC-IP-Address", x.IP)
	h.add("WARC-Concurrent-To", responseID)
	h.add("Content-Type", contentRequest)
	h.add("WARC-Block-Digest", digest(request))
	return origin, appendRecord(out, h, request)
}

// response makes the header of the answer's record and tells which body goes into it.
func (x *Exchange) response(id string, earlier *Original) (Header, []byte, *Original) {
	sum := digest(x.Body)
	same := earlier != nil && earlier.digest == sum && x.Truncated == "" && len(x.Body) > 0
	kind := TypeResponse
	if same || x.Status == http.StatusNotModified {
		kind = TypeRevisit
	}
	h := newHeader(kind, id, x.At)
	h.add("WARC-Target-URI", x.target())
	h.add("WARC-IP-Address", x.IP)
	switch {
	case same:
		h.add("WARC-Profile", ProfileSameDigest)
		h.add("WARC-Payload-Digest", sum)
	case kind == TypeRevisit:
		h.add("WARC-Profile", ProfileNotModified)
		if earlier != nil {
			h.add("WARC-Payload-Digest", earlier.digest)
		}
	default:
		h.add("WARC-Payload-Digest", sum)
		h.add("WARC-Truncated", x.Truncated)
		if x.Truncated != "" || !succeeded(x.Status) {
			return h, x.Body, nil
		}
		return h, x.Body, &Original{ID: id, URI: x.target(), Date: h.Get("WARC-Date"), digest: sum}
	}
	if earlier != nil {
		h.add("WARC-Refers-To", earlier.ID)
		h.add("WARC-Refers-To-Target-URI", earlier.URI)
		h.add("WARC-Refers-To-Date", earlier.Date)
	}
	return h, nil, nil
}

// succeeded tells statuses whose answers are worth referring to.
func succeeded(status int) bool { return status >= 200 && status < 300 }
