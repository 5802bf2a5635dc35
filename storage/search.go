package storage

import (
	"context"
	"iter"
)

// Query selects articles.
type Query struct {
	Words    Words
	Since    string // YYYY-MM-DD, included; empty: no bound
	Until    string // YYYY-MM-DD, included; empty: no bound
	SourceID string
	Limit    int  // 0: no limit
	All      bool // reprints too
	Best     bool // those that fit the words best first (Okapi BM25, a hit in the title counts five times), not the newest
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
		text, args := q.sql()
		rows, err := db.reader.QueryContext(ctx, text, args...)
		if err != nil {
			yield(ArticleRow{}, explain(db.path, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var a ArticleRow
			if err := rows.Scan(&a.ID, &a.SourceID, &a.URL, &a.Title, &a.Body, &a.PublishedOn, &a.PublishedAt, &a.Publisher, &a.Author, &a.CharCount, &a.OriginalID,
				&a.FirstSeenAt, &a.LastSeenAt, &a.Revision); err != nil {
				yield(ArticleRow{}, explain(db.path, err))
				return
			}
			if !yield(a, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(ArticleRow{}, explain(db.path, err))
		}
	}
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
