package storage

import (
	"cmp"
	"slices"
	"strings"
)

// Hit is where a word stands in a text, in bytes.
type Hit struct{ Start, End int }

// Hits tells where the words that are looked for stand in a text, in order; what overlaps is one hit.
func (w Words) Hits(text string) []Hit {
	words := folded(w.All)
	if len(words) == 0 {
		return nil
	}
	plain, from := foldedFrom(text)
	var hits []Hit
	for _, word := range words {
		for at := 0; ; {
			i := strings.Index(plain[at:], word)
			if i < 0 {
				break
			}
			at += i + len(word)
			hits = append(hits, Hit{from[at-len(word)], from[at]})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Compare(a.Start, b.Start) })
	merged := hits[:0]
	for _, h := range hits {
		if n := len(merged); n > 0 && h.Start <= merged[n-1].End {
			merged[n-1].End = max(merged[n-1].End, h.End)
			continue
		}
		merged = append(merged, h)
	}
	return merged
}

// foldedFrom folds a text and tells, for every byte of the folded one and for its end, where what it came from begins in the text.
func foldedFrom(text string) (plain string, from []int) {
	var out []byte
	for i, r := range text {
		n := len(out)
		out = appendFolded(out, string(r), 0)
		if string(out[n:]) == " " && n > 0 && out[n-1] == ' ' {
			out = out[:n]
		}
		for range len(out) - n {
			from = append(from, i)
		}
	}
	return string(out), append(from, len(text))
}
