package storage

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"unicode/utf8"

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

// like is an article that others are compared with.
type like struct {
	id    int64
	title string
	text  sameness.Text
	chars int // of the body
}

func newLike(id int64, title, body string) like {
	return like{id, title, sameness.NewText(body), utf8.RuneCountInString(body)}
}

// same tells whether one of two articles reprints the other. Titles that contradict each other (第一批, 第三批) say that neither does.
func (l like) same(other like) bool {
	return sameness.Compare(l.text, other.text).Same && !sameness.TitlesDiffer(l.title, other.title)
}

// holds tells whether an article that is the same as one and as others is a digest: it holds the one and another that differs from it. It has room for two thirds of both, which
// is what sameness asks, and neither of them is nearly all of it: a reprint with a note behind it is a reprint.
func (l like) holds(one like, others []like) bool {
	return slices.ContainsFunc(others, func(other like) bool {
		return 3*l.chars >= 2*(one.chars+other.chars) && 5*max(one.chars, other.chars) < 4*l.chars && !one.same(other)
	})
}

// kin are the articles that one is the same as.
type kin struct {
	originals []like          // the nearest first
	digests   []int64         // reprints that hold it and also their original, which differs from it
	common    map[uint32]bool // the fingerprints that enough articles have
}

// findKin looks for the articles that this one reprints, in whole or in part, or that it holds, other than those of the groups of some.
func (r *recorder) findKin(of like, but ...int64) (kin, error) {
	shared, common, err := r.candidates(of.text.Fingerprints())
	if err != nil {
		return kin{}, err
	}
	for _, id := range but {
		delete(shared, id)
	}
	ids := slices.SortedFunc(maps.Keys(shared), func(a, b int64) int {
		return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a, b))
	})
	own := len(of.text.Fingerprints()) - len(common)
	if len(ids) == 0 {
		return kin{common: common}, nil
	}
	most := make([][2]int64, 0, mostCandidates) // each with the characters that it has at most, sharing so little
	for _, id := range ids[:min(len(ids), mostCandidates)] {
		chars := int64(math.MaxInt64)
		if shared[id]*leastPrints < own {
			chars = int64(shared[id]*leastPrints+1)*usualSentence - 1
		}
		most = append(most, [2]int64{id, chars})
	}
	k, err := r.compare(of, most, but)
	k.common = common
	nearest(of, k.originals)
	return k, err
}

// kinOf is findKin for a stored article, whose fingerprints nobody has looked up.
func (r *recorder) kinOf(of like, but ...int64) (kin, error) {
	settled := r.prints.settled
	defer func() { r.prints.settled = settled }()
	if err := r.prints.lookUp(r, of.text.Fingerprints()); err != nil {
		return kin{}, err
	}
	return r.findKin(of, append(but, of.id)...)
}

// candidate is an article that shares fingerprints with another.
type candidate struct {
	id, original int64
	title, body  string
}

// compare lays a text beside those of the candidates, in order. What is the same as a reprint alone, and not as its original, does not belong to its group.
func (r *recorder) compare(of like, candidates [][2]int64, but []int64) (kin, error) {
	list, err := json.Marshal(candidates)
	if err != nil {
		return kin{}, err
	}
	read, err := r.candidateTexts(string(list))
	if err != nil {
		return kin{}, err
	}
	var k kin
	differs := map[int64]like{} // originals that are not the same
	for _, c := range read {
		if slices.Contains(but, c.original) || slices.ContainsFunc(k.originals, func(l like) bool { return l.id == c.original }) {
			continue
		}
		text := like{c.id, c.title, sameness.NewSentences(c.body), utf8.RuneCountInString(c.body)}
		if !of.same(text) {
			continue
		}
		original := text
		if c.original != c.id {
			var known bool
			if original, known = differs[c.original]; !known {
				if original, err = r.like(c.original); err != nil {
					return kin{}, err
				}
				if !of.same(original) {
					differs[c.original] = original
					known = true
				}
			}
			if known {
				if text.holds(of, []like{original}) {
					k.digests = append(k.digests, c.id)
				}
				continue
			}
		}
		k.originals = append(k.originals, original)
	}
	return k, nil
}

func (r *recorder) candidateTexts(list string) (all []candidate, err error) {
	rows, err := r.rows(r.stmts.articlesCompared, list)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c candidate
		if err := rows.Scan(&c.id, &c.original, &c.title, &c.body); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, rows.Err()
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

// changePrints replaces the fingerprints of an article whose text has changed. Those of its earlier text that are recent stay too: they lead
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
