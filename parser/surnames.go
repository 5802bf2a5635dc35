package parser

import (
	_ "embed"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed surnames.txt
var surnamesText string

// surnames holds the first characters of surnames.txt, and those of two characters.
var surnames, doubleSurnames = func() (single map[rune]bool, double map[string]bool) {
	single, double = map[rune]bool{}, map[string]bool{}
	for line := range strings.Lines(surnamesText) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.Contains(line, " "):
			for _, s := range strings.Fields(line) {
				double[s] = true
			}
		default:
			for _, c := range line {
				single[c] = true
			}
		}
	}
	return single, double
}()

//go:embed orgs.txt
var orgsText string

// orgEnds are the words of orgs.txt, by their last character.
var orgEnds = func() map[rune][]string {
	ends := map[rune][]string{}
	for line := range strings.Lines(orgsText) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			last, _ := utf8.DecodeLastRuneInString(line)
			ends[last] = append(ends[last], line)
		}
	}
	return ends
}()

// isOrg tells whether a name is that of an office, a medium or a company: by its last word, and longer than that.
func isOrg(name string) bool {
	name = strings.TrimRight(name, "》”\"）) ")
	n := runeCount(name)
	if n < 3 {
		return name == "本网" || name == "本报" || name == "本站" || name == "本刊" || name == "本台"
	}
	last, _ := utf8.DecodeLastRuneInString(name)
	for _, end := range orgEnds[last] {
		if strings.HasSuffix(name, end) && len(name) > len(end) {
			return true
		}
	}
	return false
}

// notNames are words of credits that begin with a character that is a surname as well.
var notNames = []string{"关注", "关闭", "时政", "时讯", "金融", "高清", "房产", "党建", "包括", "左右", "安全", "常见", "程序", "方式", "文字", "文图", "图文", "应用", "车市", "成功", "石化", "温馨", "严禁", "万象", "时间", "解读", "全文", "于是", "从而", "都是", "关于", "从事", "时任", "和", "终审", "农业", "钢铁", "汽车", "文化", "文旅", "查看", "经济", "管理员"}

// isPerson tells whether a word is a Chinese name: a surname and one or two characters, a surname of two characters, or a name with middle dots.
func isPerson(word string) bool {
	n := 0
	for _, c := range word {
		if !isHan(c) && c != '·' && c != '•' && c != '䶮' {
			return false
		}
		n++
	}
	if strings.ContainsAny(word, "·•") {
		return n >= 4 && n <= 16
	}
	if n < 2 || n > 4 || slices.Contains(notNames, word) || n > 2 && isOrg(word) {
		return false
	}
	_, size := utf8.DecodeRuneInString(word)
	_, second := utf8.DecodeRuneInString(word[size:])
	if n > 2 && doubleSurnames[word[:size+second]] {
		return true
	}
	first, _ := utf8.DecodeRuneInString(word)
	return n <= 3 && surnames[first]
}
