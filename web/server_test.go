package web

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"zhaowen/config"
	"zhaowen/crawler"
	"zhaowen/ingest"
	"zhaowen/storage"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
)

// served is a server at work on a new file.
type served struct {
	*Server
	db      *storage.DB
	metrics *crawler.Metrics
	running atomic.Bool
	stop    func() error
}

func serve(t *testing.T) *served {
	t.Helper()
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "zhaowen.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s := &served{db: db}
	registry := NewRegistry(db, "test")
	s.metrics = crawler.NewMetrics(registry)
	s.Server, err = Listen(t.Context(), Options{Address: "127.0.0.1:0", DB: db, Gatherer: registry, Running: s.running.Load, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	s.stop = func() error { cancel(); return <-ended }
	t.Cleanup(cancel)
	return s
}

func (s *served) get(t *testing.T, path string) (int, string) {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get("http://" + s.Address() + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func TestHealthAndReadiness(t *testing.T) {
	s := serve(t)
	if status, _ := s.get(t, "/healthz"); status != 200 {
		t.Errorf("healthz: %d", status)
	}
	if status, body := s.get(t, "/readyz"); status != 503 || !strings.Contains(body, "schedules") {
		t.Errorf("readyz before the schedules run: %d %s", status, body)
	}
	s.running.Store(true)
	if status, body := s.get(t, "/readyz"); status != 200 {
		t.Errorf("readyz: %d %s", status, body)
	}
	_ = s.db.Close()
	s.mu.Lock()
	s.checked = time.Time{}
	s.mu.Unlock()
	if status, body := s.get(t, "/readyz"); status != 503 || strings.TrimSpace(body) == "" {
		t.Errorf("readyz without the database: %d %s", status, body)
	}
	if status, body := s.get(t, "/metrics"); status != 200 || !strings.Contains(body, "zhaowen_database_readable 0") {
		t.Errorf("metrics without the database: %d", status)
	}
	if status, _ := s.get(t, "/zhaowen.db"); status != 404 {
		t.Errorf("another path: %d", status)
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", s.Address()); err == nil {
		t.Error("it listens after its end")
	}
}

func TestAddressInUse(t *testing.T) {
	s := serve(t)
	_, err := Listen(t.Context(), Options{Address: s.Address(), Log: slog.New(slog.DiscardHandler)})
	if err == nil || !strings.Contains(err.Error(), "listen") {
		t.Errorf("got %v", err)
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
}

// A client that never ends its request is dropped, and does not keep the server from ending.
func TestStopDoesNotWaitForIdleClients(t *testing.T) {
	s := serve(t)
	conn, err := net.Dial("tcp", s.Address())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET /metrics HTTP/1.1\r\nHost: a\r\n")
	began := time.Now()
	if err := s.stop(); err != nil || time.Since(began) > 2*stopTimeout {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

// crawl makes a pass over a site in this process: two articles, and one that fails.
func (s *served) crawl(t *testing.T) {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/":
			fmt.Fprint(w, `<html><head><title>投资动态</title></head><body><ul class="list">`)
			for i := range 3 {
				fmt.Fprintf(w, `<li><a href="%d.html">某市高新区集中签约第%d批重大产业项目</a><span>2024-03-0%d</span></li>`, i, i, i+1)
			}
			fmt.Fprint(w, `</ul></body></html>`)
		case "/0.html", "/1.html":
			fmt.Fprintf(w, `<html><head><title>某市签约</title></head><body><h1>某市高新区集中签约重大产业项目 %s</h1><div>发布时间：2024-03-01</div><div class="content">
<p>某市高新区举行第 %s 场重大产业项目集中签约活动，共签约项目四十五个，总投资额超过一千亿元，涵盖新能源汽车、生物医药等领域。</p></div></body></html>`, r.URL.Path, r.URL.Path)
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	src := config.Source{ID: "gz", URL: site.URL + "/", Crawl: config.Crawl{Schedule: "@hourly", Concurrency: 1, Timeout: 5 * time.Second, Robots: "obey", MaxPages: 3}}
	cfg := &config.Config{Location: time.UTC, Sources: []config.Source{src}, AllowAddresses: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	c := crawler.New(crawler.Options{Config: cfg, DB: s.db, Ingest: &ingest.Ingester{DB: s.db, Zone: time.UTC, Now: time.Now}, Metrics: s.metrics})
	defer c.Close()
	if run, err := c.Pass(t.Context(), src); err != nil || run.Status != "partial" {
		t.Fatalf("%+v, %v", run, err)
	}
}

func TestMetricsOfAPass(t *testing.T) {
	s := serve(t)
	s.crawl(t)
	_, text := s.get(t, "/metrics")
	for _, want := range []string{
		`zhaowen_requests_total{class="2xx",host="127.0.0.1"} 3`,
		`zhaowen_requests_total{class="4xx",host="127.0.0.1"} 2`, // robots.txt and an article
		`zhaowen_passes_total{source="gz",status="partial"} 1`,
		`zhaowen_articles_total{kind="new",source="gz"}`,
		`zhaowen_pages_failed_total{source="gz"} 1`,
		`zhaowen_source_state{source="gz",state="active"} 1`,
		`zhaowen_source_state{source="gz",state="failing"} 0`,
		`zhaowen_source_last_success_timestamp_seconds{source="gz"} 1.`,
		`zhaowen_frontier_pages{source="gz",state="failed"} 1`,
		`zhaowen_request_duration_seconds_count 5`,
		`zhaowen_pass_duration_seconds_count 1`,
		`zhaowen_pass_seconds_total{source="`,
		`zhaowen_database_bytes `, `zhaowen_database_readable 1`, `zhaowen_build_info{version="test"} 1`, `go_goroutines `, `process_open_fds `,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, only(text, "zhaowen_"))
		}
	}
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	if err != nil {
		t.Error(err)
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
}

// Prometheus' own tool has nothing to say against the metrics.
func TestMetricsSuitPromtool(t *testing.T) {
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("no promtool here: apt-get install prometheus")
	}
	s := serve(t)
	s.crawl(t)
	_, text := s.get(t, "/metrics")
	check := exec.Command(promtool, "check", "metrics")
	check.Stdin = strings.NewReader(text)
	if out, err := check.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
}

func only(text, prefix string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, prefix) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// The rules of docs/operations.md are good Prometheus rules, and speak of metrics that there are.
func TestRulesOfTheDocs(t *testing.T) {
	doc, err := os.ReadFile("../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rules, _ := strings.Cut(string(doc), "```yaml\ngroups:")
	rules, _, found := strings.Cut(rules, "```")
	if !found {
		t.Fatal("no rules in docs/operations.md")
	}
	s := serve(t)
	s.crawl(t)
	_, text := s.get(t, "/metrics")
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	for _, name := range regexp.MustCompile(`zhaowen_\w+`).FindAllString(string(doc), -1) {
		if !strings.Contains(text, "# HELP "+name+" ") {
			t.Errorf("the docs speak of %s, which is not served", name)
		}
	}
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("no promtool here: apt-get install prometheus")
	}
	file := filepath.Join(t.TempDir(), "rules.yml")
	if err := os.WriteFile(file, []byte("groups:"+rules), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(promtool, "check", "rules", file).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
