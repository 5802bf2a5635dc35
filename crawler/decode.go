package crawler

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// acceptEncoding lists the codings that contentReader undoes. It is sent by us, so that neither net/http nor colly decompresses without a limit.
const acceptEncoding = "gzip, deflate, br, zstd"

const (
	maxCodings    = 3       // layers of Content-Encoding; more is an attack
	maxZstdWindow = 8 << 20 // bytes; the limit of RFC 9659 for HTTP

	codingOverhead = 64 << 10 // bytes by which a compressed page may be larger than the page
)

// readBody reads a body and undoes its Content-Encoding. It counts decompressed bytes and stops at limit with a *TooLargeError, whatever the compressed
// size; with cut it returns the first limit bytes instead.
func readBody(body io.Reader, contentEncoding string, limit int64, cut bool) ([]byte, error) {
	plain, closers, err := contentReader(body, contentEncoding, limit)
	defer func() {
		for _, c := range closers {
			c()
		}
	}()
	if errors.Is(err, io.EOF) {
		return nil, nil // an empty body in any coding
	}
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(plain, limit+1))
	var large *TooLargeError
	if int64(len(data)) > limit || errors.As(err, &large) {
		if cut {
			return data[:min(int64(len(data)), limit)], nil
		}
		return nil, &TooLargeError{Limit: limit}
	}
	if err != nil {
		return nil, fmt.Errorf("read the body: %w", err)
	}
	return data, nil
}

// contentReader undoes the codings of a Content-Encoding header, the last one first (RFC 9110, 8.4).
//
// What each coding is given to undo may be a little larger than limit: a compressed page is not, and what brings nothing for all its bytes must end somewhere.
func contentReader(body io.Reader, contentEncoding string, limit int64) (r io.Reader, closers []func(), err error) {
	codings := strings.Split(contentEncoding, ",")
	if len(codings) > maxCodings {
		return nil, nil, &EncodingError{contentEncoding}
	}
	r = body
	for i := len(codings) - 1; i >= 0; i-- {
		next, closer, err := undo(&boundedReader{from: r, left: limit + codingOverhead, limit: limit}, strings.ToLower(strings.TrimSpace(codings[i])))
		if closer != nil {
			closers = append(closers, closer)
		}
		if err != nil {
			return nil, closers, err
		}
		r = next
	}
	return r, closers, nil
}

// undo decodes one coding. Firewalls in front of sites are known to send plain pages under the header of the page they replace: what says gzip or deflate and is
// not is passed on as it is.
func undo(r io.Reader, coding string) (io.Reader, func(), error) {
	switch coding {
	case "", "identity":
		return r, nil, nil
	case "gzip", "x-gzip":
		b := bufio.NewReader(r)
		head, err := b.Peek(2)
		if len(head) == 0 {
			return nil, nil, err
		}
		if len(head) < 2 || head[0] != 0x1f || head[1] != 0x8b { // RFC 1952, 2.3.1
			return b, nil, nil
		}
		z, err := gzip.NewReader(b)
		return z, nil, wrapCoding(coding, err)
	case "deflate":
		return undoDeflate(bufio.NewReader(r))
	case "br":
		return brotli.NewReader(r), nil, nil
	case "zstd":
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxZstdWindow))
		if err != nil {
			return nil, nil, wrapCoding(coding, err)
		}
		return z, z.Close, nil
	}
	return nil, nil, &EncodingError{coding}
}

// undoDeflate reads zlib, which the standard means by deflate, and the raw form, which some servers send.
func undoDeflate(b *bufio.Reader) (io.Reader, func(), error) {
	head, err := b.Peek(2)
	if len(head) == 0 {
		return nil, nil, err
	}
	// RFC 1950, 2.2: method 8, and the two bytes as a big-endian number are a multiple of 31.
	if len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		z, err := zlib.NewReader(b)
		return z, nil, wrapCoding("deflate", err)
	}
	if head[0] == '<' { // no raw block starts so in practice, a page does
		return b, nil, nil
	}
	return flate.NewReader(b), nil, nil
}

// boundedReader gives a *TooLargeError where io.LimitReader would feign the end.
type boundedReader struct {
	from  io.Reader
	left  int64
	limit int64 // that the error names
}

// Read implements io.Reader.
func (b *boundedReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, &TooLargeError{Limit: b.limit}
	}
	n, err := b.from.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

func wrapCoding(coding string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("read the %s body: %w", coding, err)
}
