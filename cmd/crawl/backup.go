package main

import (
	"context"
	"fmt"
	"os"
)

type backupCommand struct {
	File string `arg:"" name:"file" help:"File to write; it must not exist yet."`
}

func (backupCommand) Help() string {
	return "The copy is consistent, also while the daemon writes.\n\nExample:\n\n    crawl backup zhaowen-$(date +%F).db"
}

func (c backupCommand) Run(ctx context.Context, in *invocation) error {
	db, cfg, err := in.openForReading(ctx)
	if err != nil {
		return err
	}
	defer in.close(db)
	if err := db.Backup(ctx, c.File); err != nil {
		return err
	}
	stat, err := os.Stat(c.File)
	if err != nil {
		return fmt.Errorf("look at the copy: %w", err)
	}
	_, err = fmt.Fprintf(in.Stdout, "%s: copied to %s, %s\n", cfg.Database, c.File, size(stat.Size()))
	return err
}
