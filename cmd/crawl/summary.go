package main

import (
	"fmt"
	"slices"
	"time"

	"zhaowen/storage"
)

// passColumns are those of the table that sums up a pass.
var passColumns = []column{
	{name: "source", flex: true},
	{name: "listed", right: true},
	{name: "fetched", right: true},
	{name: "unchanged", right: true},
	{name: "new", right: true},
	{name: "updated", right: true},
	{name: "copies", right: true},
	{name: "reprints", right: true},
	{name: "failed", right: true},
	{name: "bytes", right: true},
	{name: "time", right: true},
	{name: "status"},
}

// passTable shows one run a line, and their sum where there is more than one.
func (s *sheet) passTable(runs []storage.Run) {
	cells := make([][]string, 0, len(runs)+1)
	for _, r := range runs {
		cells = append(cells, passCells(r))
	}
	if len(runs) > 1 {
		cells = append(cells, passCells(total(runs)))
	}
	columns := passColumns
	if tableWidth(columnWidths(columns, cells)) > s.width && s.width > 0 {
		columns, cells = withoutZeros(columns, cells)
	}
	s.table(columns, cells)
}

// withoutZeros leaves out the columns in which nothing happened.
func withoutZeros(columns []column, rows [][]string) ([]column, [][]string) {
	var (
		kept   []column
		narrow = make([][]string, len(rows))
	)
	for i, c := range columns {
		if !slices.ContainsFunc(rows, func(row []string) bool { return row[i] != "0" }) {
			continue
		}
		kept = append(kept, c)
		for j, row := range rows {
			narrow[j] = append(narrow[j], row[i])
		}
	}
	return kept, narrow
}

func passCells(r storage.Run) []string {
	return []string{
		r.SourceID, count(r.Listed), count(r.Fetched), count(r.NotModified), count(r.New), count(r.Updated), count(r.Copies), count(r.Reprints),
		count(r.Failed), size(r.Bytes), took(r.FinishedAt.Sub(r.StartedAt)), r.Status,
	}
}

// total adds runs up; its time is from the first start to the last end.
func total(runs []storage.Run) storage.Run {
	sum := storage.Run{SourceID: "total"}
	for _, r := range runs {
		sum.Listed += r.Listed
		sum.Fetched += r.Fetched
		sum.NotModified += r.NotModified
		sum.New += r.New
		sum.Updated += r.Updated
		sum.Copies += r.Copies
		sum.Reprints += r.Reprints
		sum.Failed += r.Failed
		sum.Bytes += r.Bytes
		if sum.StartedAt.IsZero() || r.StartedAt.Before(sum.StartedAt) {
			sum.StartedAt = r.StartedAt
		}
		if r.FinishedAt.After(sum.FinishedAt) {
			sum.FinishedAt = r.FinishedAt
		}
	}
	return sum
}

// runLine says in one line how a run ended, for output that is no terminal.
func runLine(r storage.Run) string {
	return fmt.Sprintf("%s: %s in %s: %d listed, %d new, %d updated, %d failed", r.SourceID, r.Status, took(r.FinishedAt.Sub(r.StartedAt).Round(time.Millisecond)),
		r.Listed, r.New, r.Updated, r.Failed)
}
