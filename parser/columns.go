package parser

import "strings"

// Pages laid out by tables say in the width of their cells which column is the side one.

// cellWidth reads the width of a cell in pixels or per cent; 0: it has none.
func (d *Document) cellWidth(node int) (value int, percent bool) {
	width := strings.TrimSpace(d.attr(node, "width"))
	value, end, digits := number(width, 0, 4)
	if digits == 0 {
		return 0, false
	}
	return value, strings.HasPrefix(strings.TrimSpace(width[end:]), "%")
}

// muchNarrower tells that of two cells one has less than two thirds of the other's width.
func (d *Document) muchNarrower(a, b int) bool {
	w1, percent1 := d.cellWidth(a)
	w2, percent2 := d.cellWidth(b)
	return w1 > 0 && w2 > 0 && percent1 == percent2 && (w1*3 < w2*2 || w2*3 < w1*2)
}

// isNarrow tells a cell that has less than half of the width of another one of its row.
func (d *Document) isNarrow(node int) bool {
	width, percent := d.cellWidth(node)
	if width == 0 || d.Nodes[node].Parent < 0 {
		return false
	}
	row := d.Nodes[node].Parent
	for i := row + 1; i < d.Nodes[row].End; i = d.Nodes[i].End {
		if other, p := d.cellWidth(i); p == percent && width*2 < other {
			return true
		}
	}
	return false
}
