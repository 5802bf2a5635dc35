package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Host is what is remembered of a host for the sake of politeness.
type Host struct {
	Name    string        // in lower case, without a port
	Delay   time.Duration // between two requests, as its 429 and 503 have made it; 0: nothing but what is configured
	Latency time.Duration // its response time, smoothed
	Until   time.Time     // no request before, by its Retry-After; zero: none
}

// Host returns what is remembered of a host; false: nothing.
func (db *DB) Host(ctx context.Context, name string) (Host, bool, error) {
	h := Host{Name: name}
	var delay, latency int64
	var until *string
	err := db.reader.QueryRowContext(ctx, "SELECT delay_ms, latency_ms, hold_until FROM hosts WHERE host = ?", name).Scan(&delay, &latency, &until)
	if errors.Is(err, sql.ErrNoRows) {
		return h, false, nil
	}
	if err != nil {
		return h, false, explain(db.path, err)
	}
	h.Delay, h.Latency, h.Until = time.Duration(delay)*time.Millisecond, time.Duration(latency)*time.Millisecond, parseStamp(until)
	return h, true, nil
}

// SaveHosts remembers hosts, in one transaction.
func (db *DB) SaveHosts(ctx context.Context, hosts []Host, now time.Time) error {
	if len(hosts) == 0 {
		return nil
	}
	return db.transact(ctx, func(tx *sql.Tx) error {
		for _, h := range hosts {
			var until any
			if h.Until.After(now) {
				until = stamp(h.Until.Add(time.Second - 1)) // never earlier than asked for
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO hosts (host, delay_ms, latency_ms, hold_until, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)
				ON CONFLICT (host) DO UPDATE SET delay_ms = ?2, latency_ms = ?3, hold_until = ?4, changed_at = ?5`,
				h.Name, h.Delay.Milliseconds(), h.Latency.Milliseconds(), until, stamp(now))
			if err != nil {
				return fmt.Errorf("remember host %s: %w", h.Name, err)
			}
		}
		return nil
	})
}

// RobotsFile is a robots.txt as it was read.
type RobotsFile struct {
	Origin  string // scheme, host and port
	Status  int    // HTTP status it was served with
	Body    []byte
	Expires time.Time
}

// RobotsFile returns the robots.txt that is remembered of an origin; false: none.
func (db *DB) RobotsFile(ctx context.Context, origin string) (RobotsFile, bool, error) {
	f := RobotsFile{Origin: origin}
	var expires string
	err := db.reader.QueryRowContext(ctx, "SELECT status, body, expires_at FROM robots WHERE origin = ?", origin).Scan(&f.Status, &f.Body, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return f, false, nil
	}
	f.Expires = parseStamp(&expires)
	return f, err == nil, explain(db.path, err)
}

// SaveRobotsFile remembers a robots.txt.
func (db *DB) SaveRobotsFile(ctx context.Context, f RobotsFile) error {
	if f.Body == nil {
		f.Body = []byte{} // NULL otherwise
	}
	return db.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO robots (origin, status, body, expires_at) VALUES (?1, ?2, ?3, ?4)
			ON CONFLICT (origin) DO UPDATE SET status = ?2, body = ?3, expires_at = ?4`, f.Origin, f.Status, f.Body, stamp(f.Expires))
		if err != nil {
			return fmt.Errorf("remember robots.txt of %s: %w", f.Origin, err)
		}
		return nil
	})
}

// parseStamp reads a moment of the file; the zero time for NULL and for what is none.
func parseStamp(s *string) time.Time {
	if s == nil {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, *s)
	if err != nil {
		return time.Time{}
	}
	return t
}
