package crawler

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"zhaowen/config"
	"zhaowen/ingest"
)

// chromium starts a browser and returns its DevTools address; without one installed the test is skipped.
func chromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium is installed: apt-get install -y chromium")
	}
	dir, err := os.MkdirTemp("", "chromium")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-port=0", "--user-data-dir="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that its children end with it
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := make(chan string, 1)
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			if _, ws, ok := strings.Cut(lines.Text(), "DevTools listening on "); ok {
				address <- ws
			}
		}
	}()
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-read
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	})
	select {
	case ws := <-address:
		return ws
	case <-read:
		t.Fatal("chromium ended at its start")
	case <-time.After(30 * time.Second):
		t.Fatal("chromium does not say where it listens")
	}
	return ""
}

// scripted is a page whose list is made by a script from an answer in JSON.
const scripted = `<html><head><meta charset="utf-8"><title>投资动态</title><script src="/list.js"></script></head><body><ul id="news"></ul><img src="/pixel.png"></body></html>`

const listScript = `fetch("/list.json").then(r => r.json()).then(all => { for (const a of all) {
	const li = document.createElement("li");
	li.innerHTML = '<a href="/show/' + a.n + '.html">' + a.title + '</a><span>' + a.day + '</span>';
	document.getElementById("news").append(li);
} });`

func scriptedSite(t *testing.T, numbers ...int) *site {
	t.Helper()
	s := newSite(t)
	s.page("/robots.txt", "User-agent: *\nDisallow: /secret/\n")
	s.page("/app", scripted)
	s.typed("/list.js", "text/javascript", listScript)
	var rows []string
	for _, n := range numbers {
		rows = append(rows, fmt.Sprintf(`{"n":%d,"title":%q,"day":"2026-09-%02d"}`, n, articleTitle(n), n))
	}
	s.typed("/list.json", "application/json", "["+strings.Join(rows, ",")+"]")
	s.undated(numbers...)
	return s
}

func rendered(s *site, browser, path string) (*config.Config, config.Source) {
	src := s.source("app", path)
	src.Render, src.Timeout = true, 20*time.Second
	cfg := local(src)
	cfg.Browser = browser
	return cfg, src
}

