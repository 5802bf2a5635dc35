package parser

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Some systems leave the place of the date empty and let a script fill it in: var ct = "1789462800", publishTime = '2026-09-15 17:00',
// document.getElementById("publish_time").innerText = "2026-09-15 17:00". What the script says is what a reader sees.

// scriptDateNames are cheap to look for before scriptDate is.
var scriptDateNames = []string{"ublish", "ub_", "ubDate", "ubTime", "ubdate", "ubtime", "reateTime", "create_time", "ct ="}

var (
	scriptDate = regexp.MustCompile(`(?i)(?:^|[^\w.])["']?(?:publish_?(?:time|date)|pub_?(?:time|date)|(?:ori)?create_?time|(ct))["']?\s*[=:]\s*["'](\d{10}(?:\d{3})?|\d{4}-\d\d?-\d\d?[^"'\n]{0,14})["']`)
	filledDate = regexp.MustCompile(`(?i)["']#?[\w-]*(?:pub|date|time)[\w-]*["']\)\.(?:(?:innerText|innerHTML|textContent)\s*=|(?:text|html)\()\s*["']([^"'\n]{8,40})["']`)
)

// scriptMost is how much of a script is read: what fills a page in stands in short ones.
const scriptMost = 64 << 10

// beijing is the zone of what Chinese systems write as seconds.
var beijing = time.FixedZone("CST", 8*60*60)

// datesInScripts lists the dates that scripts give the page, as texts.
func (d *Document) datesInScripts() []string {
	var found []string
	for _, s := range d.scripts {
		text := s.text[:min(len(s.text), scriptMost)]
		if strings.Contains(s.kind, "json") || !containsAny(text, scriptDateNames) && !strings.Contains(text, "inner") {
			continue
		}
		for _, m := range filledDate.FindAllStringSubmatch(text, 4) {
			found = append(found, m[1])
		}
		if value := d.onlyScriptDate(text); value != "" {
			found = append(found, value)
		}
	}
	return found
}

// onlyScriptDate is the date that a script names; empty: it names none, or several, as those do that tell of other articles too.
func (d *Document) onlyScriptDate(text string) string {
	value := ""
	var day date
	for _, m := range scriptDate.FindAllStringSubmatch(text, 6) {
		if m[1] != "" && !d.hasID("publish_time") { // ct is WeChat's name for it, and anything elsewhere
			continue
		}
		all := findDates(scriptTime(m[2]), d.now)
		if len(all) == 0 {
			continue
		}
		if value != "" && all[0].String() != day.String() {
			return ""
		}
		value, day = scriptTime(m[2]), all[0]
	}
	return value
}

// scriptTime writes seconds or milliseconds as a date.
func scriptTime(value string) string {
	if strings.Contains(value, "-") {
		return value
	}
	seconds, err := strconv.ParseInt(value[:10], 10, 64)
	if err != nil {
		return ""
	}
	return time.Unix(seconds, 0).In(beijing).Format("2006-01-02 15:04")
}

// hasID tells whether an element of the page has an id.
func (d *Document) hasID(id string) bool {
	for i := range d.Nodes {
		if strings.HasSuffix(d.Nodes[i].Class, id) && d.attr(i, "id") == id {
			return true
		}
	}
	return false
}
