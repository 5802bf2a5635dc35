package crawler

import (
	"context"
	"fmt"
)

// begun returns the sources over which a pass was made already. A pass that was interrupted does not count.
func (w *Worker) begun(ctx context.Context) (map[string]bool, error) {
	rows, err := w.options.DB.Sources(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the sources: %w", err)
	}
	ids := map[string]bool{}
	for _, r := range rows {
		ids[r.ID] = r.LastRunAt != nil
	}
	return ids, nil
}
