// Package web serves what can be seen of the crawler from outside: metrics and health. It reads storage only.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"zhaowen/storage"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

const (
	headerTimeout = 5 * time.Second
	answerTimeout = 15 * time.Second
	idleTimeout   = time.Minute
	maxHeader     = 16 << 10 // bytes
	stopTimeout   = 3 * time.Second
	readyTimeout  = 2 * time.Second
	readyLifetime = 2 * time.Second // for which one look at the database answers all who ask
	maxScrapes    = 4               // at once
)

// Options are what a Server is made of.
type Options struct {
	Address  string // host:port; port 0: any
	DB       *storage.DB
	Gatherer prometheus.Gatherer
	Running  func() bool // whether the schedules are kept
	Log      *slog.Logger
}

// Server answers /metrics, /healthz and /readyz.
type Server struct {
	options  Options
	listener net.Listener
	http     *http.Server

	mu      sync.Mutex
	checked time.Time
	ready   error // of the last check
}

// Listen takes the address, so that an address that cannot be had is an error at the start. Serve must be called next.
func Listen(ctx context.Context, o Options) (*Server, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.Address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w: choose another address for `listen`, or stop the program that has it", o.Address, err)
	}
	s := &Server{options: o, listener: listener}
	s.http = &http.Server{
		Handler: s.handler(), ReadHeaderTimeout: headerTimeout, ReadTimeout: headerTimeout, WriteTimeout: answerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
	}
	return s, nil
}

// Address is where the server listens.
func (s *Server) Address() string { return s.listener.Addr().String() }

// Serve answers until ctx is done; requests under way have a few seconds to end then.
func (s *Server) Serve(ctx context.Context) error {
	var stopping sync.WaitGroup
	serving, served := context.WithCancel(ctx)
	stopping.Go(func() {
		<-serving.Done()
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		if s.http.Shutdown(ending) != nil {
			_ = s.http.Close() // cuts off those that take too long
		}
	})
	err := s.http.Serve(s.listener)
	served()
	stopping.Wait()
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve on %s: %w", s.options.Address, err)
	}
	return nil
}

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.options.Gatherer, promhttp.HandlerOpts{MaxRequestsInFlight: maxScrapes, Timeout: answerTimeout - time.Second}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := s.check(r.Context()); err != nil {
			say(w, http.StatusServiceUnavailable, err.Error())
			return
		}
		say(w, http.StatusOK, "ok")
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		say(w, http.StatusOK, "Zhaowen\n\n/metrics   for Prometheus\n/healthz   the process is alive\n/readyz    the database can be written and the schedules are kept")
	})
	return mux
}

// errNotRunning is why a daemon that starts or stops is not ready.
var errNotRunning = errors.New("the schedules are not running")

// check tells whether the daemon can do its work. The database is tried at most once in readyLifetime, whoever asks.
func (s *Server) check(ctx context.Context) error {
	if !s.options.Running() {
		return errNotRunning
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.checked) < readyLifetime {
		return s.ready
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readyTimeout)
	defer cancel()
	s.ready, s.checked = s.options.DB.Writable(ctx), time.Now()
	return s.ready
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, text) // whoever asked may be gone
}
