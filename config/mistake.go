package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Error is one mistake in a configuration.
type Error struct {
	File    string
	Line    int // from 1
	Column  int // from 1, in characters
	Message string
}

// Error gives `file:line: message`.
func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message) }

// Errors are all mistakes of a configuration in the order of their lines.
type Errors []*Error

// Error gives one line a mistake.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, mistake := range e {
		lines[i] = mistake.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As reach the single mistakes.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i, mistake := range e {
		all[i] = mistake
	}
	return all
}

func (e Errors) sort() {
	slices.SortStableFunc(e, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// nearest returns the name that was probably meant by a mistyped one, empty when none is near: a third of its letters may differ.
func nearest(wrong string, names []string) string {
	wrong = strings.ToLower(strings.ReplaceAll(wrong, "-", "_"))
	best, least := "", max(1, min(len(wrong), 40)/3)+1
	for _, name := range names {
		if abs := len(name) - len(wrong); abs >= least || -abs >= least {
			continue
		}
		if distance := levenshtein.ComputeDistance(wrong, name); distance < least {
			best, least = name, distance
		}
	}
	return best
}
