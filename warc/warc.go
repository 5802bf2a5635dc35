// Package warc writes and reads WARC files (ISO 28500:2017, WARC 1.1; 1.0 is read too): what was asked of sites and what they answered, record by record.
package warc

import (
	"crypto/rand"
	"crypto/sha1"
	"encoding/base32"
	"fmt"
	"strings"
	"time"
)

// The types of records that this package tells apart (WARC 1.1, 5.5 and 6).
const (
	TypeWarcinfo   = "warcinfo"
	TypeRequest    = "request"
	TypeResponse   = "response"
	TypeResource   = "resource"
	TypeRevisit    = "revisit"
	TypeConversion = "conversion"
)

// The profiles of revisit records (WARC 1.1, 6.7.2 and 6.7.3).
const (
	ProfileSameDigest  = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
	ProfileNotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
)

// The content types of blocks (WARC 1.1, 6.3 and 6.4).
const (
	contentRequest  = "application/http; msgtype=request"
	contentResponse = "application/http; msgtype=response"
	contentFields   = "application/warc-fields"
)

// Field is one named field of a record's header.
type Field struct{ Name, Value string }

// Header is the header of a record, in the order of the file. Names are told apart without regard to case (WARC 1.1, 4).
type Header []Field

// Get returns the first value of a name, "" where there is none.
func (h Header) Get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// TargetURI returns WARC-Target-URI; writers of WARC 1.0 put it between angle brackets.
func (h Header) TargetURI() string {
	uri := h.Get("WARC-Target-URI")
	if inner, ok := strings.CutPrefix(uri, "<"); ok {
		return strings.TrimSuffix(inner, ">")
	}
	return uri
}

// Date returns WARC-Date, the zero time where it is missing or wrong. WARC 1.1 allows fractions of a second.
func (h Header) Date() time.Time {
	t, err := time.Parse(time.RFC3339Nano, h.Get("WARC-Date"))
	if err != nil {
		return time.Time{}
	}
	return t
}

// newID makes a WARC-Record-ID: a random UUID (RFC 9562, 5.4).
func newID() string {
	var u [16]byte
	_, _ = rand.Read(u[:]) // never fails
	u[6], u[8] = u[6]&0x0f|0x40, u[8]&0x3f|0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// digest is a value for WARC-Block-Digest and WARC-Payload-Digest. The standard leaves the algorithm open; SHA-1 in base32 is what every tool reads. It finds
// damage and repetition, and guards against nobody.
func digest(parts ...[]byte) string {
	h := sha1.New()
	for _, p := range parts {
		h.Write(p)
	}
	return "sha1:" + base32.StdEncoding.EncodeToString(h.Sum(nil))
}
