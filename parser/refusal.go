package parser

import "strings"

// refusals are phrases of pages that are no content: challenges, log-ins, missing pages. They count on a page with little text.
var refusals = []struct{ reason, phrase string }{
	{"a missing page", "页面不存在"},
	{"a missing page", "页面找不到"},
	{"a missing page", "找不到页面"},
	{"a missing page", "您访问的页面"},
	{"a missing page", "页面已删除"},
	{"a missing page", "404 Not Found"},
	{"a missing page", "Not Found"},
	{"a missing page", "内容不存在"},
	{"a missing page", "文章不存在"},
	{"a missing page", "信息不存在"},
	{"a missing page", "已被删除"},
	{"a missing page", "无法找到该页"},
	{"a missing page", "页面走丢"},
	{"a missing page", "404错误"},
	{"a missing page", "页面未找到"},
	{"a missing page", "您要查看的页"},
	{"a check against robots", "访问验证"},
	{"a check against robots", "安全验证"},
	{"a check against robots", "人机验证"},
	{"a check against robots", "验证码"},
	{"a check against robots", "滑动验证"},
	{"a check against robots", "请完成验证"},
	{"a check against robots", "安全检查"},
	{"a check against robots", "访问过于频繁"},
	{"a check against robots", "拦截"},
	{"a check against robots", "Checking your browser"},
	{"a check against robots", "正在进行安全"},
	{"an error page", "服务器错误"},
	{"an error page", "系统错误"},
	{"an error page", "访问出错"},
	{"an error page", "系统维护"},
	{"an error page", "Forbidden"},
	{"an error page", "Internal Server Error"},
	{"an error page", "Bad Gateway"},
	{"an error page", "禁止访问"},
	{"a log-in page", "用户登录"},
	{"a log-in page", "忘记密码"},
	{"a log-in page", "请先登录"},
	{"a log-in page", "请登录"},
	{"a log-in page", "统一身份认证"},
	{"a log-in page", "账号登录"},
}

// refusal tells why a page is no page of content; empty: it may be one. textChars is how much running text the page has outside of links. It is not sure
// where the words may stand in a box of a page that has content: many a site has its log-in, with 验证码 and 忘记密码, beside its lists.
func (d *Document) refusal(textChars int) (reason string, sure bool) {
	if len(d.Blocks) == 0 {
		for _, s := range d.scripts {
			if strings.Contains(s.text, "document.cookie") || strings.Contains(s.text, "eval(") || strings.Contains(s.text, "location.href") || strings.Contains(s.text, "$_ts") {
				return "a script challenge: the page shows nothing without running scripts", true
			}
		}
		if d.frames {
			return "a frame page: its text is on other pages", true
		}
		return "no text on the page", true
	}
	if textChars > 250 {
		return "", false
	}
	for _, r := range refusals {
		if strings.Contains(d.title, r.phrase) {
			return r.reason, isAll(d.title, r.phrase)
		}
	}
	if d.passwords > 0 && (textChars < 30 || d.isTitledLogin()) {
		return "a log-in page", false
	}
	var forms map[int]bool
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.linked*2 > b.chars() || b.chars() > 80 {
			continue
		}
		for _, r := range refusals {
			if strings.Contains(b.Text, r.phrase) && !strings.Contains(b.Text, "。") || strings.HasPrefix(b.Text, r.phrase) {
				if forms == nil {
					forms = d.commentForms()
				}
				if d.isInside(b.Node, forms) {
					break
				}
				return r.reason, r.reason == "a missing page" // which may well list what else there is
			}
		}
	}
	return "", false
}

// titleParts cuts a <title> into what stands between its separators: 登录 - 企业服务平台.
func titleParts(title string) []string {
	return strings.FieldsFunc(title, func(c rune) bool { return strings.ContainsRune("-_|｜—–·:：,，!！>《》 ", c) })
}

// isAll tells whether a phrase is nearly all that a part of a <title> says: 安全验证, and not 市应急局开展节前安全检查.
func isAll(title, phrase string) bool {
	for _, part := range titleParts(title) {
		if strings.Contains(part, phrase) && runeCount(part) <= runeCount(phrase)+6 {
			return true
		}
	}
	return strings.Contains(phrase, " ") // 404 Not Found
}

// logins are what the pages that ask for a password call themselves, at the end of a part of their <title>.
var logins = []string{"登录", "登陆", "登入", "登錄", "Login", "login", "Sign in"}

func (d *Document) isTitledLogin() bool {
	for _, part := range titleParts(strings.ReplaceAll(d.title, "登 录", "登录")) {
		for _, word := range logins {
			if strings.HasSuffix(part, word) {
				return true
			}
		}
	}
	return false
}

// commentForms are the forms with a box for a text: 验证码 there is what a reader fills in under an article.
func (d *Document) commentForms() map[int]bool {
	forms := map[int]bool{}
	for i := range d.Nodes {
		if d.Nodes[i].Tag != "textarea" || d.Nodes[i].hidden {
			continue
		}
		for form := d.Nodes[i].Parent; form >= 0 && !forms[form]; form = d.Nodes[form].Parent {
			if d.Nodes[form].Tag == "form" {
				forms[form] = true
			}
		}
	}
	return forms
}

// isInside tells whether a place stands in one of some elements.
func (d *Document) isInside(node int, elements map[int]bool) bool {
	for ; node >= 0; node = d.Nodes[node].Parent {
		if elements[node] {
			return true
		}
	}
	return false
}

// answers tells whether an article stands on a page that seemed to be none, so surely that the words of a refusal are its own or those of a box beside it:
// a title that <title> repeats, a line with the date below it, and a text of some length.
func (ev articleEvidence) answers() bool { return ev.headed && ev.named && ev.chars >= 40 }
