package crawler

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"
)

// evilAddress is where evil servers listen. It is allowed, as the address of the good ones is; no other address is.
const evilAddress = "127.0.0.2"

// evilServer takes connections and does with each what it likes. net/http would be too polite.
type evilServer struct {
	listener net.Listener
	url      string
	handle   func(net.Conn)

	mu    sync.Mutex
	open  map[net.Conn]bool
	down  bool
	serve sync.WaitGroup
}

// wire is a connection on which a request was read.
type wire struct {
	net.Conn
	asked *http.Request
}

// newEvilServer reads one request of each connection and lets a behaviour do what it likes with the wire.
func newEvilServer(t *testing.T, behave func(*wire)) *evilServer {
	t.Helper()
	return newEvilListener(t, func(conn net.Conn) {
		if asked, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			behave(&wire{conn, asked})
		}
	})
}

func newEvilListener(t *testing.T, handle func(net.Conn)) *evilServer {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", evilAddress+":0")
	if err != nil {
		t.Skipf("no second loopback address here: %v", err)
	}
	s := &evilServer{listener: listener, url: "http://" + listener.Addr().String(), handle: handle, open: map[net.Conn]bool{}}
	s.serve.Go(s.accept)
	t.Cleanup(s.close)
	return s
}

func (s *evilServer) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.open[conn] = true
		if s.down {
			_ = conn.Close()
		}
		s.mu.Unlock()
		s.serve.Go(func() {
			defer conn.Close()
			s.handle(conn)
			s.mu.Lock()
			delete(s.open, conn)
			s.mu.Unlock()
		})
	}
}

// close ends all connections and waits for their behaviour to notice.
func (s *evilServer) close() {
	_ = s.listener.Close()
	s.mu.Lock()
	s.down = true
	for conn := range s.open {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.serve.Wait()
}

// say writes text; false: the other side has gone.
func (w *wire) say(format string, args ...any) bool {
	_, err := fmt.Fprintf(w, format, args...)
	return err == nil
}

// drip says the same again and again, with a pause, until the other side has gone.
func (w *wire) drip(text string, pause time.Duration) {
	for w.say("%s", text) {
		time.Sleep(pause)
	}
}

// page is a whole answer of text/html.
func (w *wire) page(body string) {
	w.say("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", len(body))
	_, _ = io.WriteString(w, body)
}

// okButRobots makes a behaviour of all but robots.txt, which there is none of.
func okButRobots(behave func(*wire)) func(*wire) {
	return func(w *wire) {
		if w.asked.URL.Path == "/robots.txt" {
			w.say("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			return
		}
		behave(w)
	}
}

// head answers with a status line and headers, and then says the same for ever.
func head(headers, forever string, pause time.Duration) func(*wire) {
	return func(w *wire) {
		if w.say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%s", headers) {
			w.drip(forever, pause)
		}
	}
}

// raw answers with these bytes and ends the connection.
func raw(answer string) func(*wire) {
	return func(w *wire) { w.say("%s", answer) }
}

// status answers with a status, headers and no body.
func status(code int, headers string) func(*wire) {
	return raw(fmt.Sprintf("HTTP/1.1 %d X\r\n%sContent-Length: 0\r\nConnection: close\r\n\r\n", code, headers))
}

func redirect(to string) func(*wire) { return status(http.StatusFound, "Location: "+to+"\r\n") }

// gzipMember is a gzip file of so many zeros; such files one after the other are one again (RFC 1952, 2.2).
func gzipMember(zeros int) string {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = z.Write(make([]byte, zeros))
	_ = z.Close()
	return b.String()
}

// bomb answers with 10 GB of zeros in a coding, made as they are taken.
func bomb(coding string, open func(io.Writer) io.WriteCloser) func(*wire) {
	return func(w *wire) {
		w.say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: %s\r\n\r\n", coding)
		z, zeros := open(w), make([]byte, 1<<20)
		for range 10_000 {
			if _, err := z.Write(zeros); err != nil {
				return
			}
		}
		_ = z.Close()
	}
}

// reset ends the connection by a RST segment.
func (w *wire) reset() { _ = w.Conn.(*net.TCPConn).SetLinger(0) }

// rows is a list page with rows from one number up to another, and what follows them.
func rows(from, to int, after string) string {
	var b strings.Builder
	b.WriteString(`<html><head><title>投资动态</title></head><body><ul class="news_list">`)
	for n := from; n < to; n++ {
		fmt.Fprintf(&b, `<li><a href="/a/%d.html">第%d号产业项目签约落户</a><span>2026-03-01</span></li>`, n, n)
	}
	b.WriteString("</ul>" + after + "</body></html>")
	return b.String()
}

// peakHeap watches the heap; the function that it returns ends that and gives the growth in bytes.
func peakHeap() (grown func() int64) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	heap := func() int64 {
		metrics.Read(sample)
		return int64(sample[0].Value.Uint64())
	}
	before, stop, done := heap(), make(chan struct{}), make(chan int64)
	go func() {
		peak := before
		for {
			peak = max(peak, heap())
			select {
			case <-stop:
				done <- peak - before
				return
			case <-time.After(3 * time.Millisecond):
			}
		}
	}()
	return func() int64 { close(stop); return <-done }
}
