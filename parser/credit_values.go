package parser

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nobodies are what systems and editors write where they know no name.
var nobodies = []string{"null", "undefined", "none", "admin", "administrator", "root", "未知", "无", "不详", "暂无", "佚名", "匿名", "管理员", "系统管理员", "网站管理员", "超级管理员", "站长", "小编", "原创", "转载", "本站编辑"}

func isNobody(s string) bool { return slices.Contains(nobodies, strings.ToLower(s)) }

// publisherName reads the name of an office or a medium from the value of a field, as it is written there.
func publisherName(value string) string {
	s := strings.TrimLeft(value, " \u3000\n：:")
	if i := strings.IndexAny(s, "\n【[|｜丨>□"); i >= 0 {
		s = s[:i]
	}
	s = strings.TrimSpace(s[:dateStart(s)])
	if colon := strings.IndexAny(s, "：:"); colon > 0 { // a label that credits.txt does not know
		if space := strings.LastIndexAny(s[:colon], " \u3000"); space > 0 {
			s = strings.TrimSpace(s[:space])
		}
	}
	words := strings.Fields(s)
	for len(words) > 1 {
		last := words[len(words)-1]
		if !isNoise(last) && (!isPerson(last) || !isOrg(words[0])) && !startsWithDigit(last) {
			break
		}
		words = words[:len(words)-1]
		s = strings.TrimRight(s[:strings.LastIndex(s, last)], " \u3000")
	}
	s = trimUnpaired(strings.Trim(s, " \u3000:：,，;；-—/.。、·"))
	if n := runeCount(s); n < 2 || n > 40 || isNobody(s) || isNoise(s) || strings.ContainsAny(s, "。？！；") {
		return ""
	}
	return s
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// dateStart finds where a date or a time of day begins in a value; its length: it holds none.
func dateStart(s string) int {
	for i := 0; i+4 <= len(s); i++ {
		if s[i] < '0' || s[i] > '9' || i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
			continue
		}
		_, p, width := number(s, i, 4)
		if width > 4 || width == 3 || width == 0 {
			continue
		}
		sep, q := separator(s, p)
		if _, _, w := number(s, q, 2); w > 0 && (sep != 0 || p < len(s) && s[p] == ':') {
			return i
		}
		if p < len(s) && s[p] == ':' && width <= 2 {
			return i
		}
	}
	return len(s)
}

var pairs = [][2]string{{"《", "》"}, {"“", "”"}, {"（", "）"}, {"(", ")"}, {"〈", "〉"}, {"[", "]"}, {"【", "】"}}

// trimUnpaired cuts brackets and quotation marks off the ends of a name that have no partner in it.
func trimUnpaired(s string) string {
	for _, p := range pairs {
		if strings.HasPrefix(s, p[0]) && !strings.Contains(s[len(p[0]):], p[1]) {
			s = s[len(p[0]):]
		}
		if strings.HasSuffix(s, p[1]) && !strings.Contains(s[:len(s)-len(p[1])], p[0]) {
			s = s[:len(s)-len(p[1])]
		}
	}
	for _, p := range []string{"》", "”", "）", ")", "]", "】"} {
		s = strings.TrimPrefix(s, p)
	}
	return strings.TrimSpace(strings.TrimRight(s, "《“（([【"))
}

// personNames reads the names of persons from the value of a field, a space between two. Where it holds none with a Chinese surname, a pen name will do if pen
// says so; a role alone (记者：) announces no pen name.
func personNames(value string, pen bool) string {
	value = strings.TrimLeft(value, " \u3000\n：:")
	if strings.ContainsAny(value, "。？！?!“") {
		return ""
	}
	value = value[:dateStart(value)]
	words := nameWords(value)
	var names []string
	for i, w := range words {
		switch {
		case isNobody(w) || isNoise(w) && !isPerson(w):
		case isPerson(w):
			names = append(names, w)
		case i == 0 && pen && isOrg(w) && len(words) == 1:
			return ""
		}
	}
	if len(names) == 0 && len(words) > 0 && pen {
		if w := words[0]; !isOrg(w) && !isNobody(w) && !isNoise(w) && isPenName(w) {
			return w
		}
	}
	if len(names) > 8 {
		return ""
	}
	return strings.Join(slices.Compact(names), " ")
}

// photographer is who took the pictures of another's text: 张三/文 李四/摄.
var photographer = regexp.MustCompile(`\p{Han}{2,3}[/／](?:摄影|摄|图片|图)`)

// nameWords cuts a value into words and takes roles and deeds off them. Single characters are put together again: 丁 一, Echo 沈.
func nameWords(value string) []string {
	value = photographer.ReplaceAllStringFunc(value, func(s string) string {
		if first, _ := utf8.DecodeRuneInString(s); strings.ContainsRune("文图", first) {
			return s
		}
		return " "
	})
	raw := strings.FieldsFunc(value, func(c rune) bool {
		return unicode.IsSpace(c) || strings.ContainsRune("、，,;；/／&|｜丨（）()[]【】<>□■◎●", c)
	})
	var words []string
	for i := 0; i < len(raw); i++ {
		w := strings.Trim(raw[i], ":：.。-—·•+")
		if i+1 < len(raw) && (runeCount(w) == 1 && runeCount(raw[i+1]) == 1 || isLatin(w) && (isLatin(raw[i+1]) || runeCount(raw[i+1]) == 1 && !isLatin(raw[i+1]))) {
			if isLatin(w) {
				w += " "
			}
			w += raw[i+1]
			i++
		}
		if w = trimDeed(trimRole(w)); w == "" || w == "等" || creditKinds[w] != "" {
			continue
		}
		words = append(words, strings.TrimSuffix(w, "等"))
	}
	return words
}

// roles stand before the names of a byline.
var roles = []string{"记者", "記者", "通讯员", "通訊員", "实习生", "撰稿人", "特约撰稿", "作者", "评论员", "观察员", "信息员", "摄影师"}

// trimRole cuts a role off the beginning of a word: 本报记者张三 → 张三, 记者 → nothing.
func trimRole(w string) string {
	for _, role := range roles {
		if i := strings.Index(w, role); i >= 0 && i <= len("兰河日报全媒体") {
			return w[i+len(role):]
		}
	}
	return w
}

func isLatin(w string) bool {
	if len(w) < 2 || w[0] < 'A' || w[0] > 'Z' {
		return false
	}
	for i := 1; i < len(w); i++ {
		if (w[i] < 'a' || w[i] > 'z') && w[i] != '.' && w[i] != '-' && w[i] != '\'' {
			return false
		}
	}
	return true
}

// isPenName tells whether a word can be the name under which somebody writes.
func isPenName(w string) bool {
	n := runeCount(w)
	if n < 2 || n > 12 {
		return false
	}
	if first, _, _ := strings.Cut(w, " "); isLatin(first) {
		return true
	}
	for _, c := range w {
		if !isHan(c) && c != '·' && c != '_' && c != '-' && (c < '0' || c > 'z') {
			return false
		}
	}
	first, _ := utf8.DecodeRuneInString(w)
	return isHan(first)
}
