package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
)

// decompressed reads through gzip where the first bytes are those of gzip (RFC 1952, 2.3.1), whatever the file's name. Several members one after another,
// as pigz and cat write them, are one file.
func decompressed(r io.Reader) (io.ReadCloser, error) {
	buffered := bufio.NewReaderSize(r, 64<<10)
	magic, err := buffered.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b, 8}) {
		return io.NopCloser(buffered), nil
	}
	z, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, err
	}
	return brokenGzip{z}, nil
}

// errTruncated says that a compressed file ends before its end.
var errTruncated = errors.New("the compressed file breaks off")

// brokenGzip tells the end of a compressed file from its breaking off: gzip says io.ErrUnexpectedEOF, which io.ReadFull says of any short file.
type brokenGzip struct{ *gzip.Reader }

func (b brokenGzip) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errTruncated
	}
	return n, err
}
