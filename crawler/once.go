package crawler

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"zhaowen/config"
	"zhaowen/storage"
)

// ErrBusy is the error of a source of which a pass is under way.
var ErrBusy = errors.New("a pass over this source is under way")

// Once makes one pass over each source now, all at the same time as far as politeness to their hosts lets them. It returns one run a source, in their order, and
// the errors of the passes that could not be done, joined. When ctx is done it stops as Run does.
func (w *Worker) Once(ctx context.Context, sources []config.Source) ([]storage.Run, error) {
	hard, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	starting, stop := context.WithCancel(hard)
	defer stop()
	w.mu.Lock()
	cfg := w.config
	w.mu.Unlock()
	undo := context.AfterFunc(ctx, func() {
		stop()
		time.AfterFunc(cfg.ShutdownTimeout, abandon)
	})
	defer undo()
	if err := w.sync(starting, withSources(cfg, sources)); err != nil {
		return nil, err
	}

	runs, errs := make([]storage.Run, len(sources)), make([]error, len(sources))
	var passes sync.WaitGroup
	for i, src := range sources {
		passes.Go(func() { runs[i], errs[i] = w.oncePass(hard, starting, src) })
	}
	passes.Wait()
	w.current().Close()
	return runs, errors.Join(errs...)
}

// withSources returns a configuration that holds these sources too; they need not be configured.
func withSources(cfg *config.Config, sources []config.Source) *config.Config {
	all := *cfg
	all.Sources = slices.Clone(cfg.Sources)
	for _, src := range sources {
		if !slices.ContainsFunc(all.Sources, func(s config.Source) bool { return s.ID == src.ID }) {
			all.Sources = append(all.Sources, src)
		}
	}
	return &all
}

func (w *Worker) oncePass(hard, starting context.Context, src config.Source) (run storage.Run, err error) {
	if !w.enter(src.ID) {
		return storage.Run{SourceID: src.ID, Status: statusFailed, Err: ErrBusy.Error()}, fmt.Errorf("source %s: %w", src.ID, ErrBusy)
	}
	defer w.leave(src.ID)
	defer func() {
		if r := recover(); r != nil {
			w.log.Error("panic", "source", src.ID, "panic", r)
			run, err = storage.Run{SourceID: src.ID, Status: statusFailed}, fmt.Errorf("source %s: %w", src.ID, &PanicError{Value: r})
		}
	}()
	return w.inSlot(hard, starting, w.current(), src)
}
