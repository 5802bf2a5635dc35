package storage

import (
	"strconv"
	"strings"
	"time"
)

// selection is a query in SQL: what it reads from, and its conditions with their arguments.
type selection struct {
	from  string
	where []string
	args  []any
	byRow bool // through the search index
}

func (s *selection) add(condition string, args ...any) {
	s.where = append(s.where, condition)
	s.args = append(s.args, args...)
}

func (s *selection) text() string {
	if len(s.where) == 0 {
		return s.from
	}
	return s.from + " WHERE " + strings.Join(s.where, " AND ")
}

// articleOfRow is the article of a row of the search index.
const articleOfRow = "(search.rowid & " + articleMask + ")"

// articleMask takes the article's id out of the number of a row of the search index: 1<<idBits - 1.
const articleMask = "16777215"

// match writes words as an expression of FTS5. Each is a phrase of its characters in quotes, so that nothing that a user types is syntax.
func match(all, none []string) string {
	text := phrases(all, " AND ")
	if len(none) > 0 {
		text = "(" + text + ") NOT (" + phrases(none, " OR ") + ")"
	}
	return text
}

func phrases(words []string, between string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = `"` + strings.ReplaceAll(terms(w), `"`, `""`) + `"`
	}
	return strings.Join(quoted, between)
}

// sql gives the statement that Search runs. Through the index, articles come in the order of its rows, which is the order by day and id, and none but those that are
// shown is read.
func (q Query) sql() (text string, args []any) {
	s := q.selection()
	order := articleDay + " DESC, id DESC"
	if s.byRow {
		order = "search.rowid DESC"
	}
	if s.byRow && q.Best {
		order = "bm25(search, 1.0, 5.0), search.rowid DESC"
	}
	text = `SELECT id, source_id, url, articles.title, articles.body, published_on, published_at, publisher, author, char_count, original_id, first_seen_at, last_seen_at, revision FROM ` +
		s.text() + " ORDER BY " + order
	if q.Limit > 0 {
		text += " LIMIT " + strconv.Itoa(q.Limit)
	}
	return text, s.args
}

// selection gives what a query reads from, and its conditions.
func (q Query) selection() *selection {
	all, none := folded(q.Words.All), folded(q.Words.None)
	s := &selection{from: "articles"}
	if len(all) > 0 {
		s.byRow = true
		s.from = "search CROSS JOIN articles ON articles.id = " + articleOfRow
		s.add("search MATCH ?", match(all, none))
	} else if len(none) > 0 {
		s.add("id NOT IN (SELECT rowid & "+articleMask+" FROM search WHERE search MATCH ?)", phrases(none, " OR "))
	}
	if q.Since != "" {
		s.bound(">=", q.Since, 0)
	}
	if q.Until != "" {
		s.bound("<=", q.Until, 1<<(idBits+1)-1)
	}
	switch {
	case q.All:
	case s.byRow:
		s.add("search.rowid & " + strconv.Itoa(originalBit))
	default:
		s.add("original_id IS NULL")
	}
	if q.SourceID != "" {
		s.add("source_id = ?", q.SourceID)
	}
	return s
}

// bound keeps to the days on one side of a day, this one included; id is the outermost of its numbers.
func (s *selection) bound(sign, day string, id int64) {
	if t, err := time.Parse(time.DateOnly, day); err == nil && s.byRow {
		s.add("search.rowid "+sign+" ?", searchDay(t)<<(idBits+1)|id)
		return
	}
	s.add(articleDay+" "+sign+" ?", day)
}
