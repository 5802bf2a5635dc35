package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/mattn/go-runewidth"
)

// labelColumn is where the values of a sheet begin, in columns.
const labelColumn = 12

// sheet is output for people: sections, aligned labels and tables, collected and written in one go.
type sheet struct {
	buffer  bytes.Buffer
	width   int // columns to cut to; 0: cut nothing
	colours bool
}

func (in *invocation) sheet() *sheet {
	return &sheet{width: width(in.Stdout, in.Env), colours: colours(in.Stdout, in.Env)}
}

// show writes the sheet out.
func (s *sheet) show(w io.Writer) error {
	_, err := w.Write(s.buffer.Bytes())
	return err
}

// section begins a part of the sheet.
func (s *sheet) section(title string) {
	if s.buffer.Len() > 0 {
		s.buffer.WriteByte('\n')
	}
	s.buffer.WriteString(s.bold(cut(title, s.width)) + "\n")
}

// line writes a labelled value, over several lines where it is longer than the terminal is wide; an empty value is shown as a dash.
func (s *sheet) line(label, value string) {
	if value == "" {
		value = "–"
	}
	if s.width > 2*labelColumn {
		value = text.WrapSoft(value, s.width-labelColumn)
	}
	for _, line := range strings.Split(value, "\n") {
		s.buffer.WriteString(runewidth.FillRight(label, labelColumn) + strings.TrimRight(line, " ") + "\n")
		label = ""
	}
}

// plain writes one line of text.
func (s *sheet) plain(line string) {
	s.buffer.WriteString(cut(line, s.width) + "\n")
}

func (s *sheet) printf(format string, args ...any) { s.plain(fmt.Sprintf(format, args...)) }

func (s *sheet) bold(line string) string {
	if !s.colours {
		return line
	}
	return "\x1b[1m" + line + "\x1b[0m"
}

// column is one column of a table.
type column struct {
	name  string
	right bool // numbers
	flex  bool // cut first where the terminal is too narrow
}

// columnGap is the space between two columns.
const columnGap = 2

// table writes rows under a head line. Flexible columns share what the others leave of the terminal's width.
func (s *sheet) table(columns []column, rows [][]string) {
	widths := columnWidths(columns, rows)
	shrink(columns, widths, s.width)
	t := table.NewWriter()
	style := table.StyleLight
	style.Box.PaddingLeft, style.Box.PaddingRight = "", strings.Repeat(" ", columnGap)
	style.Options = table.OptionsNoBordersAndSeparators
	style.Format.Header = text.FormatDefault
	t.SetStyle(style)
	head := make(table.Row, len(columns))
	configs := make([]table.ColumnConfig, len(columns))
	for i, c := range columns {
		head[i] = cut(strings.ToUpper(c.name), widths[i])
		configs[i] = table.ColumnConfig{Number: i + 1}
		if c.right {
			configs[i].Align, configs[i].AlignHeader = text.AlignRight, text.AlignRight
		}
	}
	t.SetColumnConfigs(configs)
	t.AppendHeader(head)
	for _, cells := range rows {
		row := make(table.Row, len(cells))
		for i, cell := range cells {
			row[i] = cut(cell, widths[i])
		}
		t.AppendRow(row)
	}
	for i, line := range strings.Split(t.Render(), "\n") {
		line = strings.TrimRight(line, " ")
		if i == 0 {
			line = s.bold(line)
		}
		s.buffer.WriteString(line + "\n")
	}
}

// columnWidths are the widths that the columns would like to have.
func columnWidths(columns []column, rows [][]string) []int {
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = runewidth.StringWidth(c.name)
		for _, row := range rows {
			widths[i] = max(widths[i], runewidth.StringWidth(row[i]))
		}
	}
	return widths
}

// tableWidth is the width of a table whose columns have these widths.
func tableWidth(widths []int) int {
	sum := columnGap * (len(widths) - 1)
	for _, w := range widths {
		sum += w
	}
	return sum
}

// narrowest is the least width of a flexible column.
const narrowest = 8

// shrink takes width from the widest flexible columns until the table fits into total columns; 0: any width fits.
func shrink(columns []column, widths []int, total int) {
	if total <= 0 {
		return
	}
	for need := tableWidth(widths); need > total; need-- {
		widest := -1
		for i, c := range columns {
			if c.flex && widths[i] > narrowest && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		widths[widest]--
	}
}

// cut shortens a text to a number of columns; Han characters take two. 0 cuts nothing.
func cut(s string, columns int) string {
	if columns <= 0 || runewidth.StringWidth(s) <= columns {
		return s
	}
	return runewidth.Truncate(s, columns, "…")
}
