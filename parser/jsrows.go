package parser

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// Lists that stand in a script, or come as JSON or JSONP, are arrays of objects. Which key holds the title, the address and the date is found from the
// values: the keys are called aT, aU, aPd, title, url, DOCTITLE or anything.

// jsArrays returns the arrays of objects in a text, the longest first.
func jsArrays(text string) [][]map[string]any {
	var found [][]map[string]any
	for from, tries := 0, 0; len(found) < 8 && tries < 64; {
		at := strings.IndexByte(text[from:], '[')
		if at < 0 {
			break
		}
		at += from
		from = at + 1
		rest := strings.TrimLeft(text[at+1:min(len(text), at+200)], " \t\r\n")
		if !strings.HasPrefix(rest, "{") {
			continue
		}
		tries++
		r := jsReader{s: text, pos: at}
		v, err := r.value()
		if errors.Is(err, errTooMany) {
			break
		}
		if err != nil {
			continue
		}
		from = r.pos
		if objects := asObjects(v); len(objects) > 0 {
			found = append(found, objects)
		}
	}
	found = append(found, jsPushes(text)...)
	slices.SortStableFunc(found, func(a, b []map[string]any) int { return len(b) - len(a) })
	return found
}

var pushCall = regexp.MustCompile(`([A-Za-z_$][\w$.]*)\.push\(\s*\{`)

// jsPushes returns the arrays that a script fills one object at a time: docs.push({…}); docs.push({…});
func jsPushes(text string) [][]map[string]any {
	if !strings.Contains(text, ".push(") {
		return nil
	}
	byName := map[string][]any{}
	var names []string
	failed := 0
	for _, m := range pushCall.FindAllStringSubmatchIndex(text, maxPushes) {
		r := jsReader{s: text, pos: m[1] - 1}
		v, err := r.value()
		if err != nil {
			if failed++; failed > 16 {
				break // each may have read to the end of the script
			}
			continue
		}
		name := text[m[2]:m[3]]
		if byName[name] == nil {
			names = append(names, name)
		}
		byName[name] = append(byName[name], v)
	}
	var found [][]map[string]any
	for _, name := range names {
		if objects := asObjects(byName[name]); len(objects) > 2 {
			found = append(found, objects)
		}
	}
	return found
}

// maxPushes is how many such calls are read.
const maxPushes = 500

func asObjects(v any) []map[string]any {
	array, ok := v.([]any)
	if !ok {
		return nil
	}
	var objects []map[string]any
	for _, item := range array {
		if o, ok := item.(map[string]any); ok {
			objects = append(objects, flatten(o))
		}
	}
	return objects
}

// flatten lifts the fields of nested objects, such as {"data": {"title": …}}.
func flatten(o map[string]any) map[string]any {
	for key, v := range o {
		if inner, ok := v.(map[string]any); ok {
			for k, value := range inner {
				if _, taken := o[key+"."+k]; !taken {
					if s, ok := value.(string); ok {
						o[key+"."+k] = s
					}
				}
			}
		}
	}
	return o
}

// objectRows reads rows from an array of objects.
func (d *Document) objectRows(objects []map[string]any) []Row {
	keys := d.pickKeys(objects)
	if keys.title == "" || keys.url == "" {
		return nil
	}
	var rows []Row
	for _, o := range objects {
		title, _ := o[keys.title].(string)
		address, _ := o[keys.url].(string)
		row := Row{Title: plainText(title), URL: d.resolve(address)}
		if row.Title == "" || row.URL == "" {
			continue
		}
		if x, ok := d.dateValue(o[keys.date]); ok {
			row.Date = x.String()
		}
		if s, ok := o[keys.summary].(string); ok && keys.summary != "" {
			row.Summary = plainText(s)
		}
		rows = append(rows, row)
	}
	return rows
}

type rowKeys struct{ title, url, date, summary string }

