package crawler

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"zhaowen/ingest"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/remote"
)

const (
	quietTime     = 500 * time.Millisecond // without a request: the page is taken to be there
	longestRender = 10 * time.Minute       // of one page, with all that it waits for
)

// noWay is a proxy that does not exist: port 9 is discard. The browser asks nobody itself. All that Fetch does not pause, such as preconnects, workers and
// web sockets, ends there.
const noWay = "http://127.0.0.1:9"

// tamed takes from a page what goes round the proxy (WebRTC) or waits for a person.
const tamed = `for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "WebSocket"]) delete globalThis[name];
globalThis.alert = globalThis.print = () => {}; globalThis.confirm = () => false; globalThis.prompt = () => null; globalThis.open = () => null;`

// render lets the browser run the scripts of a page that was fetched, and gives the page as they have made it. The browser has no network: it is given the page,
// and what its scripts ask for comes through the transport of all fetches, with its guard of addresses, robots.txt, politeness and limits.
func (f *fetcher) render(ctx, starting context.Context, got ingest.Fetched) (ingest.Fetched, error) {
	if !looksLikeHTML(got) {
		return got, nil
	}
	r := f.newRendering(starting, got)
	limit, cancel := context.WithTimeoutCause(ctx, longestRender, &TimeoutError{longestRender})
	defer cancel()
	limit, stop := r.within(limit, f.source.Timeout)
	defer stop()
	rendered, err := f.renderWithin(limit, r)
	if err != nil {
		got.Body = nil
		if limit.Err() != nil {
			err = context.Cause(limit)
		}
		return got, fmt.Errorf("render %s: %w", got.URL, withoutSecrets(f.crawler.mask, err))
	}
	if r.unfinished != "" {
		f.crawler.options.Log.Warn("page read as it was by then", "source", f.source.ID, "url", got.URL, "reason", r.unfinished)
	}
	got.Body, got.ContentType, got.ETag, got.LastModified = []byte(rendered), "text/html; charset=utf-8", "", ""
	if err := f.crawler.keepRendered(got); err != nil {
		return got, fmt.Errorf("render %s: %w", got.URL, err)
	}
	return got, nil
}

func looksLikeHTML(got ingest.Fetched) bool {
	kind := strings.ToLower(got.ContentType)
	return kind == "" || strings.Contains(kind, "html")
}

// renderWithin opens a browsing context of its own, without cookies or a cache of others, and closes it at the end.
func (f *fetcher) renderWithin(ctx context.Context, r *rendering) (string, error) {
	address := f.crawler.options.Config.Browser
	if address == "" {
		return "", errors.New("no browser is configured")
	}
	allocated, release := remote.NewAllocator(ctx, address)
	defer release()
	connected, disconnect := chromedp.NewContext(allocated, chromedp.WithErrorf(quiet), chromedp.WithLogf(quiet))
	defer disconnect()
	if _, err := chromedp.Run(connected, nothing); err != nil {
		return "", fmt.Errorf("reach the browser at %s: %w", address, err)
	}
	private, leave := chromedp.NewContext(connected, chromedp.WithNewBrowserContext(func(p *target.CreateBrowserContextParams) {
		p.ProxyServer, p.ProxyBypassList = noWay, "<-loopback>"
	}))
	defer leave()
	return chromedp.Run(private, r.run)
}

// quiet drops what the library logs: it stands in the errors as well.
func quiet(string, ...any) {}

func nothing(context.Context, *chromedp.Target) (chromedp.Void, error) { return chromedp.Void{}, nil }

// run loads the page and returns its HTML when it has come to rest.
func (r *rendering) run(ctx context.Context, t *chromedp.Target) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer r.answers.Wait()
	defer cancel()
	paused := cdp.Events(ctx, t, fetch.RequestPaused)
	r.answers.Go(func() {
		for event, err := range paused {
			if err != nil {
				return
			}
			r.answers.Go(func() { r.answer(ctx, t, event) })
		}
	})
	if _, err := cdp.Call(ctx, t, fetch.Enable, fetch.EnableParams{}); err != nil {
		return "", fmt.Errorf("pause the requests: %w", err)
	}
	if _, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: tamed}); err != nil {
		return "", fmt.Errorf("prepare the page: %w", err)
	}
	if _, err := chromedp.Navigate(r.page.FinalURL)(ctx, t); err != nil {
		return "", err
	}
	if err := r.rest(ctx); err != nil {
		return "", err
	}
	return r.read(ctx, t)
}

// read takes the HTML, unless it is larger than a body may be.
func (r *rendering) read(ctx context.Context, t *chromedp.Target) (string, error) {
	most := r.fetcher.source.MaxBody
	chars, err := chromedp.Evaluate[int64]("document.documentElement.outerHTML.length")(ctx, t)
	if err != nil {
		return "", err
	}
	if chars > most {
		return "", &TooLargeError{most}
	}
	text, err := chromedp.Evaluate[string]("document.documentElement.outerHTML")(ctx, t)
	if err == nil && int64(len(text)) > most {
		err = &TooLargeError{most}
	}
	return text, err
}
