package corpus

import (
	"bufio"
	"io"
	"iter"
	"strings"
)

// WriteDump writes articles in the form of text dumps: a line with a hyphen, the title, the source, the whole body on one line, the date.
func WriteDump(w io.Writer, articles iter.Seq[Article]) error {
	out := bufio.NewWriterSize(w, 1<<16)
	var record []byte
	for a := range articles {
		record = record[:0]
		for _, line := range [...]string{"-", a.Title, "来源：" + a.Publisher, a.Body, a.Date} {
			record = append(append(record, oneLine(line)...), '\n')
		}
		if _, err := out.Write(record); err != nil {
			return err
		}
	}
	return out.Flush()
}

// oneLine puts a space between the paragraphs, as the dumps of pages have it, and takes other breaks of lines out as well.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return c == '\r' || c == '\n' }), " ")
}
