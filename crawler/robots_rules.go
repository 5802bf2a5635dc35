package crawler

import (
	"bytes"
	"cmp"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// robotsRules are the rules of a robots.txt for one crawler (RFC 9309, 2.2).
type robotsRules struct {
	rules []robotsRule  // the most specific first
	delay time.Duration // Crawl-delay, at most maxCrawlDelay; no part of the RFC
}

// robotsRule is an Allow or a Disallow line.
type robotsRule struct {
	pattern string // normalised
	allow   bool
}

// parseRobots reads a robots.txt for the crawler of a product token. The groups of a crawler count as one, wherever they stand; those of `*` count for crawlers that have
// none (RFC 9309, 2.2.1). Lines that are no rules are passed over and end no group (2.2.4). What is kept is at most three times as large as the file, by percent-encoding,
// and a few words a rule.
func parseRobots(body []byte, agent string) *robotsRules {
	if len(body) >= maxRobots { // the limit cut through the last line
		body = body[:bytes.LastIndexAny(body, "\r\n")+1]
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	var own, all robotsRules
	var named, isOwn, isAll, inRules bool // whether the crawler has a group; whom the present group is for; and whether it has rules yet
	for len(body) > 0 {
		line := body
		if end := bytes.IndexAny(body, "\r\n"); end >= 0 {
			line, body = body[:end], body[end+1:]
		} else {
			body = nil
		}
		key, value := robotsLine(string(line))
		switch key {
		case "user-agent", "useragent":
			if inRules {
				isOwn, isAll, inRules = false, false, false
			}
			token := robotsToken(value)
			isOwn = isOwn || token != "" && strings.EqualFold(token, agent)
			isAll = isAll || token == "*"
			named = named || isOwn
		case "allow", "disallow":
			inRules = true
			if isOwn {
				own.add(value, key == "allow")
			}
			if isAll {
				all.add(value, key == "allow")
			}
		case "crawl-delay", "crawldelay":
			delay := readCrawlDelay(value)
			if isOwn {
				own.delay = max(own.delay, delay)
			}
			if isAll {
				all.delay = max(all.delay, delay)
			}
		}
	}
	if !named {
		own = all
	}
	own.sort()
	return &own
}

// robotsLine cuts a line into its key, in lower case, and its value, without a comment. Sites are known to write the full-width colon.
func robotsLine(line string) (key, value string) {
	line, _, _ = strings.Cut(line, "#")
	line = strings.TrimSpace(line)
	for i, r := range line {
		if r == ':' || r == '：' {
			return strings.ToLower(strings.TrimSpace(line[:i])), strings.TrimSpace(strings.TrimLeft(line[i:], ":："))
		}
	}
	return "", ""
}

// robotsToken is the product token of a User-agent line: many write a version behind it.
func robotsToken(value string) string {
	if end := strings.IndexAny(value, "/ \t;,()"); end >= 0 {
		return value[:end]
	}
	return value
}

// readCrawlDelay reads the value of a Crawl-delay line, in seconds; 0: it is no number.
func readCrawlDelay(value string) time.Duration {
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || seconds < 0 || math.IsNaN(seconds) {
		return 0
	}
	return time.Duration(min(seconds, maxCrawlDelay.Seconds()) * float64(time.Second))
}

// add takes a rule in. One without a path forbids, and allows, nothing.
func (r *robotsRules) add(pattern string, allow bool) {
	if pattern == "" {
		return
	}
	if pattern[0] != '/' && pattern[0] != '*' {
		pattern = "/" + pattern
	}
	r.rules = append(r.rules, robotsRule{normalPattern(pattern), allow})
}

// sort brings the rules into the order in which the first one that matches decides: that with the most octets, and Allow before an equal Disallow (RFC 9309, 2.2.2).
func (r *robotsRules) sort() {
	slices.SortFunc(r.rules, func(a, b robotsRule) int {
		switch {
		case len(a.pattern) != len(b.pattern):
			return len(b.pattern) - len(a.pattern)
		case a.allow != b.allow && a.allow:
			return -1
		case a.allow != b.allow:
			return 1
		}
		return cmp.Compare(a.pattern, b.pattern)
	})
	r.rules = slices.Clip(slices.Compact(r.rules))
}

// allows tells whether a URL may be fetched. What no rule matches may be, and robots.txt itself (RFC 9309, 2.2.2).
func (r *robotsRules) allows(u *url.URL) bool {
	path := robotsPath(u)
	if path == "/robots.txt" {
		return true
	}
	for _, rule := range r.rules {
		if matches(rule.pattern, path) {
			return rule.allow
		}
	}
	return true
}
