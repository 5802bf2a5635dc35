package warc

import (
	"bytes"
	"net/url"
	"time"
)

// Conversion is what was made of an answer, such as the page that its scripts have built (WARC 1.1, 6.8).
type Conversion struct {
	URL         *url.URL
	At          time.Time
	ContentType string
	Body        []byte
}

// record writes the conversion record; of is the answer that it was made of, nil: not known.
func (c *Conversion) record(out *bytes.Buffer, of *Original) error {
	h := newHeader(TypeConversion, newID(), c.At)
	h.add("WARC-Target-URI", withoutSecrets(c.URL))
	if of != nil {
		h.add("WARC-Refers-To", of.ID)
	}
	h.add("Content-Type", c.ContentType)
	sum := digest(c.Body)
	h.add("WARC-Block-Digest", sum)
	h.add("WARC-Payload-Digest", sum)
	return appendRecord(out, h, c.Body)
}
