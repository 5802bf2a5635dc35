package config

import (
	"errors"
	"flag"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the expected messages and the tables of docs/configuration.md")

var testEnv = map[string]string{
	"ZHAOWEN_DIR": "/data", "ZHAOWEN_RETRIES": "2", "ZHAOWEN_YAML": "x\", id: \"y # [", "TWO_AND_A_BIT": "2.5",
	"ZHAOWEN_CONTACT": "", "ZHAOWEN_SECRET": "hunter2", "ZHAOWEN_LIST": "https://example.com/?token=hunter2", "ZHAOWEN_USER": "bob:hunter2@",
	"ZHAOWEN_LINES": "hunter2\nhunter3",
}

func lookup(name string) (string, bool) {
	value, ok := testEnv[name]
	return value, ok
}

// TestBad holds one mistake a file; its first line says what must be reported, as `line: message`.
func TestBad(t *testing.T) {
	paths, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(paths) < 25 {
		t.Fatalf("%d bad files, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".yaml"), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Parse("zhaowen.yaml", data, lookup)
			if err == nil {
				t.Fatal("accepted")
			}
			first, body, _ := strings.Cut(string(data), "\n")
			got := "# want: " + strings.ReplaceAll(err.Error(), "\n", " | ")
			if *update {
				if err := os.WriteFile(path, []byte(got+"\n"+body), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(first, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func parseFile(t *testing.T, name string) *Config {
	t.Helper()
	data, err := os.ReadFile("testdata/good/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := Parse(name+".yaml", data, lookup)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func builtIn() *Config {
	shanghai, _ := time.LoadLocation("Asia/Shanghai")
	return &Config{
		Database: "zhaowen.db", Location: shanghai, ShutdownTimeout: 30 * time.Second,
		Defaults: Crawl{
			Schedule: "*/30 * * * *", Jitter: 5 * time.Minute, Delay: 2 * time.Second, Concurrency: 1, Timeout: 30 * time.Second,
			MaxPages: 20, MaxBody: 8 << 20, Retries: 3, Robots: "obey",
		},
	}
}

var byValue = cmp.Options{
	cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() }),
	cmp.Comparer(func(a, b netip.Prefix) bool { return a == b }),
}

func TestGood(t *testing.T) {
	minimal := builtIn()
	minimal.File = "minimal.yaml"
	minimal.Sources = []Source{{Crawl: minimal.Defaults, ID: "gz-commerce", URL: "https://example.gov.cn/tzdt/index.html", TLS: TLSVerify}}

	env := builtIn()
	env.File, env.Database, env.UserAgent = "env.yaml", "/data/zhaowen.db", "costs ${5}"
	env.AllowAddresses = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	env.Defaults.Delay, env.Defaults.Retries = 7*time.Second, 2
	env.Sources = []Source{{Crawl: env.Defaults, ID: "a", URL: "https://example.com/", Name: testEnv["ZHAOWEN_YAML"], Disabled: true, TLS: TLSVerify}}

	anchors := builtIn()
	anchors.File = "anchors.yaml"
	a := Source{Crawl: anchors.Defaults, ID: "a", URL: "https://example.com/a/", TLS: TLSVerify, List: ListRules{Row: "li"}}
	a.Delay = 9 * time.Second
	b := a
	b.ID, b.URL = "b", "https://example.com/b/"
	anchors.Sources = []Source{a, b}

	for _, want := range []*Config{minimal, fullConfig(), env, anchors} {
		name := strings.TrimSuffix(want.File, ".yaml")
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, parseFile(t, name), byValue); diff != "" {
				t.Error(diff)
			}
		})
	}
	if diff := cmp.Diff(builtIn(), Default(), byValue); diff != "" {
		t.Error("default:", diff)
	}
}

func fullConfig() *Config {
	urumqi, _ := time.LoadLocation("Asia/Urumqi")
	c := &Config{
		File: "full.yaml", Database: "/data/zhaowen.db", Archive: "/data/warc", Listen: "127.0.0.1:8080", Location: urumqi,
		UserAgent: "Mozilla/5.0 (compatible; Ours/1.0; +https://example.org/bot)", Contact: "crawler@example.org",
		AllowAddresses:  []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("fd00::/8")},
		Browser:         "ws://chromium:9222",
		Proxy:           "http://crawler:hunter2@proxy:3128",
		ShutdownTimeout: 90 * time.Second,
		Defaults: Crawl{
			Schedule: "@every 10m", Jitter: time.Minute, Recheck: 72 * time.Hour, Delay: 5 * time.Second, Concurrency: 2, Timeout: time.Minute, MaxPages: 3, MaxBody: 1e9,
			Retries: 1, Robots: "ignore", Keep: Period{24, "mo"},
		},
	}
	c.Sources = []Source{{
		Crawl: Crawl{
			Schedule: "0 8-20 * * 1-5", Delay: 1500 * time.Millisecond, Concurrency: 3, Timeout: 10 * time.Second,
			MaxBody: 3 << 19, Robots: "obey",
		},
		ID: "gz-commerce", URL: "https://example.gov.cn/投资/index.html", Render: true, Name: "广州市商务局", Region: "440100", Charset: "gb18030",
		Disabled: true, Proxy: "socks5://127.0.0.1:1080", TLS: TLSInsecure, Auth: Auth{User: "reader", Password: "hunter2"},
		Headers: map[string]string{"X-Api-Key": "key: hunter2", "Accept": "application/json"}, Query: map[string]string{"token": "hunter2"},
		List:    ListRules{Row: "ul.news li", Link: "a", Date: "span", Next: "a.next"},
		Article: ArticleRules{Title: "h1", Body: ".TRS_Editor", Date: ".info", Remove: []string{".share", "script, style"}},
		JSON:    JSONRules{Rows: ".data.list", Title: ".title", URL: ".url", Date: ".publishTime", Next: ".data.next"},
	}, {Crawl: c.Defaults, ID: "sz.invest_2", URL: "http://example.com:8080/list?id=1", Proxy: c.Proxy, TLS: TLSVerify}}
	return c
}

func TestAllMistakesAtOnce(t *testing.T) {
	_, err := Parse("z.yaml", []byte("sources:\r\n  - id: a\r\n    delay: 3\r\ndatabse: x\r\ntimezone: Mars\r\n"), nil)
	var all Errors
	if !errors.As(err, &all) {
		t.Fatalf("%T %v", err, err)
	}
	var lines []int
	for _, one := range all {
		lines = append(lines, one.Line)
	}
	if diff := cmp.Diff([]int{2, 3, 4, 5}, lines); diff != "" {
		t.Error(err, diff)
	}
	var one *Error
	if !errors.As(err, &one) || strings.Count(err.Error(), "\n") != 3 {
		t.Errorf("not one line a mistake: %v", err)
	}
}

func TestUnreadable(t *testing.T) {
	tests := map[string]struct{ data, want string }{
		"GBK":     {"database: a\nname: \xb9\xe3\xd6\xdd\n", "z:2: not UTF-8"},
		"binary":  {"a\x00b", "z:1: holds a NUL"},
		"large":   {strings.Repeat("#\n", maxFile), "z:1: larger than"},
		"long":    {strings.Repeat("a:\n", maxLines+1), "too many lines"},
		"lists":   {strings.Repeat("- ", 400_000), "nested too deeply"},
		"braces":  {strings.Repeat("{a: ", 200_000), "nested too deeply"},
		"tags":    {strings.Repeat("!a\n", 2000), "nested too deeply"},
		"itself":  {"defaults: &a\n  <<: *a\n", "z:2: << takes one mapping"},
		"spinner": {"sources: &s [*s]\n", "z:1: expected keys and values"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := Parse("z", []byte(tt.data), nil); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestLoad(t *testing.T) {
	if _, err := Load(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
	path := filepath.Join(t.TempDir(), "z.yaml")
	if err := os.WriteFile(path, []byte("\ufeffdatabase: ${ZHAOWEN_TEST_DB}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ZHAOWEN_TEST_DB", "other.db")
	c, err := Load(path)
	if err != nil || c.Database != "other.db" || c.File != path {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestAgent(t *testing.T) {
	c := Default()
	if got := c.Agent("1.2"); got != "Mozilla/5.0 (compatible; Zhaowen/1.2)" {
		t.Error(got)
	}
	c.Contact = "https://example.org/bot"
	if got := c.Agent("1.2"); got != "Mozilla/5.0 (compatible; Zhaowen/1.2; +https://example.org/bot)" {
		t.Error(got)
	}
	c.UserAgent = "Ours/1"
	if got := c.Agent("1.2"); got != "Ours/1" {
		t.Error(got)
	}
}

// FuzzParse looks for panics and hangs, in the YAML library too.
func FuzzParse(f *testing.F) {
	paths, err := filepath.Glob("testdata/*/*.yaml")
	if err != nil || len(paths) < 25 {
		f.Fatalf("%d files, %v", len(paths), err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("sources:\n  - &x {id: a, url: http://a/}\n  - <<: *x\n    id: b\n"))
	f.Add([]byte("defaults: {delay: ${X:-1s}, max_body: 1.5MiB, schedule: TZ=0}\nallow_addresses: [10.0.0.0/8, !!str 5]\n"))
	f.Add([]byte("? a\n: |\n  b\n%YAML 1.2\n---\n'\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("z.yaml", data, lookup)
		if (c == nil) == (err == nil) {
			t.Errorf("config %v and error %v", c, err)
		}
	})
}
