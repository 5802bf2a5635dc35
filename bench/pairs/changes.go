package pairs

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"zhaowen/bench/corpus"
)

// change is one way in which a reprint differs from its original.
type change struct {
	name string
	make corpus.Change
}

// changes are all of them. Every one also puts the article on another site, under another publisher, up to three days later.
var changes = []change{
	{"source line added", elsewhere(addSource)},
	{"editor line added", elsewhere(addEditor)},
	{"byline added", elsewhere(addByline)},
	{"dateline added", elsewhere(addDateline)},
	{"disclaimer added", elsewhere(addDisclaimer)},
	{"related links added", elsewhere(addTail)},
	{"title changed", elsewhere(changeTitle)},
	{"lead rewritten", elsewhere(rewriteLead)},
	{"region named in full", elsewhere(nameRegion)},
	{"paragraph dropped", elsewhere(dropParagraph)},
	{"paragraphs moved", elsewhere(moveParagraphs)},
	{"first half", elsewhere(firstHalf)},
	{"second half", elsewhere(secondHalf)},
	{"summary", elsewhere(summary)},
	{"width changed", elsewhere(changeWidth)},
	{"white space changed", elsewhere(changeSpace)},
	{"quotes changed", elsewhere(changeQuotes)},
	{"dates changed in form", elsewhere(changeDates)},
	{"typos", elsewhere(addTypos)},
	{"several at once", elsewhere(several)},
}

// Changes gives the ways in which reprints differ, for a corpus with reprints in it.
func Changes() []corpus.Change {
	out := make([]corpus.Change, len(changes))
	for i, c := range changes {
		out[i] = c.make
	}
	return out
}

// elsewhere puts what a change makes on another site.
func elsewhere(text corpus.Change) corpus.Change {
	return func(r *rand.Rand, a Article) (Article, bool) {
		b, ok := text(r, a)
		if !ok {
			return a, false
		}
		b.Publisher = publisher(r)
		b.URL = address(r)
		if day, err := time.Parse(time.DateOnly, a.Date); err == nil {
			b.Date = day.AddDate(0, 0, r.IntN(4)).Format(time.DateOnly)
		}
		return b, true
	}
}

// address makes the address of an article on another site.
func address(r *rand.Rand) string {
	return fmt.Sprintf("https://www.copy%d.example/html/%d.shtml", r.IntN(400), 10000000+r.IntN(80000000))
}

// several does two to four of the changes that leave all of the text in place, as most reprints do.
func several(r *rand.Rand, a Article) (Article, bool) {
	small := []corpus.Change{changeTitle, dropParagraph, addSource, addEditor, addByline, addDisclaimer, addTail, changeWidth, changeSpace, changeQuotes, changeDates}
	before, done := a.Body, 0
	chosen := r.Perm(len(small))[:2+r.IntN(3)]
	slices.Sort(chosen) // a title is made, and a paragraph dropped, before lines of credits are put in and the text is set anew
	for _, i := range chosen {
		if b, ok := small[i](r, a); ok {
			a, done = b, done+1
		}
	}
	return a, done > 1 && a.Body != before
}
