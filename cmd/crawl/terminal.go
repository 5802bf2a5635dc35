package main

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// widthElsewhere is the width, in columns, of output that goes to no terminal: as wide as the text.
const widthElsewhere = 0

// isTerminal tells whether a writer or reader is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colours tells whether a stream is to be written in colours: a terminal that NO_COLOR (https://no-color.org) does not forbid.
func colours(w io.Writer, env func(string) string) bool {
	return env("NO_COLOR") == "" && env("TERM") != "dumb" && isTerminal(w)
}

// width returns the columns of a terminal; widthElsewhere means that nothing need be cut. COLUMNS stands over what the terminal says.
func width(w io.Writer, env func(string) string) int {
	if n, err := strconv.Atoi(env("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return n
		}
	}
	return widthElsewhere
}
