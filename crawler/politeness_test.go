package crawler

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"zhaowen/config"
)

// answers is a round tripper without a network, for bubbles of testing/synctest.
type answers func(req *http.Request) (*http.Response, error)

func (f answers) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func answer(status int, header http.Header, body string) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}
}

// offline is a crawler whose network is f.
func offline(f answers) *Crawler {
	c := New(Options{Config: local()})
	c.transport.tries.base = f
	return c
}

func polite(id, url string, delay time.Duration, concurrency int) config.Source {
	return config.Source{ID: id, URL: url, Crawl: config.Crawl{Delay: delay, Concurrency: concurrency, Timeout: time.Minute, MaxBody: 1 << 20, Robots: robotsIgnore}}
}

func TestPolitenessDelaysStartsOverAllSourcesOfAHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var starts []time.Time
		atOnce, most := 0, 0
		c := offline(func(*http.Request) (*http.Response, error) {
			mu.Lock()
			starts = append(starts, time.Now())
			atOnce++
			most = max(most, atOnce)
			mu.Unlock()
			time.Sleep(5 * time.Second)
			mu.Lock()
			atOnce--
			mu.Unlock()
			return answer(200, nil, "page"), nil
		})
		var wg sync.WaitGroup
		for i := range 10 {
			// The stricter delay of the one, and the stricter concurrency of the other, hold for both.
			src := polite("a", "http://one.test/a", time.Second, 2)
			if i%2 == 1 {
				src = polite("b", "https://ONE.test:8443/b", 2*time.Second, 3)
			}
			wg.Go(func() {
				if _, err := c.Fetch(t.Context(), src.URL, src); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if most > 3 {
			t.Errorf("%d requests at once", most)
		}
		for i := 1; i < len(starts); i++ {
			if gap := starts[i].Sub(starts[i-1]); gap < time.Second || i > 2 && gap < 2*time.Second {
				t.Errorf("request %d came %s after the one before", i, gap)
			}
		}
	})
}

func TestPolitenessKeepsHostsApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := offline(func(*http.Request) (*http.Response, error) { return answer(200, nil, "page"), nil })
		started := time.Now()
		for _, host := range []string{"a", "b", "c", "d"} {
			src := polite(host, "http://"+host+".test/", time.Minute, 1)
			if _, err := c.Fetch(t.Context(), src.URL, src); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(started); took > 0 {
			t.Errorf("four hosts took %s", took)
		}
	})
}

func TestPolitenessConcurrencyOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		busy := make(chan struct{}, 1)
		c := offline(func(*http.Request) (*http.Response, error) {
			select {
			case busy <- struct{}{}:
			default:
				t.Error("two requests at once")
			}
			time.Sleep(time.Second)
			<-busy
			return answer(200, nil, "page"), nil
		})
		var wg sync.WaitGroup
		for i := range 6 {
			src := polite(strconv.Itoa(i), "http://one.test/", 0, 1)
			wg.Go(func() { _, _ = c.Fetch(t.Context(), src.URL, src) })
		}
		wg.Wait()
	})
}

func TestPolitenessRelaxesAfterReload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := offline(func(*http.Request) (*http.Response, error) { return answer(200, nil, "page"), nil })
		fetch := func(c *Crawler, delay time.Duration) time.Duration {
			started := time.Now()
			src := polite("a", "http://one.test/", delay, 1)
			if _, err := c.Fetch(t.Context(), src.URL, src); err != nil {
				t.Fatal(err)
			}
			return time.Since(started)
		}
		fetch(c, time.Minute)
		if took := fetch(c, time.Second); took != time.Minute {
			t.Errorf("the strictest delay was not kept: %s", took)
		}
		time.Sleep(time.Minute)
		next := c.reconfigured(local())
		next.transport.tries.base = c.transport.tries.base
		fetch(next, time.Second)
		if took := fetch(next, time.Second); took != time.Second {
			t.Errorf("the delay after a reload is %s", took)
		}
	})
}

