package crawler

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestRobotsRules(t *testing.T) {
	tests := []struct {
		name, robots, path string
		allowed            bool
	}{
		{"empty", "", "/a", true},
		{"all forbidden", "User-agent: *\nDisallow: /", "/a", false},
		{"nothing forbidden", "User-agent: *\nDisallow:", "/a", true},
		{"by prefix", "User-agent: *\nDisallow: /tmp/", "/tmp/a", false},
		{"longest rule wins", "User-agent: *\nDisallow: /\nAllow: /news/", "/news/1", true},
		{"own group", "User-agent: *\nDisallow: /\n\nUser-agent: zhaowen\nDisallow: /x", "/a", true},
		{"own group forbids", "User-agent: *\nAllow: /\n\nUser-agent: Zhaowen\nDisallow: /a", "/a", false},
		{"another's group", "User-agent: Baiduspider\nDisallow: /", "/a", true},
		{"query", "User-agent: *\nDisallow: /*?page=", "/a?page=2", false},
		{"byte order mark and CR", "\ufeffUser-agent: *\rDisallow: /a\r", "/a", false},
		{"bad lines do not spoil the rest", "Disallow: /early\nUser-agent: *\nCrawl-delay: slow\nDisallow: /a", "/a", false},
		{"a web page instead", "<!DOCTYPE html>\n<html><body>404: not found</body></html>", "/a", true},
		{"Chinese, as it is read", "User-agent: *\nDisallow: /招商/", "/招商/1.html", false},
		{"Chinese, in small hexadecimals", "User-agent: *\nDisallow: /%e6%8b%9b", "/招商/1.html", false},
		{"wildcards begin at the beginning", "User-agent: *\nDisallow: /\nAllow: /pub*.html", "/secret/pub1.html", false},
		{"Allow wins a tie", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
		{"a version behind the name", "User-agent: Zhaowen/1.0\nDisallow: /a", "/a", false},
		{"the beginning of the name", "User-agent: Z\nDisallow: /a", "/a", true},
		{"no UTF-8", "# \xd5\xd0\xc9\xcc\nUser-agent: *\nDisallow: /a", "/a", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t)
			s.page("/robots.txt", tt.robots)
			s.page("/", "page")
			_, err := fetchFrom(t, s, tt.path)
			var forbidden *RobotsError
			if got := !errors.As(err, &forbidden); got != tt.allowed || got && err != nil {
				t.Errorf("allowed %t (%v), want %t", got, err, tt.allowed)
			}
		})
	}
}

func TestRobotsStatus(t *testing.T) {
	tests := []struct {
		status         int
		allowed        bool
		verdict        string
		asksForRetries bool
	}{
		{200, true, "allowed", false},
		{401, true, "status 401", false},
		{403, true, "status 403", false},
		{404, true, "status 404", false},
		{429, false, "not now", true},
		{500, false, "not now", true},
		{503, false, "not now", true},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.status), func(t *testing.T) {
			s := newSite(t)
			s.mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(tt.status) })
			s.page("/", "page")
			src := s.source("s", "/a")
			src.Retries = 1
			c := newTestCrawler(t, Options{})
			verdict, err := c.Robots(t.Context(), src.URL, src)
			if err != nil || !strings.Contains(verdict, tt.verdict) {
				t.Errorf("verdict %q, %v", verdict, err)
			}
			_, err = c.Fetch(t.Context(), src.URL, src)
			var notNow *RobotsUnreachableError
			if got := err == nil; got != tt.allowed || !got && !errors.As(err, &notNow) {
				t.Errorf("got %v", err)
			}
			want := 1
			if tt.asksForRetries {
				want = 2
			}
			if n := s.count("/robots.txt"); n != want {
				t.Errorf("robots.txt was asked for %d times, want %d", n, want)
			}
			src.Robots = robotsIgnore
			if _, err := c.Fetch(t.Context(), src.URL, src); err != nil {
				t.Errorf("robots: ignore: %v", err)
			}
		})
	}
}

func TestRobotsIsFetchedOnceForAll(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(50 * time.Millisecond)
		_, _ = io.WriteString(w, "User-agent: *\nDisallow: /x")
	})
	s.page("/", "page")
	c := newTestCrawler(t, Options{})
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			src := s.source(fmt.Sprint(i), "/a")
			if _, err := c.Fetch(t.Context(), src.URL, src); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := s.count("/robots.txt"); n != 1 {
		t.Errorf("robots.txt was asked for %d times", n)
	}
}

func TestRobotsWaiterGoesOnWhenTheFetcherIsCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		c := offline(func(req *http.Request) (*http.Response, error) {
			if req.URL.Path == "/robots.txt" && asked.Add(1) == 1 {
				<-req.Context().Done()
				return nil, req.Context().Err()
			}
			return answer(200, nil, ""), nil
		})
		src := polite("a", "http://one.test/a", 0, 2)
		src.Robots = "obey"
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := c.Fetch(ctx, src.URL, src); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the first: %v", err)
			}
		})
		synctest.Wait()
		wg.Go(func() {
			if _, err := c.Fetch(t.Context(), src.URL, src); err != nil {
				t.Errorf("the second: %v", err)
			}
		})
		wg.Wait()
	})
}

