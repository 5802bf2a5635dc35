package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/mattn/go-sqlite3"
)

// Both are set by the Makefile with -ldflags "-X main.version=… -X main.commit=…".
var (
	version = "development"
	commit  = ""
)

type versionCommand struct{}

func (versionCommand) Help() string { return "Example:\n\n    crawl version" }

func (versionCommand) Run(in *invocation) error {
	sqlite, _, _ := sqlite3.Version()
	_, err := fmt.Fprintf(in.Stdout, "zhaowen %s\ncommit  %s\nGo      %s %s/%s\nSQLite  %s\n",
		version, builtFrom(), runtime.Version(), runtime.GOOS, runtime.GOARCH, sqlite)
	return err
}

// builtFrom is the commit that the binary was built from: as the Makefile says, else as the Go tool noted it.
func builtFrom() string {
	if commit != "" {
		return commit
	}
	revision, modified := "unknown", ""
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return revision
	}
	for _, s := range build.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = " (modified)"
		}
	}
	return revision + modified
}
