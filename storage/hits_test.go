package storage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHits(t *testing.T) {
	cases := map[string]struct{ words, text, want string }{
		"every one":            {"招商", "招商引资，招商。", "[招商]引资，[招商]。"},
		"two that overlap":     {"招商引 引资", "招商引资会", "[招商引资]会"},
		"two side by side":     {"招商 引资", "招商引资会", "[招商引资]会"},
		"case and width":       {"ai", "ＡＩ与Ai", "[ＡＩ]与[Ai]"},
		"white space":          {`"a b"`, "xa \n\u3000by", "x[a \n\u3000b]y"},
		"no width":             {"招商", "招\u200b商", "[招\u200b商]"},
		"what must not be":     {"招商 -引资", "招商引资", "[招商]引资"},
		"nothing to look for":  {"", "招商", "招商"},
		"nothing found":        {"深圳", "招商", "招商"},
		"broken UTF-8":         {"商", "招\xff商", "招\xff[商]"},
		"shrinks when lowered": {"i商", "İ商Ⅰ商", "[İ商]Ⅰ商"},
		"word at the very end": {"c", "abc", "ab[c]"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var got strings.Builder
			last := 0
			for _, h := range ParseWords(c.words).Hits(c.text) {
				got.WriteString(c.text[last:h.Start] + "[" + c.text[h.Start:h.End] + "]")
				last = h.End
			}
			if diff := cmp.Diff(c.want, got.String()+c.text[last:]); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseWords(t *testing.T) {
	cases := map[string]Words{
		"":                       {},
		"  \t　":                  {},
		"招商 广州":                  {All: []string{"招商", "广州"}},
		"招商　广州":                  {All: []string{"招商", "广州"}},
		`"招商 广州" 深圳`:             {All: []string{"招商 广州", "深圳"}},
		"“招商 广州”":                {All: []string{"招商 广州"}},
		`招商 -广州`:                 {All: []string{"招商"}, None: []string{"广州"}},
		`招商 －广州 -"a b"`:          {All: []string{"招商"}, None: []string{"广州", "a b"}},
		"-广州":                    {None: []string{"广州"}},
		"- 广州":                   {All: []string{"-", "广州"}},
		"G60-科创":                 {All: []string{"G60-科创"}},
		`"never closed`:          {All: []string{"never closed"}},
		`"" x`:                   {All: []string{"x"}},
		`"`:                      {},
		`-"`:                     {},
		`a"b c`:                  {All: []string{`a"b`, "c"}},
		`"a"b`:                   {All: []string{"a", "b"}},
		"招商 OR 广州 NOT NEAR(a b)": {All: []string{"招商", "OR", "广州", "NOT", "NEAR(a", "b)"}},
		"\u200b":                 {},
	}
	for text, want := range cases {
		t.Run(text, func(t *testing.T) {
			if diff := cmp.Diff(want, ParseWords(text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
