package main

import (
	"io"
	"log/slog"
	"time"

	"github.com/lmittmann/tint"
)

// silent is above all levels: nothing is logged unless --log-level asks for it.
const silent = slog.LevelError + 4

// logger builds the log: JSON lines, or text that is coloured on a terminal. fallback is the level where --log-level is not given.
func (g *globals) logger(w io.Writer, env func(string) string, fallback slog.Level) *slog.Logger {
	level := fallback
	if g.LogLevel != "" {
		_ = level.UnmarshalText([]byte(g.LogLevel)) // the grammar admits level names alone
	}
	if g.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level}))
	}
	terminal := w // what stands behind the progress bars
	options := &tint.Options{Level: level, TimeFormat: time.RFC3339, NoColor: true}
	if p, ok := w.(*progress); ok {
		terminal = p.out
	}
	if isTerminal(terminal) {
		options.TimeFormat, options.NoColor = time.TimeOnly, !colours(terminal, env)
	}
	return slog.New(tint.NewTextHandler(w, options))
}
