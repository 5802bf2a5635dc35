package warc

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
)

// dateFormat has milliseconds: WARC 1.1 allows up to nine digits, and the records of a fast pass stay in order.
const dateFormat = "2006-01-02T15:04:05.000Z"

var compressors = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// newHeader begins the header of a record with what is mandatory but for its length.
func newHeader(kind, id string, at time.Time) Header {
	return Header{{"WARC-Type", kind}, {"WARC-Record-ID", id}, {"WARC-Date", at.UTC().Format(dateFormat)}}
}

// add appends a field that has a value.
func (h *Header) add(name, value string) {
	if value != "" {
		*h = append(*h, Field{name, value})
	}
}

// appendRecord writes a record as a gzip member of its own (WARC 1.1, annex D.2), so that readers can begin at any record.
func appendRecord(out *bytes.Buffer, h Header, block ...[]byte) error {
	z, _ := compressors.Get().(*gzip.Writer)
	defer compressors.Put(z)
	z.Reset(out)
	length := 0
	for _, b := range block {
		length += len(b)
	}
	var head bytes.Buffer
	head.WriteString("WARC/1.1\r\n")
	for _, f := range h {
		fmt.Fprintf(&head, "%s: %s\r\n", f.Name, oneLine.Replace(f.Value))
	}
	fmt.Fprintf(&head, "Content-Length: %d\r\n\r\n", length)
	for _, b := range append([][]byte{head.Bytes()}, append(block, []byte("\r\n\r\n"))...) {
		if _, err := z.Write(b); err != nil {
			return err
		}
	}
	return z.Close()
}

// oneLine keeps a value from ending its line.
var oneLine = strings.NewReplacer("\r", " ", "\n", " ")
