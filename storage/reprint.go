package storage

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"math"
	"slices"

	"zhaowen/storage/sameness"
)

const (
	// mostCandidates is how many articles that share fingerprints with a new one are compared with it, those that share most first.
	mostCandidates = 5
	// leastPrints is the part of the fingerprints of the shorter text that a candidate shares at least, as 1 of so many: texts that share two thirds of their
	// characters share more.
	leastPrints = 5
	// usualSentence is the usual length of a sentence with a fingerprint, in characters.
	usualSentence = 60
	// mostOfPrint is how many articles a fingerprint is kept of: a sentence that more of them have is boilerplate, or belongs to a group that is found by these.
	mostOfPrint = 30
)

// prepared is an article with what sameness and the search index need of it, worked out before the transaction begins.
type prepared struct {
	Article
	hash                  string
	key                   string // the address in canonical form; empty: without one, or with one that a dump has garbled: known by its text
	text                  sameness.Text
	bodyTerms, titleTerms string // for the search index
}

func prepareArticle(a Article) prepared {
	key, err := CanonicalURL(a.URL)
	if err != nil {
		key = ""
	}
	return prepared{a, sameness.ContentHash(a.Title, a.Body), key, sameness.NewText(a.Body), terms(a.Body), terms(a.Title)}
}

// group is an original that a new article belongs to.
type group struct {
	original int64
	date     string // of publication; empty: not known
}

// findOriginal looks for the article that this one reprints, in whole or in part; nil: none. common are the fingerprints that enough articles have.
func (r *recorder) findOriginal(text sameness.Text) (found *group, common map[uint32]bool, err error) {
	shared, common, err := r.candidates(text.Fingerprints())
	if err != nil {
		return nil, nil, err
	}
	ids := slices.SortedFunc(maps.Keys(shared), func(a, b int64) int {
		return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a, b))
	})
	own := len(text.Fingerprints()) - len(common)
	if len(ids) == 0 {
		return nil, common, nil
	}
	most := make([][2]int64, 0, mostCandidates) // each with the characters that it has at most, sharing so little
	for _, id := range ids[:min(len(ids), mostCandidates)] {
		chars := int64(math.MaxInt64)
		if shared[id]*leastPrints < own {
			chars = int64(shared[id]*leastPrints+1)*usualSentence - 1
		}
		most = append(most, [2]int64{id, chars})
	}
	found, err = r.compare(text, most)
	return found, common, err
}

// compare lays a text beside those of the candidates, in order, and gives the group of the first that is the same.
func (r *recorder) compare(text sameness.Text, candidates [][2]int64) (*group, error) {
	list, err := json.Marshal(candidates)
	if err != nil {
		return nil, err
	}
	rows, err := r.rows(r.stmts.articlesCompared, string(list))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var original int64
		var body string
		var date *string
		if err := rows.Scan(&original, &body, &date); err != nil {
			return nil, err
		}
		if sameness.Compare(text, sameness.NewText(body)).Same {
			return &group{original, orEmpty(date)}, nil
		}
	}
	return nil, rows.Err()
}

// candidates counts, by article, the fingerprints that it shares; common are those that enough articles have.
func (r *recorder) candidates(prints []uint32) (shared map[int64]int, common map[uint32]bool, err error) {
	if err := r.prints.refresh(r, prints); err != nil {
		return nil, nil, err
	}
	with := make([][]int64, len(prints))
	common = map[uint32]bool{}
	for i, print := range prints {
		with[i] = r.prints.of(print)
		if len(with[i]) >= mostOfPrint {
			common[print] = true
		}
	}
	shared = map[int64]int{}
	for i, print := range prints {
		if common[print] && len(common) < len(prints) {
			continue // what thirty articles have tells none of them, but where there is nothing else
		}
		for _, id := range with[i] {
			shared[id]++
		}
	}
	return shared, common, nil
}

// keepPrints stores the fingerprints of an article, less the common ones.
func (r *recorder) keepPrints(id int64, text sameness.Text, common map[uint32]bool) error {
	kept := slices.DeleteFunc(slices.Clone(text.Fingerprints()), func(print uint32) bool { return common[print] })
	if len(kept) == 0 {
		return nil
	}
	list, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	row, err := r.inserted(r.stmts.printsInsert, id, string(list))
	if err != nil {
		return err
	}
	r.prints.wrote(recentRow{row, id, kept})
	return nil
}

// changePrints replaces the fingerprints of an article whose text has changed. Its group stays what it was. Those of its earlier text that are recent stay too: they lead
// to an article that then turns out to be another.
func (r *recorder) changePrints(id int64, was string, text sameness.Text) error {
	list, err := json.Marshal(sameness.NewText(was).Fingerprints())
	if err != nil {
		return err
	}
	for _, stmt := range []*sql.Stmt{r.stmts.printsDelete, r.stmts.printsDeleteMiddle} {
		if err := r.exec(stmt, string(list), id); err != nil {
			return err
		}
	}
	if err := r.prints.refresh(r, nil); err != nil {
		return err
	}
	return r.keepPrints(id, text, nil)
}

// fillPrints makes the fingerprints of a file that was written before there were any.
func fillPrints(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, "SELECT id, body FROM articles")
	if err != nil {
		return err
	}
	defer rows.Close()
	insert, err := tx.PrepareContext(ctx, "INSERT OR IGNORE INTO fingerprints (hash, article_id) VALUES (?, ?)")
	if err != nil {
		return err
	}
	defer insert.Close() //nolint:errcheck // it has only written
	for rows.Next() {
		var id int64
		var body string
		if err := rows.Scan(&id, &body); err != nil {
			return err
		}
		for _, print := range sameness.NewText(body).Fingerprints() {
			if _, err := insert.ExecContext(ctx, print, id); err != nil {
				return err
			}
		}
	}
	return rows.Err()
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
