// Package labelled reads sets of labelled pages (a folder of pages beside a truth.jsonl) and scores what a parser made of them.
package labelled

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// Case is one labelled page: a line of truth.jsonl and the bytes of its file. Fields that a set does not label are empty.
type Case struct {
	File      string    `json:"file"`
	URL       string    `json:"url"`
	Kind      string    `json:"kind"`
	Charset   string    `json:"charset"`
	Now       string    `json:"now"`  // RFC 3339: the moment that relative dates count from
	Next      *string   `json:"next"` // nil: none
	Rows      []Row     `json:"rows"`
	Articles  []Article `json:"articles"`
	Title     string    `json:"title"`
	Date      *string   `json:"date"`
	Datetime  *string   `json:"datetime"` // 2026-09-18 10:22
	Publisher *string   `json:"publisher"`
	Author    *string   `json:"author"`
	Body      string    `json:"body"`

	Bytes   []byte `json:"-"`
	HasNext bool   `json:"-"` // the set labels the next page
}

// Row is a labelled row of a list page.
type Row struct {
	Title string  `json:"title"`
	URL   string  `json:"url"`
	Date  *string `json:"date"`
}

// Article is a labelled article of a list with full texts.
type Article struct {
	Title string  `json:"title"`
	Date  *string `json:"date"`
	Body  string  `json:"body"`
}

// Load reads the set in a folder.
func Load(dir string) ([]Case, error) {
	f, err := os.Open(filepath.Join(dir, "truth.jsonl"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var cases []Case
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var c Case
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return nil, fmt.Errorf("%s/truth.jsonl:%d: %w", dir, n, err)
		}
		c.HasNext = strings.Contains(lines.Text(), `"next":`)
		if c.Bytes, err = os.ReadFile(filepath.Join(dir, c.File)); err != nil {
			return nil, fmt.Errorf("%s/truth.jsonl:%d: %w", dir, n, err)
		}
		cases = append(cases, c)
	}
	return cases, lines.Err()
}

// BodyF1 is the F1 of character bigrams, as multisets, of two texts without white space and in lower case.
func BodyF1(got, want string) float64 {
	a, b := bigrams(got), bigrams(want)
	total := 0
	for _, n := range b {
		total += n
	}
	found, common := 0, 0
	for g, n := range a {
		found += n
		common += min(n, b[g])
	}
	if found == 0 || total == 0 {
		if found == total {
			return 1
		}
		return 0
	}
	return F1(common, found, total)
}

// F1 is the harmonic mean of precision and recall.
func F1(common, found, total int) float64 {
	if found+total == 0 {
		return 1
	}
	return 2 * float64(common) / float64(found+total)
}

func bigrams(s string) map[[2]rune]int {
	set := map[[2]rune]int{}
	var last rune
	for _, c := range s {
		if unicode.IsSpace(c) || c == '\ufeff' || c == '\u200b' {
			continue
		}
		c = unicode.ToLower(c)
		if last != 0 {
			set[[2]rune{last, c}]++
		}
		last = c
	}
	return set
}

// Squash removes white space, to compare titles and names.
func Squash(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || c == '\ufeff' || c == '\u200b' {
			return -1
		}
		return c
	}, s)
}
