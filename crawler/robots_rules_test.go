package crawler

import (
	"fmt"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestRobotsRulesMatch(t *testing.T) {
	tests := []struct {
		name, rules, path string
		allowed           bool
	}{
		// RFC 9309, 2.2.2: what is compared.
		{"Chinese", "Disallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", false},
		{"Chinese in the URL", "Disallow: /foo/bar/%E3%83%84", "/foo/bar/ツ", false},
		{"small hexadecimals in the URL", "Disallow: /招商/", "/%e6%8b%9b%e5%95%86/1.html", false},
		{"unreserved octets", "Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", false},
		{"unreserved octets in the URL", "Disallow: /~li", "/%7Eli/a", false},
		{"a URL in a query", "Disallow: /foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", false},
		{"a URL in a query, the other way", "Disallow: /foo/bar?baz=https%3A%2F%2Ffoo.bar", "/foo/bar?baz=https://foo.bar", false},
		{"an encoded slash is none", "Disallow: /a/b", "/a%2Fb", true},
		{"an encoded slash, in small", "Disallow: /a%2fb", "/a%2Fb", false},
		{"capitals differ", "Disallow: /Private", "/private", true},
		{"a stray %", "Disallow: /100%", "/100%25", false},
		{"no path in the URL", "Disallow: /$", "", false},
		{"an empty query", "Disallow: /a?", "/a?", false},
		{"robots.txt itself", "Disallow: /", "/robots.txt", true},
		{"no slash in front", "Disallow: private", "/private/a", false},
		{"no path", "Disallow: /a\nAllow:\nDisallow:", "/a", false},

		// 2.2.3: special characters.
		{"a star at the end", "Disallow: /a*", "/ab", false},
		{"a star in front", "Disallow: *.pdf", "/a/b.pdf", false},
		{"a star for nothing", "Disallow: /a*b", "/ab", false},
		{"a star over slashes", "Disallow: /a/*/c", "/a/b/b/c", false},
		{"many stars", "Disallow: /a***b", "/axxb", false},
		{"the end", "Disallow: /*.html$", "/a.html", false},
		{"not the end", "Disallow: /*.html$", "/a.html?x", true},
		{"the end of the second one", "Disallow: /*ab$", "/ab/ab", false},
		{"the end overlaps the piece before", "Disallow: /*ab*ba$", "/aba", true},
		{"the end without a star", "Disallow: /a$", "/ab", true},
		{"a dollar within", "Disallow: /a$b", "/a$b", false},
		{"an encoded star", "Disallow: /a-%2A.html", "/a-*.html", false},
		{"an encoded star is no star", "Disallow: /a-%2A.html", "/a-b.html", true},
		{"an encoded dollar", "Disallow: /a%24", "/a$b", false},
		{"expressions are none", "Disallow: /a.c\nDisallow: /(b|d)+", "/abc", true},

		// 2.2.2: which rule counts.
		{"the longest", "Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", false},
		{"the longest, first", "Allow: /p\nDisallow: /", "/page", true},
		{"the longest has stars", "Allow: /page\nDisallow: /*.htm", "/page.htm", false},
		{"a full stop is one octet", "Allow: /a.b\nDisallow: /a/*", "/a.b", true},
		{"a full stop does not make it longer", "Disallow: /a/*.h\nAllow: /a/b.ht", "/a/b.htm", true},
		{"Allow on a tie, last", "Disallow: /folder\nAllow: /folder", "/folder/page", true},
		{"Allow on a tie, first", "Allow: /folder\nDisallow: /folder", "/folder/page", true},
		{"a tie of two spellings", "Disallow: /%62\nAllow: /b", "/b", true},
		{"length is that of the octets", "Disallow: /招*\nAllow: /%E6%8B%9B", "/招商", false},

		// 2.2 and 2.2.4: lines.
		{"comments", "Disallow: /a # the archive\n#Disallow: /b", "/a", false},
		{"a comment is no rule", "Disallow: /a # the archive\n#Disallow: /b", "/b", true},
		{"spaces", "  disALLOW \t:\t/a  ", "/a", false},
		{"full-width colon", "Disallow：/a", "/a", false},
		{"unknown lines", "Noindex: /b\nClean-param: s /c\nnonsense\n\x00\xff:\nDisallow: /a", "/a", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u, err := url.Parse("http://one.test" + tt.path)
			if err != nil {
				t.Fatal(err)
			}
			if got := parseRobots([]byte("User-agent: *\n"+tt.rules), "Zhaowen").allows(u); got != tt.allowed {
				t.Errorf("%q allowed: %t", tt.path, got)
			}
		})
	}
}

