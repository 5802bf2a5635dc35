package parser

import "time"

// maxPending is how many bytes may wait for the end of their line: a line of maxLine bytes of text takes twice as many at the most, in UTF-16.
const maxPending = 2 * maxLine

// DumpReader reads a text dump of any length in pieces: bytes in, articles out. The articles, the warnings and their lines are those that Parse gives for
// the whole, wherever the pieces are cut; a record that is cut is carried over. It holds the open record, at most 8 MiB, some forty lines behind it and the
// last piece. It is not safe for concurrent use.
type DumpReader struct {
	records  *dumpRecords
	evidence charsetEvidence
	pending  []byte // from the beginning of a line on
	searched int    // bytes of pending that hold no whole line
	skipping bool   // the line is too long: what comes of it is dropped
}

// NewDumpReader begins a dump. now is the day for dates without a year, in the zone of the articles.
func NewDumpReader(now time.Time) *DumpReader {
	return &DumpReader{records: newDumpRecords(now)}
}

// Feed takes the next piece, which it does not keep, and returns what is complete with it.
func (r *DumpReader) Feed(piece []byte) ([]Article, []Warning) {
	for len(piece) > maxPending { // a piece of any length costs no more than that
		r.pending = append(r.pending, piece[:maxPending]...)
		piece = piece[maxPending:]
		r.read(false)
	}
	r.pending = append(r.pending, piece...)
	r.read(false)
	return r.records.taken()
}

// End returns what was not complete before the end of the dump. A reader whose dump broke off is left without it.
func (r *DumpReader) End() ([]Article, []Warning) {
	r.read(true)
	r.records.end()
	return r.records.taken()
}

// Charset is the charset as far as it is known: plain ASCII until other bytes are met.
func (r *DumpReader) Charset() Charset { return r.evidence.charset }

// read reads the whole lines of what is pending, at the end of the dump all of it.
func (r *DumpReader) read(end bool) {
	rest, ok := r.evidence.look(r.pending, end)
	r.drop(len(r.pending) - len(rest))
	if !ok || r.skipping && !r.skip(end) {
		return
	}
	cut := len(r.pending)
	if !end {
		if cut = r.evidence.lastLineEnd(r.pending, r.searched); cut < 0 {
			r.searched = max(len(r.pending)-2*r.evidence.unit(), 0) // a carriage return at the end is looked at again
			if len(r.pending) > maxPending {
				r.skipping = true
				r.skip(false)
			}
			return
		}
	}
	r.records.text(r.evidence.decode(r.pending[:cut]))
	r.drop(cut)
}

// skip drops a line that is too long up to its end. It returns false where the end is not there yet.
func (r *DumpReader) skip(end bool) bool {
	at := r.evidence.firstLineEnd(r.pending)
	if at < 0 && !end {
		r.drop(len(r.pending) - len(r.pending)%r.evidence.unit())
		return false
	}
	if at < 0 {
		at = len(r.pending)
	}
	r.drop(at)
	r.skipping = false
	r.records.scanner.tooLong = true
	if len(r.pending) == 0 {
		r.records.line("") // the dump ends with it
	}
	return true
}

// drop forgets the first n bytes of what is pending.
func (r *DumpReader) drop(n int) {
	if n == 0 {
		return
	}
	r.pending = r.pending[:copy(r.pending, r.pending[n:])]
	r.searched = 0
	r.evidence.dropped(n)
}
