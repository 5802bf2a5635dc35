package parser

import "strings"

// dateInURL reads the date that an address carries: t20171011_520686.html, /2017/1011/, /art/2026/9/16/, /2026-09/16/, /202609/16/, 20260916123.html.
func dateInURL(address string, d *Document) date {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		rest = address
	}
	rest, _, _ = strings.Cut(rest, "?")
	at := strings.IndexByte(rest, '/')
	if at < 0 {
		return date{}
	}
	var runs []string // runs of digits of the path, with the separator in front of each
	path := rest[at:]
	for i := 0; i < len(path); {
		if path[i] < '0' || path[i] > '9' {
			i++
			continue
		}
		j := i
		for j < len(path) && path[j] >= '0' && path[j] <= '9' {
			j++
		}
		runs = append(runs, path[i:j])
		i = j
	}
	for i, r := range runs {
		var y, m, day int
		switch {
		case len(r) == 14 && (atoi(r[8:10]) > 23 || atoi(r[10:12]) > 59 || atoi(r[12:]) > 59): // a month and a number, as those of the Ministry of Commerce
		case len(r) == 8 || len(r) > 8 && len(r) <= 20 && strings.HasPrefix(r, "20"):
			y, m, day = atoi(r[:4]), atoi(r[4:6]), atoi(r[6:8])
		case len(r) == 4 && i+1 < len(runs) && len(runs[i+1]) == 4:
			y, m, day = atoi(r), atoi(runs[i+1][:2]), atoi(runs[i+1][2:])
		case len(r) == 4 && i+2 < len(runs) && len(runs[i+1]) <= 2 && len(runs[i+2]) <= 2:
			y, m, day = atoi(r), atoi(runs[i+1]), atoi(runs[i+2])
		case len(r) == 6 && i+1 < len(runs) && len(runs[i+1]) == 2:
			y, m, day = atoi(r[:4]), atoi(r[4:]), atoi(runs[i+1])
		}
		x := date{year: y, month: m, day: day}
		if y >= 1998 && x.valid(d.now) {
			return x
		}
	}
	return date{}
}

func atoi(s string) int {
	n := 0
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}
