package parser

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Some systems leave the place of the date empty and let a script fill it in: var ct = "1789462800", publishTime = '2026-09-15 17:00',
// document.getElementById("publish_time").innerText = "2026-09-15 17:00". What the script says is what a reader sees.

// What stands in a script where one of the patterns below may match: a search for these words is cheaper than theirs.
var (
	dateVariables = []string{"ublishTime", "ublishDate", "ublish_time", "ublish_date", "ublishtime", "ublishdate", "ubTime", "ubDate", "ubtime", "ubdate", "ub_time", "ub_date", "reateTime", "reate_time", "ct =", "ct=", "tm =", "tm="}
	quotedYears   = []string{`"1`, `"2`, `'1`, `'2`, `":1`, `": 1`} // of a year or of seconds
	dateFillers   = []string{".innerText", ".innerHTML", ".textContent", ").text(", ").html("}
)

var (
	scriptDate = regexp.MustCompile(`(?i)(?:^|[^\w.])["']?(?:publish_?(?:time|date)|pub_?(?:time|date)|(?:ori)?create_?time|(ct)|(tm))["']?\s*[=:]\s*(?:["'](\d{10}(?:\d{3})?|\d{4}-\d\d?-\d\d?[^"'\n]{0,14})["']|(1\d{9}(?:\d{3})?)\b)`)
	filledDate = regexp.MustCompile(`(?i)["']#?[\w-]*(?:pub|date|time)[\w-]*["']\)\.(?:(?:innerText|innerHTML|textContent)\s*=|(?:text|html)\()\s*["']([^"'\n]{8,40})["']`)
)

// scriptMost is how much of a script is read: what fills a page in stands in short ones.
const scriptMost = 64 << 10

// beijing is the zone of what Chinese systems write as seconds.
var beijing = time.FixedZone("CST", 8*60*60)

// datesInScripts lists the dates that scripts give the page, as texts.
func (d *Document) datesInScripts() []string {
	var found []string
	wechat := len(d.scripts) > 0 && d.hasID("publish_time")
	for _, s := range d.scripts {
		if strings.Contains(s.kind, "json") {
			continue
		}
		text := s.text[:min(len(s.text), scriptMost)]
		for _, part := range partsAround(text, dateFillers) {
			if m := filledDate.FindStringSubmatch(part); m != nil {
				found = append(found, m[1])
			}
		}
		if !containsAny(text, quotedYears) {
			continue
		}
		written := strings.Contains(text, "document.write")
		if value := d.onlyScriptDate(partsAround(text, dateVariables), wechat, written); value != "" {
			found = append(found, value)
		}
	}
	return found
}

// partsAround cuts the first places of a text where some words stand.
func partsAround(text string, words []string) []string {
	var parts []string
	for _, word := range words {
		for at, n := 0, 0; n < 6; n++ {
			i := strings.Index(text[at:], word)
			if i < 0 {
				break
			}
			at += i
			parts = append(parts, text[max(0, at-40):min(len(text), at+80)])
			at += len(word)
		}
	}
	return parts
}

// onlyScriptDate is the date that a script names; empty: it names none, or several, as those do that tell of other articles too.
// ct is WeChat's name for it, and tm one of pages that write it; both are anything elsewhere.
func (d *Document) onlyScriptDate(parts []string, wechat, written bool) string {
	value := ""
	var day date
	for _, part := range parts {
		for _, m := range scriptDate.FindAllStringSubmatch(part, 4) {
			if m[1] != "" && !wechat || m[2] != "" && !written {
				continue
			}
			text := scriptTime(m[3] + m[4])
			all := findDates(text, d.now)
			if len(all) == 0 {
				continue
			}
			if value != "" && all[0].String() != day.String() {
				return ""
			}
			value, day = text, all[0]
		}
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
