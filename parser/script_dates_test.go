package parser

import "testing"

// A date that only a script writes into the page is the page's; several of different days are those of other articles.
func TestScriptDates(t *testing.T) {
	page := func(script string) string {
		return `<html><head><title>青岚新区新闻</title></head><body><h1>澄岸新材料项目落户青岚新区</h1><em id="publish_time"></em>
<div id="js_content"><p>近日，澄岸新材料公司与青岚新区签约，项目总投资三亿元，建设两条生产线。</p>
<p>项目建成后，预计每年实现产值五亿元，带动就业二百人。</p></div><script>` + script + `</script></body></html>`
	}
	for name, c := range map[string]struct{ script, want string }{
		"seconds":             {`var ct = "1789462800";`, "2026-09-15"},
		"filled in":           {`document.getElementById("publish_time").innerText = "2026-09-15 17:00";`, "2026-09-15"},
		"filled by library":   {`$("#pubTime").html("2026年9月15日");`, "2026-09-15"},
		"variable":            {`var publishTime = '2026-09-15 17:00:00', ct = "1789462800";`, "2026-09-15"},
		"a number in a state": {`window.state={"data":{"title":"澄岸新材料项目","publishTime":1789462800000}}`, "2026-09-15"},
		"written by tm":       {`var tm='2026-09-15 17:00:00'; document.write('<em>'+tm+'</em>');`, "2026-09-15"},
		"another tm":          {`var tm='2026-09-15 17:00:00'; setTimeout(load, 10);`, ""},
		"of other articles":   {`var rows=[{"publishTime":"2026-09-15"},{"publishTime":"2026-09-11"}];`, ""},
		"another variable":    {`var expires = "2026-09-15 17:00:00";`, ""},
	} {
		p, err := Parse(Input{Body: []byte(page(c.script)), As: KindArticle, Now: noon})
		if err != nil || len(p.Articles) != 1 {
			t.Fatalf("%s: %v, %d articles", name, err, len(p.Articles))
		}
		if got := p.Articles[0].Date; got != c.want {
			t.Errorf("%s: date %q, want %q", name, got, c.want)
		}
	}
}
