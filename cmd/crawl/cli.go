package main

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/kong"
)

// commandLine is the grammar of the command line: the global flags and one field a command.
type commandLine struct {
	globals

	Run     runCommand     `cmd:"" default:"withargs" help:"Crawl: as a daemon that keeps every source on its schedule, or once. The default command."`
	Demo    demoCommand    `cmd:"" help:"Show the main job on an embedded site and dumps, offline, into demo.db."`
	Ingest  ingestCommand  `cmd:"" help:"Store the articles of text dumps, saved pages and WARC files."`
	Check   checkCommand   `cmd:"" help:"Show how a page or file is read; store nothing."`
	Search  searchCommand  `cmd:"" help:"Search the stored articles, newest first."`
	Export  exportCommand  `cmd:"" help:"Write the stored articles as CSV, JSON lines or an Excel file."`
	Sources sourcesCommand `cmd:"" help:"Show how each source does."`
	Runs    runsCommand    `cmd:"" help:"Show the last runs."`
	Stats   statsCommand   `cmd:"" help:"Show what the database holds."`
	Config  configCommand  `cmd:"" help:"Check, describe or begin a configuration."`
	Backup  backupCommand  `cmd:"" help:"Write a consistent copy of the database, also while the daemon runs."`
	Reparse reparseCommand `cmd:"" help:"Read the archived pages again with the parser of this version."`
	Health  healthCommand  `cmd:"" help:"Tell by the exit code whether the daemon is well (for HEALTHCHECK)."`
	Version versionCommand `cmd:"" help:"Print the versions of the program, Go and SQLite."`
}

// globals are the flags that every command takes.
type globals struct {
	ConfigFile string `name:"config" placeholder:"FILE" help:"Configuration (default: zhaowen.yaml here, else the built-in defaults)."`
	DB         string `name:"db" placeholder:"FILE" help:"Database file; stands over the configuration."`
	LogLevel   string `placeholder:"LEVEL" enum:",debug,info,warn,error" default:"" help:"Log from this level: debug, info, warn or error (default: info for the daemon, else warn)."`
	LogFormat  string `placeholder:"FORMAT" enum:"text,json" default:"text" help:"Log as text or json."`
}

const description = `Zhaowen crawls Chinese investment-promotion news into one SQLite file, recognises what it has already stored and what is a reprint.

Examples:

    crawl demo                            a first look: offline, in seconds
    crawl check https://example.gov.cn/   how a page would be read
    crawl --once                          one pass over all sources
    crawl                                 the daemon
    crawl search 签约                     what was found

Exit codes: 0 all went well; 1 nothing could be done; 2 wrong usage; 3 done, but at least one source or file failed.`

// parser builds the grammar. The returned flag tells whether the parser asked to exit because it has printed the help.
func (m *Main) parser(ctx context.Context) (*kong.Kong, *bool, error) {
	cli := &commandLine{}
	exited := new(bool)
	p, err := kong.New(cli,
		kong.Name("crawl"),
		kong.Description(description),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 110}),
		kong.Writers(m.Stdout, m.Stderr),
		kong.Exit(func(int) { *exited = true }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&invocation{Main: m, globals: &cli.globals}),
	)
	return p, exited, err
}

// wordsNotFlags writes the minus of an argument such as -洛阳 in full width, which a search reads alike: all flags are ASCII, and the parser of the command line
// takes every minus for that of a flag.
func wordsNotFlags(args []string) []string {
	out := slices.Clone(args)
	for i, arg := range args {
		if rest, ok := strings.CutPrefix(arg, "-"); ok && rest != "" && (rest[0] >= utf8.RuneSelf || rest[0] == '"') {
			out[i] = "－" + rest
		}
	}
	return out
}
