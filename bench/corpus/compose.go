package corpus

import (
	"bytes"
	"math"
	"strings"
	"time"
)

// kind is a kind of news: what its title and opening are made of, and what it then speaks of, in this order, over again where it is long.
type kind struct {
	name   string
	topics []string
}

var kinds = []kind{
	{"sign", []string{"works", "background", "quote", "chain", "effect", "service", "works", "quote"}},
	{"start", []string{"works", "works", "quote", "service", "background", "effect"}},
	{"open", []string{"works", "effect", "quote", "background", "chain", "service"}},
	{"fair", []string{"fair", "fair", "chain", "quote", "background", "support"}},
	{"policy", []string{"support", "support", "quote", "service", "stats", "chain"}},
	{"visit", []string{"visit", "visit", "background", "quote", "chain", "effect"}},
	{"stats", []string{"stats", "stats", "chain", "effect", "quote", "service"}},
	{"firm", []string{"background", "quote", "works", "effect", "chain", "quote", "service"}},
	{"park", []string{"chain", "background", "effect", "service", "quote", "stats", "works"}},
	{"meeting", []string{"meeting", "meeting", "stats", "service", "meeting"}},
	{"service", []string{"service", "quote", "service", "effect", "support", "works"}},
	{"expo", []string{"fair", "fair", "quote", "chain", "visit", "background"}},
}

const (
	freeShare    = 0.36 // share of the sentences that are of general words alone: without them, the patterns would be half of all text
	headingShare = 0.25 // share of the articles with numbered headings
	sizeSpread   = 0.5  // standard deviation of the logarithm of the size: most articles have half to twice the mean
	weightOfMean = 0.97 // weight of a text that has the mean length when the names and numbers are written out; measured
)

var numerals = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

// article writes an article of about size characters in the mean, from 0.3 to 2.5 times of it.
func (s *story) article(size int) Article {
	k := draw(s.words, kinds)
	s.rule("title." + k.name)
	title := s.take()
	s.weight = 0
	factor := math.Exp(s.words.NormFloat64() * sizeSpread)
	for factor < 0.34 || factor > 2.4 {
		factor = math.Exp(s.words.NormFloat64() * sizeSpread)
	}
	s.body(k, int(factor*weightOfMean*float64(size)))
	return Article{Title: title, Publisher: s.publisher, Date: s.published.Format(time.DateOnly), URL: s.link, Body: s.take()}
}

// body writes paragraphs until they weigh enough: the opening, then the topics of the kind in turn, and a look ahead.
func (s *story) body(k kind, most int) {
	s.rule("lead." + k.name)
	s.sentence(k.topics[0])
	headings := most > 400 && s.words.Float64() < headingShare
	const closing = 60 // weight of the last paragraph, about
	for n := 0; s.weight < most-closing; n++ {
		s.text = append(s.text, '\n')
		if headings && n < len(numerals) {
			s.text = append(append(s.text, numerals[n]...), "、"...)
			s.rule("heading")
			s.text = append(s.text, '\n')
		}
		topic := k.topics[n%len(k.topics)]
		for range 2 + s.words.IntN(3) {
			if s.sentence(topic); s.weight >= most-closing {
				break
			}
		}
	}
	s.text = append(s.text, '\n')
	s.rule("next")
}

// sentence writes a sentence of the topic, or one of general words.
func (s *story) sentence(topic string) {
	if s.words.Float64() < freeShare {
		topic = "free"
	}
	s.rule(topic)
}

// rule writes what a rule becomes, by a pattern that the article has not used, if one is found soon.
func (s *story) rule(name string) {
	alternatives := news.rules[news.byName[name]]
	p := draw(s.words, alternatives)
	for range 4 {
		if s.used[p.number/64]>>(p.number%64)&1 == 0 {
			break
		}
		p = draw(s.words, alternatives)
	}
	s.used[p.number/64] |= 1 << (p.number % 64)
	s.expand(p)
}

// expand writes a pattern. Rules within it are drawn freely: phrases do come again.
func (s *story) expand(p pattern) {
	for _, part := range p.pieces {
		switch {
		case part.do != nil:
			part.do(s)
		case part.rule >= 0:
			s.expand(draw(s.words, news.rules[part.rule]))
		default:
			s.word(part.text)
		}
	}
}

// take gives the text so far and begins a new one.
func (s *story) take() string {
	out := string(bytes.TrimSpace(s.text))
	s.text = s.text[:0]
	return strings.ReplaceAll(out, "。”。", "。”")
}
