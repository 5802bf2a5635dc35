package parser

import "strings"

// A row of a register has several dates: of signing, of publication, of the last change. What stands before a date, or over its column, says which it is.

const maxColumns = 30 // of a table with a head

// publicationWeight tells whether a text that holds a date is said to be the day of publication: 1 for it, -1 for another day, 0 for neither.
func (d *Document) publicationWeight(text int, x date) int {
	s := strings.TrimSpace(d.Texts[text].S)
	if w := weighDayWords(s[:min(x.start, len(s))]); w != 0 {
		return w
	}
	if text > 0 && d.Texts[text-1].Block == d.Texts[text].Block && d.Texts[text-1].chars <= 8 {
		if w := weighDayWords(d.Texts[text-1].S); w != 0 {
			return w
		}
	}
	return weighDayWords(d.columnHead(d.Texts[text].Node))
}

func weighDayWords(label string) int {
	switch dateLabel(label) {
	case publishedCredit:
		return 1
	case updatedCredit, otherCredit:
		return -1
	}
	return 0
}

// columnHead gives the words of the first row of a table over the cell that holds a node; empty: there is none.
func (d *Document) columnHead(node int) string {
	cell := d.enclosing(node, "td")
	if cell < 0 {
		return ""
	}
	row, table := d.Nodes[cell].Parent, d.enclosing(cell, "table")
	if row < 0 || table < 0 || d.Nodes[row].Tag != "tr" {
		return ""
	}
	head := table + 1
	for head < min(row, table+maxColumns) && d.Nodes[head].Tag != "tr" {
		head++
	}
	if head >= row || d.Nodes[head].Tag != "tr" {
		return ""
	}
	column := 0
	for i := row + 1; i < cell && column < maxColumns; i = d.Nodes[i].End {
		column++
	}
	for i := head + 1; i < d.Nodes[head].End && column >= 0; i = d.Nodes[i].End {
		if n := &d.Nodes[i]; column == 0 && n.TextEnd-n.TextStart <= 4 {
			return d.text(i)
		}
		column--
	}
	return ""
}

// enclosing is the innermost element of a name around a node, itself included; -1: none.
func (d *Document) enclosing(node int, tag string) int {
	for node >= 0 && d.Nodes[node].Tag != tag {
		node = d.Nodes[node].Parent
	}
	return node
}