// pickKeys votes by the values of each key.
func (d *Document) pickKeys(objects []map[string]any) rowKeys {
	votes := map[string]*keyVotes{}
	for _, o := range objects[:min(len(objects), 50)] {
		for key, v := range o {
			if votes[key] == nil {
				votes[key] = &keyVotes{}
			}
			votes[key].add(d, v)
		}
	}
	names := make([]string, 0, len(votes))
	for key := range votes {
		names = append(names, key)
	}
	slices.Sort(names)
	var keys rowKeys
	var title, address, day, summary float64
	for _, key := range names {
		v, name := votes[key], strings.ToLower(key)
		n := float64(v.n)
		if w := float64(v.url)/n + v.variety() + bonus(name, "url", "link", "href") - bonus(name, otherTargets...); v.url*2 > v.n && w > address {
			address, keys.url = w, key
		}
		if w := float64(v.date)/n + bonus(name, "date", "time") + bonus(name, "pub", "release", "issue") - bonus(name, otherDays...); v.date*2 > v.n && w > day {
			day, keys.date = w, key
		}
		if w := float64(v.title)/n + v.variety() + bonus(name, "title", "subject", "name", "bt") - bonus(name, "column", "channel", "site", "sub", "short", "source"); v.title*2 > v.n && w > title {
			title, keys.title = w, key
		}
		if w := float64(v.long) / n; v.long*2 > v.n && w > summary {
			summary, keys.summary = w, key
		}
	}
	if keys.summary == keys.title {
		keys.summary = ""
	}
	return keys
}

// Parts of the names of keys that hold addresses of something else than the article, and days other than that of publication.
var (
	otherTargets = []string{"img", "image", "pic", "cover", "thumb", "icon", "logo", "avatar", "video", "audio", "comment", "author", "user", "column", "channel", "cate", "label", "tag", "site", "share"}
	otherDays    = []string{"update", "modif", "expire", "creat", "effect", "valid", "abol", "write", "sign", "dead", "edit", "audit"}
)

func bonus(name string, words ...string) float64 {
	if containsAny(name, words) {
		return 0.6
	}
	return 0
}

type keyVotes struct {
	n, url, date, title, long int
	values                    map[string]bool // that may be titles or addresses
}

// variety is the share of different ones among what may be titles or addresses: the names and addresses of offices and columns come again.
func (k *keyVotes) variety() float64 { return float64(len(k.values)) / float64(max(k.title+k.url, 1)) }

func (k *keyVotes) add(d *Document, v any) {
	k.n++
	if _, ok := d.dateValue(v); ok {
		k.date++
		return
	}
	s, ok := v.(string)
	if !ok {
		return
	}
	chars := runeCount(s)
	switch {
	case looksLikeAddress(s):
		k.url++
		k.saw(s)
	case chars >= titleLeast && chars <= 100 && hasWords(s):
		k.title++
		k.saw(s)
	case chars > 30 && hasWords(s):
		k.long++
	}
}

func (k *keyVotes) saw(s string) {
	if k.values == nil {
		k.values = map[string]bool{}
	}
	k.values[s] = true
}

func looksLikeAddress(s string) bool {
	if strings.ContainsAny(s, " <>\"\n") || s == "" || len(s) > 500 {
		return false
	}
	lower := strings.ToLower(s)
	path, _, _ := strings.Cut(lower, "?")
	switch path[strings.LastIndexByte(path, '.')+1:] {
	case "jpg", "png", "gif", "jpeg", "bmp", "webp", "svg", "avif", "ico", "mp4", "mp3", "m3u8":
		return false
	}
	return strings.HasPrefix(s, "http") || strings.HasPrefix(s, "/") && len(s) > 1 || strings.HasPrefix(s, "./") || strings.Contains(lower, ".html") || strings.Contains(lower, ".shtml") || strings.Contains(lower, ".htm") || strings.Contains(lower, ".jhtml")
}

func hasWords(s string) bool {
	n := 0
	for _, c := range s {
		if isHan(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			n++
		}
	}
	return n >= 4
}

// dateValue reads a date in a string, or a Unix time in seconds or milliseconds.
func (d *Document) dateValue(v any) (date, bool) {
	switch v := v.(type) {
	case string:
		return soleDate(v, d.now)
	case float64:
		seconds := int64(v)
		if seconds > 1e11 {
			seconds /= 1000
		}
		if seconds < 883612800 { // 1998: a smaller number is a count or an id
			return date{}, false
		}
		x := onDay(time.Unix(seconds, 0).In(d.now.Location()))
		return x, x.valid(d.now)
	}
	return date{}, false
}

// plainText takes markup and entities off a string of a script.
func plainText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return collapse(s)
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return collapse(b.String())
		case html.TextToken:
			b.Write(z.Text())
		}
	}
}

// scriptRows reads the list that a script of an HTML page holds.
func (d *Document) scriptRows() []Row {
	var best []Row
	for _, s := range d.scripts {
		arrays := jsArrays
		switch {
		case strings.HasSuffix(s.kind, "xml"):
			arrays = xmlArrays
		case strings.Contains(s.kind, "ld+json") || !strings.ContainsAny(s.text, "[{"):
			continue
		}
		for _, objects := range arrays(s.text) {
			if rows := d.objectRows(objects); len(rows) > len(best) {
				best = rows
			}
		}
	}
	return best
}
