package parser

import "strings"

// maxDepth is how deep elements nest in a Document. What is nested deeper is read as if its tags were not there.
const maxDepth = 512

// The tree is built as the HTML standard says for the cases that move text or links: cells, list items and paragraphs whose end tags are left out, end tags of
// elements that are not open, links that are not closed. What only changes how a page looks (formatting that is reopened in the next paragraph) is left out.

// isVoid tells elements that have no content.
func isVoid(tag string) bool {
	switch tag {
	case "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "bgsound", "basefont", "keygen":
		return true
	}
	return false
}

// isRaw tells elements whose content is text up to their own end tag.
func isRaw(tag string) bool {
	switch tag {
	case "script", "style", "title", "textarea", "noscript", "iframe", "noframes", "noembed", "xmp", "xml":
		return true
	}
	return false
}

// isSilent tells elements whose text is not read.
func isSilent(tag string) bool {
	switch tag {
	case "select", "svg", "math", "canvas", "audio", "video", "object", "template", "datalist", "map":
		return true
	}
	return false
}

func isBlockTag(tag string) bool {
	switch tag {
	case "html", "body", "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
		"h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
		"caption", "founder-content", "frameset":
		return true
	}
	return false
}

// closesParagraph tells start tags that end an open <p>.
func closesParagraph(tag string) bool {
	return isBlockTag(tag) && tag != "td" && tag != "th" && tag != "tr" && tag != "tbody" && tag != "thead" && tag != "tfoot" && tag != "caption" && tag != "html" && tag != "body" || tag == "hr"
}

// impliedEnds closes the elements that a start tag ends: an item ends the item before it, a cell the cell, a row the row.
func (w *walker) impliedEnds(tag string) {
	switch tag {
	case "li":
		w.closeWithin([]string{"li"}, "ul", "ol", "menu", "dir", "table", "td", "th", "div")
	case "dt", "dd":
		w.closeWithin([]string{"dt", "dd"}, "dl", "table", "td", "th", "div")
	case "td", "th":
		w.closeWithin([]string{"td", "th"}, "tr", "table")
	case "tr":
		w.closeWithin([]string{"tr"}, "table", "tbody", "thead", "tfoot")
		w.closeWithin([]string{"td", "th"}, "table", "tr")
	case "tbody", "thead", "tfoot":
		w.closeWithin([]string{"tbody", "thead", "tfoot"}, "table")
	case "option":
		w.closeWithin([]string{"option"}, "select")
	case "a":
		w.closeWithin([]string{"a"}, "table", "td", "th", "li", "div", "ul", "p")
		w.link = -1
	case "h1", "h2", "h3", "h4", "h5", "h6":
		if top := w.top(); len(top) == 2 && top[0] == 'h' && top[1] >= '1' && top[1] <= '6' {
			w.pop()
		}
	}
	if closesParagraph(tag) {
		w.closeWithin([]string{"p"}, "table", "td", "th", "div", "li", "section", "article", "blockquote", "form", "caption", "object", "center", "dd", "dt", "fieldset")
	}
}

// closeWithin closes the innermost open element of one of the names, and what is open in it, unless a boundary is open inside of it.
func (w *walker) closeWithin(names []string, boundaries ...string) {
	for i := len(w.stack) - 1; i >= 0; i-- {
		tag := w.stack[i].tag
		for _, name := range names {
			if tag == name {
				w.popTo(i)
				return
			}
		}
		for _, b := range boundaries {
			if tag == b {
				return
			}
		}
	}
}

// end handles an end tag.
func (w *walker) end(tag string) {
	switch {
	case tag == "br" || tag == "p" && !w.isOpen("p"):
		w.block = -1
		return
	case w.overflow > 0:
		w.overflow--
		return
	case tag == "a":
		w.link = -1
	}
	if h := len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6'; h {
		w.closeWithin([]string{"h1", "h2", "h3", "h4", "h5", "h6"}, "table", "td", "th")
		return
	}
	boundaries := []string{"td", "th", "table"}
	switch {
	case !isBlockTag(tag): // formatting ends in its own block
		w.endInline(tag)
		return
	case tag == "table" || tag == "html" || tag == "body":
		boundaries = nil
	case tag == "td" || tag == "th" || tag == "tr" || tag == "tbody" || tag == "thead" || tag == "tfoot":
		boundaries = []string{"table"}
	case tag == "li":
		boundaries = append(boundaries, "ul", "ol")
	}
	if tag != "html" && tag != "body" {
		w.closeWithin([]string{tag}, boundaries...)
	}
}

// endInline closes an inline element of the innermost block.
func (w *walker) endInline(tag string) {
	for i := len(w.stack) - 1; i >= 0; i-- {
		if w.stack[i].tag == tag {
			w.popTo(i)
			return
		}
		if isBlockTag(w.stack[i].tag) {
			return
		}
	}
}

func (w *walker) isOpen(tag string) bool {
	for i := len(w.stack) - 1; i >= 0; i-- {
		switch w.stack[i].tag {
		case tag:
			return true
		case "table", "td", "th":
			return false
		}
	}
	return false
}

func (w *walker) top() string {
	if len(w.stack) == 0 {
		return ""
	}
	return w.stack[len(w.stack)-1].tag
}

func (w *walker) popTo(i int) {
	for len(w.stack) > i {
		w.pop()
	}
}

// isHidden tells elements that the page does not show.
func isHidden(attrs []attribute) bool {
	for _, a := range attrs {
		switch a.name {
		case "hidden":
			return true
		case "style":
			if strings.Contains(a.value, "none") {
				style := strings.ToLower(strings.ReplaceAll(a.value, " ", ""))
				return strings.Contains(style, "display:none")
			}
		}
	}
	return false
}
