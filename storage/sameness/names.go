package sameness

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed names.txt
var nameLines string

// nameWords are the words of names.txt by their kind, the longest first.
var nameWords = func() map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(nameLines) {
		if words := strings.Fields(line); words[0] != "#" {
			out[words[0]] = words[1:]
			slices.SortFunc(words[1:], func(a, b string) int { return len(b) - len(a) })
		}
	}
	return out
}()

var (
	surnames    = strings.Join(nameWords["surname"], "")
	beforeBrand = strings.Join(nameWords["before"], "") // what often stands before a company's name
	followers   = strings.Join(nameWords["follow"], "")
	behindName  = slices.Concat(nameWords["courtesy"], nameWords["speech"])
)

const (
	longestBrand = 3  // characters of a company's own name
	longestForm  = 12 // characters from there to 有限公司, at most
	longestTitle = 6  // characters of a title
)

// inName tells whether the character at i belongs to the name of a person or a company, by what stands around it.
func inName(s []rune, i int) bool { return inPerson(s, i) || inCompany(s, i) }

// inPerson looks for a surname at or before the character, with a title before it, or a courtesy or a verb of speech behind the name.
func inPerson(s []rune, i int) bool {
	for start := max(i-2, 0); start <= i; start++ {
		if !strings.ContainsRune(surnames, s[start]) || i > start && strings.ContainsRune(followers, s[i]) {
			continue
		}
		if start > 1 && hasEnd(string(s[max(start-longestTitle, 0):start]), nameWords["title"]) {
			return true
		}
		for end := max(start+2, i+1); end <= start+3 && end < len(s); end++ {
			if hasStart(string(s[end:min(end+longestTitle, len(s))]), behindName) {
				return true
			}
		}
	}
	return false
}

// inCompany looks for the form of a company behind the character, goes back from there over its trades, and takes the two or three characters before them for its name.
// 公司 alone is a form where a word stands before the name that cannot belong to it: 与中芯公司.
func inCompany(s []rune, i int) bool {
	rest := string(s[i+1 : min(i+1+longestForm, len(s))])
	if at := firstOf(rest, nameWords["form"]); at >= 0 {
		behind := brandFrom(s, i, rest[:at])
		return behind > 0 && behind <= longestBrand && (behind < longestBrand || isBrandStart(s[:i+1]))
	}
	at := strings.Index(rest, "公司")
	if at < 0 {
		return false
	}
	end := i + brandFrom(s, i, rest[:at])
	for start := max(end-longestBrand, 1); start <= min(i, end-2); start++ {
		if strings.ContainsRune(beforeBrand, s[start-1]) {
			return true
		}
	}
	return false
}

// brandFrom counts the characters of a company's own name from the one at i on; none: that one belongs to a trade. between is what stands from there to the form.
func brandFrom(s []rune, i int, between string) int {
	start := max(i-longestForm, 0)
	head := string(s[start:i+1]) + between
	for n := 0; n != len(head); {
		n = len(head)
		head = cutEnd(head, nameWords["trade"])
	}
	return max(characters(head)-(i-start), 0)
}

// firstOf is where in the text the first of the words stands; -1: none.
func firstOf(s string, words []string) int {
	first := -1
	for _, w := range words {
		if k := strings.Index(s, w); k >= 0 && (first < 0 || k < first) {
			first = k
		}
	}
	return first
}

// isBrandStart tells whether the last character may begin a name of three: it is no particle or verb, and no place ends there.
func isBrandStart(s []rune) bool {
	if strings.ContainsRune(beforeBrand, s[len(s)-1]) {
		return false
	}
	for n := 2; n <= min(3, len(s)); n++ {
		if places()[string(s[len(s)-n:])].short != "" {
			return false
		}
	}
	return true
}

func cutEnd(s string, words []string) string {
	for _, w := range words {
		if rest, ok := strings.CutSuffix(s, w); ok {
			return rest
		}
	}
	return s
}

func hasEnd(s string, words []string) bool { return cutEnd(s, words) != s }

func hasStart(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) })
}
