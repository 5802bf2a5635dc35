package parser

import "strings"

// Files stand in a box under the text, or beside it: they are part of an article whose text does not name them, and said twice otherwise.

// namesAttachments tells whether the last lines of a text name what is attached to it.
func (d *Document) namesAttachments(kept []int) bool {
	for _, i := range kept[max(0, len(kept)-20):] {
		if b := &d.Blocks[i]; strings.Contains(b.Text, "附件") || b.linked > 0 && d.isAttachment(b) {
			return true
		}
	}
	return false
}

// dropAttachments takes a box of files off the end of a text that names them: a heading in a place of its own (附件下载) and links to files, nothing else.
func (d *Document) dropAttachments(kept []int) []int {
	n := len(kept)
	for n > 0 && d.Blocks[kept[n-1]].linked > 0 && (namesFile(d.Blocks[kept[n-1]].Text) || d.isAttachment(&d.Blocks[kept[n-1]])) {
		n--
	}
	if n < 2 || n == len(kept) || !d.namesAttachments(kept[:n-1]) {
		return kept
	}
	heading, text := &d.Blocks[kept[n-1]], &d.Blocks[kept[n-2]]
	word := strings.TrimPrefix(strings.Trim(heading.Text, markEdges), "相关")
	if heading.chars() > 8 || !strings.HasPrefix(word, "附件") || d.Nodes[heading.Node].Parent == d.Nodes[text.Node].Parent {
		return kept
	}
	return kept[:n-1]
}

// appendAttachments adds the files that stand in a box right under the text, where the text itself names none.
func (d *Document) appendAttachments(out *strings.Builder, core bodyCore, kept []int) {
	if len(kept) == 0 {
		return
	}
	if d.namesAttachments(kept) {
		return
	}
	for i := core.last; i < min(core.last+12, len(d.Blocks)); i++ {
		b := &d.Blocks[i]
		switch {
		case b.linked*2 > b.chars() && b.linked >= 4 && namesFile(b.Text):
			out.WriteByte('\n')
			out.WriteString(b.Text)
		case !strings.HasPrefix(strings.TrimLeft(b.Text, markEdges), "附件") && !strings.HasPrefix(b.Text, "相关附件"):
			return
		}
	}
}

// namesFile tells whether a text ends with the name of a file, its size aside.
func namesFile(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	if at := strings.LastIndexAny(s, "(（["); at > 0 && len(s)-at < 20 {
		s = strings.TrimSpace(s[:at])
	}
	for _, ext := range attachmentEnds {
		if strings.HasSuffix(s, ext) || strings.HasSuffix(s, ext+"x") {
			return true
		}
	}
	return false
}