func TestRobotsLifetime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked, status := 0, 200
		c := offline(func(req *http.Request) (*http.Response, error) {
			if req.URL.Path == "/robots.txt" {
				asked++
				return answer(status, nil, "User-agent: *\nDisallow: /x"), nil
			}
			return answer(200, nil, "page"), nil
		})
		src := polite("a", "http://one.test/a", 0, 1)
		src.Robots = "obey"
		visit := func(wantAsked int, wantOK bool) {
			t.Helper()
			if _, err := c.Fetch(t.Context(), src.URL, src); (err == nil) != wantOK {
				t.Errorf("got %v", err)
			}
			if asked != wantAsked {
				t.Errorf("asked %d times, want %d", asked, wantAsked)
			}
		}
		visit(1, true)
		time.Sleep(robotsLifetime - time.Minute)
		visit(1, true)
		time.Sleep(2 * time.Minute)
		visit(2, true)
		status = 500
		time.Sleep(robotsLifetime + time.Minute)
		visit(3, true) // the old copy holds while there is no new one
		visit(3, true)
		src.URL = "http://two.test/a"
		visit(4, false)
		visit(4, false)
		status = 200
		time.Sleep(robotsNotNow + time.Second)
		visit(5, true)
	})
}

func TestRobotsTimeoutMeansNotNow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := offline(func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		})
		src := polite("a", "http://one.test/a", 0, 1)
		src.Robots = "obey"
		_, err := c.Fetch(t.Context(), src.URL, src)
		var notNow *RobotsUnreachableError
		var timeout *TimeoutError
		if !errors.As(err, &notNow) || !errors.As(err, &timeout) {
			t.Errorf("got %v", err)
		}
	})
}

func TestCrawlDelayIsKept(t *testing.T) {
	tests := map[string]time.Duration{"5": 5 * time.Second, "0.5": time.Second, "86400": maxCrawlDelay, "1e300": maxCrawlDelay}
	for value, want := range tests {
		t.Run(value, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var starts []time.Time
				c := offline(func(req *http.Request) (*http.Response, error) {
					if req.URL.Path == "/robots.txt" {
						return answer(200, nil, "User-agent: *\nCrawl-delay: "+value), nil
					}
					starts = append(starts, time.Now())
					return answer(200, nil, "page"), nil
				})
				src := polite("a", "http://one.test/a", time.Second, 1)
				src.Robots = "obey"
				for range 3 {
					if _, err := c.Fetch(t.Context(), src.URL, src); err != nil {
						t.Fatal(err)
					}
				}
				if gap := starts[2].Sub(starts[1]); gap != want {
					t.Errorf("requests %s apart, want %s", gap, want)
				}
			})
		})
	}
}

// A Crawl-delay counts as robots.txt was read last: one that is gone from it is gone, one of another origin of the host stays.
func TestCrawlDelayIsTakenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		delay := map[string]string{"http": "\nCrawl-delay: 5", "https": "\nCrawl-delay: 20"}
		var starts []time.Time
		c := offline(func(req *http.Request) (*http.Response, error) {
			if req.URL.Path == "/robots.txt" {
				return answer(200, nil, "User-agent: *"+delay[req.URL.Scheme]), nil
			}
			starts = append(starts, time.Now())
			return answer(200, nil, "page"), nil
		})
		gap := func(address string) time.Duration {
			src := polite("a", address, time.Second, 1)
			src.Robots = "obey"
			starts = nil
			for range 2 {
				if _, err := c.Fetch(t.Context(), src.URL, src); err != nil {
					t.Fatal(err)
				}
			}
			return starts[1].Sub(starts[0])
		}
		if got := gap("http://one.test/a"); got != 5*time.Second {
			t.Errorf("%s with the delay of http", got)
		}
		if got := gap("https://one.test/a"); got != 20*time.Second {
			t.Errorf("%s with the delay of https", got)
		}
		if got := gap("http://one.test/a"); got != 20*time.Second {
			t.Errorf("%s with both", got)
		}
		delay["https"] = ""
		time.Sleep(robotsLifetime + time.Minute)
		gap("https://one.test/a")
		if got := gap("http://one.test/a"); got != 5*time.Second {
			t.Errorf("%s after the delay of https was taken back", got)
		}
	})
}

func TestRobotsSizeIsLimited(t *testing.T) {
	s := newSite(t)
	s.mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "User-agent: *\nDisallow: /first\n"+strings.Repeat("# filler line\n", maxRobots/14)+"Disallow: /last\n")
	})
	s.page("/", "page")
	var forbidden *RobotsError
	if _, err := fetchFrom(t, s, "/first"); !errors.As(err, &forbidden) {
		t.Errorf("a rule within the limit: %v", err)
	}
	if _, err := fetchFrom(t, s, "/last"); err != nil {
		t.Errorf("a rule after the limit: %v", err)
	}
}
