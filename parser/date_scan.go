package parser

import (
	"strings"
	"time"
	"unicode/utf8"
)

// dateScanner finds dates in a text from left to right.
type dateScanner struct {
	text string
	pos  int
	now  time.Time
}

// next moves to the next digit or word that may start a date and reads it; ok is false when there was none there.
func (s *dateScanner) next() (date, bool) {
	start := s.pos
	c, size := utf8.DecodeRuneInString(s.text[s.pos:])
	switch {
	case digitOf(c) >= 0:
		if d, end, ok := s.numeric(start); ok && !s.continues(start) {
			return s.finish(d, start, end)
		}
		_, s.pos, _ = number(s.text, start, 20) // past the digits: 42025-01-01 is no date
	case c == '二' || c == '一': // a year of this century or the last: 二〇二五, 一九九八
		if d, end, ok := chineseDate(s.text[start:]); ok {
			return s.finish(d, start, start+end)
		}
		s.pos += size
	case isLetter(byte(min(c, utf8.RuneSelf))):
		if d, end, ok := englishDate(s.text, start); ok {
			return s.finish(d, start, end)
		}
		for s.pos < len(s.text) && isLetter(s.text[s.pos]) {
			s.pos++ // past the word: no name of a month begins within one
		}
	case c == '今' || c == '昨' || c == '前' || c == '刚':
		if d, end, ok := s.relativeWord(start); ok {
			return s.finish(d, start, end)
		}
		s.pos += size
	default:
		s.pos += size
	}
	return date{}, false
}

// finish reads the time of day behind a date and checks the calendar.
func (s *dateScanner) finish(d date, start, end int) (date, bool) {
	if !d.hasTime {
		if after, ok := d.readTime(s.text, end); ok {
			end = after
		}
	}
	if d.hasTime && d.zone == nil {
		d.zone = s.now.Location()
	}
	s.pos = end
	d.start, d.end = start, end
	return d, d.valid(s.now)
}

// continues tells that digits and a separator stand before a number: it is a part of something longer.
func (s *dateScanner) continues(at int) bool {
	return at > 1 && strings.IndexByte("-/.", s.text[at-1]) >= 0 && s.text[at-2] >= '0' && s.text[at-2] <= '9'
}

// numeric reads a date that starts with a digit.
func (s *dateScanner) numeric(at int) (date, int, bool) {
	first, p, width := number(s.text, at, 4)
	if next, _, w := number(s.text, p, 1); w > 0 { // a fifth digit
		_ = next
		return s.compact(at)
	}
	if width <= 3 {
		if d, end, ok := s.relativeNumber(first, p); ok {
			return d, end, true
		}
	}
	if width <= 2 {
		if d, end, ok := dayBeforeName(s.text, p, first); ok {
			return d, end, true
		}
	}
	sep, p := separator(s.text, p)
	if sep == 0 {
		return date{}, 0, false
	}
	second, p, w2 := number(s.text, p, 2)
	if w2 == 0 {
		return date{}, 0, false
	}
	switch {
	case width == 4:
		return dayOfMonth(s.text, p, sep, date{year: first, month: second})
	case width <= 3 && s.isRepublican(at, width, sep):
		return s.republican(first, second, p, sep)
	case sep == '月' && width <= 2: // 9月4日
		return s.yearless(first, second, skipDaySuffix(s.text, p))
	case sep == '年' && width == 2: // 25年9月4日
		return dayOfMonth(s.text, p, sep, date{year: century(first), month: second})
	case width <= 2 && w2 <= 2 && sep != '年' && sep != '月' && yearFollows(s.text, p, sep):
		return dayBeforeYear(s.text, p, first, second)
	case width == 2 && w2 == 2 && sep != '年':
		if d, end, ok := dayOfMonth(s.text, p, sep, date{year: century(first), month: second}); ok && d.valid(s.now) && endsNumber(s.text, end) {
			return d, end, true
		}
		if sep != '.' && endsNumber(s.text, p) { // 09-04, 09/04; 9.04 is a sum
			return s.yearless(first, second, p)
		}
	case width == 1 && (sep == '-' || sep == '/') && endsNumber(s.text, p) && w2 == 2 && first > 0:
		return s.yearless(first, second, p)
	}
	return date{}, 0, false
}

// isRepublican tells whether a number can be a year of the calendar that Taiwan counts by, from 1912 on: behind 民國 always, else three digits that begin
// a text or stand behind a label.
func (s *dateScanner) isRepublican(at, width int, sep rune) bool {
	before := strings.TrimRight(s.text[:at], " \u3000")
	if strings.HasSuffix(before, "民國") || strings.HasSuffix(before, "民国") {
		return width >= 2
	}
	if width != 3 || s.text[at] != '1' || s.text[at+1] > '2' {
		return false
	}
	return sep == '年' || before == "" || strings.HasSuffix(before, "：") || strings.HasSuffix(before, ":") || strings.HasSuffix(before, "[") || strings.HasSuffix(before, "(")
}