func TestRobotsGroups(t *testing.T) {
	tests := []struct {
		name, robots string
		allowed      string // of the paths /a, /b and /c
		delay        time.Duration
	}{
		{"of all", "User-agent: *\nDisallow: /a", "bc", 0},
		{"own one instead of all", "User-agent: *\nDisallow: /a\nUser-agent: Zhaowen\nDisallow: /b", "ac", 0},
		{"own one before all", "User-agent: Zhaowen\nDisallow: /b\n\nUser-agent: *\nDisallow: /a", "ac", 0},
		{"own one without rules", "User-agent: *\nDisallow: /\n\nUser-agent: zhaowen", "abc", 0},
		{"two of its own", "User-agent: zhaowen\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: ZHAOWEN\nDisallow: /c", "b", 0},
		{"two of all", "User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /c", "b", 0},
		{"several names", "User-agent: x\nUser-agent: zhaowen\nUser-agent: y\nDisallow: /a", "bc", 0},
		{"all among names", "User-agent: x\nUser-agent: *\nDisallow: /a", "bc", 0},
		{"an empty line ends nothing", "User-agent: zhaowen\n\nDisallow: /a\n\nDisallow: /b", "c", 0},
		{"a sitemap ends nothing", "User-agent: x\nSitemap: /s.xml\nUser-agent: *\nDisallow: /a", "bc", 0},
		{"rules before all groups", "Disallow: /a\nUser-agent: *\nDisallow: /b", "ac", 0},
		{"versions", "User-agent: Zhaowen/2.1 (+http://x)\nDisallow: /a", "bc", 0},
		{"longer names", "User-agent: ZhaowenNews\nDisallow: /a\nUser-agent: Zhaowen-Image\nDisallow: /b", "abc", 0},
		{"shorter names", "User-agent: Zhao\nDisallow: /a\nUser-agent:\nDisallow: /b", "abc", 0},
		{"CR LF", "\ufeffUser-agent: *\r\nDisallow: /a\r\n\r\nDisallow: /b\r\n", "c", 0},
		{"delay", "User-agent: *\nCrawl-delay: 2.5\nDisallow: /a", "bc", 2500 * time.Millisecond},
		{"delay of its own", "User-agent: *\nCrawl-delay: 9\nDisallow: /a\nUser-agent: zhaowen\ncrawldelay: 3 # s\n", "abc", 3 * time.Second},
		{"delay of others", "User-agent: x\nCrawl-delay: 9\n\nUser-agent: *\nDisallow: /a", "bc", 0},
		{"delays that are none", "User-agent: *\nCrawl-delay: NaN\nCrawl-delay: -1\nCrawl-delay: 5 s", "abc", 0},
		{"delay without end", "User-agent: *\nCrawl-delay: Inf", "abc", maxCrawlDelay},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rules, allowed := parseRobots([]byte(tt.robots), "Zhaowen"), ""
			for _, path := range []string{"a", "b", "c"} {
				if rules.allows(&url.URL{Scheme: "http", Host: "one.test", Path: "/" + path}) {
					allowed += path
				}
			}
			if allowed != tt.allowed || rules.delay != tt.delay {
				t.Errorf("allowed are %q with a delay of %s, want %q and %s", allowed, rules.delay, tt.allowed, tt.delay)
			}
		})
	}
}

// A robots.txt that is as large as is read, and made to be slow, costs little memory and time.
func TestRobotsWildcardBombs(t *testing.T) {
	numbered := func(format string) string {
		var b strings.Builder
		for n := 0; b.Len() < maxRobots; n++ {
			fmt.Fprintf(&b, format+"\n", n)
		}
		return b.String()
	}
	for name, body := range map[string]string{
		"many rules":      numbered("Disallow: /*a*b%d$"),
		"many short ones": numbered("Disallow:/%d"),
		"many agents":     numbered("User-agent: %d") + "Disallow: /",
		"many groups":     numbered("User-agent: zhaowen\nDisallow: /*a%d"),
		"one long rule":   "Disallow: /" + strings.Repeat("*a", maxRobots/2-20) + "b",
		"stars":           "Disallow: /" + strings.Repeat("*", maxRobots-20) + "b",
		"Chinese":         numbered("Disallow: /招商*引资%d"),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			started := time.Now()
			rules := parseRobots([]byte("User-agent: *\n"+body), "Zhaowen")
			parsed := time.Since(started)
			runtime.GC()
			runtime.ReadMemStats(&after)
			u := &url.URL{Scheme: "http", Host: "one.test", Path: "/" + strings.Repeat("a", 2000)}
			started = time.Now()
			rules.allows(u)
			checked := time.Since(started)
			if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); kept > 4*maxRobots {
				t.Errorf("%d KiB are kept", kept>>10)
			}
			if parsed > time.Second || checked > 100*time.Millisecond {
				t.Errorf("it took %s to read, and %s to ask", parsed, checked)
			}
			t.Logf("%d rules; read in %s, asked in %s, %d KiB", len(rules.rules), parsed, checked, (int64(after.HeapAlloc)-int64(before.HeapAlloc))>>10)
		})
	}
}

func FuzzRobotsRules(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /招*商$\nAllow: /%e6\r\nCrawl-delay: 1e9", "/招商/a%2fb?c=%3A")
	f.Add("\ufeffuser-agent：zhaowen\rDisallow:*a**b$$", "/a*b$")
	f.Fuzz(func(t *testing.T, robots, path string) {
		rules := parseRobots([]byte(robots), "Zhaowen")
		u := &url.URL{Scheme: "http", Host: "one.test", Path: "/" + path}
		rules.allows(u)
		if rules.delay < 0 || rules.delay > maxCrawlDelay {
			t.Errorf("a delay of %s", rules.delay)
		}
		normal := robotsPath(u)
		if again := normalOctets(normal, ""); again != normal {
			t.Errorf("%q is normalised to %q and then to %q", path, normal, again)
		}
		if !matches(normalPattern(normal), normal) || !matches(normalPattern(normal+"$"), normal) || !matches("/*"+normal[1:], normal) {
			t.Errorf("%q does not match itself", normal)
		}
		for _, rule := range rules.rules {
			if again := normalPattern(rule.pattern); again != rule.pattern {
				t.Errorf("the pattern %q becomes %q", rule.pattern, again)
			}
		}
		if forbidden := parseRobots([]byte("User-agent: *\nDisallow: /"), "Zhaowen"); forbidden.allows(u) && normal != "/robots.txt" {
			t.Errorf("%q is allowed where nothing is", normal)
		}
	})
}
