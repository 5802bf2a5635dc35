package crawler

import (
	"bytes"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/temoto/robotstxt"
)

// parseRobots reads a robots.txt. The library gives up the whole file for one bad line; such lines are taken out first, so that the others hold.
func parseRobots(body []byte) *robotstxt.RobotsData {
	if data, err := robotstxt.FromBytes(soundLines(body)); err == nil {
		return data
	}
	none, _ := robotstxt.FromBytes(nil) // of no bytes: no rules, and no error
	return none
}

// soundLines leaves out rules before the first User-agent and delays that are no number, and a last line that the size limit cut through.
func soundLines(body []byte) []byte {
	if len(body) >= maxRobots {
		body = body[:bytes.LastIndexByte(body, '\n')+1]
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	body = bytes.ReplaceAll(body, []byte("\r"), []byte("\n"))
	var sound bytes.Buffer
	hasAgent := false
	for line := range bytes.Lines(body) {
		key, value, _ := strings.Cut(strings.TrimSpace(string(line)), ":")
		value, _, _ = strings.Cut(value, "#")
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "user-agent", "useragent":
			hasAgent = true
		case "allow", "disallow":
			if !hasAgent {
				continue
			}
		case "crawl-delay", "crawldelay":
			seconds, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if !hasAgent || err != nil || seconds < 0 || math.IsNaN(seconds) {
				continue
			}
			// A larger number would overflow the library's Duration.
			line = []byte("Crawl-delay: " + strconv.FormatFloat(min(seconds, maxCrawlDelay.Seconds()), 'f', -1, 64) + "\n")
		}
		sound.Write(line)
	}
	return sound.Bytes()
}

// crawlDelay is the Crawl-delay that holds for a group, bounded.
func crawlDelay(group *robotstxt.Group) time.Duration {
	return min(max(group.CrawlDelay, 0), maxCrawlDelay)
}

// robotsPath is the part of a URL that the rules are about.
func robotsPath(u *url.URL) string {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return path
}
