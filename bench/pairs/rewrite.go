package pairs

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"

	"zhaowen/bench/corpus"
)

// changeTitle gives the article another headline: a part of its own, or what its first sentence says.
func changeTitle(r *rand.Rand, a Article) (Article, bool) {
	old := a.Title
	parts := strings.FieldsFunc(old, func(c rune) bool { return c == ' ' || c == '！' || c == '：' || c == '　' })
	clauses := strings.FieldsFunc(firstSentence(a.Body), func(c rune) bool {
		return c == '，' || c == ',' || c == '。' || c == '？' || c == '！' || c == '\n'
	})
	longest := slices.MaxFunc(append(clauses, ""), func(x, y string) int { return cmp.Compare(len(x), len(y)) })
	switch n := r.IntN(4); {
	case n == 0 && len(parts) > 1:
		a.Title = pick(r, parts)
	case n == 1 && len(parts) > 1:
		slices.Reverse(parts)
		a.Title = strings.Join(parts, " ")
	case n == 2 && length(longest) >= 10 && length(longest) <= 40:
		a.Title = longest
	default:
		a.Title = pick(r, []string{"【关注】", "重磅！", "【图文】", "快讯丨", "最新消息丨", "招商动态 | "}) + old
	}
	if length(a.Title) < 6 || a.Title == old {
		a.Title = "快讯丨" + old
	}
	return a, true
}

func firstSentence(body string) string {
	all := sentences(body)
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

// rewriteLead says the first sentence in other words: another opening, synonyms, the clauses in another order.
func rewriteLead(r *rand.Rand, a Article) (Article, bool) {
	lead := firstSentence(a.Body)
	rest := a.Body[len(lead):]
	if length(lead) < 15 || length(rest) < 150 {
		return a, false
	}
	end := lead[len(strings.TrimRight(lead, "。！？”’」』）\n ")):]
	clauses := strings.Split(strings.TrimSuffix(lead, end), "，")
	for i, c := range clauses {
		for _, s := range synonyms {
			if strings.Contains(c, s[0]) && r.IntN(3) > 0 {
				c = strings.Replace(c, s[0], s[1], 1)
			}
		}
		clauses[i] = c
	}
	if len(clauses) > 2 { // what comes first moves behind the next
		clauses[0], clauses[1] = clauses[1], clauses[0]
	}
	opening := pick(r, []string{"从有关方面获悉", "好消息传来", "笔者了解到", "据当地媒体报道", "又有新进展", "值得关注的是"})
	a.Body = opening + "，" + strings.Join(clauses, "，") + end + rest
	return a, true
}

var (
	parents  = corpus.Parents()
	children = longestFirst(parents)
)

func longestFirst(set map[string]string) []string {
	var out []string
	for name := range set {
		out = append(out, name)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return out
}

// nameRegion puts the city or the province before the first region that the text names: sites of other regions have to say where it is.
func nameRegion(_ *rand.Rand, a Article) (Article, bool) {
	at, found := len(a.Body), ""
	for _, name := range children {
		if i := strings.Index(a.Body, name); i >= 0 && i < at {
			at, found = i, name
		}
	}
	parent := parents[found]
	if found == "" || strings.HasSuffix(a.Body[:at], parent) || strings.HasPrefix(parent, found) {
		return a, false
	}
	a.Body = a.Body[:at] + parent + a.Body[at:]
	return a, true
}