func TestRetryAfterHoldsTheHost(t *testing.T) {
	tests := map[string]struct {
		header func() string
		want   time.Duration
	}{
		"seconds": {func() string { return "30" }, 30 * time.Second},
		"date":    {func() string { return time.Now().Add(90 * time.Second).UTC().Format(http.TimeFormat) }, 90 * time.Second},
		"longest": {func() string { return "300" }, longestWait},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var mu sync.Mutex
				var starts []time.Time
				c := offline(func(*http.Request) (*http.Response, error) {
					mu.Lock()
					defer mu.Unlock()
					starts = append(starts, time.Now())
					if len(starts) == 1 {
						return answer(503, http.Header{"Retry-After": {tt.header()}}, ""), nil
					}
					return answer(200, nil, "page"), nil
				})
				var wg sync.WaitGroup
				for i := range 2 { // the one that was told, and another source of the host
					src := polite("a", "http://one.test/", time.Second, 1)
					src.Retries = 1
					wg.Go(func() {
						time.Sleep(time.Duration(i) * time.Second)
						if _, err := c.Fetch(t.Context(), src.URL, src); err != nil {
							t.Error(err)
						}
					})
				}
				wg.Wait()
				for i, at := range starts[1:] {
					if waited := at.Sub(starts[0]); waited < tt.want-time.Second || waited > tt.want+5*time.Second {
						t.Errorf("request %d came after %s, want %s", i+1, waited, tt.want)
					}
				}
				if gap := starts[2].Sub(starts[1]); gap < time.Second {
					t.Errorf("those that were held came %s apart", gap)
				}
			})
		})
	}
}

func TestWaitingHonoursContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := offline(func(*http.Request) (*http.Response, error) {
			return answer(503, http.Header{"Retry-After": {"200"}}, ""), nil
		})
		src := polite("a", "http://one.test/", time.Hour, 1)
		src.Retries = 3
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		started := time.Now()
		_, err := c.Fetch(ctx, src.URL, src)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(started) > 11*time.Second {
			t.Errorf("got %v after %s", err, time.Since(started))
		}
	})
}

func TestBackoffGrows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var starts []time.Time
		c := offline(func(*http.Request) (*http.Response, error) {
			starts = append(starts, time.Now())
			return nil, io.ErrUnexpectedEOF
		})
		src := polite("a", "http://one.test/", 0, 1)
		src.Retries = 4
		if _, err := c.Fetch(t.Context(), src.URL, src); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("got %v", err)
		}
		if len(starts) != 5 {
			t.Fatalf("%d tries, want 5", len(starts))
		}
		first, last := starts[1].Sub(starts[0]), starts[4].Sub(starts[3])
		if first < firstBackoff/2 || first > 2*firstBackoff || last < 3*firstBackoff/2 {
			t.Errorf("waits from %s to %s", first, last)
		}
	})
}

func TestRetryAfterHeader(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"": 0, "0": 0, "17": 17 * time.Second, " 5 ": 5 * time.Second, "-3": 0, "soon": 0, "3000000000": maxHold, "99999999999999999999": maxHold, "9e9": 0, "Thu, 01 Jan 2150 00:00:00 GMT": maxHold,
		"Sun, 01 Mar 2026 08:01:00 GMT": time.Minute, "Sun, 01 Mar 2026 07:00:00 GMT": 0,
	} {
		if got := retryAfter(header, now); got != want {
			t.Errorf("%q is %s, want %s", header, got, want)
		}
	}
}

func TestPolitenessForgetsIdleHosts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPoliteness()
		for i := range manyHosts {
			p.leave(p.enter(time.Duration(i).String()))
		}
		time.Sleep(2 * hostIdle)
		p.leave(p.enter("another"))
		if len(p.hosts) != 1 {
			t.Errorf("%d hosts are remembered", len(p.hosts))
		}
	})
}
