package parser

import "strings"

// What stands between the fields of a form is no article: a log-in, a search for documents, a letter to the mayor. Its labels may well be as long as a flash.

const (
	formFields  = 3   // from so many fields on an element is a form
	formText    = 80  // characters of running text that explain how to fill one in
	loginNotice = 250 // characters of text that a log-in page may have besides
)

// isForm tells whether what was taken for an article are the labels of a form, or the notices around a log-in. An article that the page dates is none.
func (d *Document) isForm(ev articleEvidence) bool {
	if ev.dated || ev.node < 0 {
		return false
	}
	if d.passwords > 0 && ev.chars < loginNotice && !ev.agreed {
		return true
	}
	running := 0
	for i := ev.first; i < ev.last; i++ {
		if b := &d.Blocks[i]; !b.noise && b.linked*2 < b.chars() && b.chars() >= 20 && strings.ContainsAny(b.Text, "，。；") {
			running += b.chars()
		}
	}
	if around := d.Nodes[ev.node].Parent; around > 0 && d.Nodes[around].Tag != "body" && running <= 2*formText && d.fields(around) >= 2*formFields {
		return true // words above the form
	}
	switch fields := d.fields(ev.node); {
	case fields >= 3*formFields:
		return running < 3*formText
	default:
		return running < formText && fields >= formFields
	}
}

// isTeaser tells whether what was taken for an article is the beginning of one that stands on a page of its own: it ends with a link that says so.
func (d *Document) isTeaser(ev articleEvidence) bool {
	if ev.node < 0 {
		return false
	}
	for i := ev.first; i < min(ev.last, ev.first+4); i++ {
		b := &d.Blocks[i]
		if last := &d.Texts[b.last-1]; b.chars() > 40 && last.Link >= 0 && saysRead(last.S) {
			return true
		}
	}
	return false
}

// fields counts what a reader can fill in or choose in an element.
func (d *Document) fields(node int) int {
	n := 0
	for i := node + 1; i < d.Nodes[node].End; i++ {
		switch d.Nodes[i].Tag {
		case "select", "textarea":
			n++
		case "input":
			switch strings.ToLower(d.attr(i, "type")) {
			case "hidden", "submit", "button", "image", "reset":
			default:
				if !d.Nodes[i].hidden {
					n++
				}
			}
		}
	}
	return n
}
