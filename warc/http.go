package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"strconv"
	"strings"
)

// maxHead is the longest head of an HTTP message, in bytes.
const maxHead = 1 << 20

// TooLargeError says that the body of a message, decoded, is larger than the caller allows.
type TooLargeError struct{ Limit int64 } // bytes

func (e *TooLargeError) Error() string { return fmt.Sprintf("a body larger than %d bytes", e.Limit) }

// Response is an HTTP answer that was read from a record.
type Response struct {
	Status int
	Header http.Header
	Body   []byte // Transfer-Encoding and Content-Encoding undone
}

// ReadResponse reads the block of a response record. It reads what others have written, too: bodies that are chunked or compressed, and such as only say so. It
// returns a *TooLargeError for a body above limit bytes, and what the block returns where it is damaged.
func ReadResponse(block io.Reader, limit int64) (*Response, error) {
	resp, rest, err := readHead(block, limit)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(rest)
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > limit {
		return nil, &TooLargeError{limit}
	}
	if strings.Contains(strings.ToLower(resp.Header.Get("Transfer-Encoding")), "chunked") {
		if whole, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(body))); err == nil {
			body = whole // else it was undone by who wrote it
		}
	}
	resp.Body, err = decode(body, strings.Join(resp.Header.Values("Content-Encoding"), ","), limit)
	return resp, err
}

// ReadHead reads the head of a response record alone; the body stays in the block.
func ReadHead(block io.Reader) (*Response, error) {
	resp, _, err := readHead(block, 0)
	return resp, err
}

// readHead reads a head and gives a reader of up to limit+1 bytes of the body.
func readHead(block io.Reader, limit int64) (*Response, io.Reader, error) {
	head := &io.LimitedReader{R: block, N: maxHead}
	lines := bufio.NewReader(head)
	status, err := lines.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	resp := &Response{Header: http.Header{}}
	version, rest, _ := strings.Cut(strings.TrimSpace(status), " ")
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if resp.Status, err = strconv.Atoi(code); err != nil || !strings.HasPrefix(version, "HTTP/") {
		return nil, nil, fmt.Errorf("no answer of HTTP: %.40q", status)
	}
	for {
		line, err := lines.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, nil, err
		}
		line = strings.TrimRight(line, "\r\n")
		if name, value, ok := strings.Cut(line, ":"); ok {
			resp.Header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
		}
		if line == "" || err != nil {
			break
		}
	}
	head.N = limit + 1
	return resp, io.LimitReader(lines, limit+1), nil
}
