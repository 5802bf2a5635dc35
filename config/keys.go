package config

import (
	"math"
	"time"
)

// key is one key of the file. This table is the only place that knows the keys: the reader, the JSON Schema, the starter file
// and the tables of docs/configuration.md are made from it.
type key struct {
	name     string
	kind     kind
	def      string // the default, as it is written in YAML; a required key has none
	example  string // as it is written in YAML
	doc      string
	required bool
	keys     []key // of a mapping
	each     bool  // a list of such mappings
}

// mapping is a key that holds others.
func mapping(name, doc string, keys []key) key {
	return key{name: name, doc: doc, keys: keys, kind: kind{name: "mapping", want: "a mapping"}}
}

var (
	selector   = text("CSS selector", checkSelector, map[string]any{"type": "string"})
	query      = text("jq expression", checkQuery, map[string]any{"type": "string"})
	mustQuery  = text("jq expression", checkNeededQuery, map[string]any{"type": "string", "minLength": 1})
	plain      = text("text", printable, map[string]any{"type": "string"})
	sourceURL  = text("URL", checkURL, map[string]any{"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^@/?#]*([/?#]|$)"}).told(checkStored)
	proxyURL   = text("URL", checkProxy, map[string]any{"type": "string", "pattern": "^$|^(https?|socks5)://"}).told(nil)
	verifying  = text("`verify` or `insecure`", checkTLS, map[string]any{"enum": []any{"verify", "insecure"}})
	userName   = text("text", checkUser, map[string]any{"type": "string", "minLength": 1}).secretly()
	password   = text("text", notEmpty, map[string]any{"type": "string", "minLength": 1}).secretly()
	policy     = text("`obey` or `ignore`", checkRobots, map[string]any{"enum": []any{"obey", "ignore"}})
	regionCode = text("six digits", checkRegion, map[string]any{"type": "string", "pattern": regionPattern + "|^$"})
)

var topKeys = []key{
	{
		name: "database", kind: text("path", notEmpty, map[string]any{"type": "string", "minLength": 1}), def: "zhaowen.db", example: "/data/zhaowen.db",
		doc: "The SQLite file that holds everything.",
	},
	{
		name: "archive", kind: text("path", printable, map[string]any{"type": "string"}), def: `""`, example: "/data/warc",
		doc: "Folder for WARC files of what was fetched; empty: keep none.",
	},
	{
		name: "listen", kind: text("host:port", checkListen, map[string]any{"type": "string"}).wanting("host:port"), def: `""`, example: "127.0.0.1:8080",
		doc: "Address at which the daemon serves /metrics, /healthz and /readyz; empty: none. The pages for people come with a later version.",
	},
	{
		name: "timezone", kind: zone, def: "Asia/Shanghai", example: "Asia/Shanghai",
		doc: "IANA time zone in which schedules are meant.",
	},
	{
		name: "user_agent", kind: plain, def: `""`, example: `"Mozilla/5.0 (compatible; Zhaowen; +https://example.org/bot)"`,
		doc: "The User-Agent header; empty: product, version and `contact`.",
	},
	{
		name: "contact", kind: text("URL or e-mail", checkContact, map[string]any{"type": "string"}), def: `""`, example: "https://example.org/bot",
		doc: "Where the owner of a site can reach you; sent with every request.",
	},
	{
		name: "allow_addresses", kind: listOf(network), def: "[]", example: "[127.0.0.0/8]",
		doc: "Networks exempt from the refusal of private and local addresses.",
	},
	{
		name: "browser", kind: text("URL", checkBrowser, map[string]any{"type": "string"}).told(nil), def: `""`, example: "http://127.0.0.1:9222",
		doc: "DevTools address of a Chromium, for the sources with `render`; empty: none. It is exempt from the refusal of private and local addresses.",
	},
	{
		name: "proxy", kind: proxyURL, def: `""`, example: "http://127.0.0.1:3128",
		doc: "Proxy for all requests: `http`, `https` or `socks5`; empty: none. It is exempt from the refusal of private and local addresses. `HTTP_PROXY` and the like are not looked at.",
	},
	{
		name: "shutdown_timeout", kind: duration(0, time.Hour), def: "30s", example: "1m",
		doc: "How long a stop waits for the pages in work before it abandons them.",
	},
	mapping("defaults", "How every source is crawled; a source's own values stand over these.", crawlKeys),
	{
		name: "sources", kind: kind{name: "list of mappings", want: "a list"}, keys: sourceKeys, each: true,
		doc: "The columns of sites to be crawled.",
	},
}

var crawlKeys = []key{
	{
		name: "schedule", kind: text("schedule", checkSchedule, map[string]any{"type": "string", "minLength": 1}).wanting("a schedule"), def: `"*/30 * * * *"`, example: `"0 8-20 * * 1-5"`,
		doc: "When a pass starts: five cron fields, `@hourly`, `@daily` … or `@every 10m`; `auto`: when the column is likely to have something new.",
	},
	{
		name: "jitter", kind: duration(0, time.Hour), def: "5m", example: "0s",
		doc: "How far passes are put off their time, each source by its own share, so that they do not start together; never more than a tenth of the time between two passes.",
	},
	{
		name: "recheck", kind: duration(0, 366*24*time.Hour), def: "0", example: "72h",
		doc: "Articles younger than this are asked for again, and a changed one is kept as a revision; 0: never.",
	},
	{
		name: "delay", kind: duration(0, time.Hour), def: "2s", example: "5s",
		doc: "Least time between the starts of two requests to one host.",
	},
	{
		name: "concurrency", kind: count(1, 64), def: "1", example: "2",
		doc: "Requests to one host at once.",
	},
	{
		name: "timeout", kind: duration(time.Millisecond, time.Hour), def: "30s", example: "1m",
		doc: "Limit for one request, its redirects and body included.",
	},
	{
		name: "max_pages", kind: count(0, math.MaxInt32), def: "20", example: "3",
		doc: "List pages a pass follows at most; 0: no limit.",
	},
	{
		name: "max_body", kind: size(1 << 30), def: "8MiB", example: "1.5MiB",
		doc: "Largest body, decompressed; a larger one is refused whole.",
	},
	{
		name: "retries", kind: count(0, 20), def: "3", example: "1",
		doc: "Further tries of a request that failed for a passing reason.",
	},
	{
		name: "robots", kind: policy, def: "obey", example: "ignore",
		doc: "Whether robots.txt is obeyed.",
	},
	{
		name: "keep", kind: period, def: `""`, example: "24mo",
		doc: "How long articles are kept, by their day of publication: `90d`, `24mo`, `2y`; empty: forever.",
	},
}

