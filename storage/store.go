package storage

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"
)

const (
	// mostTogether is how many outcomes are written in one transaction at most.
	mostTogether = 64
	// company is how many outcomes a transaction had whose successor waits for as many as enough, for gathering at most: of a hundred pages that are read at once, the
	// next ones come within that time, and a transaction costs about as much as five of its outcomes.
	company   = 4
	enough    = 16
	gathering = 5 * time.Millisecond
)

// request is an outcome that waits to be stored, and what became of it once done is closed.
type request struct {
	ctx      context.Context //nolint:containedctx // of who waits
	prepared Prepared
	done     chan struct{}
	recorded Recorded
	err      error
}

// queue holds what waits to be stored.
type queue struct {
	mu      sync.Mutex
	waiting []*request
	many    chan struct{} // holds a token once enough wait
}

func (q *queue) push(r *request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, r)
	if len(q.waiting) >= enough {
		select {
		case q.many <- struct{}{}:
		default:
		}
	}
}

// gather returns when enough wait, or the time for it is over.
func (q *queue) gather() {
	timer := time.NewTimer(gathering)
	defer timer.Stop()
	select {
	case <-q.many:
	case <-timer.C:
	}
}

// take takes off those that have waited longest.
func (q *queue) take() []*request {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(len(q.waiting), mostTogether)
	taken := q.waiting[:n:n]
	q.waiting = q.waiting[n:]
	select {
	case <-q.many:
	default:
	}
	return taken
}

// Store writes an Outcome; when it returns without an error, it is in the file. Outcomes that come while another is being written wait for it and are then written in one
// transaction by whoever waited first, so that many small ones cost little more than a few. An error in one is no other's: after an error nothing of an Outcome is stored.
func (db *DB) Store(ctx context.Context, p Prepared) (Recorded, error) {
	if db.writer == nil {
		return Recorded{}, fmt.Errorf("database %s: %w: opened for reading alone", db.path, ErrReadOnly)
	}
	own := &request{ctx: ctx, prepared: p, done: make(chan struct{})}
	db.queue.push(own)
	for {
		select {
		case <-own.done:
			return own.recorded, own.err
		case db.write <- struct{}{}:
			db.storeWaiting(context.WithoutCancel(ctx)) // others wait for it too
			db.release()
		case <-ctx.Done(): // it may be in work already
			if db.withdraw(own) {
				return Recorded{}, fmt.Errorf("wait for the database %s: %w", db.path, ctx.Err())
			}
			<-own.done
		}
	}
}

// withdraw takes a request back; false: it is in work.
func (db *DB) withdraw(r *request) bool {
	db.queue.mu.Lock()
	defer db.queue.mu.Unlock()
	for i, other := range db.queue.waiting {
		if other == r {
			db.queue.waiting = append(db.queue.waiting[:i:i], db.queue.waiting[i+1:]...)
			return true
		}
	}
	return false
}

// storeWaiting stores what waits, in one transaction, or one by one where that fails. Who calls it has the right to write.
func (db *DB) storeWaiting(ctx context.Context) {
	if db.together >= company {
		db.queue.gather()
	}
	group := db.queue.take()
	db.together = len(group)
	if len(group) == 0 {
		return
	}
	if err := db.storeTogether(ctx, group); err != nil {
		for _, one := range group {
			if len(group) > 1 {
				err = db.storeTogether(ctx, []*request{one})
			}
			if err != nil {
				one.recorded, one.err = Recorded{}, err
			}
		}
	}
	if db.waiting.Load() >= mostRecent {
		if err := db.settlePrints(ctx); err != nil {
			group[0].err = err // what was to be stored is; the next one tries again
		}
	}
	for _, one := range group {
		close(one.done)
	}
}

// storeTogether stores outcomes in one transaction. It ends early when one of those who wait gives up.
func (db *DB) storeTogether(ctx context.Context, group []*request) error {
	var written []recentRow
	err := db.inTransaction(ctx, func(tx *sql.Tx) error {
		r := newRecorder(ctx, tx, db)
		for _, one := range group {
			r.begin(one.prepared)
			if err := r.exec(r.stmts.ensureSource, r.source); err != nil {
				return err
			}
			var err error
			if one.recorded, err = r.record(one.ctx, one.prepared.outcome, one.prepared.articles); err != nil { //nolint:contextcheck // of who waits for this one
				return err
			}
		}
		written = r.prints.written
		return r.writeIndex()
	})
	if err != nil {
		return err
	}
	db.recent.committed(written)
	db.waiting.Store(int64(len(db.recent.entries)))
	return nil
}
