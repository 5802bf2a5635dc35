package parser

import (
	"strings"
	"time"
	"unicode/utf8"
)

// readTime reads a time of day that follows a date: 10:22, 10:22:33, T10:22:33+08:00, 上午10时22分, 下午3:20. It returns where it ends.
func (d *date) readTime(text string, p int) (int, bool) {
	q := skipSpaces(text, p, 4)
	if q < len(text) && (text[q] == 'T' || text[q] == ',') {
		q = skipSpaces(text, q+1, 1)
	}
	for _, weekday := range [...]string{"星期", "周"} {
		if strings.HasPrefix(text[q:], weekday) {
			q += len(weekday)
			_, size := utf8.DecodeRuneInString(text[q:])
			q = skipSpaces(text, q+size, 2)
		}
	}
	afternoon := false
	for _, word := range [...]string{"上午", "下午", "晚上", "中午", "凌晨"} {
		if strings.HasPrefix(text[q:], word) {
			afternoon = word == "下午" || word == "晚上"
			q = skipSpaces(text, q+len(word), 1)
		}
	}
	hour, q, width := number(text, q, 2)
	if width == 0 {
		return p, false
	}
	q, ok := skipOne(text, q, ":", "：", "时", "点")
	if !ok {
		return p, false
	}
	minute, q, width := number(text, q, 2)
	if width == 0 {
		return p, false
	}
	second := 0
	if after, ok := skipOne(text, q, ":", "：", "分"); ok {
		q = after
		if value, after, width := number(text, q, 2); width > 0 {
			second, q = value, after
			if end, ok := skipOne(text, q, "秒"); ok {
				q = end
			}
		}
	}
	if afternoon && hour < 12 {
		hour += 12
	}
	if hour > 23 || minute > 59 || second > 59 {
		return p, false
	}
	d.hour, d.minute, d.sec, d.hasTime = hour, minute, second, true
	return d.readZone(text, q), true
}

// readZone reads fractions of a second and the zone of an ISO 8601 time.
func (d *date) readZone(text string, p int) int {
	if p < len(text) && text[p] == '.' {
		if _, after, width := number(text, p+1, 9); width > 0 {
			p = after
		}
	}
	if p < len(text) && text[p] == 'Z' {
		d.zone = time.UTC
		return p + 1
	}
	if p < len(text) && (text[p] == '+' || text[p] == '-') {
		hours, q, width := number(text, p+1, 2)
		if width != 2 || hours > 14 {
			return p
		}
		minutes := 0
		if q < len(text) && text[q] == ':' {
			q++
		}
		if value, after, w := number(text, q, 2); w == 2 && value < 60 {
			minutes, q = value, after
		}
		offset := hours*3600 + minutes*60
		if text[p] == '-' {
			offset = -offset
		}
		d.zone = time.FixedZone("", offset)
		return q
	}
	return p
}

func skipOne(text string, p int, options ...string) (int, bool) {
	for _, option := range options {
		if strings.HasPrefix(text[p:], option) {
			return p + len(option), true
		}
	}
	return p, false
}

// relativeWord reads 今天, 昨天, 前天, 刚刚.
func (s *dateScanner) relativeWord(at int) (date, int, bool) {
	for word, back := range map[string]int{"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "刚刚": 0} {
		if strings.HasPrefix(s.text[at:], word) {
			end := at + len(word)
			var probe date
			_, timed := probe.readTime(s.text, end)
			if !timed && strings.Trim(s.text[end:], " \t\u3000\u00a0])）］】〕") != "" {
				return date{}, 0, false // 今天上午，…: a sentence
			}
			return onDay(s.now.AddDate(0, 0, -back)), end, true
		}
	}
	return date{}, 0, false
}

// relativeNumber reads what follows a number: 分钟前, 小时前, 天前, 周前, 个月前.
func (s *dateScanner) relativeNumber(n, p int) (date, int, bool) {
	p = skipSpaces(s.text, p, 1)
	rest := s.text[p:]
	for _, unit := range [...]struct {
		word string
		back func(time.Time) time.Time
	}{
		{"秒前", func(t time.Time) time.Time { return t.Add(-time.Duration(n) * time.Second) }},
		{"秒钟前", func(t time.Time) time.Time { return t.Add(-time.Duration(n) * time.Second) }},
		{"分钟前", func(t time.Time) time.Time { return t.Add(-time.Duration(n) * time.Minute) }},
		{"分前", func(t time.Time) time.Time { return t.Add(-time.Duration(n) * time.Minute) }},
		{"小时前", func(t time.Time) time.Time { return t.Add(-time.Duration(n) * time.Hour) }},
		{"小時前", func(t time.Time) time.Time { return t.Add(-time.Duration(n) * time.Hour) }},
		{"天前", func(t time.Time) time.Time { return t.AddDate(0, 0, -n) }},
		{"周前", func(t time.Time) time.Time { return t.AddDate(0, 0, -7*n) }},
		{"个月前", func(t time.Time) time.Time { return t.AddDate(0, -n, 0) }},
	} {
		if strings.HasPrefix(rest, unit.word) {
			return onDay(unit.back(s.now)), p + len(unit.word), true
		}
	}
	return date{}, 0, false
}

