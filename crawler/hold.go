package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	maxHold     = 24 * time.Hour  // longest that a Retry-After holds a host
	longestWait = 5 * time.Minute // that a request waits for the end of a hold; of a longer one it fails
)

// HeldError says that a host has asked, by Retry-After, to be left alone for longer than a request waits. Nothing was sent.
type HeldError struct {
	Host  string
	Until time.Time
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("%s asks to be left alone until %s (Retry-After)", e.Host, e.Until.UTC().Format(time.RFC3339))
}

// sleep waits for d or until ctx is done.
func sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// retryAfter reads a Retry-After header in either form, seconds or an HTTP date (RFC 9110, 10.2.3), as at most maxHold; 0 where there is none.
func retryAfter(header string, now time.Time) time.Duration {
	header = strings.TrimSpace(header)
	seconds, err := strconv.ParseUint(header, 10, 64)
	if err == nil || errors.Is(err, strconv.ErrRange) { // one that is out of range is read as the largest
		return time.Duration(min(seconds, uint64(maxHold/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return min(max(at.Sub(now), 0), maxHold)
	}
	return 0
}
