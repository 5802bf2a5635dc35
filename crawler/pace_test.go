package crawler

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"zhaowen/storage"
)

// A host that answers 429 or 503 is asked half as often each time, and recovers step by step.
func TestOverloadedHostIsSlowedDownAndRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		status := http.StatusServiceUnavailable
		var starts []time.Time
		c := offline(func(*http.Request) (*http.Response, error) {
			starts = append(starts, time.Now())
			return answer(status, nil, "page"), nil
		})
		src := polite("a", "http://one.test/", 2*time.Second, 1)
		fetch := func(n int) (gaps []time.Duration) {
			starts = nil
			for range n {
				_, _ = c.Fetch(t.Context(), src.URL, src)
			}
			for i := 1; i < len(starts); i++ {
				gaps = append(gaps, starts[i].Sub(starts[i-1]))
			}
			return gaps
		}
		for i, gap := range fetch(10) {
			want := min(4*time.Second<<i, maxPenalty)
			if gap != want {
				t.Errorf("gap %d is %s, want %s", i, gap, want)
			}
		}
		status = http.StatusOK
		gaps := fetch(60)
		for i := 1; i < len(gaps); i++ {
			if gaps[i] > gaps[i-1] || gaps[i] < gaps[i-1]/2 && gaps[i] != 2*time.Second {
				t.Errorf("gap %d is %s after %s", i, gaps[i], gaps[i-1])
			}
		}
		if gaps[2] != maxPenalty || gaps[len(gaps)-1] != 2*time.Second {
			t.Errorf("from %s to %s", gaps[2], gaps[len(gaps)-1])
		}
	})
}

// Answers to requests that were under way together count as one.
func TestOverloadOfManyAtOnceCountsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := offline(func(*http.Request) (*http.Response, error) {
			time.Sleep(time.Second)
			return answer(http.StatusTooManyRequests, nil, ""), nil
		})
		src := polite("a", "http://one.test/", 0, 8)
		for range 8 {
			go func() { _, _ = c.Fetch(t.Context(), src.URL, src) }()
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := c.politeness.hosts["one.test"].pace.penalty; got != firstPenalty {
			t.Errorf("the delay is %s, want %s", got, firstPenalty)
		}
	})
}

func TestSlowHostHasLongerRests(t *testing.T) {
	for _, tt := range []struct {
		name                string
		delay, answers, gap time.Duration
		concurrency         int
	}{
		{"quick", time.Second, 100 * time.Millisecond, time.Second, 1},
		{"slow", time.Second, 4 * time.Second, 8 * time.Second, 1},
		{"slow, two at once", time.Second, 4 * time.Second, 4 * time.Second, 2},
		{"very slow", time.Second, 50 * time.Second, 50 * time.Second, 1},
		{"no delay is wanted", 0, 4 * time.Second, 4 * time.Second, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var last time.Time
				var gap time.Duration
				c := offline(func(*http.Request) (*http.Response, error) {
					gap, last = time.Since(last), time.Now()
					time.Sleep(tt.answers)
					return answer(200, nil, "page"), nil
				})
				src := polite("a", "http://one.test/", tt.delay, tt.concurrency)
				for range 6 {
					if _, err := c.Fetch(t.Context(), src.URL, src); err != nil {
						t.Fatal(err)
					}
				}
				if gap != tt.gap {
					t.Errorf("the gap is %s, want %s", gap, tt.gap)
				}
			})
		})
	}
}

// A Retry-After of hours is kept without a pass that waits for it.
func TestLongHoldFailsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := 0
		c := offline(func(*http.Request) (*http.Response, error) {
			if n++; n == 1 {
				return answer(503, http.Header{"Retry-After": {"7200"}}, ""), nil
			}
			return answer(200, nil, "page"), nil
		})
		src := polite("a", "http://one.test/", time.Second, 1)
		src.Retries = 3
		for range 3 {
			_, err := c.Fetch(t.Context(), src.URL, src)
			var held *HeldError
			if !errors.As(err, &held) || held.Host != "one.test" || n != 1 {
				t.Errorf("%d requests, %v", n, err)
			}
		}
		time.Sleep(2*time.Hour - time.Minute)
		if _, err := c.Fetch(t.Context(), src.URL, src); err != nil || n != 2 {
			t.Errorf("after the hold: %d requests, %v", n, err)
		}
	})
}

