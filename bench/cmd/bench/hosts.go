package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"zhaowen/bench/internal/measure"
	"zhaowen/bench/site"

	"golang.org/x/sync/errgroup"
)

const latency = 50 * time.Millisecond

// manyHosts crawls more and more hosts that answer after 50 ms, and tells what share it reaches of the pages that are possible so: requests at once over the
// latency. Beside it stands a client that fetches as many pages and does nothing with them. In the last row the CPU is meant to be what limits.
func manyHosts(ctx context.Context, dir, crawl string) error {
	fmt.Print("\nHosts that answer after 50 ms:\n\n| hosts | requests at once to each | possible, pages/s | fetching alone | crawl | of the possible | CPU, cores | peak MB | exit code |\n" +
		"| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, r := range []struct{ hosts, each int }{{16, 1}, {32, 1}, {64, 1}, {64, 2}} {
		if err := hostsRun(ctx, dir, crawl, r.hosts, r.each); err != nil {
			return err
		}
	}
	return nil
}

func hostsRun(ctx context.Context, dir, crawl string, hosts, each int) error {
	s := &site.Site{Columns: hosts, Lists: 8, Rows: 20, Seed: 4, Latency: latency}
	address, stop, err := measure.Serve(ctx, dir, s, "0.0.0.0:0")
	if err != nil {
		return err
	}
	defer stop()
	parsed, err := url.Parse(address)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "allow_addresses: [127.0.0.0/8]\ndefaults: {delay: 0s, concurrency: %d, max_pages: 0, schedule: '@hourly'}\nsources:\n", each)
	var columns []string
	for c := range hosts {
		column := fmt.Sprintf("http://127.0.0.%d:%s%s", c+1, parsed.Port(), s.Path(c))
		columns = append(columns, column)
		fmt.Fprintf(&b, "  - {id: c%d, url: %q}\n", c, column)
	}
	name := filepath.Join(dir, fmt.Sprintf("hosts%dx%d", hosts, each))
	if err := os.WriteFile(name+".yaml", []byte(b.String()), 0o600); err != nil {
		return err
	}
	count := s.Len() + s.Columns*s.Lists
	alone, err := fetchAlone(ctx, columns, count/hosts, each)
	if err != nil {
		return err
	}
	u, err := measure.Run(exec.CommandContext(ctx, crawl, "--once", "--config", name+".yaml", "--db", name+".db"))
	if err != nil {
		return err
	}
	possible, rate := float64(hosts*each)/latency.Seconds(), float64(count)/u.Wall.Seconds()
	fmt.Printf("| %d | %d | %.0f | %.0f | %.0f | %.0f %% | %.2f | %d | %d |\n", hosts, each, possible, float64(count)/alone.Seconds(), rate, 100*rate/possible, u.CPU.Seconds()/u.Wall.Seconds(),
		u.PeakRSS>>20, u.ExitCode)
	return nil
}

// fetchAlone fetches each address n times, each at once, and tells how long that took.
func fetchAlone(ctx context.Context, addresses []string, n, each int) (time.Duration, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: each}}
	defer client.CloseIdleConnections()
	start := time.Now()
	fetchers, ctx := errgroup.WithContext(ctx)
	for _, address := range addresses {
		for range each {
			fetchers.Go(func() error {
				for range n / each {
					if err := fetch(ctx, client, address); err != nil {
						return err
					}
				}
				return nil
			})
		}
	}
	err := fetchers.Wait()
	return time.Since(start), err
}

func fetch(ctx context.Context, client *http.Client, address string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}
