package parser

import (
	"regexp"
	"strconv"
	"strings"
)

// pageParameter is the number of the page in the address of an interface: ?page=2, &pageNo=2, &p=2.
var pageParameter = regexp.MustCompile(`(?i)([?&](?:page|p|pn|page[_-]?(?:no|num|number|index|id)|cur(?:rent)?[_-]?page|current|pageIdx)=)(\d{1,6})(&|$)`)

// raisedPage is the address of the next page of an interface whose address holds the number of the page and whose answer, which gave rows rows, tells that there
// are more: how many pages or rows there are, or hasMore. Empty: it does not tell, or this is the last.
func (d *Document) raisedPage(answer any, rows int) string {
	if d.url == nil || rows == 0 {
		return ""
	}
	m := pageParameter.FindStringSubmatch("?" + d.url.RawQuery)
	if m == nil {
		return ""
	}
	var told paging
	told.collect(answer, 0)
	number := atoi(m[2])
	if !told.goesOn(number, rows) {
		return ""
	}
	u := *d.url
	u.RawQuery = strings.Replace("?"+u.RawQuery, m[0], m[1]+strconv.Itoa(number+1)+m[3], 1)[1:]
	return u.String()
}

// paging is what an answer tells about its pages; 0: nothing.
type paging struct {
	pages, total, size float64
	more, last         string // "true", "false" or nothing
}

// collect takes the largest numbers: an answer may count several columns, most of them empty.
func (p *paging) collect(v any, depth int) {
	o, ok := v.(map[string]any)
	if !ok || depth > 4 {
		return
	}
	for key, value := range o {
		switch name := strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(key)); value := value.(type) {
		case float64:
			switch name {
			case "pages", "totalpage", "totalpages", "pagecount", "pagetotal", "maxpage", "lastpage", "allpage":
				p.pages = max(p.pages, value)
			case "total", "totalcount", "count", "totalnum", "totalrecord", "totalrecords", "recordcount", "totalelements", "totalrow", "totalrows", "rowcount", "totalsize":
				p.total = max(p.total, value)
			case "pagesize", "size", "limit", "perpage", "pagerows":
				p.size = max(p.size, value)
			}
		case string: // true and false come as words
			if value != "true" && value != "false" {
				continue
			}
			switch name {
			case "hasmore", "hasnext", "hasnextpage":
				p.more = value
			case "last", "islast", "islastpage", "isend":
				p.last = value
			}
		default:
			p.collect(value, depth+1)
		}
	}
}

// goesOn tells whether a page stands behind the one with this number. Where numbers begin at 0, page 0 is the first one.
func (p *paging) goesOn(number, rows int) bool {
	done := float64(max(number, 1))
	switch {
	case p.more != "":
		return p.more == "true"
	case p.last != "":
		return p.last == "false"
	case p.pages > 0:
		return done < p.pages
	}
	return done*max(p.size, float64(rows)) < p.total
}
