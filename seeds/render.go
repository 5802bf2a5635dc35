package seeds

import (
	"bytes"
	"text/template"
)

// templates are the pages of the site. They are text/template, not html/template, because the latter rewrites what stands in
// scripts and attributes, and the pages are to be as real systems write them; the texts come from this package alone.
var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"separated": func(i int) bool { return i > 0 && i%tableGroup == 0 },
}).ParseFS(files, "pages/*.html"))

// execute fills a template. It writes to memory and its data are embedded, so that an error is one of this package.
func execute(name string, data any) []byte {
	var out bytes.Buffer
	if err := templates.ExecuteTemplate(&out, name, data); err != nil {
		panic("seeds: " + err.Error())
	}
	return out.Bytes()
}

// cut shortens a title to n characters and marks it.
func cut(title string, n int) string {
	if runes := []rune(title); len(runes) > n {
		return string(runes[:n]) + "…"
	}
	return title
}
