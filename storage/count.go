package storage

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// Count returns how many articles a query selects, its limit aside. What the search index alone can tell is counted in parts, on as many cores as there are readers.
func (db *DB) Count(ctx context.Context, q Query) (int, error) {
	s := q.selection()
	parts := []rowRange{{}}
	if s.byRow && q.SourceID == "" {
		s.from = "search"
		var err error
		if parts, err = db.rowRanges(ctx, min(runtime.GOMAXPROCS(0), mostReaders)); err != nil {
			return 0, explain(db.path, err)
		}
	}
	counts := make([]int, len(parts))
	group, ctx := errgroup.WithContext(ctx)
	for i, part := range parts {
		part := s.within(part)
		group.Go(func() error {
			return db.reader.QueryRowContext(ctx, "SELECT count(*) FROM "+part.text(), part.args...).Scan(&counts[i])
		})
	}
	err := group.Wait()
	n := 0
	for _, c := range counts {
		n += c
	}
	return n, explain(db.path, err)
}

// rowRange is a part of the search index by row numbers, both included; empty: all of it.
type rowRange struct{ from, to int64 }

// rowRanges divides the row numbers of the search index into parts of equal width.
func (db *DB) rowRanges(ctx context.Context, parts int) ([]rowRange, error) {
	var first, last int64
	err := db.reader.QueryRowContext(ctx, "SELECT coalesce((SELECT min(id) FROM search_docsize), 0), coalesce((SELECT max(id) FROM search_docsize), 0)").Scan(&first, &last)
	if err != nil || parts < 2 || last-first < int64(parts) {
		return []rowRange{{}}, err
	}
	width := (last-first)/int64(parts) + 1
	var all []rowRange
	for from := first; from <= last; from += width {
		all = append(all, rowRange{from, min(from+width-1, last)})
	}
	all[0].from, all[len(all)-1].to = 0, 1<<62 // whatever is stored meanwhile
	return all, nil
}

// within narrows a selection to a part of the index.
func (s *selection) within(part rowRange) *selection {
	narrowed := &selection{s.from, append([]string(nil), s.where...), append([]any(nil), s.args...), s.byRow}
	if part != (rowRange{}) {
		narrowed.add("search.rowid BETWEEN ? AND ?", part.from, part.to)
	}
	return narrowed
}
