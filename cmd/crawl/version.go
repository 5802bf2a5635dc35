package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/mattn/go-sqlite3"
)

// version is set by the Makefile with -ldflags "-X main.version=…".
var version = "development"

type versionCommand struct{}

func (versionCommand) Help() string { return "Example:\n\n    crawl version" }

func (versionCommand) Run(in *invocation) error {
	sqlite, _, _ := sqlite3.Version()
	_, err := fmt.Fprintf(in.Stdout, "zhaowen %s\ncommit  %s\nGo      %s %s/%s\nSQLite  %s\n",
		version, commit(), runtime.Version(), runtime.GOOS, runtime.GOARCH, sqlite)
	return err
}

// commit is the commit that the binary was built from, as the Go tool noted it.
func commit() string {
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
