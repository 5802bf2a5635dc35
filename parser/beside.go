package parser

import "strings"

// What stands beside an article in elements that no name gives away: the answers to the first post of a thread, and rows of other articles with a line of
// each. Both repeat one shape; the article does not.

const (
	floorLine  = 60  // characters of a line that says when a post was written
	besideRows = 3   // from so many on elements of one shape are rows
	rowText    = 200 // characters of such a row
	rowHeading = 12  // characters of the line over them
	textBefore = 40  // characters of running text above them
)

// markBeside marks the elements that stand beside the article; nil: there are none.
func (d *Document) markBeside(running []int) []bool {
	var beside []bool
	mark := func(node int) {
		if beside == nil {
			beside = make([]bool, len(d.Nodes))
		}
		for i := node; i < d.Nodes[node].End; i++ {
			beside[i] = true
		}
	}
	floors := d.floorSums()
	var children []int
	for i := range d.Nodes {
		n := &d.Nodes[i]
		if n.TextEnd-n.TextStart < 4 || n.hidden || beside != nil && beside[i] {
			continue
		}
		children = d.repeated(i, children[:0])
		if len(children) < 2 {
			continue
		}
		switch {
		case d.areFloors(children, floors):
			for _, c := range children[1:] {
				mark(c)
			}
		case len(children) >= besideRows && d.areRowsBeside(i, children, running):
			mark(i)
		}
	}
	return beside
}

// shapesMost is how many shapes are told apart among the children of an element.
const shapesMost = 4

// repeated adds to a list the children of an element that are of one shape, the most frequent: of one name, and one class and id but for numbers.
func (d *Document) repeated(node int, children []int) []int {
	var shapes [shapesMost]struct{ node, count int }
	n, best := 0, 0
	for c := node + 1; c < d.Nodes[node].End; c = d.Nodes[c].End {
		if d.Nodes[c].TextEnd == d.Nodes[c].TextStart || !isContainer(d.Nodes[c].Tag) {
			continue
		}
		k := 0
		for k < n && !d.sameShape(c, shapes[k].node) {
			k++
		}
		if k == shapesMost {
			continue
		}
		if n = max(n, k+1); shapes[k].count == 0 {
			shapes[k].node = c
		}
		if shapes[k].count++; shapes[k].count > shapes[best].count {
			best = k
		}
	}
	if shapes[best].count < 2 {
		return children
	}
	for c := shapes[best].node; c < d.Nodes[node].End; c = d.Nodes[c].End {
		if d.Nodes[c].TextEnd > d.Nodes[c].TextStart && d.sameShape(c, shapes[best].node) {
			children = append(children, c)
		}
	}
	return children
}

func (d *Document) sameShape(a, b int) bool {
	return d.Nodes[a].Tag == d.Nodes[b].Tag && sameButDigits(d.Nodes[a].Class, d.Nodes[b].Class)
}

// sameButDigits tells whether two names differ in their numbers alone: post_901177, post_901180.
func sameButDigits(a, b string) bool {
	for a != "" && b != "" {
		if isDigit(a[0]) && isDigit(b[0]) {
			a, b = strings.TrimLeft(a, "0123456789"), strings.TrimLeft(b, "0123456789")
			continue
		}
		if a[0] != b[0] {
			return false
		}
		a, b = a[1:], b[1:]
	}
	return a == b
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// floorMarks say in the head of a post that it is one.
var floorMarks = []string{"发表于", "回复于", "发表時間", "發表於", "回覆於", "发帖时间", "回帖时间", "Posted"}

// floorSums gives, for every block, how many blocks before it say when a post was written, in words that posts have; nil: none does.
func (d *Document) floorSums() []int {
	var sums []int
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if sums != nil {
			sums[i+1] = sums[i]
		}
		if b.chars() > floorLine || !containsAny(b.Text, floorMarks) || len(findDates(b.Text, d.now)) == 0 {
			continue
		}
		if sums == nil {
			sums = make([]int, len(d.Blocks)+1)
		}
		sums[i+1]++
	}
	return sums
}

// areFloors tells whether elements are the posts of a thread: each says when it was written.
func (d *Document) areFloors(nodes, floors []int) bool {
	if floors == nil {
		return false
	}
	for _, node := range nodes {
		n := &d.Nodes[node]
		if floors[d.Texts[n.TextEnd-1].Block+1] == floors[d.Texts[n.TextStart].Block] {
			return false
		}
	}
	return true
}

// areRowsBeside tells whether the children of an element are rows of other articles: each a link and a few words; above them, in the same box, a short
// heading and no more; and the article's text somewhere above that.
func (d *Document) areRowsBeside(node int, rows []int, running []int) bool {
	first := d.Texts[d.Nodes[node].TextStart].Block
	box := node
	for up := 0; up < boxUp && d.Nodes[box].Parent > 0 && d.Texts[d.Nodes[box].TextStart].Block == first; up++ {
		box = d.Nodes[box].Parent
	}
	top := d.Texts[d.Nodes[box].TextStart].Block
	heading := &d.Blocks[top]
	if first != top+1 || heading.chars() > rowHeading || countMarks(heading.Text) > 0 || running[top] < textBefore {
		return false
	}
	last := d.Texts[d.Nodes[node].TextEnd-1].Block
	if running[d.Texts[d.Nodes[box].TextEnd-1].Block+1] > running[last+1] {
		return false // text goes on below them in the same place
	}
	for _, row := range rows {
		chars, linked := 0, 0
		for i := d.Nodes[row].TextStart; i < d.Nodes[row].TextEnd; i++ {
			if chars += d.Texts[i].chars; d.Texts[i].Link >= 0 {
				linked += d.Texts[i].chars
			}
			if chars > rowText {
				return false
			}
		}
		if linked < 6 {
			return false
		}
	}
	return true
}
