package storage

import (
	"context"
	"iter"
	"slices"
	"strings"
	"unicode"
)

// Query selects articles.
type Query struct {
	Words    []string // all must occur in title or body; of any length and script; case and width do not matter
	Since    string   // YYYY-MM-DD, included; empty: no bound
	Until    string   // YYYY-MM-DD, included; empty: no bound
	SourceID string
	Limit    int  // 0: no limit
	All      bool // reprints too
}

// ArticleRow is an article as it stands in the file.
type ArticleRow struct {
	ID          int64   `json:"id"`
	SourceID    string  `json:"source_id"`
	URL         *string `json:"url"`
	Title       string  `json:"title"`
	Body        string  `json:"body"`
	PublishedOn *string `json:"published_on"`
	PublishedAt *string `json:"published_at"`
	Publisher   *string `json:"publisher"`
	Author      *string `json:"author"`
	CharCount   int     `json:"char_count"`
	OriginalID  *int64  `json:"original_id"`
	FirstSeenAt string  `json:"first_seen_at"`
	LastSeenAt  string  `json:"last_seen_at"`
	Revision    int     `json:"revision"`
}

// Search returns the articles that a query selects, newest first: by the date of publication, or of the first sight where there is none. It reads row by
// row, so that its memory does not grow with the file. The sequence ends after an error.
func (db *DB) Search(ctx context.Context, q Query) iter.Seq2[ArticleRow, error] {
	return func(yield func(ArticleRow, error) bool) {
		words := make([]string, len(q.Words))
		for i, w := range q.Words {
			words[i] = foldText(strings.TrimSpace(w))
		}
		text, args := q.sql()
		rows, err := db.reader.QueryContext(ctx, text, args...)
		if err != nil {
			yield(ArticleRow{}, explain(db.path, err))
			return
		}
		defer rows.Close()
		for n := 0; rows.Next() && (q.Limit == 0 || n < q.Limit); {
			var a ArticleRow
			if err := rows.Scan(&a.ID, &a.SourceID, &a.URL, &a.Title, &a.Body, &a.PublishedOn, &a.PublishedAt, &a.Publisher, &a.Author, &a.CharCount, &a.OriginalID,
				&a.FirstSeenAt, &a.LastSeenAt, &a.Revision); err != nil {
				yield(ArticleRow{}, explain(db.path, err))
				return
			}
			if !holdsAll(a, words) {
				continue
			}
			n++
			if !yield(a, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(ArticleRow{}, explain(db.path, err))
		}
	}
}

func (q Query) sql() (text string, args []any) {
	text = `SELECT id, source_id, url, title, body, published_on, published_at, publisher, author, char_count, original_id, first_seen_at, last_seen_at, revision FROM articles`
	var where []string
	add := func(condition string, arg any) {
		where = append(where, condition)
		args = append(args, arg)
	}
	const day = "coalesce(published_on, substr(first_seen_at, 1, 10))"
	if q.Since != "" {
		add(day+" >= ?", q.Since)
	}
	if q.Until != "" {
		add(day+" <= ?", q.Until)
	}
	if q.SourceID != "" {
		add("source_id = ?", q.SourceID)
	}
	if !q.All {
		where = append(where, "original_id IS NULL")
	}
	if len(where) > 0 {
		text += " WHERE " + strings.Join(where, " AND ")
	}
	return text + " ORDER BY " + day + " DESC, id DESC", args
}

// holdsAll tells whether every word, folded, occurs in the article. Nothing else folds to a Han character, so a word of these is looked up in the text as it
// stands, and most articles are passed over before any is folded.
func holdsAll(a ArticleRow, words []string) bool {
	var rest []string
	for _, w := range words {
		if !allHan(w) {
			rest = append(rest, w)
		} else if !strings.Contains(a.Body, w) && !strings.Contains(a.Title, w) {
			return false
		}
	}
	if len(rest) == 0 {
		return true
	}
	text := foldText(a.Title) + "\n" + foldText(a.Body)
	return !slices.ContainsFunc(rest, func(w string) bool { return !strings.Contains(text, w) })
}

func allHan(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return r < 0x4E00 || r > 0x9FFF })
}

// foldText makes text comparable for a search: full-width forms as ASCII, letters in lower case; white space and punctuation stay.
func foldText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x4E00 && r <= 0x9FFF: // Han: most of the text
			return r
		case r >= 0xFF01 && r <= 0xFF5E:
			r -= 0xFEE0
		case r == 0x3000 || r == 0xA0:
			return ' '
		}
		return unicode.ToLower(r)
	}, s)
}

// ArticleSections returns the numbered sections of an article.
func (db *DB) ArticleSections(ctx context.Context, id int64) (numbers []int, headings []string, err error) {
	rows, err := db.reader.QueryContext(ctx, "SELECT number, heading FROM sections WHERE article_id = ? ORDER BY number", id)
	if err != nil {
		return nil, nil, explain(db.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var number int
		var heading string
		if err := rows.Scan(&number, &heading); err != nil {
			return nil, nil, explain(db.path, err)
		}
		numbers, headings = append(numbers, number), append(headings, heading)
	}
	return numbers, headings, explain(db.path, rows.Err())
}
