package sameness

import (
	_ "embed"
	"strings"
)

//go:embed synonyms.txt
var synonymLines string

// meanings are the groups of synonyms.txt that a word belongs to.
var meanings = func() map[string][]int {
	groups := map[string][]int{}
	for n, line := range strings.Split(synonymLines, "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range strings.Fields(line) {
			groups[word] = append(groups[word], n)
		}
	}
	return groups
}()

// sameMeaning tells whether two words are synonyms, also where one character that they share was cut off their ends (举办 and 举行 differ in 办 and 行).
func sameMeaning(a, b string) bool {
	if oneMeaning(a, b) {
		return true
	}
	for word, groups := range meanings {
		rest, ok := strings.CutSuffix(word, a)
		if !ok {
			if rest, ok = strings.CutPrefix(word, a); !ok {
				continue
			}
			if other := b + rest; rest != "" && shareOne(groups, meanings[other]) {
				return true
			}
			continue
		}
		if rest != "" && shareOne(groups, meanings[rest+b]) {
			return true
		}
	}
	return false
}

func oneMeaning(a, b string) bool { return shareOne(meanings[a], meanings[b]) }

func shareOne(a, b []int) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}
