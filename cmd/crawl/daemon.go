package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"zhaowen/config"
	"zhaowen/crawler"
)

// daemon keeps the sources on their schedules until ctx ends.
func daemon(ctx context.Context, in *invocation, options crawler.Options) error {
	log := in.logger(slog.LevelInfo)
	options.Log = log
	cfg := options.Config
	warnListen(log, cfg)
	worker := crawler.NewWorker(options)

	around, cancel := context.WithCancel(ctx)
	var company sync.WaitGroup
	defer company.Wait()
	defer cancel()
	company.Go(func() { beat(around, options.DB, cfg.Database, log) })
	company.Go(func() { reloadOnHangup(around, in, worker, cfg, log) })

	log.Info("daemon started", "version", version, "database", cfg.Database, "config", cfg.File, "sources", len(cfg.Sources))
	if err := worker.Run(ctx); err != nil {
		return err
	}
	log.Info("daemon stopped")
	return nil
}

// reloadOnHangup reads the configuration again on each SIGHUP. A wrong one is told of, and the old one stays.
func reloadOnHangup(ctx context.Context, in *invocation, worker *crawler.Worker, first *config.Config, log *slog.Logger) {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangup:
		}
		cfg, err := in.config()
		if err == nil {
			err = worker.Reload(ctx, cfg)
		}
		if err != nil {
			log.Error("configuration not reloaded; the old one stays", "error", oneLine(err.Error()))
			continue
		}
		if cfg.Database != first.Database {
			log.Warn("the database stays the same until a restart", "database", first.Database, "configured", cfg.Database)
		}
		if cfg.Archive != first.Archive {
			log.Warn("the archive stays the same until a restart", "archive", first.Archive, "configured", cfg.Archive)
		}
		warnListen(log, cfg)
		log.Info("configuration reloaded", "config", cfg.File, "sources", len(cfg.Sources))
	}
}

func warnListen(log *slog.Logger, cfg *config.Config) {
	if cfg.Listen != "" {
		log.Warn("listen is set, but this version serves no page yet", "listen", cfg.Listen)
	}
}
