package parser

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed surnames.txt
var surnamesText string

// surnames holds the characters of surnames.txt.
var surnames = func() string {
	var b strings.Builder
	for line := range strings.Lines(surnamesText) {
		if !strings.HasPrefix(line, "#") {
			b.WriteString(strings.TrimSpace(line))
		}
	}
	return b.String()
}()

// namesAtEnd reads the names in the bracket that ends a text: （常书香 马丹阳）.
func namesAtEnd(body string) string {
	inside, ok := strings.CutSuffix(strings.TrimRight(body, " \n"), "）")
	if !ok {
		return ""
	}
	at := strings.LastIndex(inside, "（")
	if at < 0 {
		return ""
	}
	names := strings.FieldsFunc(inside[at+len("（"):], func(c rune) bool { return c == ' ' || c == '\u3000' || c == '、' })
	if len(names) == 0 || len(names) > 5 {
		return ""
	}
	for _, name := range names {
		first, _ := utf8.DecodeRuneInString(name)
		if n := runeCount(name); n < 2 || n > 3 || !strings.ContainsRune(surnames, first) {
			return ""
		}
	}
	return strings.Join(names, " ")
}
