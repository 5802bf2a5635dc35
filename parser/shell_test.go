package parser

import "testing"

// What stands around a text that only a script loads, or under a player, is no column.
func TestShells(t *testing.T) {
	related := `<div class="more"><h3>相关视频</h3><ul><li><a href="/v/1.html">青岚新区举办夏季招商推介会活动</a></li><li><a href="/v/2.html">澄岸新材料二期厂房主体结构封顶</a></li><li><a href="/v/3.html">市长会见远澜科技公司董事长一行</a></li><li><a href="/v/4.html">园区举行重大项目集中开工仪式</a></li></ul></div>`
	for name, c := range map[string]struct {
		body string
		want Kind
	}{
		"v-html":      {`<h1 v-text="info.title"></h1><div v-html="info.content"></div>` + related, KindUnknown},
		"placeholder": {`<h1>{{detail.title}}</h1><div>{{detail.content}}</div>` + related, KindUnknown},
		"loading":     {`<div class="article-content">正在加载…</div>` + related, KindUnknown},
		"player":      {`<h1>航拍青岚两岸</h1><video src="/v/9.mp4"></video>` + related, KindUnknown},
		"column":      {`<h1>视频新闻</h1><ul><li><a href="/v/1.html">青岚新区举办夏季招商推介会活动</a></li><li><a href="/v/2.html">澄岸新材料二期厂房主体结构封顶</a></li><li><a href="/v/3.html">市长会见远澜科技公司董事长一行</a></li><li><a href="/v/4.html">园区举行重大项目集中开工仪式</a></li></ul>`, KindList},
	} {
		p, err := Parse(Input{Body: []byte(`<html><head><title>青岚新区</title></head><body>` + c.body + `</body></html>`), URL: "http://www.qinglan.example/detail.html?id=7", Now: noon})
		if err != nil {
			t.Fatal(err)
		}
		if p.Kind != c.want {
			t.Errorf("%s: %s (%s), want %s", name, p.Kind, p.Reason, c.want)
		}
	}
}
