package warc

import (
	"bufio"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
)

// source gives the plain text of a file. Between two gzip members it stops with errMember until it is told to cross, so that the start of a record is the start of its member.
type source struct {
	file    *counted
	started bool
	z       *gzip.Reader // nil: a plain file
	between bool         // the member has come to its end
	start   int64        // of the member
	members int          // begun so far
	err     error
}

func newSource(r io.Reader) *source {
	return &source{file: &counted{buffered: bufio.NewReaderSize(r, 64<<10)}}
}

// counted counts what is taken from a file. Being an io.ByteReader keeps the decompressor from taking more than its member.
type counted struct {
	buffered *bufio.Reader
	n        int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.buffered.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.buffered.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// errMember says that a gzip member was read to its end and that its checksum is right. It is told once; cross goes on.
var errMember = errors.New("the end of a gzip member")

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	if !s.started {
		s.begin()
	}
	switch {
	case s.err != nil:
		return 0, s.err
	case s.z == nil:
		return s.file.Read(p)
	case s.between:
		return 0, errMember
	}
	n, err := s.z.Read(p)
	if errors.Is(err, io.EOF) {
		s.between, err = true, nil
	}
	s.err = err
	if n > 0 {
		return n, nil
	}
	if s.between {
		return 0, errMember
	}
	return 0, err
}

// begin tells by the first bytes whether the file is compressed (RFC 1952, 2.3.1).
func (s *source) begin() {
	s.started = true
	magic, err := s.file.buffered.Peek(2)
	if err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		s.open()
	}
}

// open begins the next member.
func (s *source) open() {
	s.between = false
	if s.last() {
		s.err = io.EOF
		return
	}
	s.start = s.file.n
	s.members++
	if s.z == nil {
		s.z, s.err = gzip.NewReader(s.file)
	} else {
		s.err = s.z.Reset(s.file)
	}
	if s.err != nil {
		if errors.Is(s.err, io.EOF) {
			s.err = io.ErrUnexpectedEOF
		}
		return
	}
	s.z.Multistream(false)
}

func (s *source) last() bool {
	_, err := s.file.buffered.Peek(1)
	return errors.Is(err, io.EOF)
}

// cross goes over to the next member. It returns io.EOF after the last one.
func (s *source) cross() error {
	if s.err == nil {
		s.open()
	}
	return s.err
}
