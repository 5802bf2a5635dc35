package parser

import "strings"

// Bylines stand in the text itself: in brackets at its head (本报讯（记者 张三）…) or its end (（张三 李四）), on a line of their own (□ 本报记者 张三),
// or in the first sentence (本报讯 记者张三报道：…).

const (
	bylineHead = 200 // characters of a body in which a byline may stand
	bylineTail = 120
	bylineMost = 60 // characters of a byline
)

// bylineIn finds the names of a byline in the first or the last lines of a body.
func bylineIn(body string) string {
	head, tail := firstChars(body, bylineHead), lastChars(body, bylineTail)
	for _, part := range [...]string{head, tail} {
		if names := bylineInBrackets(part); names != "" {
			return names
		}
		if names := bylineAlone(part); names != "" {
			return names
		}
	}
	if names := bylineInSentence(head); names != "" {
		return names
	}
	return namesAtEnd(body)
}

// bylineInBrackets reads the brackets that hold a role.
func bylineInBrackets(s string) string {
	s = strings.NewReplacer("(", "（", ")", "）").Replace(s)
	for {
		at := strings.Index(s, "（")
		if at < 0 {
			return ""
		}
		s = s[at+len("（"):]
		inside, _, ok := strings.Cut(s, "）")
		if ok && runeCount(inside) <= bylineMost {
			if names := firstOf(namesOfRoles(inside), longName(inside)); names != "" {
				return names
			}
		}
	}
}

// longName reads a role and one name of four or five characters without a Chinese surname, as Tibetan and Uyghur names are: 记者格桑边觉.
func longName(inside string) string {
	name := strings.TrimSpace(trimRole(inside))
	if name == "" || name == inside || trimDeed(name) != name || isOrg(name) || leadingRun(name) != name || runeCount(name) < 4 || runeCount(name) > 5 {
		return ""
	}
	return name
}

// namesOfRoles joins the names behind the roles of a byline; those who took the pictures only are no authors.
func namesOfRoles(s string) string {
	var names []string
	for _, f := range readCredits(s) {
		if f.kind == authorCredit || f.kind == reporterCredit {
			if n := personNames(f.value, f.kind == authorCredit && len(names) == 0); n != "" {
				names = append(names, n)
			}
		}
	}
	return joinNames(names)
}

// bylineAlone reads the first or the last lines that hold nothing but a byline.
func bylineAlone(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if i >= 2 && i < len(lines)-2 || runeCount(line) > bylineMost || strings.ContainsAny(line, "。，；！？") {
			continue
		}
		line = strings.TrimLeft(line, " \u3000")
		marked := strings.TrimLeft(line, "□■◎●◆◇▲△○· \u3000")
		fields := readCredits(marked)
		if len(fields) > 0 && fields[0].at <= len("兰河日报全媒体") {
			if names := namesOfRoles(marked); names != "" {
				return names
			}
		}
		if len(fields) == 0 && marked != line && runeCount(marked) <= 16 {
			if names := onlyNames(marked); names != "" {
				return names
			}
		}
	}
	return ""
}

// bylineInSentence reads roles in a line of text: what follows must be a name and then the end of it.
func bylineInSentence(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	var names []string
	for _, f := range readCredits(line) {
		if f.kind != reporterCredit {
			continue
		}
		value := strings.TrimLeft(f.value, " \u3000：:")
		word := leadingRun(value)
		deed := trimDeed(word)
		rest := value[len(word):]
		if isPerson(deed) && (deed != word || rest == "" || strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "\u3000") || strings.HasPrefix(rest, "、")) {
			names = append(names, personNames(value[:nameListEnd(value)], false))
		}
	}
	return joinNames(names)
}

// leadingRun is the run of Chinese characters that a text begins with.
func leadingRun(s string) string {
	for i, c := range s {
		if !isHan(c) && c != '·' && c != '•' {
			return s[:i]
		}
	}
	return s
}

// nameListEnd finds where the names at the beginning of a text end.
func nameListEnd(s string) int {
	end := 0
	for end < len(s) {
		rest := strings.TrimLeft(s[end:], " \u3000、")
		word := leadingRun(rest)
		name := trimDeed(word)
		if !isPerson(name) {
			break
		}
		end = len(s) - len(rest) + len(name)
		if name != word {
			break
		}
	}
	return end
}

func joinNames(names []string) string {
	var out []string
	seen := map[string]bool{}
	for _, list := range names {
		for _, name := range splitNames(list) {
			if !seen[name] {
				seen[name] = true
				out = append(out, name)
			}
		}
	}
	return strings.Join(out, " ")
}

// splitNames cuts what personNames has joined; a name of Latin words stays whole.
func splitNames(list string) []string {
	if list == "" {
		return nil
	}
	if first, _, _ := strings.Cut(list, " "); isLatin(first) {
		return []string{list}
	}
	return strings.Split(list, " ")
}

// namesAtEnd reads the names in the bracket that ends a text: （常书香 马丹阳）, （县招商局 舒扬）.
func namesAtEnd(body string) string {
	inside, ok := strings.CutSuffix(strings.TrimRight(body, " \n"), "）")
	if !ok {
		return ""
	}
	at := strings.LastIndex(inside, "（")
	if at < 0 {
		return ""
	}
	return onlyNames(inside[at+len("（"):])
}

// onlyNames reads a text that holds nothing but names of persons, and perhaps of their office.
func onlyNames(s string) string {
	words := nameWords(s)
	if len(words) > 6 {
		return ""
	}
	var names []string
	for _, w := range words {
		switch {
		case isPerson(w):
			names = append(names, w)
		case !isOrg(w):
			return ""
		}
	}
	return strings.Join(names, " ")
}
