package seeds

const fullPageSize = 6

// fullColumn is the column whose list pages hold the full texts and no links.
type fullColumn struct{ articles []article }

// fullList is what the template of a list page takes.
type fullList struct {
	Articles       []fullArticle
	Previous, Next string // empty at the ends
}

type fullArticle struct {
	Title, Date string
	Paragraphs  []string
}

func (c fullColumn) render(add addPage) []TruthArticle {
	pages := (len(c.articles) + fullPageSize - 1) / fullPageSize
	var truth []TruthArticle
	for i := range pages {
		list := fullList{Previous: countedName(i, pages), Next: countedName(i+2, pages)}
		for _, a := range c.articles[i*fullPageSize : min((i+1)*fullPageSize, len(c.articles))] {
			list.Articles = append(list.Articles, fullArticle{a.title, a.date(), a.paragraphs})
			a.publisher, a.author = "", "" // these pages name neither
			truth = append(truth, a.truth("", ColumnFull))
		}
		add(ColumnFull+countedName(i+1, pages), utf8HTML, execute("full_list.html", list))
	}
	return truth
}
