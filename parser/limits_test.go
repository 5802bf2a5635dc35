package parser

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// A page ten times as large takes about ten times as long, and pages of any shape end. The bounds are wide: they tell linear from quadratic, not fast from slow.
func TestTimeGrowsWithSize(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds under the race detector")
	}
	paragraph := "<p>" + bodyA + "</p>\n"
	row := `<li><a href="t20260918_%d.html">青岚市第%d批重大项目集中签约</a><span>2026-09-18</span></li>`
	shapes := map[string]func(n int) string{
		"paragraphs": func(n int) string {
			return "<html><title>x</title><body><h1>青岚市重大项目综述</h1><div>" + strings.Repeat(paragraph, n)
		},
		"rows": func(n int) string {
			var b strings.Builder
			b.WriteString("<html><body><ul>")
			for i := range n {
				fmt.Fprintf(&b, row, i, i)
			}
			return b.String()
		},
		"nested":             func(n int) string { return strings.Repeat("<div>", n) + bodyA + strings.Repeat("</div>", n) },
		"links":              func(n int) string { return strings.Repeat(`<a href="/x">x</a> `, n) },
		"brackets":           func(n int) string { return "<script>var a=" + strings.Repeat("[{", n) + "</script>" + paragraph },
		"cells":              func(n int) string { return "<table><tr>" + strings.Repeat("<td>单元格内容", n) },
		"dates":              func(n int) string { return "<p>" + strings.Repeat("2026-09-18 二〇二六年今天 ", n) },
		"dump":               func(n int) string { return strings.Repeat("-\n青岚市集中签约\n"+bodyA+"\n2026-09-18\n", n) },
		"dump without dates": func(n int) string { return strings.Repeat("青岚市重大项目集中签约\n"+bodyA+"\n", n) },
		"titles":             func(n int) string { return strings.Repeat("- 青岚市集中签约\n", n) },
		"breaks":             func(n int) string { return "<div>" + strings.Repeat(bodyA+"<br>", n) },
		"heading":            func(n int) string { return "<h1>" + strings.Repeat("集中签约<br>", n) + "</h1>" + paragraph },
		"attributes": func(n int) string {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, " a%d", i)
			}
			return "<p" + b.String() + ">" + bodyA
		},
		"fonts": func(n int) string { return strings.Repeat("<font color=red><b>", n) + bodyA },
	}
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			took := func(n int) time.Duration {
				body := []byte(shape(n))
				best := time.Hour
				for range 2 {
					start := time.Now()
					if _, err := Parse(Input{Body: body, URL: "http://a.gov.cn/x/", Now: noon}); err != nil {
						t.Fatal(err)
					}
					best = min(best, time.Since(start))
				}
				return best
			}
			small, large := took(1000), took(10000)
			if large > 60*small+100*time.Millisecond {
				t.Errorf("1,000: %v, 10,000: %v", small, large)
			}
		})
	}
}

func TestHugePages(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds under the race detector")
	}
	deep := strings.Repeat("<div>", 100_000) + "<p>" + bodyA + "</p>"
	p, err := Parse(Input{Body: []byte(deep), URL: "http://a.gov.cn/x/1.html", Now: noon})
	if err != nil || len(p.Warnings) == 0 || !strings.Contains(p.Warnings[0].Text, "nested too deep") || len(p.Articles) != 1 || p.Articles[0].Body != bodyA {
		t.Errorf("nested 100,000 deep: %v %+v", err, p)
	}
	long := "<html><title>长文</title><body><h1>青岚市重大项目综述</h1><div>" + strings.Repeat("<p>"+bodyA+"</p>\n", 20<<20/(len(bodyA)+8)) + "</div>"
	p, err = Parse(Input{Body: []byte(long), URL: "http://a.gov.cn/x/1.html", Now: noon})
	if err != nil || len(p.Articles) != 1 || len(p.Articles[0].Body) < 19<<20 {
		t.Errorf("20 MB: %v %s %s", err, p.Kind, p.Reason)
	}
}

// What is made of a page is limited whatever its length.
func TestPagesOfManyParts(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector allocates too")
	}
	for name, tt := range map[string]struct{ piece, warning string }{
		"links":    {`<li><a href="/%d.html">青岚市第%d批重大项目集中签约</a>`, "more than 30000 links"},
		"elements": {"<i></i>", "more than 400000 elements"},
		"texts":    {"a<br>", "more than 400000 elements"},
		"objects":  {`{"a":1},`, "more than 100000 objects"},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			for i := 0; b.Len() < 8<<20; i++ {
				if strings.Contains(tt.piece, "%d") {
					fmt.Fprintf(&b, tt.piece, i, i)
				} else {
					b.WriteString(tt.piece)
				}
			}
			body := []byte("<html><body>" + b.String())
			if name == "objects" {
				body = []byte("[" + b.String() + "{}]")
			}
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			p, err := Parse(Input{Body: body, URL: "http://a.gov.cn/x/", Now: noon})
			runtime.ReadMemStats(&after)
			if err != nil || !strings.Contains(p.Reason, tt.warning) && !slices.ContainsFunc(p.Warnings, func(w Warning) bool { return strings.Contains(w.Text, tt.warning) }) {
				t.Errorf("%v, %s, %+v", err, p.Reason, p.Warnings)
			}
			if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; grown > 500 { // all that was ever allocated
				t.Errorf("%d MiB were allocated", grown)
			}
		})
	}
}