func onDay(t time.Time) date {
	return date{year: t.Year(), month: int(t.Month()), day: t.Day()}
}

// chineseDate reads 二〇二五年九月四日 at the start of a text and tells where it ends.
func chineseDate(text string) (date, int, bool) {
	yearText, rest, ok := strings.Cut(text[:min(len(text), 48)], "年") // 48 bytes hold the longest date
	if !ok || utf8.RuneCountInString(yearText) != 4 {
		return date{}, 0, false
	}
	year := 0
	for _, c := range yearText {
		digit := chineseDigit(c)
		if digit < 0 {
			return date{}, 0, false
		}
		year = year*10 + digit
	}
	monthText, rest, ok := strings.Cut(rest, "月")
	month := chineseNumber(monthText)
	if !ok || month < 0 {
		return date{}, 0, false
	}
	dayText, rest, ok := strings.Cut(rest, "日")
	day := chineseNumber(dayText)
	if !ok || day < 0 {
		return date{}, 0, false
	}
	return date{year: year, month: month, day: day}, min(len(text), 48) - len(rest), true
}

func chineseDigit(c rune) int {
	switch c {
	case '〇', '○', '零', 'Ｏ', 'O', '0':
		return 0
	}
	if i := strings.IndexRune("一二三四五六七八九", c); i >= 0 {
		return i/3 + 1
	}
	return -1
}

// chineseNumber reads 一 to 九十九 (九, 十, 十二, 二十, 二十一, 三十一); -1 where the text is no such number.
func chineseNumber(s string) int {
	if len(s) > 12 {
		return -1
	}
	value, digit := 0, 0
	for _, c := range strings.TrimSpace(s) {
		if c == '十' {
			value, digit = max(digit, 1)*10, 0
			continue
		}
		d := chineseDigit(c)
		if d < 0 {
			return -1
		}
		digit = d
	}
	if value+digit == 0 {
		return -1
	}
	return value + digit
}

// monthNames are the first letters of the names of months: Sep, Sept, September.
var monthNames = [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// monthName reads the name of a month, whole or cut to three letters or more, with or without a full stop; 0: there is none.
func monthName(text string, p int) (month, end int) {
	end = p
	for end < len(text) && end-p < 10 && isLetter(text[end]) {
		end++
	}
	if end-p < 3 {
		return 0, p
	}
	word := strings.ToLower(text[p:end])
	for i, name := range monthNames {
		if strings.HasPrefix(name, word) {
			if end < len(text) && text[end] == '.' {
				end++
			}
			return i + 1, end
		}
	}
	return 0, p
}

// englishDate reads September 19, 2026 and Sep. 19 2026.
func englishDate(text string, p int) (date, int, bool) {
	month, q := monthName(text, p)
	if month == 0 {
		return date{}, 0, false
	}
	day, q, width := number(text, skipSpaces(text, q, 2), 2)
	if width == 0 {
		return date{}, 0, false
	}
	return yearBehind(text, q, month, day)
}

// dayBeforeName reads what follows the day in 19 September 2026, 19-Sep-2026.
func dayBeforeName(text string, p, day int) (date, int, bool) {
	q := skipSpaces(text, p, 2)
	if q < len(text) && text[q] == '-' {
		q++
	}
	month, q := monthName(text, q)
	if month == 0 {
		return date{}, 0, false
	}
	return yearBehind(text, q, month, day)
}

// yearBehind reads the four digits of a year that end an English date.
func yearBehind(text string, p, month, day int) (date, int, bool) {
	q := skipSpaces(text, p, 2)
	if q < len(text) && (text[q] == ',' || text[q] == '-') {
		q = skipSpaces(text, q+1, 2)
	}
	year, q, width := number(text, q, 4)
	if _, _, more := number(text, q, 1); width != 4 || more > 0 {
		return date{}, 0, false
	}
	return date{year: year, month: month, day: day}, q, true
}
