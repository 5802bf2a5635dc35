package parser

import (
	"strings"
	"testing"
)

// What a form or a short page says of codes and log-ins makes it one only where nothing else stands on it.
func TestFormsAndRefusals(t *testing.T) {
	const short = `<p>9月17日，县应急管理局组织开展节前安全检查，共检查企业12家，发现并整改隐患9处。</p>`
	head := func(title, info string) string { return "<h1>" + title + "</h1><div class=info>" + info + "</div>" }
	field := func(label string) string { return "<tr><td>" + label + "</td><td><input name=x></td></tr>" }
	cases := map[string]struct {
		title, body string
		want        Kind
	}{
		"a comment form below":         {"青屿县茶企集中开工_招商网", head("青屿县茶企集中开工", "2026-09-18 来源：青屿日报") + short + `<form><textarea name=msg></textarea><label>验证码:</label><input name=code></form>`, KindArticle},
		"a box of comments":            {"青屿县茶企集中开工_招商网", head("青屿县茶企集中开工", "2026-09-18 来源：青屿日报") + short + `<div><textarea name=msg></textarea><span>请登录后发表评论</span><span>验证码</span></div>`, KindArticle},
		"a title on a check":           {"县应急管理局开展节前安全检查_工作动态_青屿县人民政府", head("县应急管理局开展节前安全检查", "2026-09-18 来源：青屿日报") + short, KindArticle},
		"a check":                      {"安全验证", head("安全验证", "2026-09-18 10:22:31") + "<p>您的访问过于频繁，请完成验证后继续。</p>", KindUnknown},
		"a firewall":                   {"您的请求已被拦截", head("您的请求已被拦截", "时间：2026-09-18 10:22:31") + "<p>您的请求带有不合法参数，已被网站管理员设置拦截。如有疑问，请联系网站管理员处理，谢谢您的配合与理解。</p>", KindUnknown},
		"a log-in with a notice":       {"登录 - 青屿企业服务平台", "<h2>政策直达</h2>" + `<form><input name=u><input type=password name=p><button>登 录</button></form>` + "<p>温馨提示：申报项目、提交诉求等功能需登录后使用，首次使用请先完成实名认证。</p>", KindUnknown},
		"a log-in by another name":     {"青屿企业服务平台", "<h2>政策直达</h2>" + `<form><input name=u><input type=password name=p><button>进入</button></form>` + "<p>温馨提示：申报项目、提交诉求等功能需登录后使用，首次使用请先完成实名认证。</p>", KindUnknown},
		"a log-in beside an article":   {"青屿县茶企集中开工_招商网", `<div><input name=u><input type=password name=p></div>` + head("青屿县茶企集中开工", "2026-09-18") + short, KindArticle},
		"a log-in beside a profile":    {"青屿县投资促进中心简介", `<div><input name=u><input type=password name=p></div><h1>青屿县投资促进中心简介</h1>` + short, KindArticle},
		"a search for documents":       {"高级检索", "<form><table>" + field("包含以下全部的关键词") + field("包含以下任意一个关键词") + field("不包括以下关键词") + field("发布机构") + "</table></form><p>请输入检索条件后点击“检索”按钮。多个关键词之间用空格隔开。</p>", KindUnknown},
		"a search with hints":          {"高级检索", "<form><table>" + strings.Repeat(field("包含以下任意一个关键词"), 10) + "</table></form><p>多个关键词之间请用空格分隔，系统默认按“与”的关系检索；用双引号括住的词作为整体匹配。检索结果默认按相关度排序，也可以按发布时间倒序查看。</p>", KindUnknown},
		"a teaser on a home page":      {"青屿县人民政府", `<h1>青屿县人民政府</h1><div>2026年9月20日 星期日</div><div><h3><a href="/a/1.html">全县工业经济运行调度会召开</a></h3><p>9月19日上午，全县召开工业经济运行调度会，总结前8月工业运行情况，部署四季度稳增长工作。会议指出，要逐企摸排、精准施策。<a href="/a/1.html">[详细]</a></p></div><p><a href="/b/">政务公开</a> <a href="/c/">办事服务</a></p>`, KindUnknown},
		"words above a form":           {"投资意向登记", "<main><h1>投资意向登记</h1><p>感谢您关注青屿！请如实填写以下信息，县投资促进局将在3个工作日内安排专人与您联系，信息仅用于招商洽谈。</p><form><table>" + strings.Repeat(field("企业名称"), 7) + "</table></form></main>", KindUnknown},
		"a letter to write":            {"写信", "<h1>县长信箱写信须知与表单</h1><form><table>" + field("您的姓名（必填）") + field("您的联系电话（必填）") + field("您的来信主题（必填）") + "</table><textarea></textarea></form><p>请如实填写，我们会尽快回复。</p>", KindUnknown},
		"a form below a profile":       {"青屿县投资促进中心简介", "<h1>青屿县投资促进中心简介</h1>" + short + "<p>中心内设综合科、项目科、服务科，负责全县招商引资工作，为投资者提供从洽谈、签约、注册到投产的全程帮办服务。</p><form>" + field("姓名") + field("电话") + field("留言") + "</form>", KindArticle},
		"a column with a search in it": {"通知公告", "<form>" + field("标题") + field("开始日期") + field("结束日期") + "</form><h2>通知公告</h2>" + sideRows(8), KindList},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{Body: []byte("<html><head><title>" + c.title + "</title></head><body>" + c.body + "</body></html>"), URL: "http://a.gov.cn/show.asp?id=1", Now: noon})
			if err != nil || p.Kind != c.want {
				t.Errorf("%v %q (%s), want %q", err, p.Kind, p.Reason, c.want)
			}
		})
	}
}
