// Command crawl crawls Chinese investment-promotion news into one SQLite file: as a daemon, once, or from dumps and saved pages.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // the binary runs in an empty root

	"zhaowen/config"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal has its usual effect: it kills
	m := &Main{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Env: os.Getenv, Now: time.Now}
	os.Exit(m.Run(ctx, os.Args[1:]))
}

// Main is the program with all that it takes from outside, so that a test can start the whole of it in-process.
type Main struct {
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Env    func(string) string
	Now    func() time.Time

	secrets config.Mask // hides those of every configuration that was read
}

// Run runs one command line and returns its exit code. It prints what went wrong as one line on Stderr.
func (m *Main) Run(ctx context.Context, args []string) int {
	parser, exited, err := m.parser(ctx)
	if err != nil {
		return m.fail(err)
	}
	kctx, err := parser.Parse(wordsNotFlags(args))
	if *exited { // --help was printed; what the parser says of the rest does not matter
		return exitOK
	}
	if err != nil {
		return m.fail(usage(err))
	}
	return m.fail(kctx.Run())
}
