package corpus

import (
	"embed"
	"strings"
)

//go:embed data
var files embed.FS

// region is one line of the table of regions.
type region struct {
	province, city string
	counties       []string
}

// trade is one line of the table of trades.
type trade struct {
	name     string
	products []string
}

var (
	regions = readRegions()
	trades  = readTrades()
	names   = readNames()
)

// lines gives the lines of an embedded table below its header.
func lines(name string) []string {
	data, err := files.ReadFile("data/" + name)
	if err != nil {
		panic("corpus: " + err.Error()) // a name in this package is wrong
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
}

func readRegions() []region {
	var out []region
	for _, line := range lines("regions.txt") {
		fields := strings.Fields(line)
		out = append(out, region{fields[0], fields[1], fields[2:]})
	}
	return out
}

func readTrades() []trade {
	var out []trade
	for _, line := range lines("trades.txt") {
		name, products, _ := strings.Cut(line, ":")
		out = append(out, trade{name, strings.Fields(products)})
	}
	return out
}

// readNames reads the parts of names by their kind.
func readNames() map[string][]string {
	out := map[string][]string{}
	for _, line := range lines("names.txt") {
		fields := strings.Fields(line)
		out[fields[0]] = fields[1:]
	}
	return out
}

// Parents maps a city to its province and a county to its city, each by its full and by its short name: 昆山市 and 昆山 to 苏州市.
func Parents() map[string]string {
	out := map[string]string{}
	for _, r := range regions {
		for _, county := range r.counties {
			out[county], out[short(county)] = r.city, r.city
		}
	}
	for _, r := range regions { // a city stands before a county of the same name
		if r.city != r.province {
			out[r.city], out[short(r.city)] = r.province, r.province
		}
	}
	return out
}

// Cities lists the short names of the cities, in the order of the table.
func Cities() []string {
	var out []string
	for _, r := range regions {
		out = append(out, short(r.city))
	}
	return out
}
