package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"

	"zhaowen/config"
)

// The exit codes, documented in DESIGN.md and in the help.
const (
	exitOK      = 0
	exitNothing = 1 // nothing could be done
	exitUsage   = 2 // wrong usage
	exitPartial = 3 // done, but at least one source or file failed
)

// Errors of commands that have told themselves what failed: nothing more is printed.
var (
	errPartial = errors.New("done in part")
	errNothing = errors.New("nothing could be done")
)

// usageError is a command line that cannot be carried out as it stands.
type usageError struct{ err error }

func (e *usageError) Unwrap() error { return e.err }

func (e *usageError) Error() string {
	message := strings.ReplaceAll(e.err.Error(), `one of "",`, "one of ") // an empty choice stands for the default
	return message + "; see crawl --help"
}

func usage(err error) error { return &usageError{err} }

// fail prints an error as one line and returns the exit code that goes with it.
func (m *Main) fail(err error) int {
	var (
		wrong    *usageError
		mistakes config.Errors
	)
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errPartial):
		return exitPartial
	case errors.Is(err, errNothing):
		return exitNothing
	case errors.Is(err, syscall.EPIPE): // the reader has seen enough: crawl export | head
		return exitOK
	case errors.Is(err, context.Canceled):
		m.errorLine("interrupted")
		return exitNothing
	case errors.As(err, &wrong):
		m.errorLine(err.Error())
		return exitUsage
	case errors.As(err, &mistakes):
		for _, mistake := range mistakes {
			m.errorLine(mistake.Error())
		}
		return exitNothing
	}
	m.errorLine(err.Error())
	return exitNothing
}

// errorLine prints a message as one line, whatever it holds.
func (m *Main) errorLine(message string) {
	_, _ = fmt.Fprintln(m.Stderr, "crawl: "+m.secrets.Hide(oneLine(message))) // where stderr is gone, nobody can be told
}

// oneLine joins the lines of a message, such as the excerpt of a YAML error.
func oneLine(message string) string {
	return strings.Join(strings.FieldsFunc(message, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
}
