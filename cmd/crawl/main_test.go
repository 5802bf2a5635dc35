package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"
)

// brokenWriter is a stream that cannot be written to.
type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestRunTellsHowItsOutputEnded(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		code   int
		stderr string
	}{
		"the reader has seen enough": {fmt.Errorf("write |1: %w", syscall.EPIPE), exitOK, ""},
		"the disk is full":           {fmt.Errorf("write /dev/stdout: %w", syscall.ENOSPC), exitNothing, "crawl: write /dev/stdout: no space left on device\n"},
		"errors of several lines":    {errors.New("one\ntwo\r\nthree"), exitNothing, "crawl: one two three\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var stderr strings.Builder
			m := &Main{Stdin: strings.NewReader(""), Stdout: brokenWriter{c.err}, Stderr: &stderr, Env: func(string) string { return "" }, Now: time.Now}
			if code := m.Run(context.Background(), []string{"version"}); code != c.code || stderr.String() != c.stderr {
				t.Errorf("exit code %d, stderr %q; want %d, %q", code, stderr.String(), c.code, c.stderr)
			}
		})
	}
}
