package crawler

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"zhaowen/storage"

	"github.com/prometheus/client_golang/prometheus"
)

const (
	maxHostLabels = 500     // hosts that have series of their own
	otherHosts    = "other" // label of the rest
)

// Metrics count what a crawler does, by source and by host. A nil *Metrics counts nothing.
type Metrics struct {
	requests *prometheus.CounterVec // host, class
	bytes    *prometheus.CounterVec // host
	seconds  *prometheus.CounterVec // host
	delay    *prometheus.GaugeVec   // host
	latency  *prometheus.GaugeVec   // host
	held     *prometheus.GaugeVec   // host
	took     prometheus.Histogram
	passes   *prometheus.CounterVec // source, status
	passTook prometheus.Histogram
	passTime *prometheus.CounterVec // source
	articles *prometheus.CounterVec // source, kind
	failed   *prometheus.CounterVec // source

	mu    sync.Mutex
	hosts map[string]bool // that have series
}

// NewMetrics registers the metrics of a crawler.
func NewMetrics(r prometheus.Registerer) *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
		r.MustRegister(c)
		return c
	}
	gauge := func(name, help string) *prometheus.GaugeVec {
		g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, []string{"host"})
		r.MustRegister(g)
		return g
	}
	histogram := func(name, help string, buckets ...float64) prometheus.Histogram {
		h := prometheus.NewHistogram(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets})
		r.MustRegister(h)
		return h
	}
	return &Metrics{
		hosts:    map[string]bool{},
		requests: counter("zhaowen_requests_total", "Requests by host and class of the answer: 2xx to 5xx, or error for none.", "host", "class"),
		bytes:    counter("zhaowen_response_bytes_total", "Bytes of the pages received, decompressed.", "host"),
		seconds:  counter("zhaowen_request_seconds_total", "Time that requests took, bodies included.", "host"),
		delay:    gauge("zhaowen_host_delay_seconds", "Least time between the starts of two requests to the host, as it stands."),
		latency:  gauge("zhaowen_host_response_seconds", "Response time of the host, smoothed."),
		held:     gauge("zhaowen_host_held_until_timestamp_seconds", "No request to the host before, as its Retry-After asked; 0: none did."),
		took:     histogram("zhaowen_request_duration_seconds", "Time that a request took, its body included.", .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60),
		passes:   counter("zhaowen_passes_total", "Passes by source and how they ended: ok, partial, failed, interrupted.", "source", "status"),
		passTook: histogram("zhaowen_pass_duration_seconds", "Time that a pass took.", .1, .5, 1, 5, 15, 60, 300, 900, 3600, 14400),
		passTime: counter("zhaowen_pass_seconds_total", "Time that the passes of a source took.", "source"),
		articles: counter("zhaowen_articles_total", "Articles met by source and kind: new, revision, copy, reprint.", "source", "kind"),
		failed:   counter("zhaowen_pages_failed_total", "Pages that failed.", "source"),
	}
}

// label is the host's name, for as many of them as may have series.
func (m *Metrics) label(host string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.hosts[host] {
		if len(m.hosts) >= maxHostLabels {
			return otherHosts
		}
		m.hosts[host] = true
	}
	return host
}

// request counts one request and its answer.
func (m *Metrics) request(host string, resp *http.Response, err error, took time.Duration) {
	if m == nil {
		return
	}
	host = m.label(host)
	m.requests.WithLabelValues(host, classOf(resp, err)).Inc()
	m.seconds.WithLabelValues(host).Add(took.Seconds())
	m.took.Observe(took.Seconds())
	if err == nil && resp.ContentLength > 0 {
		m.bytes.WithLabelValues(host).Add(float64(resp.ContentLength))
	}
}

// classOf is the class of a status: 2xx.
func classOf(resp *http.Response, err error) string {
	status := statusOf(err)
	if err == nil {
		status = resp.StatusCode
	}
	if status < 100 || status > 599 {
		return "error"
	}
	return fmt.Sprintf("%dxx", status/100)
}

// pace shows how fast a host is asked.
func (m *Metrics) pace(host string, delay, latency time.Duration, held time.Time) {
	if m == nil {
		return
	}
	host = m.label(host)
	if host == otherHosts {
		return
	}
	m.delay.WithLabelValues(host).Set(delay.Seconds())
	m.latency.WithLabelValues(host).Set(latency.Seconds())
	until := 0.0
	if !held.IsZero() {
		until = float64(held.Unix())
	}
	m.held.WithLabelValues(host).Set(until)
}

// pass counts a pass that has ended.
func (m *Metrics) pass(r storage.Run) {
	if m == nil {
		return
	}
	m.passes.WithLabelValues(r.SourceID, r.Status).Inc()
	took := r.FinishedAt.Sub(r.StartedAt).Seconds()
	m.passTook.Observe(took)
	m.passTime.WithLabelValues(r.SourceID).Add(took)
	m.failed.WithLabelValues(r.SourceID).Add(float64(r.Failed))
	for kind, n := range map[storage.SightingKind]int{
		storage.SightingNew: r.New, storage.SightingRevision: r.Updated, storage.SightingCopy: r.Copies, storage.SightingReprint: r.Reprints,
	} {
		m.articles.WithLabelValues(r.SourceID, string(kind)).Add(float64(n))
	}
}
