package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"zhaowen/storage"
)

const (
	robotsIgnore   = "ignore"         // value of the key `robots`
	robotsLifetime = 24 * time.Hour   // RFC 9309, 2.4
	robotsNotNow   = 10 * time.Minute // how long a failure stands before robots.txt is asked for again
	maxRobots      = 500 << 10        // bytes that are read, as many as RFC 9309, 2.5 wants at least
	maxKeptRobots  = 64 << 10         // bytes that are kept in the database
	maxCrawlDelay  = time.Minute
)

// robots remembers what the robots.txt of each origin (scheme, host and port) says to the crawler.
type robots struct {
	db    *storage.DB // remembers them over restarts; nil: nothing does
	mu    sync.Mutex
	files map[robotsKey]*robotsFile
}

type robotsKey struct{ origin, agent string }

func newRobots() *robots { return &robots{files: map[robotsKey]*robotsFile{}} }

// robotsFile is what is known of one robots.txt. Whoever holds the gate fetches it, with its own context; the others wait for the gate and find it read.
type robotsFile struct {
	gate     chan struct{}
	recalled bool // the file was asked what it knows

	data    *robotsRules // nil: never read
	status  int          // that data was served with
	err     error        // of the last attempt
	expires time.Time    // of data, or of err
}

// rules returns the rules for the origin of u. It returns a *RobotsUnreachableError when they cannot be had now and no older copy is at hand (RFC 9309, 2.3.1.4
// and 2.4).
func (r *robots) rules(ctx context.Context, v *visit, u *url.URL, base http.RoundTripper) (*robotsRules, error) {
	f, err := r.file(ctx, v, u, base)
	if err != nil {
		return nil, err
	}
	return f.data, nil
}

// file returns a copy of what is known once it is up to date.
func (r *robots) file(ctx context.Context, v *visit, u *url.URL, base http.RoundTripper) (robotsFile, error) {
	origin := u.Scheme + "://" + strings.ToLower(u.Host)
	key := robotsKey{origin, agentToken(v.userAgent)}
	f := r.entry(key)
	select {
	case f.gate <- struct{}{}:
	case <-v.starting.Done():
		return robotsFile{}, context.Cause(v.starting)
	}
	defer func() { <-f.gate }()
	if !f.recalled {
		r.recall(ctx, key, f)
	}
	if time.Now().After(f.expires) {
		if err := r.refresh(ctx, f, v, key, base); err != nil {
			return robotsFile{}, err
		}
	}
	if f.data == nil {
		return robotsFile{}, &RobotsUnreachableError{Host: u.Host, Err: f.err}
	}
	return robotsFile{data: f.data, status: f.status}, nil
}

func (r *robots) entry(key robotsKey) *robotsFile {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.files[key]
	if f == nil {
		if len(r.files) >= manyHosts {
			clear(r.files) // asked for again; those in use go on with what they hold
		}
		f = &robotsFile{gate: make(chan struct{}, 1)}
		r.files[key] = f
	}
	return f
}

// recall takes in what earlier processes have read.
func (r *robots) recall(ctx context.Context, key robotsKey, f *robotsFile) {
	f.recalled = true
	if r.db == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), saveTimeout)
	defer cancel()
	known, found, err := r.db.RobotsFile(ctx, key.origin)
	if err == nil && found { // one that cannot be read here is asked for
		f.data, f.status, f.expires = parseRobots(known.Body, key.agent), known.Status, known.Expires
	}
}

// refresh asks for the file. An error is returned only for what says nothing about robots.txt: the end of the context, an address that is refused, a host that is held.
func (r *robots) refresh(ctx context.Context, f *robotsFile, v *visit, key robotsKey, base http.RoundTripper) error {
	body, status, err := fetchRobots(ctx, v, key.origin, base)
	var forbidden *ForbiddenAddressError
	var held *HeldError
	switch {
	case err == nil:
		f.data, f.status, f.err, f.expires = parseRobots(body, key.agent), status, nil, time.Now().Add(robotsLifetime)
		if r.db != nil && len(body) <= maxKeptRobots {
			_ = r.db.SaveRobotsFile(ctx, storage.RobotsFile{Origin: key.origin, Status: status, Body: body, Expires: f.expires}) // else it is asked for after a restart
		}
		return nil
	case ctx.Err() != nil, v.starting.Err() != nil, errors.As(err, &forbidden), errors.As(err, &held):
		return err
	}
	f.err, f.expires = err, time.Now().Add(robotsNotNow)
	return nil
}

// fetchRobots asks for one robots.txt with the politeness and the retries of a page. Any 4xx but 429 means that there are no rules; 5xx, 429 and no
// answer are errors.
func fetchRobots(ctx context.Context, v *visit, origin string, base http.RoundTripper) (body []byte, status int, err error) {
	own := &visit{crawl: v.crawl, userAgent: v.userAgent, starting: v.starting, cutBody: true}
	own.crawl.MaxBody = maxRobots
	req, err := http.NewRequestWithContext(own.in(ctx), http.MethodGet, origin+"/robots.txt", http.NoBody)
	if err != nil {
		return nil, 0, fmt.Errorf("robots.txt of %s: %w", origin, err)
	}
	req.Header.Set("User-Agent", v.userAgent)
	resp, err := (&http.Client{Transport: base, CheckRedirect: checkRedirect}).Do(req)
	var notPage *FileError
	if errors.As(err, &notPage) {
		return nil, http.StatusOK, nil // an image in its place holds no rules
	}
	if err != nil {
		return nil, 0, plain(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 400 && resp.StatusCode < 500 {
		return nil, resp.StatusCode, nil
	}
	if !bringsPage(resp.StatusCode, resp.Header) {
		return nil, 0, &StatusError{Status: resp.StatusCode}
	}
	body, err = readBody(resp.Body, "", maxRobots, true)
	if err != nil {
		return nil, 0, err
	}
	return body, resp.StatusCode, nil
}
