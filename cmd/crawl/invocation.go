package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"

	"zhaowen/config"
	"zhaowen/storage"
)

// defaultConfigFile is read where it exists and --config names none.
const defaultConfigFile = "zhaowen.yaml"

// invocation is one run of a command: the outside and the global flags.
type invocation struct {
	*Main
	globals *globals
}

// logger gives the log on stderr; level is what the command logs from unless --log-level says otherwise.
func (in *invocation) logger(level slog.Level) *slog.Logger {
	return in.loggerTo(in.Stderr, level)
}

// loggerTo is a log on another writer; it shows no secret.
func (in *invocation) loggerTo(w io.Writer, level slog.Level) *slog.Logger {
	return in.globals.logger(w, in.Env, level, in.secrets.Hide)
}

// config loads the configuration that the flags ask for, with --db put over it.
func (in *invocation) config() (*config.Config, error) {
	c, err := in.loadConfig()
	if err != nil {
		return nil, err
	}
	in.secrets.Add(c.Secrets())
	if in.globals.DB != "" {
		c.Database = in.globals.DB
	}
	return c, nil
}

func (in *invocation) loadConfig() (*config.Config, error) {
	path := in.globals.ConfigFile
	if path == "" {
		if _, err := os.Stat(defaultConfigFile); errors.Is(err, fs.ErrNotExist) {
			return config.Default(), nil
		}
		path = defaultConfigFile
	}
	return config.Load(path)
}

// openForReading opens the database that the flags and the configuration name; it must exist.
func (in *invocation) openForReading(ctx context.Context) (*storage.DB, *config.Config, error) {
	c, err := in.config()
	if err != nil {
		return nil, nil, err
	}
	db, err := storage.OpenReadOnly(ctx, c.Database)
	return db, c, err
}

// openForWriting opens or creates the database.
func (in *invocation) openForWriting(ctx context.Context) (*storage.DB, *config.Config, error) {
	c, err := in.config()
	if err != nil {
		return nil, nil, err
	}
	db, err := storage.Open(ctx, c.Database)
	return db, c, err
}

// note tells something on stderr that is neither a result nor an error.
func (in *invocation) note(text string) { _, _ = fmt.Fprintln(in.Stderr, in.secrets.Hide(text)) } // where stderr is gone, nobody can be told

// close closes a database at the end of a command.
func (in *invocation) close(db *storage.DB) {
	if err := db.Close(); err != nil {
		in.errorLine(err.Error())
	}
}
