package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"
)

func TestTableFitsTheTerminal(t *testing.T) {
	columns := []column{{name: "date"}, {name: "title", flex: true}, {name: "chars", right: true}}
	rows := [][]string{
		{"2024-03-05", "广州开发区集中签约四十五个重大产业项目总投资额超过一千亿元", "1,024"},
		{"2024-03-06", "短", "9"},
	}
	for name, c := range map[string]struct {
		width int
		want  string
	}{
		"as wide as the text": {0, `DATE        TITLE                                                       CHARS
2024-03-05  广州开发区集中签约四十五个重大产业项目总投资额超过一千亿元  1,024
2024-03-06  短                                                              9
`},
		"cut to 40 columns": {40, `DATE        TITLE                  CHARS
2024-03-05  广州开发区集中签约四…  1,024
2024-03-06  短                         9
`},
	} {
		t.Run(name, func(t *testing.T) {
			s := &sheet{width: c.width}
			s.table(columns, rows)
			if diff := cmp.Diff(c.want, s.buffer.String()); diff != "" {
				t.Error(diff)
			}
			for line := range strings.Lines(s.buffer.String()) {
				if w := runewidth.StringWidth(strings.TrimSuffix(line, "\n")); c.width > 0 && w > c.width {
					t.Errorf("%d columns wide: %q", w, line)
				}
			}
		})
	}
}
