package corpus

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// wordTable draws the words of one class by their weights in one step (Walker's alias method, Vose 1991): words are most of what is drawn.
type wordTable struct {
	words []string
	own   []float64 // how likely entry i stands for itself, once it is hit
	alias []int32   // which word it stands for else
}

// wordTables are the classes of words.txt, by their letter.
var wordTables = readWords()

func readWords() map[string]*wordTable {
	words, weights := map[string][]string{}, map[string][]float64{}
	for _, line := range lines("words.txt") {
		fields := strings.Fields(line)
		weight, err := strconv.ParseFloat(fields[2], 64)
		if err != nil {
			panic("corpus: words.txt: " + err.Error())
		}
		words[fields[1]] = append(words[fields[1]], fields[0])
		weights[fields[1]] = append(weights[fields[1]], weight)
	}
	tables := map[string]*wordTable{}
	for class := range words {
		tables[class] = newWordTable(words[class], weights[class])
	}
	return tables
}

func newWordTable(words []string, weights []float64) *wordTable {
	n := len(words)
	t := &wordTable{words, make([]float64, n), make([]int32, n)}
	total := 0.0
	for _, w := range weights {
		total += w
	}
	var small, large []int
	for i, w := range weights {
		t.own[i] = w * float64(n) / total
		if t.own[i] < 1 {
			small = append(small, i)
		} else {
			large = append(large, i)
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small, large = small[:len(small)-1], large[:len(large)-1]
		t.alias[s] = int32(l)
		t.own[l] -= 1 - t.own[s]
		if t.own[l] < 1 {
			small = append(small, l)
		} else {
			large = append(large, l)
		}
	}
	for _, i := range append(small, large...) {
		t.own[i] = 1 // what is left differs from 1 by rounding alone
	}
	return t
}

func (t *wordTable) draw(r *rand.Rand) string {
	i := r.IntN(len(t.words))
	if r.Float64() < t.own[i] {
		return t.words[i]
	}
	return t.words[t.alias[i]]
}
