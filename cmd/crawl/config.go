package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"zhaowen/config"
	"zhaowen/seeds"
)

type configCommand struct {
	Check  configCheckCommand  `cmd:"" help:"Check a configuration and print the next three runs of each source."`
	Schema configSchemaCommand `cmd:"" help:"Print the JSON Schema of the configuration, for editors."`
	Init   configInitCommand   `cmd:"" help:"Write a commented configuration to begin with."`
}

type configCheckCommand struct {
	File string `arg:"" optional:"" name:"file" help:"Configuration to check; default: the one that crawl would read."`
}

func (configCheckCommand) Help() string {
	return "Examples:\n\n    crawl config check\n    crawl config check new.yaml"
}

func (c configCheckCommand) Run(in *invocation) error {
	if c.File != "" {
		in.globals.ConfigFile = c.File
	}
	cfg, err := in.config()
	if err != nil {
		return err
	}
	if cfg.File == "" {
		return fmt.Errorf("no %s here: write one with crawl config init, or name another with --config", defaultConfigFile)
	}
	s := in.sheet()
	s.section(fmt.Sprintf("%s: well-formed, %s", cfg.File, plural(len(cfg.Sources), "source")))
	s.line("Database", cfg.Database)
	s.line("Time zone", cfg.Location.String())
	if len(cfg.Sources) > 0 {
		rows, err := nextRuns(cfg, in)
		if err != nil {
			return err
		}
		s.section("Next runs")
		s.table([]column{{name: "source"}, {name: "schedule"}, {name: "next runs"}, {name: "URL", flex: true}}, rows)
	}
	return s.show(in.Stdout)
}

// nextRuns are the rows of the table of sources with when each runs next.
func nextRuns(cfg *config.Config, in *invocation) ([][]string, error) {
	var rows [][]string
	for _, source := range cfg.Sources {
		if source.Disabled {
			rows = append(rows, []string{source.ID, source.Schedule, "disabled", source.URL})
			continue
		}
		if source.Schedule == config.Auto {
			rows = append(rows, []string{source.ID, source.Schedule, "as the column publishes, 15m to 24h apart", source.URL})
			continue
		}
		runs, err := source.NextRuns(in.Now(), cfg.Location, 3)
		if err != nil {
			return nil, err
		}
		var next []string
		for _, at := range runs {
			next = append(next, at.Format("Mon 01-02 15:04"))
		}
		rows = append(rows, []string{source.ID, source.Schedule, strings.Join(next, ", "), source.URL})
	}
	return rows, nil
}

type configSchemaCommand struct{}

func (configSchemaCommand) Help() string {
	return "Example:\n\n    crawl config schema > zhaowen.schema.json\n\nand as the first line of the configuration:\n\n    # yaml-language-server: $schema=zhaowen.schema.json"
}

func (configSchemaCommand) Run(in *invocation) error {
	schema, err := config.Schema()
	if err != nil {
		return err
	}
	_, err = in.Stdout.Write(schema)
	return err
}

type configInitCommand struct {
	File string `arg:"" optional:"" name:"file" default:"zhaowen.yaml" help:"File to write; it must not exist yet (default: zhaowen.yaml)."`
}

func (configInitCommand) Help() string {
	return "Examples:\n\n    crawl config init\n    crawl config init /etc/zhaowen.yaml"
}

func (c configInitCommand) Run(_ context.Context, in *invocation) error {
	starter, err := config.Starter(seeds.Sources())
	if err != nil {
		return err
	}
	f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists already: it is left as it is; name another file", c.File)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", c.File, pathCause(err))
	}
	_, err = f.Write(starter)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", c.File, err)
	}
	_, err = fmt.Fprintf(in.Stdout, "wrote %s: add your sources (crawl check URL --yaml prints an entry), then crawl config check and crawl --once\n", c.File)
	return err
}
