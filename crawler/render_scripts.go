package crawler

import (
	"context"
	"net/http"
	"sync"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
)

// scripts are the scripts that the pages of one pass have in common: each is fetched once a pass, not once a page.
type scripts struct {
	mu   sync.Mutex
	kept map[string]fetch.FulfillRequestParams
	left int64 // bytes that may still be kept
}

func newScripts(most int64) *scripts {
	return &scripts{kept: map[string]fetch.FulfillRequestParams{}, left: most}
}

// answer gives what was kept of a script; all else is asked for.
func (s *scripts) answer(ctx context.Context, e fetch.EventRequestPaused, ask func(context.Context, fetch.EventRequestPaused) (fetch.FulfillRequestParams, error)) (fetch.FulfillRequestParams, error) {
	if e.ResourceType != network.ResourceTypeScript {
		return ask(ctx, e)
	}
	s.mu.Lock()
	answer, ok := s.kept[e.Request.URL]
	s.mu.Unlock()
	if ok {
		answer.RequestID = e.RequestID
		return answer, nil
	}
	answer, err := ask(ctx, e)
	if err != nil || answer.ResponseCode != http.StatusOK {
		return answer, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.kept[e.Request.URL]; !ok && s.left >= int64(len(answer.Body)) {
		s.kept[e.Request.URL] = answer
		s.left -= int64(len(answer.Body))
	}
	return answer, nil
}
