package sameness

import (
	"slices"
	"strings"
)

const (
	numerals = "零〇一二三四五六七八九十百千万亿两半"
	units    = "亿万千百元吨亩"
	// counters are the characters that follow a Chinese numeral which counts something, or gives a date.
	counters = "亿万元年月日号批期届个家项名人位条台套座户亩吨次倍成点天周岁场件种类艘架辆栋层所间处级季轮部份米公平立美英欧港时分区"
)

// different tells whether two forms of a sentence give different numbers. Numbers that only one of them gives are no difference: a year or a share is
// often left out.
func different(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, n := range a {
		i := slices.Index(b, n)
		if i < 0 {
			return true
		}
		b = slices.Delete(b, i, i+1)
	}
	return false
}

// digits are the numbers of a sentence in digits, with their points.
func digits(s string) []string {
	return runs(s, func(r rune) bool { return r < 0x80 && !isLetter(r) })
}

func isNumeral(r rune) bool { return r >= 0x80 && strings.ContainsRune(numerals, r) }

// chinese are the Chinese numerals of a sentence: those that count something, in one form for all ways to write them, and the others, as in 一带一路.
func chinese(s string) (numbers, others []string) {
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		if !isNumeral(runes[i]) {
			continue
		}
		start := i
		for i < len(runes) && isNumeral(runes[i]) {
			i++
		}
		run := string(runes[start:i])
		if i < len(runes) && strings.ContainsRune(counters, runes[i]) || i > start+1 && runes[i-1] == '亿' {
			numbers = append(numbers, oneForm(runes[start:i]))
		} else {
			others = append(others, run)
		}
	}
	return numbers, others
}

// oneForm writes 两 as 二, 〇 as 零, and a character that stands twice once: the second is a typing error.
func oneForm(numeral []rune) string {
	var out []rune
	for _, r := range numeral {
		switch r {
		case '两':
			r = '二'
		case '〇':
			r = '零'
		}
		if len(out) == 0 || out[len(out)-1] != r {
			out = append(out, r)
		}
	}
	return string(out)
}

func runs(s string, in func(rune) bool) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !in(r) })
}
