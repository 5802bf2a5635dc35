package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"
)

// Observation is what a pass saw of a source's pages. A pass whose list page had not changed (304) saw no list.
type Observation struct {
	List     bool // the source's own page was read
	Rows     int  // rows of it: links, or articles with their texts
	Dated    int  // of these, with a date
	Articles int  // article pages read
	Chars    int  // characters of their bodies, in all
	Failed   int  // article pages that failed
}

// usual is what a source's pages are like: means in which the latest pass counts for a fifth. NULL: not known.
type usual struct {
	rows, dated, chars, failed sql.NullFloat64
	passes                     int // that saw something and were not off
	offPasses                  int // in a row that were
}

const (
	learnRate  = 0.2 // weight of the latest pass
	trustAfter = 2   // passes before anything counts as far off
	yieldAfter = 5   // passes in a row that are off: the new look is the usual one from then on
	sampleSize = 3   // articles, and rows, below which shares and means say nothing
)

// off tells in words in what an observation is far off what is usual; empty: in nothing.
func (u usual) off(o Observation) string {
	if u.passes < trustAfter {
		return ""
	}
	var reasons []string
	rows, dated := float64(o.Rows), share(o.Dated, o.Rows)
	if o.List && u.rows.Valid && (rows < 0.4*u.rows.Float64 && u.rows.Float64-rows >= sampleSize || rows > 3*u.rows.Float64+10) {
		reasons = append(reasons, fmt.Sprintf("%d rows on its list page, usually %.0f", o.Rows, u.rows.Float64))
	}
	if o.List && o.Rows >= sampleSize && u.dated.Valid && u.dated.Float64-dated > 0.4 {
		reasons = append(reasons, fmt.Sprintf("%.0f %% of its rows have a date, usually %.0f %%", 100*dated, 100*u.dated.Float64))
	}
	if chars := mean(o.Chars, o.Articles); o.Articles >= sampleSize && u.chars.Valid && (chars < 0.35*u.chars.Float64 || chars > 4*u.chars.Float64+200) {
		reasons = append(reasons, fmt.Sprintf("%.0f characters an article, usually %.0f", chars, u.chars.Float64))
	}
	if tried := o.Articles + o.Failed; tried >= sampleSize && u.failed.Valid && share(o.Failed, tried)-u.failed.Float64 > 0.5 {
		reasons = append(reasons, fmt.Sprintf("%.0f %% of its articles failed, usually %.0f %%", 100*share(o.Failed, tried), 100*u.failed.Float64))
	}
	return strings.Join(reasons, "; ")
}

// learn takes an observation into the means.
func (u *usual) learn(o Observation) {
	if o.List {
		blend(&u.rows, float64(o.Rows))
		if o.Rows > 0 {
			blend(&u.dated, share(o.Dated, o.Rows))
		}
	}
	if o.Articles > 0 {
		blend(&u.chars, mean(o.Chars, o.Articles))
	}
	if tried := o.Articles + o.Failed; tried > 0 {
		blend(&u.failed, share(o.Failed, tried))
	}
	u.passes++
}

func blend(m *sql.NullFloat64, value float64) {
	if m.Valid {
		value = (1-learnRate)*m.Float64 + learnRate*value
	}
	*m = sql.NullFloat64{Float64: math.Round(value*1000) / 1000, Valid: true}
}

func share(n, of int) float64 { return mean(n, of) }

func mean(sum, n int) float64 {
	if n == 0 {
		return 0
	}
	return float64(sum) / float64(n)
}

// judge compares a pass with what is usual of its source, and keeps the verdict: the state "changed" with the reason, until a pass is as usual again. What is
// far off is not learnt from, unless it stays: then it is the usual look.
func judge(ctx context.Context, tx *sql.Tx, sourceID string, o Observation) error {
	if o == (Observation{}) {
		return nil
	}
	var u usual
	err := tx.QueryRowContext(ctx, `SELECT usual_rows, usual_dated, usual_chars, usual_failed, observed_passes, off_passes FROM sources WHERE id = ?`, sourceID).
		Scan(&u.rows, &u.dated, &u.chars, &u.failed, &u.passes, &u.offPasses)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	reason := u.off(o)
	switch {
	case reason == "":
		u.learn(o)
		u.offPasses = 0
	case u.offPasses+1 >= yieldAfter:
		u = usual{}
		u.learn(o)
		reason = ""
	default:
		u.offPasses++
	}
	_, err = tx.ExecContext(ctx, `UPDATE sources SET usual_rows = ?2, usual_dated = ?3, usual_chars = ?4, usual_failed = ?5, observed_passes = ?6, off_passes = ?7, changed_reason = ?8,
		state = CASE WHEN state IN ('removed', 'failing') THEN state WHEN ?8 IS NOT NULL THEN 'changed' ELSE 'active' END WHERE id = ?1`,
		sourceID, u.rows, u.dated, u.chars, u.failed, u.passes, u.offPasses, orNull(reason))
	return err
}

// Changed tells in words in what the last pass of a source was far off what is usual; empty: in nothing.
func (db *DB) Changed(ctx context.Context, sourceID string) (reason string, err error) {
	err = db.reader.QueryRowContext(ctx, "SELECT coalesce(changed_reason, '') FROM sources WHERE id = ?", sourceID).Scan(&reason)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return reason, explain(db.path, err)
}
