package parser

import "bytes"

// charsetEvidence finds the charset of a dump that comes in pieces, by the same evidence as decode: the beginning for a byte order mark, the text behind the
// first byte outside of ASCII for the rest, however late in the file it stands. Until then the text is ASCII, which every charset of a dump reads alike.
type charsetEvidence struct {
	charset  Charset
	begun    bool // the beginning was looked at
	settled  bool // the charset is known
	declared string
	where    string
	ascii    int // bytes from the start of what is pending that are known to be ASCII
	twice    twiceEncoded
}

// look takes what is pending, from the beginning of the file or of a line on, and returns what is left of it behind a byte order mark. ok is false where more
// is needed before any of it can be decoded.
func (e *charsetEvidence) look(pending []byte, end bool) (rest []byte, ok bool) {
	if e.settled {
		return pending, true
	}
	atStart := !e.begun
	if atStart {
		if len(pending) < doubleEncodingBytes && !end {
			return pending, false
		}
		e.begun = true
		if name, n := byteOrderMark(pending); n > 0 {
			e.settle(name, "byte order mark")
			return pending[n:], true
		}
		e.charset = Charset{Name: "utf-8", Evidence: "plain ASCII"}
		e.declared, e.where = declaredCharset(pending, "")
	}
	first := firstNonASCII(pending[e.ascii:])
	if first < 0 {
		e.ascii = len(pending)
		return pending, true
	}
	e.ascii += first
	if len(pending)-e.ascii < sampleBytes && !end {
		return pending, false
	}
	e.settle(compareCharsets(pending[e.ascii:], e.declared, e.where))
	if atStart && e.charset.Name == "utf-8" {
		if e.twice = doubleEncoding(decodeAs(pending[:min(len(pending), 2*doubleEncodingBytes)], "utf-8")); e.twice.how != "" {
			e.charset.Evidence += "; " + e.twice.how
		}
	}
	return pending, true
}

func (e *charsetEvidence) settle(name, evidence string) {
	e.charset, e.settled = Charset{Name: name, Evidence: evidence}, true
}

// dropped tells that n bytes at the start of what was pending are gone.
func (e *charsetEvidence) dropped(n int) { e.ascii = max(e.ascii-n, 0) }

// decode decodes whole lines. No character reaches over the end of a line, broken ones included, so that the pieces give what the whole would give.
func (e *charsetEvidence) decode(lines []byte) string {
	return e.twice.undo(decodeAs(lines, e.charset.Name))
}

// unit is the length of a line feed in bytes.
func (e *charsetEvidence) unit() int {
	if e.charset.Name == "utf-16le" || e.charset.Name == "utf-16be" {
		return 2
	}
	return 1
}

// isAt tells whether an ASCII character stands at a place.
func (e *charsetEvidence) isAt(c byte, b []byte, i int) bool {
	switch e.charset.Name {
	case "utf-16le":
		return b[i] == c && b[i+1] == 0
	case "utf-16be":
		return b[i] == 0 && b[i+1] == c
	}
	return b[i] == c
}

// lastLineEnd returns where the last whole line ends, at or behind from; -1: nowhere. A carriage return ends a line where the next character is there and is no
// line feed.
func (e *charsetEvidence) lastLineEnd(b []byte, from int) int {
	if e.unit() == 1 {
		if i := bytes.LastIndexByte(b[from:], '\n'); i >= 0 {
			return from + i + 1
		}
		if i := bytes.LastIndexByte(b[from:max(len(b)-1, from)], '\r'); i >= 0 {
			return from + i + 1
		}
		return -1
	}
	last := len(b)&^1 - 2
	for i := last; i >= from&^1; i -= 2 {
		if e.isAt('\n', b, i) || e.isAt('\r', b, i) && i < last {
			return i + 2
		}
	}
	return -1
}

// firstLineEnd returns where the first end of a line begins; -1: nowhere.
func (e *charsetEvidence) firstLineEnd(b []byte) int {
	if e.unit() == 1 {
		return bytes.IndexAny(b, "\r\n")
	}
	for i := 0; i+1 < len(b); i += 2 {
		if e.isAt('\n', b, i) || e.isAt('\r', b, i) {
			return i
		}
	}
	return -1
}

// Sniff tells by the first bytes of a file whether it is a text dump, which a DumpReader can read in pieces. Pages, feeds, sitemaps and JSON, for which it
// says false, are read as a whole. It returns ErrBinary for bytes that are no text. A mebibyte is plenty; the end may be in the midst of a character.
func Sniff(head []byte) (dump bool, err error) {
	if isBinary(head) {
		return false, ErrBinary
	}
	text, _ := decode(head, "", "")
	if looksLikeFeed(text) || looksLikeSitemap(text) || looksLikeMarkup(text) {
		return false, nil
	}
	if _, ok := asJSON(text); ok {
		return false, nil
	}
	_, _, rows := datastoreToHTML(text)
	return !rows, nil
}