func TestRender(t *testing.T) {
	browser := chromium(t)
	t.Run("list made by a script", func(t *testing.T) {
		s := scriptedSite(t, 1, 2, 3, 4, 5)
		cfg, src := rendered(s, browser, "/app")
		o := stored(t, src)
		o.Config = cfg
		var folder string
		o.Archive, folder = testArchive(t)
		run := mustPass(t, newTestCrawler(t, o), src)
		if run.Listed != 5 || run.New != 5 {
			t.Errorf("%+v", run)
		}
		if got := storedDates(t, o); got[articleTitle(3)] != "2026-09-03" || len(got) != 5 {
			t.Errorf("stored: %v", got)
		}
		if s.count("/app") != 1 || s.count("/pixel.png") != 0 {
			t.Errorf("asked for: %v", s.paths())
		}
		if err := o.Archive.Close(); err != nil {
			t.Error(err)
		}
		report, err := o.Ingest.Reparse(t.Context(), ingest.Reparse{Folder: folder, Failed: func(url string, err error) { t.Errorf("%s: %v", url, err) }})
		if err != nil || report.New != 0 || report.Revised != 0 || report.Same != 5 || report.Pages != 6 {
			t.Errorf("read again: %+v, %v", report, err)
		}
		for _, h := range s.hits {
			if agent := h.header.Get("User-Agent"); agent != "Zhaowen/test" {
				t.Errorf("%s was asked for as %q", h.path, agent)
			}
		}
	})
	t.Run("forbidden addresses", func(t *testing.T) { renderForbidden(t, browser) })
	t.Run("endless script", func(t *testing.T) {
		s := newSite(t)
		s.page("/robots.txt", "")
		s.page("/app", `<html><body><p>x</p><script>for(;;){}</script></body></html>`)
		cfg, src := rendered(s, browser, "/app")
		src.Timeout = 2 * time.Second
		start := time.Now()
		_, err := newTestCrawler(t, Options{Config: cfg}).Fetch(t.Context(), src.URL, src)
		var late *TimeoutError
		if !errors.As(err, &late) {
			t.Errorf("got %v, want a time-out", err)
		}
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("took %s", took)
		}
	})
	t.Run("too large", func(t *testing.T) {
		s := newSite(t)
		s.page("/robots.txt", "")
		s.page("/app", `<html><body><script>document.body.append("x".repeat(300000))</script></body></html>`)
		cfg, src := rendered(s, browser, "/app")
		src.MaxBody = 100_000
		_, err := newTestCrawler(t, Options{Config: cfg}).Fetch(t.Context(), src.URL, src)
		var large *TooLargeError
		if !errors.As(err, &large) {
			t.Errorf("got %v, want it refused", err)
		}
	})
	t.Run("too many requests", func(t *testing.T) {
		s := newSite(t)
		s.page("/robots.txt", "")
		s.page("/app", `<html><body><p>x</p><script>for (let i = 0; i < 300; i++) fetch("/n/" + i).catch(() => {});</script></body></html>`)
		s.page("/n/", "x")
		cfg, src := rendered(s, browser, "/app")
		if _, err := newTestCrawler(t, Options{Config: cfg}).Fetch(t.Context(), src.URL, src); err != nil {
			t.Error(err)
		}
		if n := len(s.paths()); n > mostAsked+2 || n < mostAsked/2 { // robots.txt and the page besides
			t.Errorf("%d requests", n)
		}
	})
	t.Run("scripts in common", func(t *testing.T) {
		s := newSite(t)
		s.page("/robots.txt", "")
		s.typed("/common.js", "text/javascript", `document.body.append("共用脚本")`)
		const tag = `<script src="/common.js"></script></body>`
		list := "<html><body><ul>"
		for n := 1; n <= 3; n++ {
			list += fmt.Sprintf(`<li><a href="/show/%d.html">%s</a><span>2026-09-0%d</span></li>`, n, articleTitle(n), n)
			s.page(fmt.Sprintf("/show/%d.html", n), strings.Replace(articlePage(n), "</body>", tag, 1))
		}
		s.page("/app", list+"</ul>"+tag)
		cfg, src := rendered(s, browser, "/app")
		src.Concurrency = 1
		o := stored(t, src)
		o.Config = cfg
		if run := mustPass(t, newTestCrawler(t, o), src); run.New != 3 || s.count("/common.js") != 1 {
			t.Errorf("%+v, %d requests for the script", run, s.count("/common.js"))
		}
	})
	t.Run("many scripts in turn", func(t *testing.T) { // longer than the timeout, which is not the page's fault
		s := newSite(t)
		s.page("/robots.txt", "")
		var tags strings.Builder
		for n := range 6 {
			fmt.Fprintf(&tags, `<script src="/%d.js"></script>`, n)
			s.typed(fmt.Sprintf("/%d.js", n), "text/javascript", fmt.Sprintf(`document.body.append(" ran%d")`, n))
		}
		s.page("/app", `<html><body><p>x</p>`+tags.String()+`</body></html>`)
		cfg, src := rendered(s, browser, "/app")
		src.Delay, src.Timeout = time.Second, 3*time.Second
		got, err := newTestCrawler(t, Options{Config: cfg}).Fetch(t.Context(), src.URL, src)
		if n := strings.Count(string(got.Body), " ran"); err != nil || n != 6 {
			t.Errorf("%d of 6 scripts ran, %v", n, err)
		}
	})
	t.Run("no rest", func(t *testing.T) {
		s := newSite(t)
		s.page("/robots.txt", "")
		s.page("/n", "x")
		s.page("/app", `<html><body><p>x</p><script>setInterval(() => fetch("/n").catch(() => {}), 100)</script></body></html>`)
		cfg, src := rendered(s, browser, "/app")
		log := &logBuffer{}
		c := newTestCrawler(t, Options{Config: cfg, Log: slog.New(slog.NewTextHandler(log, nil))})
		c.limits.rest = 2 * time.Second
		got, err := c.Fetch(t.Context(), src.URL, src)
		if err != nil || !strings.Contains(string(got.Body), "<p>x</p>") || !strings.Contains(log.String(), "did not come to rest within 2s") {
			t.Errorf("%v, %s, logged: %s", err, got.Body, log)
		}
	})
	checkClosed(t, browser)
}

