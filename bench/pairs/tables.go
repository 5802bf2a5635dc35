package pairs

import (
	"embed"
	"strings"
)

//go:embed data
var files embed.FS

// rows gives the lines of an embedded table below its header.
func rows(name string) []string {
	data, err := files.ReadFile("data/" + name)
	if err != nil {
		panic("pairs: " + err.Error()) // a name in this package is wrong
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
}

var (
	frames      = readKinds("frames.txt") // what sites write around an article, by its kind
	confusables = readConfusables()
	synonyms    = readSynonyms()
)

// readKinds reads a table whose lines are a kind, a tab and a text.
func readKinds(name string) map[string][]string {
	out := map[string][]string{}
	for _, row := range rows(name) {
		kind, text, _ := strings.Cut(row, "	")
		out[kind] = append(out[kind], text)
	}
	return out
}

func readConfusables() map[rune][]rune {
	out := map[rune][]rune{}
	for _, row := range rows("confusables.txt") {
		from, to, _ := strings.Cut(row, " ")
		for _, c := range from {
			out[c] = []rune(to)
		}
	}
	return out
}

func readSynonyms() [][2]string {
	var out [][2]string
	for _, row := range rows("synonyms.txt") {
		from, to, _ := strings.Cut(row, " ")
		out = append(out, [2]string{from, to})
	}
	return out
}