// What was learnt of a host, and its robots.txt, outlive the process.
func TestPolitenessSurvivesARestart(t *testing.T) {
	s := newNewsSite(t, 3, 10)
	src := s.source("s", "/tzdt/index.html")
	o := stored(t, src)
	s.mux.HandleFunc("/busy", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	c := newTestCrawler(t, o)
	c.politeness.firstPenalty = 3 * time.Second
	mustPass(t, c, src)
	var held *HeldError
	if _, err := c.Fetch(t.Context(), s.URL+"/busy", src); err == nil {
		t.Error("no error")
	}
	again := newTestCrawler(t, o)
	s.forget()
	run, err := again.Pass(t.Context(), src)
	if !errors.As(err, &held) || run.Status != statusFailed || len(s.hits) != 0 || time.Until(held.Until) < time.Hour {
		t.Errorf("%+v, %v, %d requests", run, err, len(s.hits))
	}
	known, found, err := o.DB.Host(t.Context(), "127.0.0.1")
	if err != nil || !found || known.Delay != 3*time.Second {
		t.Errorf("%+v, %v", known, err)
	}
	if err := o.DB.SaveHosts(t.Context(), []storage.Host{{Name: "127.0.0.1"}}, time.Now()); err != nil {
		t.Fatal(err)
	}
	mustPass(t, newTestCrawler(t, o), src)
	if n := s.count("/robots.txt"); n != 0 {
		t.Errorf("robots.txt was asked for %d times after the restart", n)
	}
}

// A process that is started anew knows when the host may be asked again.
func TestDelaySurvivesARestart(t *testing.T) {
	s := newSite(t)
	s.page("/robots.txt", "User-agent: *\nCrawl-delay: 30\n")
	src := s.source("s", "/")
	o := stored(t, src)
	c := newTestCrawler(t, o)
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if _, err := c.Fetch(ctx, src.URL, src); !errors.Is(err, context.DeadlineExceeded) { // robots.txt was the last request
		t.Errorf("the page did not wait: %v", err)
	}
	c.politeness.saveAll(t.Context())
	known, found, err := o.DB.Host(t.Context(), "127.0.0.1")
	if left := time.Until(known.Until); err != nil || !found || left < 25*time.Second || left > 31*time.Second {
		t.Errorf("%+v, %v, %v: %s left", known, found, err, left)
	}
}

// Sources of one host are held to the strictest demand of the configuration, also before the strictest source has had its turn.
func TestStrictestOfTheConfigurationCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var starts []time.Time
		quick, slow := polite("quick", "http://one.test/", time.Second, 4), polite("slow", "http://one.test/", 10*time.Second, 1)
		cfg := local(quick, slow)
		c := New(Options{Config: cfg})
		c.transport.tries.base = answers(func(*http.Request) (*http.Response, error) {
			starts = append(starts, time.Now())
			return answer(200, nil, "page"), nil
		})
		for range 2 {
			if _, err := c.Fetch(t.Context(), quick.URL, quick); err != nil {
				t.Fatal(err)
			}
		}
		if gap := starts[1].Sub(starts[0]); gap != 10*time.Second {
			t.Errorf("the gap is %s", gap)
		}
	})
}

// Those that wait while the delay shrinks do not catch up with each other.
func TestDelayThatShrinksKeepsWaitersApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &host{demand: demand{2 * time.Second, 8}, pace: pace{penalty: time.Minute}}
		starts := make(chan time.Time, 8)
		for range 8 {
			go func() {
				if err := h.wait(t.Context()); err != nil {
					t.Error(err)
				}
				starts <- time.Now()
			}()
		}
		time.Sleep(90 * time.Second)
		h.mu.Lock()
		h.pace.penalty = 0
		h.mu.Unlock()
		last := <-starts
		for range 7 {
			at := <-starts
			if gap := at.Sub(last); gap < 2*time.Second {
				t.Errorf("started %s after the one before", gap)
			}
			last = at
		}
	})
}
