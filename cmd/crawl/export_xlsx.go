package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"zhaowen/storage"

	"github.com/klauspost/compress/zip"
	"github.com/xuri/excelize/v2"
)

// Limits of a sheet. Beyond them the next article begins a further sheet. The one on bytes keeps a sheet's XML below the 4 GiB from which on a zip file needs the
// ZIP64 headers that Excel is particular about.
const (
	sheetRows  = excelize.TotalRows // with the head row
	sheetBytes = 2 << 30            // of text
)

// bookWriter writes an Excel file. Each sheet is collected in a file of a temporary folder, and all are packed at the end, so that memory does not grow with the
// articles. URLs are text, since a sheet holds no more than 65,530 links.
type bookWriter struct {
	ctx      context.Context //nolint:containedctx // lives as long as the export; packing has no other way to end early
	export   *export
	to       io.Writer
	folder   string
	book     *excelize.File
	styles   bookStyles
	maxRows  int
	maxBytes int64

	sheet  *excelize.StreamWriter
	sheets int
	rows   int   // of the sheet
	bytes  int64 // of the sheet's texts
	cells  []any
}

// bookStyles are the numbers of the styles in the book.
type bookStyles struct{ head, day, instant int }

// newBookWriter makes the temporary folder beside the file that is written: where the result has room, its parts may.
func newBookWriter(ctx context.Context, x *export, to io.Writer) (*bookWriter, error) {
	folder, err := os.MkdirTemp(x.folder, ".crawl-export-")
	if err != nil {
		return nil, fmt.Errorf("make a temporary folder: %w", err)
	}
	w := &bookWriter{
		ctx: ctx, export: x, to: to, folder: folder, book: excelize.NewFile(excelize.Options{TmpDir: folder}), maxRows: sheetRows, maxBytes: sheetBytes,
		cells: make([]any, len(exportColumns)),
	}
	if err := errors.Join(w.book.SetDocProps(&excelize.DocProperties{Creator: "Zhaowen", Title: "Zhaowen"}), w.makeStyles(), w.beginSheet()); err != nil {
		w.discard()
		return nil, err
	}
	return w, nil
}

func (w *bookWriter) makeStyles() (err error) {
	dayFormat, instantFormat := "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
	for _, one := range []struct {
		number *int
		style  excelize.Style
	}{
		{&w.styles.head, excelize.Style{Font: &excelize.Font{Bold: true}}},
		{&w.styles.day, excelize.Style{CustomNumFmt: &dayFormat}},
		{&w.styles.instant, excelize.Style{CustomNumFmt: &instantFormat}},
	} {
		if *one.number, err = w.book.NewStyle(&one.style); err != nil {
			return fmt.Errorf("make a style: %w", err)
		}
	}
	return nil
}

// sheetName is 新闻, then 新闻 2 and so on.
func (w *bookWriter) sheetName() string {
	if w.sheets == 1 {
		return "新闻"
	}
	return fmt.Sprintf("新闻 %d", w.sheets)
}

// beginSheet begins a sheet: column widths, and a head row that is bold and stays in sight.
func (w *bookWriter) beginSheet() error {
	w.sheets++
	w.rows, w.bytes = 0, 0
	if w.sheets == 1 {
		if err := w.book.SetSheetName(w.book.GetSheetName(0), w.sheetName()); err != nil {
			return err
		}
	} else if _, err := w.book.NewSheet(w.sheetName()); err != nil {
		return err
	}
	// an empty sheet says that it is one cell large, and readers that go row by row would believe it
	err := w.book.SetSheetDimension(w.sheetName(), "")
	if err != nil {
		return err
	}
	if w.sheet, err = w.book.NewStreamWriter(w.sheetName()); err != nil {
		return err
	}
	for i, column := range exportColumns {
		if err := w.sheet.SetColWidth(i+1, i+1, column.width); err != nil {
			return err
		}
		w.cells[i] = excelize.Cell{StyleID: w.styles.head, Value: column.name}
	}
	if err := w.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return w.row()
}

// row writes the cells as the next row.
func (w *bookWriter) row() error {
	w.rows++
	return w.sheet.SetRow(fmt.Sprintf("A%d", w.rows), w.cells)
}

// endSheet puts filters on the head row and ends the sheet.
func (w *bookWriter) endSheet() error {
	corner, err := excelize.CoordinatesToCellName(len(exportColumns), w.rows)
	if err != nil {
		return err
	}
	return errors.Join(w.book.AutoFilter(w.sheetName(), "A1:"+corner, nil), w.sheet.Flush())
}

func (w *bookWriter) write(a *storage.ArticleRow) error {
	if w.rows >= w.maxRows || w.bytes >= w.maxBytes {
		if err := errors.Join(w.endSheet(), w.beginSheet()); err != nil {
			return err
		}
	}
	for i, column := range exportColumns {
		switch value := column.value(w.export, a).(type) {
		case string:
			text, cut := cutCell(value)
			if cut {
				w.export.cut++
				w.export.log.Warn("text cut to fit its cell", "id", a.ID, "column", column.name, "limit", excelize.TotalCellChars)
			}
			w.bytes += int64(len(text))
			w.cells[i] = text
		case day:
			w.cells[i] = w.date(string(value), time.DateOnly, time.UTC, w.styles.day)
		case instant:
			w.cells[i] = w.date(string(value), time.RFC3339, w.export.zone, w.styles.instant)
		default: // int64, or nil: an empty cell
			w.cells[i] = value
		}
	}
	return w.row()
}

// firstDay is where the days of Excel begin to be counted as in the calendar: it takes 1900 for a leap year.
var firstDay = time.Date(1900, time.March, 1, 0, 0, 0, 0, time.UTC)

// date is a day or an instant of the file as a date of Excel, which knows no time zones: what clocks in the zone showed. What Excel cannot count stays text.
func (w *bookWriter) date(text, layout string, zone *time.Location, style int) any {
	t, err := time.Parse(layout, text)
	if err != nil || t.Before(firstDay) {
		return text
	}
	t = t.In(zone)
	return excelize.Cell{StyleID: style, Value: time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)}
}

// cutCell cuts a text to what a cell holds, which is counted in UTF-16.
func cutCell(text string) (kept string, cut bool) {
	if len(text) <= excelize.TotalCellChars {
		return text, false
	}
	units := 0
	for i, r := range text {
		if units++; r > 0xFFFF {
			units++
		}
		if units > excelize.TotalCellChars {
			return text[:i], true
		}
	}
	return text, false
}

// finish packs the sheets. The library's own way would hold the whole file in memory before it writes it: the packer is given another place to write to.
func (w *bookWriter) finish() error {
	defer w.discard()
	if err := w.endSheet(); err != nil {
		return err
	}
	w.book.SetActiveSheet(0)
	w.book.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(&interruptible{w.ctx, w.to}) })
	return w.book.Write(io.Discard)
}

// discard closes and removes the temporary files.
func (w *bookWriter) discard() {
	_ = w.book.Close() // the files are removed with their folder
	_ = os.RemoveAll(w.folder)
}

// interruptible is a Writer that fails once ctx is done.
type interruptible struct {
	ctx context.Context //nolint:containedctx // lives as long as the export
	to  io.Writer
}

func (w *interruptible) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.to.Write(p)
}
