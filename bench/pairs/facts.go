package pairs

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"zhaowen/bench/corpus"
)

// Texts of some length that differ in one character of one fact: template news of another city, sum or day, which shares all the rest.

// factSizes are the lengths of such texts, in characters.
var factSizes = [...]int{300, 500, 1000}

// throughout is how often a fact stands in a text that names it more than once.
const throughout = 3

var facts = readKinds("facts.txt")

// factSorts are the ways for two texts to differ in one fact: each in one place, and throughout the text.
func factSorts() []sort {
	var out []sort
	for _, f := range []struct {
		name string
		kind string // of the sentences
		make func(r *rand.Rand) (a, b string)
	}{
		{"another Chinese amount", "amount", twoNumerals},
		{"another Chinese count", "count", twoNumerals},
		{"another Chinese date", "date", twoDates},
		{"another city by a character", "city", twoCities},
		{"another company by a character", "company", twoBrands},
		{"another person by a character", "person", twoPeople},
	} {
		out = append(out,
			sort{f.name + ", once", oneFact(f.kind, f.make, 1)},
			sort{f.name + ", throughout", oneFact(f.kind, f.make, throughout)})
	}
	return out
}

// oneFact gives a story with times sentences of a fact in it, and the same of the other fact.
func oneFact(kind string, two func(r *rand.Rand) (a, b string), times int) func(r *rand.Rand, i int) (a, b Article, ok bool) {
	return func(r *rand.Rand, i int) (a, b Article, ok bool) {
		size := factSizes[i%len(factSizes)]
		story := corpus.Corpus{Seed: r.Uint64(), Size: size * 2}.Variant(i, 0)
		one, other := two(r)
		if strings.Contains(story.Body, one) || strings.Contains(story.Body, other) {
			return a, b, false
		}
		all := sentences(story.Body)
		n, chars := 0, 0
		for n < len(all) && chars < size {
			chars += length(all[n])
			n++
		}
		all = all[:n]
		told := slices.Clone(facts[kind])
		r.Shuffle(len(told), func(x, y int) { told[x], told[y] = told[y], told[x] })
		for _, s := range told[:times] {
			all = slices.Insert(all, r.IntN(len(all)+1), s)
		}
		text := strings.TrimSpace(strings.Join(all, ""))
		a, b = story, story
		a.Body, b.Body = strings.ReplaceAll(text, "{}", one), strings.ReplaceAll(text, "{}", other)
		return a, b, chars > size*8/10
	}
}

// otherTitles gives one text under two titles that name another batch, year or place: notices whose lists stand in an attachment. Every other one also has a line added.
func otherTitles(r *rand.Rand, i int) (a, b Article, ok bool) {
	kinds := corpus.Notices()
	a = corpus.Corpus{Seed: r.Uint64()}.Notice(kinds[i%len(kinds)], i, 0)
	title := pick(r, facts["title"])
	one, other := twoNumerals(r)
	year := 2015 + r.IntN(10)
	months := r.Perm(12)
	cityA, cityB := twoCities(r)
	first := strings.NewReplacer("{}", one, "{y}", fmt.Sprint(year), "{m}", fmt.Sprint(months[0]+1), "{c}", cityA)
	second := strings.NewReplacer("{}", other, "{y}", fmt.Sprint(year+1), "{m}", fmt.Sprint(months[1]+1), "{c}", cityB)
	b = a
	a.Title, b.Title = first.Replace(title), second.Replace(title)
	if i%2 == 1 {
		b, _ = addSource(r, b)
	}
	return a, b, true
}

const (
	ones = "一二三四五六七八九"
	// brands are characters that names of companies are made of.
	brands = "中恒远晟瑞博汇启鼎嘉联天德鸿华盛泰金宏永兴安利通达科创智星云海江芯微光锐锋晶宇航凌越正信诚和源清蓝拓"
)

// otherOf gives another of the characters than the one given.
func otherOf(r *rand.Rand, from string, than rune) rune {
	for {
		if c := pick(r, []rune(from)); c != than {
			return c
		}
	}
}

// exchange puts another of the characters in one of the places of a word.
func exchange(r *rand.Rand, word, from string, place int) string {
	runes := []rune(word)
	runes[place] = otherOf(r, from, runes[place])
	return string(runes)
}

// twoNumerals gives two Chinese numerals between 2 and 990 that differ in a digit: 三十 and 五十.
func twoNumerals(r *rand.Rand) (a, b string) {
	digit := func() string { return string(pick(r, []rune(ones))) }
	several := string(pick(r, []rune(ones)[1:]))
	switch r.IntN(5) {
	case 0:
		return several, string(otherOf(r, ones, []rune(several)[0]))
	case 1:
		a = several + "十"
		return a, exchange(r, a, ones[len("一"):], 0)
	case 2:
		a = "十" + digit()
		return a, exchange(r, a, ones, 1)
	case 3:
		a = several + "十" + digit()
		return a, exchange(r, a, ones, 2)
	}
	a = digit() + "百" + several + "十"
	return a, exchange(r, a, ones, 0)
}

// twoDates gives two days, without the character 日, of two months or of one.
func twoDates(r *rand.Rand) (a, b string) {
	month := pick(r, []string{"一", "二", "三", "四", "五", "六", "七", "八", "九"})
	day := pick(r, []string{"", "十", "二十"}) + string(pick(r, []rune(ones)))
	a = month + "月" + day
	if r.IntN(2) == 0 {
		return a, exchange(r, a, ones, 0)
	}
	return a, exchange(r, a, ones, length(a)-1)
}

// neighbours are the names of regions that differ in one character, as 杭州 and 苏州 do.
var neighbours = func() [][2]string {
	names := slices.DeleteFunc(slices.Clone(cities), func(c string) bool { return length(c) > 3 })
	slices.Sort(names)
	names = slices.Compact(names)
	var out [][2]string
	for _, a := range names {
		for _, b := range names {
			if a != b && oneApart(a, b) {
				out = append(out, [2]string{a, b})
			}
		}
	}
	return out
}()

func oneApart(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	n := 0
	for i := range x {
		if x[i] != y[i] {
			n++
		}
	}
	return n == 1
}

func twoCities(r *rand.Rand) (a, b string) {
	p := pick(r, neighbours)
	return p[0], p[1]
}

func twoBrands(r *rand.Rand) (a, b string) {
	a = strings.Map(func(rune) rune { return pick(r, []rune(brands)) }, []string{"**", "**", "***"}[r.IntN(3)])
	return a, exchange(r, a, brands, r.IntN(length(a)))
}

func twoPeople(r *rand.Rand) (a, b string) {
	a = person(r)
	if place := r.IntN(length(a)); place > 0 {
		return a, exchange(r, a, given, place)
	}
	return a, exchange(r, a, surnames, 0)
}
