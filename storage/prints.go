package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"
)

// prints are the fingerprints of what is stored, as one transaction sees them: those that are settled, those that wait to be moved there, and its own.
type prints struct {
	db      *DB
	settled map[uint32][]int64 // what was settled at the time of settles
	settles int64
	current bool // what waits has been read
	fresh   recentPrints
	written []recentRow
}

// printsSettled gives, for each of a JSON array of fingerprints that the settled tables have, the articles.
const printsSettled = `WITH found AS MATERIALIZED (SELECT j.value, (SELECT group_concat(article_id) FROM
	(SELECT article_id FROM fingerprints WHERE hash = j.value UNION ALL SELECT article_id FROM fingerprints_middle WHERE hash = j.value)) AS ids FROM json_each(?) j)
	SELECT value, ids FROM found WHERE ids IS NOT NULL`

// inOrder sorts fingerprints, so that near ones are found on one page.
func inOrder(prints []uint32) []uint32 { return slices.Compact(slices.Sorted(slices.Values(prints))) }

// lookUpPrints asks the settled tables for fingerprints in order.
func lookUpPrints(sorted []uint32, query func(list string) (*sql.Rows, error)) (map[uint32][]int64, error) {
	if len(sorted) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(sorted)
	if err != nil {
		return nil, err
	}
	rows, err := query(string(list))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[uint32][]int64{}
	for rows.Next() {
		var print uint32
		var ids string
		if err := rows.Scan(&print, &ids); err != nil {
			return nil, err
		}
		for text := range strings.SplitSeq(ids, ",") {
			id, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return nil, err
			}
			found[print] = append(found[print], id)
		}
	}
	return found, rows.Err()
}

// settledPrints asks the settled tables on behalf of who prepares. In a large table nearly each fingerprint is on a page of its own, that may have to come from the disk:
// several readers wait for those at once, each for a range of its own.
func (db *DB) settledPrints(ctx context.Context, prints []uint32) (map[uint32][]int64, error) {
	if db.unsettled && db.settles.Load() == 0 {
		return nil, nil
	}
	prints = inOrder(prints)
	query := func(list string) (*sql.Rows, error) { return db.reader.QueryContext(ctx, printsSettled, list) }
	if !db.large.Load() {
		return lookUpPrints(prints, query)
	}
	parts := make([]map[uint32][]int64, mostReaders)
	group, ctx := errgroup.WithContext(ctx)
	each := (len(prints) + len(parts) - 1) / len(parts)
	for i, part := range slices.Collect(slices.Chunk(prints, max(each, 1))) {
		group.Go(func() (err error) {
			parts[i], err = lookUpPrints(part, query)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	found := map[uint32][]int64{}
	for _, part := range parts {
		maps.Copy(found, part)
	}
	return found, nil
}

// refresh makes sure that the fingerprints asked for are known: it reads what waits, and looks into the settled tables where these have grown since.
func (p *prints) refresh(r *recorder, asked []uint32) error {
	if !p.current {
		knew := p.db.recent.first != 0
		settled, err := p.db.recent.refresh(r)
		if err != nil {
			return err
		}
		if !knew && p.db.unsettled && p.db.settles.Load() == 0 { // whatever another process has moved on before this one knew of any
			if err := r.row(r.stmts.anySettled).Scan(&settled); err != nil {
				return err
			}
		}
		if settled {
			p.db.settles.Add(1)
		}
		p.current = true
	}
	if len(asked) == 0 || p.settles == p.db.settles.Load() {
		return nil
	}
	return p.lookUp(r, asked)
}

// lookUp looks into the settled tables for these fingerprints.
func (p *prints) lookUp(r *recorder, asked []uint32) (err error) {
	p.settled, err = lookUpPrints(inOrder(asked), func(list string) (*sql.Rows, error) { return r.rows(r.stmts.printsSettled, list) })
	return err
}

// of gives the articles that have a fingerprint.
func (p *prints) of(print uint32) []int64 {
	articles := slices.Clip(p.settled[print])
	articles = p.db.recent.of(print, articles)
	return p.fresh.of(print, articles)
}

// wrote notes a row that the transaction has written.
func (p *prints) wrote(row recentRow) {
	p.written = append(p.written, row)
	p.fresh.add(row.article, row.prints)
}
