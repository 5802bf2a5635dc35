package warc

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	maxCodings    = 3       // layers of Content-Encoding; more is an attack
	maxZstdWindow = 8 << 20 // bytes; the limit of RFC 9659 for HTTP
)

// decode undoes a Content-Encoding, the last coding first (RFC 9110, 8.4). A body that only says that it is compressed is given back as it is: writers undo the
// coding and keep the field.
func decode(body []byte, contentEncoding string, limit int64) ([]byte, error) {
	codings := strings.Split(contentEncoding, ",")
	if len(codings) > maxCodings {
		return nil, fmt.Errorf("%d layers of Content-Encoding", len(codings))
	}
	for i := len(codings) - 1; i >= 0; i-- {
		plain, err := undo(body, strings.ToLower(strings.TrimSpace(codings[i])))
		if err != nil {
			return nil, err
		}
		if plain == nil {
			continue
		}
		decoded, err := io.ReadAll(io.LimitReader(plain, limit+1))
		if c, ok := plain.(interface{ Close() }); ok {
			c.Close()
		}
		switch {
		case int64(len(decoded)) > limit:
			return nil, &TooLargeError{limit}
		case err != nil && len(decoded) == 0 && bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")):
			continue // plain HTML under the name of a coding without a signature
		case err != nil:
			return nil, fmt.Errorf("undo %s: %w", codings[i], err)
		}
		body = decoded
	}
	return body, nil
}

// undo gives the reader of one coding, nil where there is nothing to undo.
func undo(body []byte, coding string) (io.Reader, error) {
	r := bytes.NewReader(body)
	switch coding {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) { // RFC 1952, 2.3.1
			return nil, nil
		}
		return gzip.NewReader(r)
	case "deflate":
		// RFC 1950, 2.2: method 8, and the two bytes as a big-endian number are a multiple of 31. Some servers send the raw form.
		if len(body) > 1 && body[0]&0x0f == 8 && (int(body[0])<<8|int(body[1]))%31 == 0 {
			return zlib.NewReader(r)
		}
		return flate.NewReader(r), nil
	case "br":
		return brotli.NewReader(r), nil
	case "zstd":
		if !bytes.HasPrefix(body, []byte{0x28, 0xb5, 0x2f, 0xfd}) { // RFC 8878, 3.1.1
			return nil, nil
		}
		return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxZstdWindow))
	}
	return nil, nil
}
