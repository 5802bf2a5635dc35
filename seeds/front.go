package seeds

// policy is one page of the column 政策法规, which stands in the side columns and is no column to crawl.
type policy struct{ Name, Title, Date, Text string }

// Cut is the title as a side column shows it.
func (p policy) Cut() string { return cut(p.Title, 16) }

var policies = []policy{
	{"202607/t20260702_90021.html", "东澜市招商引资项目全周期服务办法", "2026-07-02", "本办法适用于固定资产投资3000万元以上的招商引资项目，从线索登记到竣工投产由同一名服务专员负责。"},
	{"202605/t20260520_89977.html", "关于鼓励外资企业利润再投资的通知", "2026-05-20", "外资企业以分配利润在本市增资或新设企业，实缴金额达到200万美元的，可以申请一次性奖励。"},
	{"202604/t20260408_89930.html", "产业用地标准地出让实施细则（修订）", "2026-04-08", "出让公告应当同时列明投资强度、亩均税收、单位能耗和容积率四项指标，不得另行附加条件。"},
	{"202602/t20260211_89861.html", "东澜市产业引导基金管理规定", "2026-02-11", "引导基金对单个子基金的出资比例不超过三成，存续期一般不超过十年，退出收入继续滚动使用。"},
}

const robots = "User-agent: *\nDisallow: /intern/\n"

// frontPage is what the template of the front page and of the pages without a list takes.
type frontPage struct {
	Title    string
	Policies []policy
}

// renderFrontDoor adds what is no column of news: the front page, robots.txt, the policies, and the folder that robots.txt closes.
func renderFrontDoor(add addPage) {
	add("/robots.txt", "text/plain; charset=utf-8", []byte(robots))
	add("/index.html", utf8HTML, execute("front.html", frontPage{Title: "首页"}))
	add("/intern/index.html", utf8HTML, execute("front.html", frontPage{Title: "内部办公"}))
	add("/zcfg/index.html", utf8HTML, execute("front.html", frontPage{"政策法规", policies}))
	for _, p := range policies {
		add("/zcfg/"+p.Name, utf8HTML, execute("policy.html", p))
	}
}
