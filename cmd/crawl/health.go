package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strconv"
	"time"

	"zhaowen/storage"
)

// The daemon touches the heartbeat file beside the database this often, and counts as gone when it has not for heartbeatMost.
const (
	heartbeatEvery = 10 * time.Second
	heartbeatMost  = 45 * time.Second
)

type healthCommand struct{}

func (healthCommand) Help() string {
	return `Exits with 0 when the database opens and the daemon that writes it was active within the last 45 seconds, with 1 when not. The daemon shows its activity by the file DATABASE.alive.

Examples:

    crawl health --db /data/zhaowen.db
    HEALTHCHECK CMD ["/crawl", "health"]`
}

func (healthCommand) Run(ctx context.Context, in *invocation) error {
	db, cfg, err := in.openForReading(ctx)
	if err != nil {
		return err
	}
	defer in.close(db)
	stat, err := os.Stat(heartbeatFile(cfg.Database))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no daemon works on %s: start one with crawl", cfg.Database)
	}
	if err != nil {
		return fmt.Errorf("look for the daemon of %s: %w", cfg.Database, err)
	}
	if quiet := in.Now().Sub(stat.ModTime()); quiet > heartbeatMost {
		return fmt.Errorf("the daemon of %s was last active %s ago: look at its log and restart it", cfg.Database, took(quiet))
	}
	_, err = fmt.Fprintln(in.Stdout, "ok")
	return err
}

func heartbeatFile(database string) string { return database + ".alive" }

// beat touches the heartbeat file as long as the database can be written, until ctx ends; then it removes it.
func beat(ctx context.Context, db *storage.DB, database string, log *slog.Logger) {
	path := heartbeatFile(database)
	defer func() { _ = os.Remove(path) }()
	ticker := time.NewTicker(heartbeatEvery)
	defer ticker.Stop()
	for {
		err := db.Writable(ctx)
		if err == nil {
			err = os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o644)
		}
		if err != nil && ctx.Err() == nil {
			log.Error("no heartbeat", "file", path, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
