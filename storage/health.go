package storage

import (
	"database/sql"
	"net/http"

	"zhaowen/parser"
)

const (
	// fewRows: a list page with less than this part of its usual rows looks as if the site had changed its layout.
	fewRows = 1.0 / 3
	// usualMemory is the weight of the earlier pages in the moving average of rows: about the last five count.
	usualMemory = 0.8
)

// judge compares the rows of a source's own list page with what is usual there. The source becomes "changed" when most of them are missing, and "active" again
// when they are back; while it is changed the usual number stays as it was. Later pages say nothing: the last one is short by nature.
func (r *recorder) judge(p PageFetch, rows int) error {
	if p.Kind == parser.KindArticle || p.Err != "" || p.Status != http.StatusOK {
		return nil
	}
	var url, state string
	var usual sql.NullFloat64
	if err := r.row(r.stmts.sourceUsual, r.source).Scan(&url, &state, &usual); err != nil {
		return err
	}
	if !samePage(url, p.URL) {
		return nil
	}
	state, usual.Float64 = verdict(state, usual, float64(rows))
	return r.exec(r.stmts.sourceJudged, r.source, state, usual.Float64)
}

func verdict(state string, usual sql.NullFloat64, rows float64) (string, float64) {
	switch {
	case !usual.Valid:
		return state, rows
	case rows < usual.Float64*fewRows:
		if state != "removed" {
			state = "changed"
		}
		return state, usual.Float64
	case state == "changed":
		state = "active"
	}
	return state, usual.Float64*usualMemory + rows*(1-usualMemory)
}

func samePage(a, b string) bool {
	keyA, errA := CanonicalURL(a)
	keyB, errB := CanonicalURL(b)
	return errA == nil && errB == nil && keyA == keyB
}
