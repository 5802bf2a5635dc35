package parser

import (
	"regexp"
	"slices"
)

// A page with the texts of several articles gives their titles one look. shapedTexts cuts the page at the titles of the look that most of its text stands under:
// surer than the words of the lines, which splitRecords goes by.

// titleShape is the look of a title: the elements that it stands in.
type titleShape struct {
	tag, class, inner string
	depth             int
}

const maxShapes = 8 // looks that are tried, the most frequent first

// shapedTexts reads records whose titles have one look; four of five have a text and a date. running is how many characters of text the page has.
func (d *Document) shapedTexts(lines []recordLine, running int) []Article {
	var best []Article
	most := 0
	lines = d.datesOffTitles(lines)
	for _, titles := range d.titlesByShape(lines) {
		groups := d.cutAt(titles, lines)
		articles := make([]Article, 0, len(groups))
		chars := 0
		for _, group := range groups {
			if a, _, ok := readRecordBelow(group, 0); ok && a.Date != "" && runeCount(a.Body) >= bodyLeast {
				articles = append(articles, a)
				chars += runeCount(a.Body)
			}
		}
		if len(articles) > 1 && len(articles)*5 >= len(groups)*4 && chars > most {
			best, most = articles, chars
		}
	}
	if most*10 < running*6 {
		return nil
	}
	return best
}

var bracketedDate = regexp.MustCompile(`\s*[（(\[【〔]([^（(\[【〔]{6,24})[)）\]】〕]$`)

// datesOffTitles makes two lines of a title with its date in brackets behind it: 岚桥港新增一条航线（2013.10.22）.
func (d *Document) datesOffTitles(lines []recordLine) []recordLine {
	out := make([]recordLine, 0, len(lines)+8)
	for _, l := range lines {
		m := bracketedDate.FindStringSubmatchIndex(l.Text)
		if m == nil || l.kind == dateLine || l.kind == bodyLine || l.length > titleMost || m[0] == 0 || endsSentence(l.Text[:m[0]]) {
			out = append(out, l)
			continue
		}
		found, ok := soleDate(l.Text[m[2]:m[3]], d.now)
		if !ok {
			out = append(out, l)
			continue
		}
		title, day := l, l
		title.Text, title.kind = l.Text[:m[0]], titleLine
		title.length = runeCount(title.Text)
		day.Text, day.kind, day.date = l.Text[m[2]:m[3]], dateLine, found
		out = append(out, title, day)
	}
	return out
}

// titlesByShape gives the lines that can be titles, look by look.
func (d *Document) titlesByShape(lines []recordLine) [][]int {
	at := map[titleShape]int{}
	var shapes [][]int
	for i := range lines {
		l := &lines[i]
		if l.kind != titleLine || l.linked > 0 || l.noise || l.length < titleLeast || l.first == l.last || endsSentence(l.Text) || !hasLetters(l.Text) {
			continue
		}
		n := &d.Nodes[l.Node]
		shape := titleShape{n.Tag, n.Class, d.Nodes[d.Texts[l.first].Node].Tag, n.Depth}
		place, ok := at[shape]
		if !ok {
			place = len(shapes)
			at[shape] = place
			shapes = append(shapes, nil)
		}
		shapes[place] = append(shapes[place], i)
	}
	shapes = slices.DeleteFunc(shapes, func(titles []int) bool { return len(titles) < 2 })
	slices.SortStableFunc(shapes, func(a, b []int) int { return len(b) - len(a) })
	return shapes[:min(len(shapes), maxShapes)]
}

// cutAt gives the lines from each title to the next one, or to the end of the element that holds the record alone, without the running numbers of the titles.
func (d *Document) cutAt(titles []int, lines []recordLine) [][]recordLine {
	last := titles[len(titles)-1]
	around := lines[titles[0]].Node
	for around > 0 && d.Nodes[around].End <= lines[last].Node {
		around = d.Nodes[around].Parent
	}
	groups := make([][]recordLine, 0, len(titles))
	for i, title := range titles {
		end, limit := len(lines), d.Nodes[around].TextEnd
		if i+1 < len(titles) {
			end = titles[i+1]
		}
		if item := lines[title].Node; item > around {
			limit = d.itemEnd(d.childOf(around, item), lines[title:end], limit)
		}
		for end > title+1 && lines[end-1].first >= limit {
			end--
		}
		groups = append(groups, slices.Clone(lines[title:end]))
	}
	withoutNumbers(groups)
	return groups
}

// itemEnd is the end of a record: that of its own element, if the text stands in it too.
func (d *Document) itemEnd(item int, record []recordLine, limit int) int {
	for i := range record {
		if record[i].kind == bodyLine {
			if end := d.Nodes[item].TextEnd; record[i].first < end {
				return end
			}
			break
		}
	}
	return limit
}

var runningNumber = regexp.MustCompile(`^[（(【\[]?([0-9]{1,3}|[一二三四五六七八九十]{1,3})[)）】\]]?[、.．:：\s]?\s*`)

// withoutNumbers takes 1、 2、 3、 off the titles, where they count on from one to the next.
func withoutNumbers(groups [][]recordLine) {
	before := 0
	for i, group := range groups {
		m := runningNumber.FindStringSubmatch(group[0].Text)
		if m == nil || m[0] == m[1] {
			return
		}
		value := chineseNumber(m[1])
		if m[1][0] <= '9' {
			value = atoi(m[1])
		}
		if i > 0 && value != before+1 {
			return
		}
		before = value
	}
	for _, group := range groups {
		group[0].Text = group[0].Text[len(runningNumber.FindString(group[0].Text)):]
	}
}
