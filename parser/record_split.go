package parser

import "slices"

const (
	lookahead      = 40      // lines that opensRecord looks at, the title included
	lookaheadBytes = 1 << 20 // text behind the title that it looks at: lines can be long
	lineCost       = 256     // what a line counts beside its text, in bytes: a record of a million short lines is too long as well
)

// recordSplitter cuts lines into groups of one record each. Lines may be added while it cuts; what it says of a line depends on the lines of the open record
// and on the lookahead behind it alone, so that it says the same whether all lines are there or come one by one.
type recordSplitter struct {
	lines     []recordLine
	at        int // the line to decide on next
	open      openRecord
	datesLead bool // the dates stand before the titles
	most      int  // how long a record may be, in bytes; 0: any length
}

// next returns the next group. Without end it returns only what more lines cannot change. cut tells that the record was longer than it may be and has lost lines.
// The group is good until the splitter is used again.
func (s *recordSplitter) next(end bool) (group []recordLine, cut, ok bool) {
	for s.at < len(s.lines) && (end || s.seesEnough()) {
		i := s.at
		if i > s.open.start && s.open.endsBefore(s.lines, i, s.datesLead) {
			group, cut, ok = s.lines[s.open.start:i], s.open.cut, true
			s.open = openRecord{start: i}
		}
		s.take(i)
		if ok {
			return group, cut, true
		}
	}
	if !end || s.open.start == len(s.lines) {
		return nil, false, false
	}
	group, cut = s.lines[s.open.start:], s.open.cut
	s.open = openRecord{start: len(s.lines)}
	return group, cut, true
}

// seesEnough tells that opensRecord would not look beyond the lines that are there.
func (s *recordSplitter) seesEnough() bool {
	if len(s.lines)-s.at >= lookahead {
		return true
	}
	size := 0
	for i := s.at + 1; i < len(s.lines); i++ {
		size += len(s.lines[i].Text)
	}
	return size > lookaheadBytes
}

// take adds line i to the open record. Of a record that is too long the first line and the last one stay: endsBefore asks for these.
func (s *recordSplitter) take(i int) {
	l := &s.lines[i]
	s.open.body = s.open.body || l.kind == bodyLine
	s.open.dated = s.open.dated || l.kind == dateLine
	s.open.size += len(l.Text) + lineCost
	s.at = i + 1
	if s.most > 0 && s.open.size > s.most {
		s.open.cut = true
		if first := s.open.start + 1; first < i {
			s.lines = slices.Delete(s.lines, first, i)
			s.at = first + 1
		}
	}
}

// forget drops the lines of the records that are done.
func (s *recordSplitter) forget() {
	if s.open.start == 0 {
		return
	}
	s.lines = slices.Delete(s.lines, 0, s.open.start)
	s.at -= s.open.start
	s.open.start = 0
}
