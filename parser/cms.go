package parser

import (
	_ "embed"
	"strings"
)

//go:embed cms.txt
var cmsText string

// cmsFingerprints are the lines of cms.txt: a name and the marks of a page that show it.
var cmsFingerprints = func() (all []struct{ name, mark string }) {
	for line := range strings.Lines(cmsText) {
		line = strings.TrimSpace(line)
		if name, mark, ok := strings.Cut(line, "\t"); ok && line[0] != '#' {
			all = append(all, struct{ name, mark string }{name, strings.TrimSpace(mark)})
		}
	}
	return all
}()

// cmsBytes is how much of a page is looked through for fingerprints.
const cmsBytes = 48 << 10

// cms names the content management system of a page by its fingerprints; empty: none is known.
func cms(text string) string {
	for _, f := range cmsFingerprints {
		if strings.Contains(text, f.mark) {
			return f.name
		}
	}
	return ""
}
