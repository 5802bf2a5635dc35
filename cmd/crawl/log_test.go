package main

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

func TestLogHidesSecrets(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		m := &Main{Stderr: &out, Env: func(string) string { return "" }}
		in := &invocation{Main: m, globals: &globals{LogFormat: format}}
		log := in.logger(slog.LevelInfo)
		m.secrets.Add([]string{"hunter2"}) // a configuration that is read later
		log.With("with", "a hunter2").WithGroup("g").Info("message hunter2", "error", errors.New("e hunter2"), "list", []string{"hunter2"}, "n", 5)
		m.errorLine("line hunter2")
		in.note("note hunter2")
		if text := out.String(); strings.Contains(text, "hunter2") || strings.Count(text, "***") != 6 {
			t.Errorf("%s: %s", format, text)
		}
	}
}
