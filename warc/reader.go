package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// maxHeader is the longest header of a record, in bytes.
const maxHeader = 64 << 10

// ErrFormat says that something is no WARC file.
var ErrFormat = errors.New("not a WARC file")

// DamageError says where a file cannot be read any further. The records before are whole.
type DamageError struct {
	Offset int64 // of the damaged record, in bytes of the file; in a file that was compressed as a whole, of its plain text
	Err    error
}

func (e *DamageError) Error() string {
	return fmt.Sprintf("damaged at byte %d, the records before are whole: %v", e.Offset, e.Err)
}

func (e *DamageError) Unwrap() error { return e.Err }

// Record is one record of a file.
type Record struct {
	Header
	Type   string
	Length int64 // of its block, in bytes
	Offset int64 // where it begins, see DamageError; of several records in one of several gzip members, where the member begins

	// Block is read as it comes and is good until the next call of Next. It ends with io.EOF only where the record is whole, in a compressed file with its
	// checksum right.
	Block io.Reader
}

// Reader reads a file record by record. Its memory does not depend on the sizes of records.
type Reader struct {
	source *source
	plain  *bufio.Reader
	record *block
	broken error
	read   int64 // bytes of the plain text
}

// NewReader reads a plain or compressed file, the latter record by record or as a whole.
func NewReader(r io.Reader) *Reader {
	s := newSource(r)
	return &Reader{source: s, plain: bufio.NewReaderSize(s, 32<<10)}
}

// Next returns the next record, io.EOF after the last one. It returns ErrFormat for a file that does not begin as a WARC file, and a *DamageError where one cannot
// be read on; the latter stays.
func (r *Reader) Next() (*Record, error) {
	if r.broken != nil {
		return nil, r.broken
	}
	if r.record != nil {
		if _, err := io.Copy(io.Discard, r.record); err != nil {
			return nil, err
		}
	}
	record, err := r.next()
	if err != nil {
		r.broken = err
		return nil, err
	}
	return record, nil
}

func (r *Reader) next() (*Record, error) {
	if err := r.blanks(); errors.Is(err, io.EOF) {
		return nil, io.EOF
	} else if err != nil {
		return nil, r.damage(r.offset(), err)
	}
	at := r.offset()
	version, h, err := r.header()
	if err != nil {
		if r.record == nil && errors.Is(err, ErrFormat) {
			return nil, err
		}
		return nil, r.damage(at, err)
	}
	length, err := strconv.ParseInt(strings.TrimSpace(h.Get("Content-Length")), 10, 64)
	if err != nil || length < 0 {
		return nil, r.damage(at, fmt.Errorf("a record of %s without a length", version))
	}
	r.record = &block{reader: r, left: length, offset: at}
	return &Record{Header: h, Type: strings.ToLower(h.Get("WARC-Type")), Length: length, Offset: at, Block: r.record}, nil
}

// offset is where the next byte of the plain text stands in the file. Between the records of a file that is compressed record by record, nothing of the next member
// has been taken in.
func (r *Reader) offset() int64 {
	if r.source.members > 1 || r.read == 0 {
		return r.source.start
	}
	return r.read
}

// blanks passes over the empty lines after a record.
func (r *Reader) blanks() error {
	for {
		next, err := r.plain.Peek(1)
		if errors.Is(err, errMember) {
			err = r.source.cross()
			if err == nil {
				continue
			}
		}
		if err != nil {
			return err
		}
		if next[0] != '\r' && next[0] != '\n' {
			return nil
		}
		_, _ = r.plain.Discard(1)
		r.read++
	}
}

// header reads the version line and the fields. Values may go on in lines that begin with a blank (WARC 1.0, 4).
func (r *Reader) header() (version string, h Header, err error) {
	left := maxHeader
	line, err := r.line(&left)
	if err != nil {
		return "", nil, err
	}
	if !bytes.HasPrefix(line, []byte("WARC/")) {
		return "", nil, ErrFormat
	}
	version = string(line)
	for {
		line, err := r.line(&left)
		if err != nil {
			return "", nil, err
		}
		if len(line) == 0 {
			return version, h, nil
		}
		if (line[0] == ' ' || line[0] == '\t') && len(h) > 0 {
			h[len(h)-1].Value += " " + string(bytes.TrimSpace(line))
			continue
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		if !ok {
			return "", nil, fmt.Errorf("a line of a header without a colon: %.40q", line)
		}
		h = append(h, Field{string(bytes.TrimSpace(name)), string(bytes.TrimSpace(value))})
	}
}

// line reads a line without its end.
func (r *Reader) line(left *int) ([]byte, error) {
	var line []byte
	for {
		part, err := r.plain.ReadSlice('\n')
		r.read += int64(len(part))
		if *left -= len(part); *left < 0 {
			return nil, fmt.Errorf("a header longer than %d KiB", maxHeader>>10)
		}
		line = append(line, part...)
		if errors.Is(err, errMember) {
			if err = r.source.cross(); err == nil {
				continue
			}
		}
		switch {
		case err == nil:
			return bytes.TrimRight(line, "\r\n"), nil
		case errors.Is(err, io.EOF):
			if !bytes.HasPrefix(line, []byte("WARC/")[:min(len(line), 5)]) && r.record == nil {
				return nil, ErrFormat
			}
			return nil, io.ErrUnexpectedEOF
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		case r.record == nil && !bytes.HasPrefix(line, []byte("WARC/")) && *left == maxHeader-len(line):
			return nil, ErrFormat
		}
	}
}

func (r *Reader) damage(offset int64, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errCut
	}
	return &DamageError{Offset: offset, Err: err}
}

var errCut = errors.New("the file breaks off in the middle of a record")

// block reads the block of one record.
type block struct {
	reader *Reader
	left   int64
	offset int64
	ended  bool
}

func (b *block) Read(p []byte) (int, error) {
	r := b.reader
	switch {
	case r.broken != nil:
		return 0, r.broken
	case b != r.record:
		return 0, errors.New("the block of a record that was passed over")
	case b.left == 0:
		return 0, b.end()
	case len(p) == 0:
		return 0, nil
	}
	n, err := r.plain.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	r.read += int64(n)
	if errors.Is(err, errMember) {
		err = r.source.cross()
	}
	if err != nil && b.left > 0 {
		r.broken = r.damage(b.offset, err)
		return n, r.broken
	}
	return n, nil
}

// end reads the two empty lines after a block, and with them the checksum of a compressed record. A plain file may lack them at its end.
func (b *block) end() error {
	r := b.reader
	for !b.ended {
		next, err := r.plain.Peek(1)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, errMember), err == nil && next[0] != '\r' && next[0] != '\n':
			b.ended = true
		case err != nil:
			r.broken = r.damage(b.offset, err)
			return r.broken
		default:
			_, _ = r.plain.Discard(1)
			r.read++
		}
	}
	b.ended = true
	return io.EOF
}
