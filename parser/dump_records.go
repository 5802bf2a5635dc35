package parser

import "time"

const (
	// learnBytes is how much of a dump tells whether its dates stand before the titles: what its first records do, the others do too. It is the same whether
	// the dump is read at once or in pieces, so that both give the same articles.
	learnBytes = 1 << 20
	// maxRecord is how long one record of a dump may be, in bytes: twice the longest line. Beyond it there is no article, but a file without records.
	maxRecord = 8 << 20
)

// dumpRecords makes articles of the lines of a dump, as they come. It keeps the lines of one record and the lookahead, and of the beginning what it learns from.
type dumpRecords struct {
	scanner  lineScanner
	document Document // the clock, for the rules that want a Document
	splitter recordSplitter
	learned  bool
	size     int // of the lines that are learned from
	found    int // articles, all told
	articles []Article
	warnings []Warning
}

func newDumpRecords(now time.Time) *dumpRecords {
	return &dumpRecords{document: Document{now: now, pager: -1}, splitter: recordSplitter{most: maxRecord}}
}

// text takes a piece of text that ends with a line.
func (r *dumpRecords) text(text string) {
	for len(text) > 0 {
		var line string
		line, text = cutLine(text)
		r.line(line)
	}
}

func (r *dumpRecords) line(line string) {
	b, ok, why := r.scanner.take(line)
	if why != "" {
		r.warnings = append(r.warnings, Warning{r.scanner.number, why})
	}
	if !ok {
		return
	}
	r.splitter.lines = append(r.splitter.lines, classify(&r.document, b))
	if !r.learned {
		if r.size += len(b.Text) + lineCost; r.size <= learnBytes {
			return
		}
		r.learn()
	}
	r.read(false)
}

func (r *dumpRecords) learn() {
	r.learned = true
	r.splitter.datesLead = len(r.splitter.lines) > 0 && datesComeFirst(r.splitter.lines)
}

// end reads what is left.
func (r *dumpRecords) end() {
	if !r.learned {
		r.learn()
	}
	r.read(true)
	if r.found == 0 {
		r.warnings = append(r.warnings, Warning{Text: "no article found: a record needs a title line and a text"})
	}
}

func (r *dumpRecords) read(end bool) {
	for {
		group, cut, ok := r.splitter.next(end)
		if !ok {
			r.splitter.forget()
			return
		}
		if cut {
			r.warnings = append(r.warnings, Warning{group[0].Line, "a record longer than 8 MiB, left out: " + excerpt(group[0].Text)})
			continue
		}
		a, left, ok := readRecord(group)
		r.warnings = append(r.warnings, left...)
		if ok {
			r.articles = append(r.articles, a)
			r.found++
		}
	}
}

// taken returns what was read since it was asked last.
func (r *dumpRecords) taken() ([]Article, []Warning) {
	articles, warnings := r.articles, r.warnings
	r.articles, r.warnings = nil, nil
	return articles, warnings
}
