package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"zhaowen/storage"
)

// linesWriter writes one JSON object a line, every text as it is.
type linesWriter struct {
	out     *bufio.Writer
	encoder *json.Encoder
}

func newLinesWriter(to io.Writer) *linesWriter {
	out := bufio.NewWriter(to)
	return &linesWriter{out, newJSONEncoder(out)}
}

func (w *linesWriter) write(a *storage.ArticleRow) error { return w.encoder.Encode(a) }
func (w *linesWriter) finish() error                     { return w.out.Flush() }
func (w *linesWriter) discard()                          {}

// csvWriter writes CSV, quoted by RFC 4180; lines end with a line feed alone.
type csvWriter struct {
	export *export
	out    *csv.Writer
	cells  []string
}

// newCSVWriter begins with the byte order mark, where it is asked for, and the head line.
func newCSVWriter(x *export, to io.Writer, bom bool) (*csvWriter, error) {
	w := &csvWriter{export: x, out: csv.NewWriter(to), cells: make([]string, len(exportColumns))}
	if bom {
		if _, err := io.WriteString(to, "\ufeff"); err != nil {
			return nil, err
		}
	}
	for i, column := range exportColumns {
		w.cells[i] = column.name
	}
	return w, w.out.Write(w.cells)
}

func (w *csvWriter) write(a *storage.ArticleRow) error {
	for i, column := range exportColumns {
		switch value := column.value(w.export, a).(type) {
		case string:
			w.cells[i] = inert(value)
		case day:
			w.cells[i] = string(value)
		case instant:
			w.cells[i] = string(value)
		case int64:
			w.cells[i] = strconv.FormatInt(value, 10)
		default: // not known
			w.cells[i] = ""
		}
	}
	return w.out.Write(w.cells)
}

func (w *csvWriter) finish() error {
	w.out.Flush()
	return w.out.Error()
}

func (w *csvWriter) discard() {}

// formulaStarts are what a text begins with that a spreadsheet runs as a formula (OWASP, CSV Injection): also full-width, as Chinese pages write and some versions of
// Excel read, and behind white space.
const formulaStarts = "=+-@＝＋－＠\t\r\n\x00"

// inert keeps a spreadsheet from running a text of a stranger's page as a formula: an apostrophe in front makes it text, and can be seen and taken off again.
func inert(cell string) string {
	start := strings.TrimLeft(cell, " \u00a0\u3000\ufeff") // which some drop
	if first, size := utf8.DecodeRuneInString(start); size > 0 && strings.ContainsRune(formulaStarts, first) {
		return "'" + cell
	}
	return cell
}
