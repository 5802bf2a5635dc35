package parser

import "strings"

// appendLine adds a block as a paragraph; the cells of a table's row become one line, joined by tabs.
func (d *Document) appendLine(out *strings.Builder, i int) {
	b := &d.Blocks[i]
	if out.Len() > 0 {
		separator := byte('\n')
		if row := d.tableRow(b.Node); row >= 0 && row == d.tableRow(d.Blocks[i-1].Node) && d.isDataRowOnce(row) {
			separator = '\t'
			if b.Node == d.Blocks[i-1].Node {
				separator = ' '
			}
		}
		out.WriteByte(separator)
	}
	out.WriteString(b.Text)
}

// tableRow is the <tr> around a node, up to six levels up; -1: none.
func (d *Document) tableRow(node int) int {
	for range 6 {
		if node < 0 {
			return -1
		}
		if d.Nodes[node].Tag == "tr" {
			return node
		}
		node = d.Nodes[node].Parent
	}
	return -1
}

// isDataRowOnce remembers the last answer: the cells of a row come one after the other.
func (d *Document) isDataRowOnce(row int) bool {
	if d.lastRow != row+1 {
		d.lastRow, d.lastIsData = row+1, d.isDataRow(row)
	}
	return d.lastIsData
}

// isDataRow tells a row of data from a row of a layout table: two cells or more, none with much text or several paragraphs.
func (d *Document) isDataRow(row int) bool {
	n := d.Nodes[row]
	cells := 0
	for i := row + 1; i < n.End; i++ {
		if tag := d.Nodes[i].Tag; (tag == "td" || tag == "th") && d.Nodes[i].Parent == row {
			cells++
			chars, paragraphs := 0, 0
			for t := d.Nodes[i].TextStart; t < d.Nodes[i].TextEnd; t++ {
				chars += d.Texts[t].chars
				if b := d.Texts[t].Block; t == d.Nodes[i].TextStart || b != d.Texts[t-1].Block {
					if d.Blocks[b].chars() >= 20 && endsFully(d.Blocks[b].Text) {
						paragraphs++
					}
				}
			}
			if chars > 300 || paragraphs > 1 {
				return false
			}
		}
	}
	return cells >= 2
}
