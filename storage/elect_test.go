package storage

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"
)

// dated is an article whose title is its name in a test.
func dated(name, body, date string) Article {
	return article("http://"+name+".cn/1", name, body, date)
}

// orders gives the articles in every order.
func orders(articles []Article) iter.Seq[[]Article] {
	return func(yield func([]Article) bool) { permute(articles, 0, yield) }
}

func permute(articles []Article, from int, yield func([]Article) bool) bool {
	if from == len(articles) {
		return yield(slices.Clone(articles))
	}
	for i := from; i < len(articles); i++ {
		articles[from], articles[i] = articles[i], articles[from]
		if !permute(articles, from+1, yield) {
			return false
		}
		articles[from], articles[i] = articles[i], articles[from]
	}
	return true
}

// originalOf gives, by title, the title of the article's original; an original has its own.
func originalOf(t *testing.T, db *DB) map[string]string {
	t.Helper()
	rows, err := db.reader.QueryContext(t.Context(), "SELECT a.title, o.title, o.original_id IS NULL FROM articles a JOIN articles o ON o.id = coalesce(a.original_id, a.id)")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var title, original string
		var itself bool
		if err := rows.Scan(&title, &original, &itself); err != nil {
			t.Fatal(err)
		}
		if all[title] = original; !itself {
			t.Errorf("the original of %s is a reprint", title)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	checkIndexRows(t, db)
	if _, err := db.writer.ExecContext(t.Context(), "INSERT INTO search (search) VALUES ('integrity-check')"); err != nil {
		t.Error(err)
	}
	return all
}

func names(articles []Article) (all []string) {
	for _, a := range articles {
		all = append(all, a.Title)
	}
	return all
}

// Whatever the order in which articles of known days come, the groups are the same: each reprint is the same as its original, which was published first; what holds several
// articles is a reprint of none.
func TestGroupsInAnyOrder(t *testing.T) {
	one, two, three := unlike(1), unlike(2), unlike(3)
	both := one + "\n" + two
	cases := map[string]struct {
		articles []Article
		want     map[string]string
	}{
		"a digest last": {
			[]Article{dated("xa", one, "2026-09-11"), dated("xb", two, "2026-09-12"), dated("d", both, "2026-09-18")},
			map[string]string{"xa": "xa", "xb": "xb", "d": "d"},
		},
		"a digest between": {
			[]Article{dated("xa", one, "2026-09-11"), dated("d", both, "2026-09-12"), dated("xb", two, "2026-09-18")},
			map[string]string{"xa": "xa", "xb": "xb", "d": "d"},
		},
		"a digest between, and its reprint": {
			[]Article{dated("xa", one, "2026-09-11"), dated("d", both, "2026-09-12"), dated("xb", two, "2026-09-18"), dated("rd", "来源：青岚日报\n"+both, "2026-09-19")},
			map[string]string{"xa": "xa", "xb": "xb", "d": "d", "rd": "d"},
		},
		"one text, and its pages later": {
			[]Article{dated("all", both, "2026-09-11"), dated("pa", one, "2026-09-12"), dated("pb", two, "2026-09-13")},
			map[string]string{"all": "all", "pa": "all", "pb": "all"},
		},
		"a digest of three": {
			[]Article{dated("xa", one, "2026-09-11"), dated("xb", two, "2026-09-12"), dated("xc", three, "2026-09-13"), dated("d", both+"\n"+three, "2026-09-18")},
			map[string]string{"xa": "xa", "xb": "xb", "xc": "xc", "d": "d"},
		},
		"a digest and reprints of all": {
			[]Article{
				dated("xa", one, "2026-09-11"), dated("xb", two, "2026-09-12"), dated("d", both, "2026-09-18"),
				dated("ra", one+"\n编辑：李明", "2026-09-13"), dated("rd", "来源：青岚日报\n"+both, "2026-09-19"),
			},
			map[string]string{"xa": "xa", "xb": "xb", "d": "d", "ra": "xa", "rd": "d"},
		},
		"reprints alone": {
			[]Article{dated("o", one, "2026-09-11"), dated("ra", one+"\n编辑：李明", "2026-09-12"), dated("rb", "来源：青岚日报\n"+one, "2026-09-13"), dated("rc", one+"\n"+three[:300], "2026-09-14")},
			map[string]string{"o": "o", "ra": "o", "rb": "o", "rc": "o"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			db := openTest(t)
			for order := range orders(c.articles) {
				for _, a := range order {
					kinds(t, db, "s", a)
				}
				if d := diff.Diff(c.want, originalOf(t, db)); d != "" {
					t.Errorf("%v: %s", names(order), d)
				}
				mustPrune(t, db, "s", "2027-01-01", len(order))
			}
		})
	}
}

// Without days the first that was met is the original.
func TestGroupsWithoutDays(t *testing.T) {
	three := string([]rune(unlike(3))[:3*31])                                         // sentences
	note, noted := dated("note", three, ""), dated("noted", unlike(1)+"\n"+three, "") // what is added is a small part: a reprint
	x1, x2, d := dated("xa", unlike(1), ""), dated("xb", unlike(2), ""), dated("d", unlike(1)+"\n"+unlike(2), "")
	for _, c := range []struct {
		order []Article
		want  map[string]string
	}{
		{[]Article{x1, x2, d}, map[string]string{"xa": "xa", "xb": "xb", "d": "d"}},
		{[]Article{x1, d, x2}, map[string]string{"xa": "xa", "xb": "xb", "d": "d"}},
		{[]Article{d, x1, x2}, map[string]string{"xa": "d", "xb": "d", "d": "d"}},
		{[]Article{x1, note, noted}, map[string]string{"xa": "xa", "note": "note", "noted": "xa"}},
		{[]Article{note, x1, noted}, map[string]string{"xa": "xa", "note": "note", "noted": "xa"}},
		{[]Article{x1, noted, note}, map[string]string{"xa": "xa", "note": "note", "noted": "xa"}},
	} {
		db := openTest(t)
		kinds(t, db, "s", c.order...)
		if got := diff.Diff(c.want, originalOf(t, db)); got != "" {
			t.Errorf("%v: %s", names(c.order), got)
		}
	}
}

// The earliest published is the original, however and whenever its day becomes known.
func TestTheEarliestIsTheOriginal(t *testing.T) {
	a, b := unlike(1), unlike(1)+"\n编辑：李明"
	at := func(article Article, clock string) Article {
		article.Time, _ = time.Parse(time.DateTime, article.Date+" "+clock)
		return article
	}
	elsewhere := func(article Article, url string) Article {
		article.URL = url
		return article
	}
	for name, c := range map[string]struct {
		steps []Article
		newer bool // the last step is read by newer rules
		want  string
	}{
		"the same text elsewhere, earlier":             {[]Article{dated("a", a, "2026-09-18"), elsewhere(dated("a", a, "2026-09-10"), "http://c.cn/"), dated("b", b, "2026-09-15")}, false, "a"},
		"found elsewhere after its reprint":            {[]Article{dated("a", a, "2026-09-18"), dated("b", b, "2026-09-15"), elsewhere(dated("a", a, "2026-09-10"), "http://c.cn/")}, false, "a"},
		"the day elsewhere is known when met again":    {[]Article{dated("a", a, "2026-09-18"), elsewhere(dated("a", a, ""), "http://c.cn/"), dated("b", b, "2026-09-15"), elsewhere(dated("a", a, "2026-09-10"), "http://c.cn/")}, false, "a"},
		"a reprint's day is known later":               {[]Article{dated("a", a, "2026-09-18"), dated("b", b, ""), dated("b", b, "2026-09-15")}, false, "b"},
		"a reprint's day is read by newer rules":       {[]Article{dated("a", a, "2026-09-18"), dated("b", b, "2026-09-20"), dated("b", b, "2026-09-15")}, true, "b"},
		"the original's day is read by newer rules":    {[]Article{dated("b", b, "2026-09-18"), dated("a", a, "2026-09-20"), dated("b", b, "2026-09-21")}, true, "a"},
		"revised, with another day":                    {[]Article{dated("a", a, "2026-09-18"), dated("b", b, "2026-09-20"), dated("b", b+"。责任编辑：王芳", "2026-09-15")}, false, "b"},
		"known day before the day of first sight":      {[]Article{dated("a", a, ""), dated("b", b, "2026-09-15")}, false, "b"},
		"day after the other's first sight":            {[]Article{dated("a", a, ""), dated("b", b, "2026-09-25")}, false, "a"},
		"the same day, earlier":                        {[]Article{at(dated("a", a, "2026-09-15"), "10:00:00"), at(dated("b", b, "2026-09-15"), "09:00:00")}, false, "b"},
		"the same day, later":                          {[]Article{at(dated("a", a, "2026-09-15"), "10:00:00"), at(dated("b", b, "2026-09-15"), "11:00:00")}, false, "a"},
		"the same day, one without a time":             {[]Article{dated("a", a, "2026-09-15"), at(dated("b", b, "2026-09-15"), "09:00:00")}, false, "a"},
		"the same day, the time known later":           {[]Article{at(dated("a", a, "2026-09-15"), "10:00:00"), dated("b", b, "2026-09-15"), at(dated("b", b, "2026-09-15"), "09:00:00")}, false, "b"},
		"the day elsewhere is of the text before this": {[]Article{dated("a", unlike(2), "2026-09-18"), elsewhere(dated("a", unlike(2), "2026-09-01"), "http://c.cn/"), dated("a", a, "2026-09-18"), dated("b", b, "2026-09-15")}, false, "b"},
	} {
		t.Run(name, func(t *testing.T) {
			db := openTest(t)
			for i, step := range c.steps {
				if c.newer && i == len(c.steps)-1 {
					if _, err := db.writer.ExecContext(t.Context(), "UPDATE articles SET parser_version = 0"); err != nil {
						t.Fatal(err)
					}
				}
				kinds(t, db, fmt.Sprint("s", i), step)
			}
			if d := diff.Diff(map[string]string{"a": c.want, "b": c.want}, originalOf(t, db)); d != "" {
				t.Error(d)
			}
		})
	}
}

// The same text elsewhere dates an article that has no day, and completes one that had no address.
func TestCopiesDateAnArticle(t *testing.T) {
	for name, url := range map[string]string{"another address": "http://a.cn/1", "no address": ""} {
		t.Run(name, func(t *testing.T) {
			db := openTest(t)
			kinds(t, db, "s", article(url, "题", unlike(1), ""))
			copied := article("http://b.cn/1", "题", unlike(1), "2026-09-18")
			copied.Time, copied.Publisher = time.Date(2026, 9, 18, 1, 0, 0, 0, time.UTC), "青岚日报"
			kinds(t, db, "s", copied)
			if n := count(t, db, "SELECT count(*) FROM articles WHERE published_on = '2026-09-18' AND published_at = '2026-09-18T01:00:00Z'"); n != 1 {
				t.Error("not dated")
			}
			if n := count(t, db, "SELECT count(*) FROM articles WHERE publisher = '青岚日报'"); n != 1 && url == "" {
				t.Error("not completed")
			}
			originalOf(t, db)
		})
	}
}

// A page that turns into other news leaves its group; so does an original, whose reprints are then a group of their own.
func TestRevisedToOtherNews(t *testing.T) {
	story := []Article{dated("o", unlike(1), "2026-09-11"), dated("ra", unlike(1)+"\n编辑：李明", "2026-09-13"), dated("rb", "来源：青岚日报\n"+unlike(1), "2026-09-12")}
	for name, c := range map[string]struct {
		revised Article
		want    map[string]string
	}{
		"a reprint":                  {dated("ra", unlike(2), "2026-09-20"), map[string]string{"o": "o", "ra": "ra", "rb": "o"}},
		"an original":                {dated("o", unlike(2), "2026-09-20"), map[string]string{"o": "o", "ra": "rb", "rb": "rb"}},
		"a reprint, edited":          {dated("ra", unlike(1)+"\n责任编辑：王芳", "2026-09-20"), map[string]string{"o": "o", "ra": "o", "rb": "o"}},
		"an original, edited":        {dated("o", unlike(1)+"\n责任编辑：王芳", ""), map[string]string{"o": "o", "ra": "o", "rb": "o"}},
		"a reprint, dated as first":  {dated("ra", unlike(1)+"\n责任编辑：王芳", "2026-09-01"), map[string]string{"o": "ra", "ra": "ra", "rb": "ra"}},
		"an original, dated as last": {dated("o", unlike(1)+"\n责任编辑：王芳", "2026-09-20"), map[string]string{"o": "rb", "ra": "rb", "rb": "rb"}},
	} {
		t.Run(name, func(t *testing.T) {
			db := openTest(t)
			for _, a := range append(slices.Clone(story), c.revised) {
				kinds(t, db, "s", a)
			}
			if d := diff.Diff(c.want, originalOf(t, db)); d != "" {
				t.Error(d)
			}
		})
	}
}

// Whatever comes in, each reprint is the same as its original, which nothing in its group was published before.
func TestGroupsHold(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	db := openTest(t)
	for range 300 {
		kinds(t, db, "s", randomNews(random))
	}
	originalOf(t, db)
	reprints := 0
	for _, id := range originals(t, db) {
		if id != 0 {
			reprints++
		}
	}
	if reprints < 20 {
		t.Errorf("%d reprints: too few to tell anything", reprints)
	}
	r := recorderOf(t, db)
	for i, id := range originals(t, db) {
		original, err := r.like(cmp.Or(id, int64(i+1)))
		if err != nil {
			t.Fatal(err)
		}
		members, err := r.members(original.id)
		if err != nil {
			t.Fatal(err)
		}
		if id == 0 && earliest(members).id != original.id {
			t.Errorf("%d is the original of what was published before it: %v", original.id, members)
		}
		reprint, err := r.like(int64(i + 1))
		if err != nil {
			t.Fatal(err)
		}
		if id != 0 && !reprint.same(original) {
			t.Errorf("%d is not the same as its original %d", reprint.id, id)
		}
	}
}

// randomNews is one of few pages, with one of few texts, with another's before or behind it, and now and then a day.
func randomNews(random *rand.Rand) Article {
	body := unlike(random.IntN(12))
	switch random.IntN(4) {
	case 0:
		body += "\n" + unlike(random.IntN(12))
	case 1:
		body += fmt.Sprintf("\n编辑：第%d人", random.IntN(9))
	}
	date := ""
	if random.IntN(4) > 0 {
		date = fmt.Sprintf("2026-09-%02d", 1+random.IntN(28))
	}
	return dated(fmt.Sprintf("n%c%c", 'a'+rune(random.IntN(26)), 'a'+rune(random.IntN(26))), body, date)
}
