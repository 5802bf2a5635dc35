package parser

import "strings"

// Some systems keep the text of an article beside its place and let a script put it there: in a hidden field, or in a string of the script itself.

const (
	keptChars  = 60        // Han characters from which on markup is the text of an article
	keptScript = 512 << 10 // bytes of a script that is looked through
	keptTries  = 32        // strings of a script that are read
)

// isKeptText tells the markup of a text of several sentences.
func isKeptText(s string) bool {
	if len(s) < 3*keptChars || strings.Count(s, "。") < 2 || !strings.Contains(s, "<p") && !strings.Contains(s, "<P") && !strings.Contains(s, "<br") {
		return false
	}
	n := 0
	for _, c := range s {
		if isHan(c) {
			n++
		}
	}
	return n >= keptChars
}

// keptText reads such markup in the place where the walker stands. It keeps none in turn: a page could hold a thousand, one in the other, and each would be read as
// often as it lies deep.
func (w *walker) keptText(markup string) {
	if w.kept || !isKeptText(markup) {
		return
	}
	level := len(w.stack)
	w.kept = true
	defer func() { w.kept = false }()
	w.open("div", nil)
	w.read(markup)
	w.popTo(min(level, len(w.stack)))
}

// scriptText reads the text that a script holds in a string and puts into the page.
func (w *walker) scriptText(text string) {
	if w.kept || len(text) > keptScript || !strings.Contains(text, "。") || !strings.Contains(text, "innerHTML") && !strings.Contains(text, ".html(") && !strings.Contains(text, "document.write") {
		return
	}
	for at, tries := 0, 0; tries < keptTries; tries++ {
		i := strings.IndexAny(text[at:], "\"'`")
		if i < 0 {
			return
		}
		at += i
		before := strings.TrimRight(text[:at], " \t\r\n")
		r := jsReader{s: text, pos: at}
		v, err := r.value()
		if err != nil {
			at++
			continue
		}
		at = r.pos
		if s, ok := v.(string); ok && (strings.HasSuffix(before, "=") || strings.HasSuffix(before, "(")) && isKeptText(s) {
			w.keptText(s)
			return
		}
	}
}
