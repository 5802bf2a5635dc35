package sameness

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// shingle is how many characters in a row a fingerprint stands for: enough that two texts that share one nearly always share a sentence.
	shingle = 12
	// MostFingerprints is how many a text has at most; a longer one keeps the smallest, so that two forms of it keep the same ones.
	MostFingerprints = 48
)

// longSentence is the length in bytes of normalised text (about 60 Han characters) from which each clause of a sentence has a fingerprint of its own.
const longSentence = 180

// Fingerprints gives the fingerprints of a text: of every sentence the smallest hash of its shingles (winnowing, Schleimer, Wilkerson and Aiken 2003, with
// the sentence as the window). Two texts that share a sentence share its fingerprint, wherever it stands, so that a part or a summary made of sentences of the
// whole is found too; a typing error changes it only where it hits the one shingle. Sorted, none twice; 32 bits each.
func (t Text) Fingerprints() []uint32 { return t.prints }

// print adds the fingerprints of a normalised sentence, given with its marks and without.
func (t *Text) print(s, bare string) {
	if len(s) < longSentence {
		t.printOne(bare)
		return
	}
	for clause := range strings.SplitSeq(s, ",") {
		t.printOne(withoutMarks(clause))
	}
}

func (t *Text) printOne(bare string) {
	if print, ok := fingerprint(bare); ok {
		t.prints = append(t.prints, print)
	}
}

func (t *Text) finish() {
	slices.Sort(t.prints)
	t.prints = slices.Compact(t.prints)
	t.prints = t.prints[:min(len(t.prints), MostFingerprints)]
}

// fingerprint is the smallest hash of the shingles of a sentence: a polynomial over the characters, rolled on by one at a time.
func fingerprint(s string) (uint32, bool) {
	const base = 0x9E3779B97F4A7C15 // odd, of many bits: 2^64 divided by the golden ratio
	var window [shingle]uint64
	var hash, top uint64 = 0, 1
	for range shingle {
		top *= base
	}
	smallest, n := uint64(1<<64-1), 0
	for _, r := range s {
		c := uint64(r)
		hash = hash*base + c - window[n%shingle]*top
		window[n%shingle] = c
		n++
		if n >= shingle {
			smallest = min(smallest, mix(hash))
		}
	}
	return uint32(smallest), n >= shingle
}

// mix spreads the bits of a hash (the finaliser of MurmurHash3), so that the smallest is any of them.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xFF51AFD7ED558CCD
	h ^= h >> 33
	h *= 0xC4CEB9FE1A85EC53
	return h ^ h>>33
}

func characters(s string) int { return utf8.RuneCountInString(s) }
