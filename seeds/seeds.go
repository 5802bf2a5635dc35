// Package seeds holds what the program brings along: the demo site, sample dumps and a list of public sources. Every project,
// park and company in the articles is invented.
package seeds

import (
	"embed"
	"io/fs"
)

//go:embed articles dumps pages sources.yaml
var files embed.FS

// Sources returns a YAML list of public investment-news columns, as entries under `sources` of the configuration, all disabled.
func Sources() []byte {
	return mustRead("sources.yaml")
}

// Dumps returns the sample text dumps, one file each at the top of the file system.
func Dumps() fs.FS {
	dumps, err := fs.Sub(files, "dumps")
	if err != nil {
		panic("seeds: " + err.Error()) // the name is a constant
	}
	return dumps
}

// mustRead reads an embedded file; a missing one does not compile or is named wrongly here.
func mustRead(name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil {
		panic("seeds: " + err.Error())
	}
	return data
}
