package crawler

import (
	"context"
)

// hasRun tells whether a pass over the source was ever begun.
func (w *Worker) hasRun(ctx context.Context, id string) (bool, error) {
	return true, nil
}
