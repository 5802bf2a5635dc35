package corpus

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestTables(t *testing.T) {
	for _, name := range []string{"words.txt", "regions.txt", "trades.txt", "names.txt"} {
		if rows := lines(name); !slices.IsSorted(rows) || len(slices.Compact(rows)) != len(lines(name)) {
			t.Errorf("%s is not sorted or has a line twice", name)
		}
	}
	words := map[string]bool{}
	for _, table := range wordTables {
		for _, w := range table.words {
			words[w] = true
		}
	}
	if len(words) < 3000 {
		t.Errorf("%d words, want 3000", len(words))
	}
	if n := len(Parents()); n < 600 {
		t.Errorf("%d regions, want 600", n)
	}
}

// TestRules checks that every rule is used, that no pattern stands twice, and that all of them can be written.
func TestRules(t *testing.T) {
	paths, err := fs.Glob(files, "data/rules/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	seen := map[string]bool{}
	total := 0
	for _, path := range paths {
		rule := ""
		for _, line := range lines(strings.TrimPrefix(path, "data/")) {
			if strings.HasPrefix(line, "== ") {
				rule = line
				continue
			}
			if seen[rule+line] {
				t.Errorf("%s: %s has %q twice", path, rule, line)
			}
			seen[rule+line] = true
			all.WriteString(line)
			total++
		}
	}
	if total < 700 {
		t.Errorf("%d patterns, want 700", total)
	}
	topics := map[string]bool{"free": true, "heading": true, "next": true}
	for _, k := range kinds {
		for _, topic := range append(k.topics, "title."+k.name, "lead."+k.name) {
			topics[topic] = true
			if len(news.rules[news.byName[topic]]) == 0 {
				t.Errorf("there is no rule %s", topic)
			}
		}
	}
	for name := range news.byName {
		if !topics[name] && !isNotice(name) && !strings.Contains(all.String(), "{"+name+"}") {
			t.Errorf("nothing uses the rule %s", name)
		}
	}
	s, _ := stories.Get().(*story)
	s.begin(1, 1, 0)
	s.beginNotice("monthly")
	for _, rule := range news.rules {
		for _, p := range rule {
			s.expand(p)
		}
	}
	if left := regexp.MustCompile(`[{}|\[\]]`).FindString(string(s.text)); left != "" {
		t.Errorf("%q stands in the text", left)
	}
}

func isNotice(rule string) bool {
	return slices.Contains(notices, strings.TrimPrefix(rule, "notice."))
}
