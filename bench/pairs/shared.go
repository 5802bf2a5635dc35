package pairs

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"zhaowen/bench/corpus"
)

// Articles that share a good part of their text and are different ones all the same.

// seriesParts gives two parts of a series: one stem of a title, one note of the editor's above, the same project, other texts.
func seriesParts(r *rand.Rand, i int) (a, b Article, ok bool) {
	c := corpus.Corpus{Seed: r.Uint64(), Size: 600}
	a, b = c.Variant(i, 0), c.Variant(i, corpus.Wording)
	note := fmt.Sprintf("编者按：%s为展示各地招商引资和项目建设的做法，本报今起推出系列报道，走进园区和企业，听一线的声音，敬请关注。", corpus.Corpus{Seed: r.Uint64(), Size: 1}.Variant(i, 0).Title+"……")
	part := r.IntN(6)
	marks := []rune("一二三四五六七")
	form := pick(r, []string{"%s（之%c）", "%s（%c）", "%s系列报道之%c", "%s——系列观察之%c"})
	stem := a.Title
	a.Title, b.Title = fmt.Sprintf(form, stem, marks[part]), fmt.Sprintf(form, stem, marks[part+1])
	a.Body, b.Body = note+"\n"+a.Body, note+"\n"+b.Body
	return a, b, true
}

// samePolicy gives two articles that quote one long paragraph, which is 30 to 50 per cent of each.
func samePolicy(r *rand.Rand, i int) (a, b Article, ok bool) {
	policy := "文件提出，" + strings.ReplaceAll(corpus.Corpus{Seed: r.Uint64(), Size: 350}.Variant(i, 0).Body, "\n", "")
	quote := func() (Article, bool) {
		share := 0.3 + 0.2*r.Float64()
		own := float64(length(policy)) * (1 - share) / share
		for range 8 { // the length of an article is known once it is made
			article := corpus.Corpus{Seed: r.Uint64(), Size: int(own)}.Variant(i, 0)
			got := float64(length(policy)) / float64(length(policy)+length(article.Body))
			if got < 0.3 || got > 0.5 {
				continue
			}
			lines := strings.Split(article.Body, "\n")
			article.Body = strings.Join(slices.Insert(lines, r.IntN(len(lines)+1), policy), "\n")
			return article, true
		}
		return Article{}, false
	}
	a, okA := quote()
	b, okB := quote()
	return a, b, okA && okB
}

// digests gives the digests of two weeks, half of whose items are the same.
func digests(r *rand.Rand, i int) (a, b Article, ok bool) {
	c := corpus.Corpus{Seed: r.Uint64(), Size: 250}
	n := 6 + 2*r.IntN(3)
	var items []string
	for article := range c.Articles(0, n+n/2) {
		all := sentences(strings.ReplaceAll(article.Body, "\n", ""))
		items = append(items, article.Title+"。"+strings.Join(all[:min(2, len(all))], ""))
	}
	day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*(i%120))
	name := pick(r, []string{"一周招商要闻", "招商动态周报", "每周产业速览", "项目周报"})
	by := publisher(r)
	digest := func(items []string, day time.Time) Article {
		var body strings.Builder
		for k, item := range items {
			fmt.Fprintf(&body, "%d. %s\n", k+1, item)
		}
		return Article{
			Title:     fmt.Sprintf("%s（%s—%s）", name, day.Format("1月2日"), day.AddDate(0, 0, 6).Format("1月2日")),
			Publisher: by, Date: day.AddDate(0, 0, 6).Format(time.DateOnly), URL: fmt.Sprintf("https://www.news0.example/zb/%s_%d.html", day.Format("20060102"), i),
			Body: strings.TrimSpace(body.String()),
		}
	}
	second := slices.Clone(items[n/2:])
	r.Shuffle(len(second), func(x, y int) { second[x], second[y] = second[y], second[x] })
	return digest(items[:n], day), digest(second, day.AddDate(0, 0, 7)), true
}
