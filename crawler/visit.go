package crawler

import (
	"context"
	"time"

	"zhaowen/config"
)

// visit is what one fetch carries through the transport, over all its redirects and tries. It belongs to one goroutine at a time.
type visit struct {
	crawl     config.Crawl
	userAgent string
	starting  context.Context // no request starts, and no wait goes on, once it is done; a request under way lives as long as its own context
	left      time.Duration   // of the timeout, for the redirects to come

	cutBody bool       // robots.txt: a longer body is cut off instead of refused
	told    crawlDelay // by robots.txt of the present hop

	contentType string // of the last answer, as served
	unarchived  error  // why an exchange is not in the archive
}

type visitKey struct{}

func (v *visit) in(ctx context.Context) context.Context {
	return context.WithValue(ctx, visitKey{}, v)
}

// visitOf returns the visit that a request belongs to.
func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	return v
}
