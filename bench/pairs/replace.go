package pairs

import (
	"iter"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"

	"zhaowen/bench/corpus"
)

// replaced makes of each article, whoever wrote it, one that says the same of another city, and one with other figures throughout.
func replaced(seed uint64, articles []Article) iter.Seq[Pair] {
	return func(yield func(Pair) bool) {
		r := rand.New(rand.NewPCG(seed, 3))
		for _, a := range articles {
			for _, replace := range replacements {
				b, ok := replace.make(r, a)
				b.URL = address(r)
				if ok && !yield(Pair{a, b, replace.name, false}) {
					return
				}
			}
		}
	}
}

var replacements = []change{
	{"text, another city", otherCity},
	{"text, other amounts", otherAmounts},
}

var cities = corpus.Cities()

// otherCity puts another city in the place of the one that the text names most, which has to stand in the title too.
func otherCity(r *rand.Rand, a Article) (Article, bool) {
	most, times := "", 1
	for _, city := range cities {
		if n := strings.Count(a.Body, city); n > times && strings.Contains(a.Title, city) {
			most, times = city, n
		}
	}
	another := pick(r, cities)
	if most == "" || another == most || strings.Contains(a.Body, another) {
		return a, false
	}
	a.Title, a.Body = strings.ReplaceAll(a.Title, most, another), strings.ReplaceAll(a.Body, most, another)
	a.Publisher = strings.ReplaceAll(a.Publisher, most, another)
	return a, true
}

var amount = regexp.MustCompile(`(\d+(?:\.\d+)?)(亿|万|亩|平方米|公里|公顷|家|个|名|项|台|套|吨|%|人|份|种|批|天|分钟)`)

// otherAmounts puts other figures, of as many digits, in the place of all that count something; there have to be three.
func otherAmounts(r *rand.Rand, a Article) (Article, bool) {
	if len(amount.FindAllString(a.Body, 3)) < 3 {
		return a, false
	}
	others := map[string]string{} // a sum stands in the title and in the text
	swap := func(s string) string {
		return amount.ReplaceAllStringFunc(s, func(s string) string {
			m := amount.FindStringSubmatch(s)
			if others[m[1]] == "" {
				others[m[1]] = otherNumber(r, m[1])
			}
			return others[m[1]] + m[2]
		})
	}
	a.Title, a.Body = swap(a.Title), swap(a.Body)
	return a, true
}

// otherNumber gives another number of as many digits.
func otherNumber(r *rand.Rand, s string) string {
	for {
		digits := []byte(s)
		for i, c := range digits {
			if c != '.' {
				digits[i] = '0' + byte(r.IntN(10))
			}
		}
		if digits[0] == '0' {
			digits[0] = '1' + byte(r.IntN(9))
		}
		if out := string(digits); !sameNumber(out, s) {
			return out
		}
	}
}

func sameNumber(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return a == b || errX == nil && errY == nil && x == y
}
