package corpus

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// A grammar is what the files under data/rules hold: rules by name, each with the patterns that it may become. In a pattern {name} stands for another rule, for
// a word of a class, for a fact of the story or for one drawn anew; {3-98}, {1.5-9.9} and {100-900/50} stand for numbers, the last one in steps; [a|b] for one of several texts.
type grammar struct {
	byName map[string]int
	rules  [][]pattern
}

type pattern struct {
	pieces []piece
	number int // of the pattern in the grammar: articles use a pattern once
}

type piece struct {
	text string // what stands there, where do is nil and rule is none
	rule int    // which rule stands there; -1: none
	do   func(s *story)
}

// news is the grammar of the articles.
var news = readGrammar()

// patterns is how many patterns the grammar has, those within brackets counted.
var patterns int

func readGrammar() *grammar {
	g := &grammar{byName: map[string]int{}}
	paths, err := fs.Glob(files, "data/rules/*.txt")
	if err != nil {
		panic("corpus: " + err.Error())
	}
	raw := map[string][]string{}
	for _, path := range paths {
		name := ""
		for _, line := range lines(strings.TrimPrefix(path, "data/")) {
			if next, ok := strings.CutPrefix(line, "== "); ok {
				name = next
				g.byName[name] = len(g.rules)
				g.rules = append(g.rules, nil)
				continue
			}
			raw[name] = append(raw[name], line)
		}
	}
	for name, alternatives := range raw {
		for _, text := range alternatives {
			compiled, err := g.compile(text)
			if err != nil {
				panic(fmt.Sprintf("corpus: rule %s, %q: %v", name, text, err))
			}
			at := g.byName[name]
			g.rules[at] = append(g.rules[at], compiled)
		}
	}
	return g
}

// compile takes a pattern apart.
func (g *grammar) compile(text string) (pattern, error) {
	p := pattern{number: patterns}
	patterns++
	for text != "" {
		at := strings.IndexAny(text, "{[")
		if at < 0 {
			at = len(text)
		}
		if at > 0 {
			p.pieces = append(p.pieces, piece{text: text[:at], rule: -1})
			text = text[at:]
			continue
		}
		end := closing(text)
		if end < 0 {
			return p, fmt.Errorf("%s is not closed", text)
		}
		inside := text[1:end]
		slot, err := g.choice(inside)
		if text[0] == '{' {
			slot, err = g.slot(inside)
		}
		if err != nil {
			return p, err
		}
		p.pieces = append(p.pieces, slot)
		text = text[end+1:]
	}
	return p, nil
}

// closing finds the bracket that closes the first one.
func closing(text string) int {
	depth := 0
	for i, c := range text {
		switch c {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// choice makes a rule without a name of the texts in square brackets.
func (g *grammar) choice(inside string) (piece, error) {
	at := len(g.rules)
	g.rules = append(g.rules, nil)
	for text := range strings.SplitSeq(inside, "|") {
		p, err := g.compile(text)
		if err != nil {
			return piece{}, err
		}
		g.rules[at] = append(g.rules[at], p)
	}
	return piece{rule: at}, nil
}

func (g *grammar) slot(name string) (piece, error) {
	if rule, ok := g.byName[name]; ok {
		return piece{rule: rule}, nil
	}
	if table, ok := wordTables[name]; ok {
		return piece{rule: -1, do: func(s *story) { s.word(table.draw(s.words)) }}, nil
	}
	if do, ok := facts[name]; ok {
		return piece{rule: -1, do: do}, nil
	}
	if n, err := parseNumber(name); err == nil {
		return piece{rule: -1, do: n.write}, nil
	}
	return piece{}, fmt.Errorf("{%s} is not known", name)
}

// number is a range that numbers are drawn from.
type number struct {
	low, high, step float64
	decimals        int
}

func parseNumber(text string) (number, error) {
	text, step, stepped := strings.Cut(text, "/")
	low, high, _ := strings.Cut(text, "-")
	n := number{step: 1}
	if _, fraction, ok := strings.Cut(low, "."); ok {
		n.decimals = len(fraction)
	}
	var err, err2, err3 error
	n.low, err = strconv.ParseFloat(low, 64)
	n.high, err2 = strconv.ParseFloat(high, 64)
	if stepped {
		n.step, err3 = strconv.ParseFloat(step, 64)
	}
	if err != nil || err2 != nil || err3 != nil || n.low >= n.high {
		return n, fmt.Errorf("%q is no range", text)
	}
	return n, nil
}
