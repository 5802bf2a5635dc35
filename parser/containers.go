package parser

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed containers.txt
var containersText string

// knownContainers are the class names and ids of containers.txt, sorted.
var knownContainers = func() []string {
	var names []string
	for line := range strings.Lines(containersText) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			names = append(names, line)
		}
	}
	slices.Sort(names)
	return names
}()