// republican reads the rest of such a date: 115-05-20, 民國115年5月20日.
func (s *dateScanner) republican(year, month, p int, sep rune) (date, int, bool) {
	d, end, ok := dayOfMonth(s.text, p, sep, date{year: year + 1911, month: month})
	return d, end, ok && d.valid(s.now) && endsNumber(s.text, end)
}

// compact reads 20250904 and 20250904102233, standing alone.
func (s *dateScanner) compact(at int) (date, int, bool) {
	_, end, width := number(s.text, at, 20)
	if width != 8 && width != 14 {
		return date{}, 0, false
	}
	year, p, _ := number(s.text, at, 4)
	month, p, _ := number(s.text, p, 2)
	day, _, _ := number(s.text, p, 2)
	d := date{year: year, month: month, day: day}
	return d, end, d.valid(s.now)
}

// dayOfMonth reads the day behind a year and a month. The two separators must agree: 2025年9.4 is no date.
func dayOfMonth(text string, p int, sep rune, d date) (date, int, bool) {
	sep2, p := separator(text, p)
	if sep == '年' && sep2 != '月' || sep != '年' && sep2 != sep {
		return date{}, 0, false
	}
	day, p, width := number(text, p, 2)
	if width == 0 {
		return date{}, 0, false
	}
	if _, _, more := number(text, p, 1); more > 0 { // 2025-09-0412
		return date{}, 0, false
	}
	d.day = day
	return d, skipDaySuffix(text, p), true
}

// yearFollows tells that a separator of the same kind and four digits follow, as in 18/09/2026.
func yearFollows(text string, p int, sep rune) bool {
	sep2, p := separator(text, p)
	_, p, width := number(text, p, 4)
	_, _, more := number(text, p, 1)
	return sep2 == sep && width == 4 && more == 0
}

// dayBeforeYear reads the year of a date that ends with it. The day stands first, as in Hong Kong, unless it cannot be one of the calendar's months then.
func dayBeforeYear(text string, p, first, second int) (date, int, bool) {
	_, p = separator(text, p)
	year, p, _ := number(text, p, 4)
	d := date{year: year, month: second, day: first, order: eitherOrder}
	switch {
	case first > 12:
		d.order = dayFirst
	case second > 12:
		d.month, d.day, d.order = first, second, monthFirst
	}
	return d, p, true
}

// yearless takes the year from the clock: the last such day that is not more than a week ahead.
func (s *dateScanner) yearless(month, day, end int) (date, int, bool) {
	d := date{year: s.now.Year(), month: month, day: day, yearless: true}
	if !d.valid(s.now) && (month != 2 || day != 29) {
		return date{}, 0, false
	}
	if d.isAfter(s.now.AddDate(0, 0, 7)) {
		d.year--
	}
	return d, end, true
}

func century(year int) int {
	if year < 70 {
		return 2000 + year
	}
	return 1900 + year
}

// endsNumber tells that no digit and no further separator with a digit follows, so that 09-04 is not a part of 09-04-12345 or of a telephone number.
func endsNumber(text string, p int) bool {
	if _, _, width := number(text, p, 1); width > 0 {
		return false
	}
	if p < len(text) && strings.ContainsRune("-/.", rune(text[p])) {
		_, _, width := number(text, p+1, 1)
		return width == 0
	}
	return p >= len(text) || text[p] != '%'
}

// number reads up to most digits, ASCII or full-width; width 0 means that there is none.
func number(text string, p, most int) (value, end, width int) {
	for p < len(text) && width < most {
		c, size := utf8.DecodeRuneInString(text[p:])
		digit := digitOf(c)
		if digit < 0 {
			break
		}
		value, p, width = value*10+digit, p+size, width+1
		if width > 9 {
			value = 0 // no date is that long; never overflow
		}
	}
	return value, p, width
}

func digitOf(c rune) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= '０' && c <= '９':
		return int(c - '０')
	}
	return -1
}

// separator reads what stands between year, month and day, with one space on either side at the most, and gives it in its plain form; 0: none.
func separator(text string, p int) (sep rune, end int) {
	p = skipSpaces(text, p, 1)
	c, size := utf8.DecodeRuneInString(text[p:])
	switch c {
	case '-', '/', '.', '年', '月':
	case '－', '—', '–', '‑', '―':
		c = '-'
	case '／':
		c = '/'
	case '．', '·':
		c = '.'
	default:
		return 0, p
	}
	return c, skipSpaces(text, p+size, 1)
}

func skipSpaces(text string, p, most int) int {
	for range most {
		c, size := utf8.DecodeRuneInString(text[p:])
		if c != ' ' && c != '\u3000' && c != '\u00a0' && c != '\t' {
			break
		}
		p += size
	}
	return p
}

func skipDaySuffix(text string, p int) int {
	q := skipSpaces(text, p, 1)
	for _, suffix := range [...]string{"日", "号", "號"} {
		if strings.HasPrefix(text[q:], suffix) {
			return q + len(suffix)
		}
	}
	return p
}
