package parser

import (
	_ "embed"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed credits.txt
var creditsText string

// creditKind is what a label of a line of credits announces.
type creditKind string

// The kinds of credits.txt.
const (
	sourceCredit    creditKind = "source"
	posterCredit    creditKind = "poster"
	authorCredit    creditKind = "author"
	reporterCredit  creditKind = "reporter"
	editorCredit    creditKind = "editor"
	publishedCredit creditKind = "published"
	updatedCredit   creditKind = "updated"
	otherCredit     creditKind = "other"
)

type creditLabel struct {
	text string
	kind creditKind
}

// creditLabelsBy holds the labels of credits.txt by their first character, the longest first.
var creditLabelsBy, creditKinds = func() (map[rune][]creditLabel, map[string]creditKind) {
	by, kinds := map[rune][]creditLabel{}, map[string]creditKind{}
	for line := range strings.Lines(creditsText) {
		kind, label, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || kind == "#" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(label)
		by[first] = append(by[first], creditLabel{label, creditKind(kind)})
		kinds[label] = creditKind(kind)
	}
	for _, labels := range by {
		slices.SortFunc(labels, func(a, b creditLabel) int { return len(b.text) - len(a.text) })
	}
	return by, kinds
}()

// credit is one field of a line of credits: 来源：青岚日报.
type credit struct {
	kind  creditKind
	value string
	at    int // where its label begins
}

// readCredits cuts a line of credits into its fields. A field ends where the next label begins; line feeds in the text are borders of elements.
func readCredits(text string) []credit {
	var fields []credit
	valueAt := 0
	end := func(at int) {
		if n := len(fields); n > 0 {
			fields[n-1].value = text[valueAt:at]
		}
	}
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		if kind, after, ok := labelAt(text, i, c); ok {
			end(i)
			fields = append(fields, credit{kind: kind, at: i})
			i, valueAt = after, after
			continue
		}
		i += size
	}
	end(len(text))
	return fields
}

// labelAt reads a label at a place of a text, with what sets it apart from its value: a colon anywhere; a bar, a slash, a bracket, the border of an element
// or a name where the label stands at the beginning of a word.
func labelAt(text string, at int, first rune) (kind creditKind, after int, ok bool) {
	labels := creditLabelsBy[first]
	if len(labels) == 0 {
		return "", 0, false
	}
	opens := opensWord(text[:at])
	for _, l := range labels {
		if !strings.HasPrefix(text[at:], l.text) {
			continue
		}
		after := at + len(l.text)
		rest := strings.TrimLeft(text[after:], " \u3000\u00a0")
		after = len(text) - len(rest)
		mark, size := utf8.DecodeRuneInString(rest)
		switch mark {
		case '：', ':', '︰', '﹕', '∶':
			if needsOpening(l) && !opens {
				continue
			}
			if !opens && l.kind == publishedCredit && (l.text == "时间" || l.text == "日期") {
				return otherCredit, after + size, true // 活动时间：
			}
			return l.kind, after + size, true
		}
		if !opens && (l.kind != reporterCredit || !endsWithOffice(text[:at])) {
			continue
		}
		if (mark == '/' || mark == '／') && creditKinds[leadingRun(strings.TrimLeft(rest[size:], " "))] != "" {
			continue // 文/图 is one label
		}
		switch mark {
		case '|', '｜', '丨', '/', '／', '】', ']', '\n':
			if mark == '\n' && (runeCount(l.text) < 2 || after < len(text) && at > 0 && text[at-1] != '\n') || mark == '|' && l.kind == otherCredit {
				continue
			}
			return l.kind, after + size, true
		}
		if announcesName(l, text[at+len(l.text):], rest) {
			return l.kind, after, true
		}
	}
	return "", 0, false
}

// announcesName tells whether what stands behind a label without a mark is its value: a person behind a role, a medium behind 转载自.
func announcesName(l creditLabel, behind, rest string) bool {
	switch l.kind {
	case sourceCredit:
		return strings.HasSuffix(l.text, "自") && rest != ""
	case reporterCredit:
		return startsWithPerson(rest)
	case authorCredit, editorCredit:
		return len(behind) > len(rest) && (startsWithPerson(rest) || startsWithRole(rest))
	}
	return false
}

// startsWithPerson tells whether a text begins with a name, a short one spaced out (丁 一) too.
func startsWithPerson(s string) bool {
	word := leadingWord(s)
	if runeCount(word) == 1 {
		words := nameWords(firstChars(s, 8))
		return len(words) > 0 && isPerson(words[0])
	}
	return isPerson(word)
}

// startsWithRole tells whether a text begins with the reporters of a medium: 西部日报记者 宫羽白.
func startsWithRole(s string) bool {
	word := leadingWord(s)
	for _, role := range roles {
		if before, _, ok := strings.Cut(word, role); ok && (before == "" || isOrg(before)) {
			return true
		}
	}
	return false
}

// leadingWord is the Chinese word, between spaces and punctuation, that a text begins with; what a reporter does is cut off it.
func leadingWord(s string) string {
	n := 0
	for i, c := range s {
		if !isHan(c) && c != '·' && c != '•' {
			s = s[:i]
			break
		}
		if n++; n > 12 {
			s = s[:i]
			break
		}
	}
	return trimDeed(s)
}

// needsOpening tells labels that are the ends of other words as well: 全文：, 海兴发布：.
func needsOpening(l creditLabel) bool {
	return runeCount(l.text) == 1 || l.kind == posterCredit || l.text == "图片" || l.text == "视频" || l.text == "报道" || l.text == "文字"
}

// opensWord tells whether a word can begin behind a text.
func opensWord(before string) bool {
	c, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || c != utf8.RuneError && !isHan(c) && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '“' && c != '《'
}

// endsWithOffice tells that a text ends with a word that names a medium, to whose reporters what follows belongs: 新京报记者 彭冲.
func endsWithOffice(s string) bool {
	at, n := len(s), 0
	for at > 0 && n < 12 {
		c, size := utf8.DecodeLastRuneInString(s[:at])
		if !isHan(c) {
			break
		}
		at, n = at-size, n+1
	}
	return n < 12 && isOrg(s[at:])
}

// deeds stand behind the names of a byline.
var deeds = []string{"摄影报道", "综合报道", "图文报道", "报道", "報道", "报导", "采访整理", "整理", "综合", "摄影", "撰文", "文/图", "图/文", "文图", "图文", "摄", "文", "图", "电", "讯"}

// trimDeed cuts what a person did off the end of a name: 张三报道, 王五摄.
func trimDeed(s string) string {
	for _, deed := range deeds {
		if cut, ok := strings.CutSuffix(s, deed); ok && runeCount(cut) >= 2 && (len(deed) > 3 || deed == "摄" || !isPerson(s)) { // 肖力文 is a name
			return cut
		}
	}
	return s
}

// isBareLabel tells whether a text is a label and nothing else: its value stands in the next cell.
func isBareLabel(text string) (creditKind, bool) {
	kind, ok := creditKinds[strings.Trim(text, " \u3000：:【】[]")]
	return kind, ok
}
