package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"zhaowen/bench/internal/measure"
	"zhaowen/bench/site"
)

// manyHosts crawls 64 hosts, each asked for one page at a time and answering after 50 ms, and tells what share of the pages that are possible so it reaches: requests at
// once over the latency.
func manyHosts(ctx context.Context, dir, crawl string) error {
	const hosts = 64
	s := &site.Site{Columns: hosts, Lists: 8, Rows: 20, Seed: 4, Latency: 50 * time.Millisecond}
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
	b.WriteString("allow_addresses: [127.0.0.0/8]\ndefaults: {delay: 0s, concurrency: 1, max_pages: 0, schedule: '@hourly'}\nsources:\n")
	for c := range hosts {
		fmt.Fprintf(&b, "  - {id: c%d, url: \"http://127.0.0.%d:%s%s\"}\n", c, c+1, parsed.Port(), s.Path(c))
	}
	config := filepath.Join(dir, "hosts.yaml")
	if err := os.WriteFile(config, []byte(b.String()), 0o600); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, crawl, "--once", "--config", config, "--db", filepath.Join(dir, "hosts.db"))
	u, err := measure.Run(cmd)
	if err != nil {
		return err
	}
	pages := float64(s.Len() + s.Columns*s.Lists)
	fmt.Printf("\n64 hosts, one request at a time each, 50 ms latency: %.0f pages/s of %.0f possible, CPU %.0f %% of a core, peak %d MB, exit code %d\n",
		pages/u.Wall.Seconds(), hosts/s.Latency.Seconds(), 100*u.CPU.Seconds()/u.Wall.Seconds(), u.PeakRSS>>20, u.ExitCode)
	return nil
}
