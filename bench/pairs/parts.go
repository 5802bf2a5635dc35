package pairs

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

func length(s string) int { return utf8.RuneCountInString(s) }

// section finds the numbered sections of a text that stands on one line.
var section = regexp.MustCompile(` ([一二三四五六七八九十]{1,2}、)`)

// paragraphs cuts a text into its paragraphs; one that a dump put on one line, at the numbers of its sections.
func paragraphs(body string) []string {
	lines := strings.Split(body, "\n")
	if len(lines) < 3 {
		lines = strings.Split(section.ReplaceAllString(body, "\n$1"), "\n")
	}
	return lines
}

// sentences cuts a text behind its full stops; closing quotes stay with their sentence.
func sentences(text string) []string {
	var out []string
	runes := []rune(text)
	start := 0
	for i := 0; i < len(runes); i++ {
		if !strings.ContainsRune("。！？\n", runes[i]) {
			continue
		}
		for i+1 < len(runes) && strings.ContainsRune("”’」』）\n ", runes[i+1]) {
			i++
		}
		out = append(out, string(runes[start:i+1]))
		start = i + 1
	}
	if start < len(runes) {
		out = append(out, string(runes[start:]))
	}
	return out
}

// dropParagraph leaves one out, but not one that is most of the article.
func dropParagraph(r *rand.Rand, a Article) (Article, bool) {
	lines := paragraphs(a.Body)
	at := r.IntN(len(lines))
	if len(lines) < 3 || length(lines[at])*5 > length(a.Body)*2 {
		return a, false
	}
	a.Body = strings.Join(slices.Delete(lines, at, at+1), "\n")
	return a, true
}

// moveParagraphs takes two of them to other places, the first one excepted.
func moveParagraphs(r *rand.Rand, a Article) (Article, bool) {
	lines := paragraphs(a.Body)
	if len(lines) < 4 {
		return a, false
	}
	rest := lines[1:]
	before := slices.Clone(rest)
	for range 2 {
		i, j := r.IntN(len(rest)), r.IntN(len(rest))
		rest[i], rest[j] = rest[j], rest[i]
	}
	if slices.Equal(before, rest) {
		rest[0], rest[1] = rest[1], rest[0]
	}
	a.Body = strings.Join(lines, "\n")
	return a, true
}

// half cuts an article of two pages, between two sentences near the middle.
func half(a Article) (first, second string, ok bool) {
	const leastHalf = 150 // characters
	var b strings.Builder
	for _, s := range sentences(a.Body) {
		if b.Len()*2 >= len(a.Body) {
			break
		}
		b.WriteString(s)
	}
	first, second = strings.TrimSpace(b.String()), strings.TrimSpace(a.Body[b.Len():])
	return first, second, length(first) >= leastHalf && length(second) >= leastHalf
}

func firstHalf(_ *rand.Rand, a Article) (Article, bool) {
	first, _, ok := half(a)
	a.Body = first
	return a, ok
}

func secondHalf(r *rand.Rand, a Article) (Article, bool) {
	_, second, ok := half(a)
	a.Body = second
	if r.IntN(2) == 0 {
		a.Title += "(2)"
	}
	return a, ok
}

// summary keeps some whole sentences, the opening or any in their order: two to four, more where these are short, so that it has at least 120 characters, and at
// most half of the text.
func summary(r *rand.Rand, a Article) (Article, bool) {
	const least = 120
	all := slices.DeleteFunc(sentences(a.Body), func(s string) bool { return length(s) < 15 })
	order := make([]int, len(all)) // in which sentences are taken
	for i := range order {
		order[i] = i
	}
	if r.IntN(3) == 0 { // not the opening alone
		order = r.Perm(len(all))
	}
	text := ""
	for n := 2 + r.IntN(3); n <= len(all) && length(text) < least; n++ {
		at := slices.Sorted(slices.Values(order[:n]))
		chosen := make([]string, n)
		for i, sentence := range at {
			chosen[i] = strings.TrimSpace(all[sentence])
		}
		text = strings.Join(chosen, "")
	}
	if n := length(text); n < least || n*2 > length(a.Body) {
		return a, false
	}
	a.Body = text
	return a, true
}