var sourceKeys = append([]key{
	{
		name: "id", kind: text("id", checkID, map[string]any{"type": "string", "pattern": idPattern}), example: "gz-commerce", required: true,
		doc: "Short name, unique in the file: lower-case letters, digits, `-`, `_`, `.`. Articles keep it, so do not change it.",
	},
	{
		name: "url", kind: sourceURL, example: "https://example.gov.cn/tzdt/index.html", required: true,
		doc: "The column's first list page (or a feed), http or https.",
	},
	{
		name: "name", kind: plain, def: `""`, example: "广州市商务局",
		doc: "Name for people; empty: the id is shown.",
	},
	{
		name: "region", kind: regionCode, def: `""`, example: `"440100"`,
		doc: "GB/T 2260 code of the place the source speaks for, in quotes; empty: told from the text alone.",
	},
	{
		name: "charset", kind: text("charset", checkCharset, map[string]any{"type": "string"}), def: `""`, example: "gb18030",
		doc: "Charset of its pages, only where the automatic reading is wrong; empty: by evidence.",
	},
	{
		name: "disabled", kind: boolean, def: "false", example: "true",
		doc: "Keep the entry and do not crawl it.",
	},
	{
		name: "render", kind: boolean, def: "false", example: "false",
		doc: "Load its pages in the `browser`, for lists and texts that only a script makes.",
	},
	{
		name: "proxy", kind: proxyURL, example: "socks5://127.0.0.1:1080",
		doc: "Its own proxy instead of that at the top; empty: none.",
	},
	{
		name: "tls", kind: verifying, def: "verify", example: "insecure",
		doc: "`insecure` takes any certificate of its own host, and TLS 1.0 and 1.1: whoever stands between can read and change what is fetched.",
	},
	mapping("auth", "User and password for its own host (HTTP Basic).", authKeys),
	{
		name: "headers", kind: texts(checkHeader), def: "{}", example: `{X-Api-Key: "${GZ_KEY}"}`,
		doc: "Header fields sent to its own host; neither logged nor stored.",
	},
	{
		name: "query", kind: texts(checkParameter), def: "{}", example: `{token: "${GZ_TOKEN}"}`,
		doc: "Parameters added to the addresses of its own host when they are sent; neither logged nor stored.",
	},
	mapping("list", "Selectors for its list pages, only where the automatic reading is wrong.", listKeys),
	mapping("article", "Selectors for its article pages, only where the automatic reading is wrong.", articleKeys),
	mapping("json", "For a source that answers with JSON: where its rows are, as jq expressions; without it they are found automatically.", jsonKeys),
}, crawlKeys...)

var authKeys = []key{
	{name: "user", kind: userName, example: "reader", required: true, doc: "The user."},
	{name: "password", kind: password, example: `"${GZ_PASSWORD}"`, required: true, doc: "The password; from the environment, so that it does not stand in the file."},
}

var listKeys = []key{
	{name: "row", kind: selector, def: `""`, example: `"ul.news li"`, doc: "One row of the list; empty: found automatically."},
	{name: "link", kind: selector, def: `""`, example: `"a"`, doc: "The link to the article, inside a row; empty: found automatically."},
	{name: "date", kind: selector, def: `""`, example: `"span"`, doc: "The date, inside a row; empty: found automatically."},
	{name: "next", kind: selector, def: `""`, example: `"a.next"`, doc: "The link to the next list page; empty: found automatically."},
}

var articleKeys = []key{
	{name: "title", kind: selector, def: `""`, example: `"h1"`, doc: "The title; empty: found automatically."},
	{name: "body", kind: selector, def: `""`, example: `".TRS_Editor"`, doc: "The element that holds the text; empty: found automatically."},
	{name: "date", kind: selector, def: `""`, example: `".info"`, doc: "The element that holds the date; empty: found automatically."},
	{name: "remove", kind: listOf(selector), def: "[]", example: `[".share", ".related"]`, doc: "Elements to leave out of the text."},
}

var jsonKeys = []key{
	{name: "rows", kind: mustQuery, example: `".data.list"`, required: true, doc: "The rows of the answer: one array, or one row after the other."},
	{name: "title", kind: mustQuery, example: `".title"`, required: true, doc: "The title, of a row; tags and entities are taken off."},
	{name: "url", kind: mustQuery, example: `".url"`, required: true, doc: "The address of the article, of a row; it may be relative to that of the answer."},
	{name: "date", kind: query, def: `""`, example: `".publishTime"`, doc: "The date, of a row: text, or a Unix time in seconds or milliseconds; empty: none."},
	{name: "next", kind: query, def: `""`, example: `".data.next"`, doc: "The address of the next answer, of the whole; null or nothing ends the paging; empty: one answer is all."},
}