// checkClosed expects that no page of ours is left in the browser, those of failed renderings included.
func checkClosed(t *testing.T, browser string) {
	t.Helper()
	address, _, _ := strings.Cut(browser, "/devtools/")
	list := strings.Replace(address, "ws://", "http://", 1) + "/json/list"
	var left string
	for range 50 {
		resp, err := http.Get(list)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if left = string(body); !strings.Contains(left, "/app") && strings.Count(left, `"type": "page"`) <= 1 {
			http.DefaultClient.CloseIdleConnections()
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("left in the browser: %s", left)
}

// renderForbidden lets a page ask for what it must not reach: a server of this machine on an address that is not allowed, by every way that a page has.
func renderForbidden(t *testing.T, browser string) {
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("only Linux has 127.0.0.2: ", err)
	}
	var reached atomic.Int64 // connections, with or without a request
	victim := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		fmt.Fprint(w, "SECRET")
	}))
	victim.Listener.Close()
	victim.Listener = listener
	victim.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			reached.Add(1)
		}
	}
	victim.Start()
	t.Cleanup(victim.Close)
	port := victim.URL[strings.LastIndex(victim.URL, ":"):]
	secret := t.TempDir() + "/secret.txt"
	if err := os.WriteFile(secret, []byte("SECRET"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newSite(t)
	s.page("/robots.txt", "User-agent: *\nDisallow: /secret/\n")
	s.page("/secret/x", "SECRET")
	s.page("/app", `<html><body><p id="out"></p><script>
		const out = (s) => document.getElementById("out").append(" " + s);
		for (const u of ["http://127.0.0.2`+port+`/fetch", "http://169.254.169.254/latest/meta-data/", "file://`+secret+`", "/secret/x", "http://[::1]`+port+`/six"])
			fetch(u).then(r => r.text()).then(x => out("got " + u + x)).catch(() => out("refused " + u));
		try { new WebSocket("ws://127.0.0.2`+port+`/socket") } catch (e) { out("no socket") }
		new Worker(URL.createObjectURL(new Blob(["fetch('http://127.0.0.2`+port+`/worker');new WebSocket('ws://127.0.0.2`+port+`/worker-socket')"])));
		navigator.sendBeacon("http://127.0.0.2`+port+`/beacon", "x");
		</script><iframe src="http://127.0.0.2`+port+`/frame"></iframe><iframe src="file://`+secret+`"></iframe><link rel="preconnect" href="http://127.0.0.2`+port+`/">
		<link rel="stylesheet" href="http://127.0.0.2`+port+`/style"><form id="f" method="post" action="http://127.0.0.2`+port+`/form" target="_blank"></form><script>f.submit()</script></body></html>`)
	cfg, src := rendered(s, browser, "/app")
	cfg.AllowAddresses = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	got, err := newTestCrawler(t, Options{Config: cfg}).Fetch(t.Context(), src.URL, src)
	if err != nil {
		t.Fatal(err)
	}
	body := string(got.Body)
	if strings.Count(body, "refused ") != 5+1 || strings.Contains(body, "SECRET") { // one stands in the script itself
		t.Errorf("the page reads\n%s", body)
	}
	if n := reached.Load(); n != 0 || s.count("/secret/x") != 0 {
		t.Errorf("reached %d times, and %v", n, s.paths())
	}
}

func TestRenderWithoutBrowser(t *testing.T) {
	s := scriptedSite(t, 1)
	for name, browser := range map[string]string{"none": "", "nobody there": "ws://127.0.0.1:9/"} {
		cfg, src := rendered(s, browser, "/app")
		_, err := newTestCrawler(t, Options{Config: cfg}).Fetch(t.Context(), src.URL, src)
		if err == nil || !strings.Contains(err.Error(), "browser") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
