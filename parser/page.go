package parser

import "time"

// Kind says what a page or file is.
type Kind string

// The kinds of page. KindUnknown covers what holds neither rows nor an article: an error page, a log-in page, a script challenge.
const (
	KindList    Kind = "list"
	KindArticle Kind = "article"
	KindDump    Kind = "dump"
	KindFeed    Kind = "feed"
	KindJSON    Kind = "json"
	KindUnknown Kind = "unknown"
)

// Input is one page or file as its bytes, with all that the parser may know about it. The parser reads no clock and no network: Now and URL
// come from outside.
type Input struct {
	Body        []byte
	URL         string    // base of relative links; may be empty for files
	ContentType string    // the Content-Type header as served; may be empty, and is not believed against the bytes
	Charset     string    // name of the charset when the caller knows it; empty: by evidence
	As          Kind      // what the page is when the caller knows it; empty: by evidence
	Rules       *Rules    // selectors configured for the source; nil: automatic
	Now         time.Time // "today" for 今天, 3小时前 and dates without a year, in the zone of the site
}

// Page is what the parser read from an Input.
type Page struct {
	URL      string
	Charset  Charset
	CMS      string // content management system by its fingerprints; empty: not recognised
	Kind     Kind
	Reason   string // why Kind was chosen, in words
	Rows     []Row
	Next     string   // absolute URL of the next list page, or of the next part of an article; empty: none
	Lists    []string // absolute URLs of the sitemaps that an index of them names, those changed last first
	Articles []Article
	Warnings []Warning
	Cut      []string // which limits of the parser cut the page, in words; among the warnings too
	Evidence Evidence
}

// Evidence says in words why the parts of a page were chosen; empty where there was nothing to choose.
type Evidence struct{ Rows, Next, Title, Date, Body string }

// Charset is the character encoding that a page was decoded with, and why.
type Charset struct {
	Name     string `json:"name"`     // WHATWG name in lower case: utf-8, gb18030, big5
	Evidence string `json:"evidence"` // in words: "bom", "declared gb2312 in meta, 0 errors", …
}

// Row is one entry of a list page: a link to an article.
type Row struct {
	Title   string `json:"title"`
	URL     string `json:"url"`
	Date    string `json:"date"` // YYYY-MM-DD; empty: none
	Summary string `json:"summary"`
}

// Article is one article as it stands on a page or in a dump.
type Article struct {
	URL       string // absolute; empty for a record of a dump or of a list without links
	Title     string
	Date      string    // YYYY-MM-DD; empty: none
	Time      time.Time // date and time of day where the page gives both; else zero
	Publisher string    // 来源
	Author    string    // 作者, 记者, 通讯员
	Body      string    // plain text, one paragraph a line
	Line      int       // 1-based line of the dump where the record starts; 0: not from a dump
}

// Warning is something a person should know about how a page was read. Nothing is dropped from a dump without one.
type Warning struct {
	Line int    `json:"line,omitempty"` // 1-based line of the dump; 0: the page as a whole
	Text string `json:"text"`
}
