package parser

import "slices"

// fullTexts reads the records of a list page that shows its articles whole: their titles are no links, and most have a date.
func (d *Document) fullTexts() []Article {
	running := d.runningText()
	if running < 2*bodyLeast {
		return nil
	}
	lines := d.recordLines()
	if articles := d.shapedTexts(lines, running); len(articles) > 0 {
		return articles
	}
	var articles []Article
	dated, chars := 0, 0
	shapes := map[string]int{}
	for _, group := range splitRecords(lines) {
		a, _, ok := readRecord(group)
		if !ok || runeCount(a.Body) < bodyLeast {
			continue
		}
		title := titleBlock(group, a.Title)
		if title == nil || title.linked > 0 || !title.Item && d.looksLikeBody(title, group) {
			continue
		}
		shapes[d.signature(title.Node)]++
		chars += runeCount(a.Body)
		if a.Date != "" {
			dated++
		}
		articles = append(articles, a)
	}
	if dated*2 < len(articles) || dated == 0 || !sameShape(shapes, len(articles)) || chars*10 < running*6 {
		return nil
	}
	// what has no date among records that have one is the page's own text
	return slices.DeleteFunc(articles, func(a Article) bool { return a.Date == "" && dated*10 >= len(articles)*8 })
}

// looksLikeBody tells that a title stands in the same kind of element as the text below it: it is a line of an article then.
func (d *Document) looksLikeBody(title *Block, group []recordLine) bool {
	for i := range group {
		if group[i].kind == bodyLine {
			a, b := &d.Nodes[title.Node], &d.Nodes[group[i].Node]
			in, below := &d.Nodes[d.Texts[title.first].Node], &d.Nodes[d.Texts[group[i].first].Node]
			return a.Tag == b.Tag && a.Class == b.Class && in.Tag == below.Tag
		}
	}
	return false
}

// sameShape tells that four of five titles stand in elements of one shape, as those of a list do.
func sameShape(shapes map[string]int, n int) bool {
	most := 0
	for _, count := range shapes {
		most = max(most, count)
	}
	return most*5 >= n*4
}

func titleBlock(group []recordLine, title string) *Block {
	for i := range group {
		if group[i].Text == title {
			return &group[i].Block
		}
	}
	return nil
}
