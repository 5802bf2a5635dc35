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
	"zhaowen/web"
)

// daemon keeps the sources on their schedules until ctx ends.
func daemon(ctx context.Context, in *invocation, options crawler.Options) error {
	log := in.logger(slog.LevelInfo)
	options.Log = log
	cfg := options.Config
	registry := web.NewRegistry(options.DB, version)
	options.Metrics = crawler.NewMetrics(registry)
	worker := crawler.NewWorker(options)
	server, err := listen(ctx, web.Options{Address: cfg.Listen, DB: options.DB, Gatherer: registry, Running: worker.Running, Log: log})
	if err != nil {
		return err
	}

	around, cancel := context.WithCancel(ctx)
	var company sync.WaitGroup
	defer company.Wait()
	defer cancel()
	company.Go(func() { beat(around, options.DB, cfg.Database, log) })
	company.Go(func() { reloadOnHangup(around, in, worker, cfg, log) })
	if server != nil {
		company.Go(func() {
			if err := server.Serve(around); err != nil {
				log.Error("metrics and health are not served any more", "listen", cfg.Listen, "error", err)
			}
		})
	}

	log.Info("daemon started", "version", version, "database", cfg.Database, "config", cfg.File, "sources", len(cfg.Sources))
	if err := worker.Run(ctx); err != nil {
		return err
	}
	log.Info("daemon stopped")
	return nil
}

// reloadOnHangup reads the configuration again on each SIGHUP. A wrong one is told of, and the old one stays.
func reloadOnHangup(ctx context.Context, in *invocation, worker *crawler.Worker, started *config.Config, log *slog.Logger) {
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
		if cfg.Database != started.Database {
			log.Warn("the database stays the same until a restart", "database", started.Database, "configured", cfg.Database)
		}
		if cfg.Listen != started.Listen {
			log.Warn("listen stays the same until a restart", "listen", started.Listen, "configured", cfg.Listen)
		}
		if cfg.Archive != started.Archive {
			log.Warn("the archive stays the same until a restart", "archive", started.Archive, "configured", cfg.Archive)
		}
		log.Info("configuration reloaded", "config", cfg.File, "sources", len(cfg.Sources))
	}
}

// listen takes the address for metrics and health, where one is configured.
func listen(ctx context.Context, o web.Options) (*web.Server, error) {
	if o.Address == "" {
		return nil, nil //nolint:nilnil // nothing is served then
	}
	server, err := web.Listen(ctx, o)
	if err != nil {
		return nil, err
	}
	o.Log.Info("metrics and health are served", "listen", server.Address(), "paths", "/metrics /healthz /readyz")
	return server, nil
}
