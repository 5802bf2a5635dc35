package main

import (
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/lmittmann/tint"
)

// silent is above all levels: nothing is logged unless --log-level asks for it.
const silent = slog.LevelError + 4

// logger builds the log: JSON lines, or text that is coloured on a terminal. fallback is the level where --log-level is not given;
// hide takes out what must not be told.
func (g *globals) logger(w io.Writer, env func(string) string, fallback slog.Level, hide func(string) string) *slog.Logger {
	level := fallback
	if g.LogLevel != "" {
		_ = level.UnmarshalText([]byte(g.LogLevel)) // the grammar admits level names alone
	}
	if g.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: hiding(hide)}))
	}
	terminal := w // what stands behind the progress bars
	options := &tint.Options{Level: level, TimeFormat: time.RFC3339, NoColor: true, ReplaceAttr: hiding(hide)}
	if p, ok := w.(*progress); ok {
		terminal = p.out
	}
	if isTerminal(terminal) {
		options.TimeFormat, options.NoColor = time.TimeOnly, !colours(terminal, env)
	}
	return slog.New(tint.NewTextHandler(w, options))
}

// hiding hides secrets in messages, texts, errors and whatever else is written as text.
func hiding(hide func(string) string) func([]string, slog.Attr) slog.Attr {
	return func(_ []string, a slog.Attr) slog.Attr {
		switch a.Value.Kind() {
		case slog.KindString:
			a.Value = slog.StringValue(hide(a.Value.String()))
		case slog.KindAny:
			text := fmt.Sprint(a.Value.Any())
			if hidden := hide(text); hidden != text {
				a.Value = slog.StringValue(hidden)
			}
		}
		return a
	}
}
