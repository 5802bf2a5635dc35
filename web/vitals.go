package web

import (
	"context"
	"time"

	"zhaowen/storage"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// scrapeTimeout bounds the reading of the database for one scrape.
const scrapeTimeout = 5 * time.Second

// NewRegistry returns a registry of metrics that holds those of the process, of Go, and of what the file says of its sources.
func NewRegistry(db *storage.DB, version string) *prometheus.Registry {
	r := prometheus.NewRegistry()
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "zhaowen_build_info", Help: "Always 1; the version is in the label.", ConstLabels: prometheus.Labels{"version": version}})
	build.Set(1)
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), build, newVitals(db))
	return r
}

// vitals read the state of the sources from the file, at each scrape.
type vitals struct {
	db                                                          *storage.DB
	state, success, failures, putOff, frontier, file, log, read *prometheus.Desc
}

func newVitals(db *storage.DB) *vitals {
	describe := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(name, help, labels, nil)
	}
	return &vitals{
		db:       db,
		state:    describe("zhaowen_source_state", "1 for the state that a source is in: active, changed or failing.", "source", "state"),
		success:  describe("zhaowen_source_last_success_timestamp_seconds", "End of the last pass that did not fail; 0: none yet.", "source"),
		failures: describe("zhaowen_source_consecutive_failures", "Failed passes in a row.", "source"),
		putOff:   describe("zhaowen_source_put_off_until_timestamp_seconds", "No scheduled pass before, since the source keeps failing; 0: visited at its times.", "source"),
		frontier: describe("zhaowen_frontier_pages", "Pages that are due, failed (tried again later) or gone (given up).", "source", "state"),
		file:     describe("zhaowen_database_bytes", "Size of the database file."),
		log:      describe("zhaowen_database_log_bytes", "Size of its write-ahead log."),
		read:     describe("zhaowen_database_readable", "1 when the sources could be read for this scrape, 0 when not."),
	}
}

// Describe implements prometheus.Collector.
func (v *vitals) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{v.state, v.success, v.failures, v.putOff, v.frontier, v.file, v.log, v.read} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (v *vitals) Collect(out chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	file, log := v.db.FileSizes()
	gauge(v.file, float64(file))
	gauge(v.log, float64(log))
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	sources, err := v.db.Vitals(ctx)
	if err != nil {
		gauge(v.read, 0)
		return
	}
	gauge(v.read, 1)
	for _, s := range sources {
		for _, state := range []string{"active", "changed", "failing"} {
			gauge(v.state, oneIf(s.State == state), s.ID, state)
		}
		gauge(v.success, seconds(s.LastSuccess), s.ID)
		gauge(v.putOff, seconds(s.PutOffUntil), s.ID)
		gauge(v.failures, float64(s.Failures), s.ID)
		gauge(v.frontier, float64(s.Due), s.ID, "due")
		gauge(v.frontier, float64(s.Failed), s.ID, "failed")
		gauge(v.frontier, float64(s.Gone), s.ID, "gone")
	}
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// seconds is a moment in Unix time; 0 for the zero time.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.Unix())
}
