package parser

import (
	"fmt"
	"strings"
	"time"
)

// date is a calendar date met in a text, with the time of day where one follows it.
type date struct {
	year, month, day  int
	hour, minute, sec int
	hasTime           bool
	yearless          bool           // the year was taken from the clock
	order             dateOrder      // where the year stands last
	zone              *time.Location // of the time of day
	start, end        int            // bytes of the text that it was read from
}

// dateOrder is what a date that ends with its year begins with.
type dateOrder uint8

const (
	yearFirst   dateOrder = iota
	dayFirst              // 18/09/2026
	monthFirst            // 09/18/2026
	eitherOrder           // 09/08/2026
)

// String gives YYYY-MM-DD.
func (d date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

func (d date) isZero() bool { return d.year == 0 }

func (d date) isAfter(t time.Time) bool {
	return time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, t.Location()).After(t)
}

// time gives the moment where the date has a time of day, else the zero time.
func (d date) time() time.Time {
	if !d.hasTime {
		return time.Time{}
	}
	return time.Date(d.year, time.Month(d.month), d.day, d.hour, d.minute, d.sec, 0, d.zone)
}

// valid tells whether the date exists in the calendar and can be the date of a page: from 1990 to a year after now (announcements are dated ahead).
func (d date) valid(now time.Time) bool {
	if d.month < 1 || d.month > 12 || d.day < 1 || d.year < 1990 || d.year > now.Year()+1 {
		return false
	}
	return d.day <= daysIn(d.year, d.month)
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// ParseDate reads the first date in a text: 2025-09-04, 2025/9/4, 2025.09.04, 2025年9月4日, 二〇二五年九月四日, 09-04, 18-12-12, September 4, 2025, 4 Sep 2025, 今天, 3小时前, with or without a time
// of day, in full-width digits too. now gives today, and the year for dates without one. A date that is not in the calendar is none.
func ParseDate(text string, now time.Time) (day string, moment time.Time, ok bool) {
	all := findDates(text, now)
	if len(all) == 0 {
		return "", time.Time{}, false
	}
	return all[0].String(), all[0].time(), true
}

// findDates returns the dates of a text in order.
func findDates(text string, now time.Time) []date {
	if !mayHoldDate(text) {
		return nil
	}
	var found []date
	s := dateScanner{text: text, now: now}
	for s.pos < len(text) {
		if d, ok := s.next(); ok {
			found = append(found, d)
		}
	}
	return found
}

// mayHoldDate is a cheap look before the scan.
func mayHoldDate(text string) bool {
	if strings.ContainsAny(text, "0123456789０１２３４５６７８９") {
		return true
	}
	return strings.Contains(text, "天") || strings.Contains(text, "月") || strings.Contains(text, "刚刚")
}

// soleDate reads a text that holds a date and nothing else but brackets, labels such as 发布时间： and white space.
func soleDate(text string, now time.Time) (date, bool) {
	if len(text) > 90 {
		return date{}, false
	}
	all := findDates(text, now)
	if len(all) != 1 {
		return date{}, false
	}
	d := all[0]
	if !isDateLabel(text[:d.start]) || strings.Trim(text[d.end:], " \t\u3000\u00a0])）］】〕>|,，。;；") != "" {
		return date{}, false
	}
	return d, true
}

var dateLabels = []string{
	"发布时间", "发布日期", "发表时间", "发表日期", "更新时间", "更新日期", "发文日期", "发文时间", "成文日期", "成文时间", "录入时间", "添加时间", "添加日期", "上传时间", "编辑时间",
	"时间", "日期", "发布于", "发表于", "发布", "更新", "Date", "date", "Posted on", "Time",
	"發布時間", "發布日期", "發表日期", "更新時間", "時間", "來源日期", "张贴日期", "公布日期", "生成日期", "星期",
}

// isDateLabel tells whether what stands before a date only announces it.
func isDateLabel(s string) bool {
	s = strings.Trim(s, " \t\u3000\u00a0:：[(（［【〔<|·-")
	if s == "" {
		return true
	}
	for _, label := range dateLabels {
		if s == label {
			return true
		}
	}
	return false
}
