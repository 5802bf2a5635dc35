// Package parser turns the bytes of a page, or of a text dump of one, into articles, rows and the next page. It is pure: no files, no network, no
// clock, no global state.
package parser

import (
	"bytes"
	"errors"
	"net/url"
	"strings"
	"time"
)

// ErrBinary is returned for bytes that are no text.
var ErrBinary = errors.New("not a text file")

// Parse reads one page or dump. It returns an error only when the bytes are no text at all (ErrBinary); whatever else is wrong with a page stands in the
// warnings of the result.
func Parse(in Input) (*Page, error) {
	if isBinary(in.Body) {
		return nil, ErrBinary
	}
	text, charset := decode(in.Body, in.ContentType, in.Charset)
	page := &Page{URL: in.URL, Charset: charset}
	if strings.TrimSpace(text) == "" {
		page.Kind, page.Reason = KindUnknown, "empty"
		page.warn("the page is empty")
		return page, nil
	}
	if in.As != KindArticle { // a crawler that fetches an article has seen the column
		page.CMS = cms(text[:min(len(text), cmsBytes)])
	}
	page.read(text, in)
	return page, nil
}

// read finds the front end for a text.
func (p *Page) read(text string, in Input) {
	base := parseBase(in.URL)
	if in.As != KindDump {
		d := &Document{url: base, now: in.Now}
		if in.Rules != nil && in.Rules.json != nil && in.As != KindArticle && p.readByQueries(text, d, in) {
			return
		}
		if p.readFeed(text, d) || p.readSitemap(text, d) {
			return
		}
		if literal, ok := asJSON(text); ok && p.readJSON(literal, d, in) {
			return
		}
		if _, _, ok := datastoreToHTML(text); ok {
			p.readDatastore(text, in)
			return
		}
	}
	if in.As == KindDump || in.As == "" && !looksLikeMarkup(text) {
		p.readDump(text, in.Now)
		return
	}
	p.readHTML(documentFromHTML(text, base, in.Now), in)
}

// parseBase parses the address of a page; nil: it has none.
func parseBase(address string) *url.URL {
	if address == "" {
		return nil
	}
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	return base
}

func (p *Page) warn(text string) { p.Warnings = append(p.Warnings, Warning{Text: text}) }

// readDump reads a text dump that is there as a whole; a DumpReader reads one in pieces.
func (p *Page) readDump(text string, now time.Time) {
	p.Kind, p.Reason = KindDump, "plain text"
	r := newDumpRecords(now)
	r.text(text)
	r.end()
	p.Articles, p.Warnings = r.taken()
}

// looksLikeMarkup tells HTML, XML and JSON from a text dump by its first character and the tags near its start.
func looksLikeMarkup(text string) bool {
	head := strings.TrimSpace(text[:min(len(text), 4<<10)])
	if strings.HasPrefix(head, "<") || strings.HasPrefix(head, "{") || strings.HasPrefix(head, "[{") {
		return true
	}
	head = strings.ToLower(head)
	for _, tag := range [...]string{"<html", "<body", "<head", "<div", "<table", "<!doctype", "<meta", "<script"} {
		if strings.Contains(head, tag) {
			return true
		}
	}
	return false
}

// isBinary recognises files that are no text: NUL bytes outside of UTF-16, or many control characters.
func isBinary(b []byte) bool {
	head := b[:min(len(b), 8<<10)]
	if name, _ := byteOrderMark(head); strings.HasPrefix(name, "utf-16") {
		return false
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return true
	}
	control := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			control++
		}
	}
	return control > 8 && control*50 > len(head)
}
