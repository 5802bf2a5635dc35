package ingest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"zhaowen/parser"
	"zhaowen/warc"
)

// KindArchive is what a FileReport says of a WARC file.
const KindArchive parser.Kind = "warc"

// maxArchivedPage is the largest page of a WARC file that is read, decoded, in bytes.
const maxArchivedPage = 64 << 20

// isArchive tells a WARC file by its first bytes, whatever its name and whether it is compressed or not.
func isArchive(file *bufio.Reader) bool {
	head, _ := file.Peek(4 << 10) // a short file is no error
	if z, err := gzip.NewReader(bytes.NewReader(head)); err == nil {
		plain := make([]byte, 5)
		n, _ := io.ReadFull(z, plain)
		head = plain[:n]
	}
	return bytes.HasPrefix(head, []byte("WARC/"))
}

// archive reads a WARC file record by record. Answers and resources of text are read as pages, by evidence, as they were on their day; what is no page is passed over.
// Where the file breaks off, what was whole is stored.
func (in *Ingester) archive(ctx context.Context, report *FileReport, r io.Reader) error {
	report.Kind = KindArchive
	return in.storing(ctx, report, func(ctx context.Context, put putter) error {
		for records := warc.NewReader(r); ; {
			record, err := records.Next()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return fmt.Errorf("read %s: %w", report.Path, err)
			}
			articles, err := in.archived(report, record)
			if err != nil {
				return fmt.Errorf("read %s: %w", report.Path, err)
			}
			if err := put(articles); err != nil {
				return err
			}
		}
	})
}

// archived reads one record. It returns an error only where the file is damaged.
func (in *Ingester) archived(report *FileReport, record *warc.Record) ([]parser.Article, error) {
	if record.Type != warc.TypeResponse && record.Type != warc.TypeResource && !isBuilt(record) {
		if record.Type == warc.TypeRevisit {
			report.Passed++
		}
		return nil, nil
	}
	got, err := capturedPage(record)
	var damage *warc.DamageError
	switch {
	case errors.As(err, &damage):
		return nil, err
	case err != nil:
		report.warn([]parser.Warning{{Text: record.TargetURI() + ": " + err.Error()}})
		return nil, nil
	case got == nil:
		report.Passed++
		return nil, nil
	}
	report.Pages++
	page, err := parser.Parse(parser.Input{Body: got.Body, URL: got.URL, ContentType: got.ContentType, Now: in.dayOf(record.Date())})
	switch {
	case err != nil:
		report.warn([]parser.Warning{{Text: got.URL + ": " + err.Error()}})
		return nil, nil
	case page.Kind == parser.KindUnknown:
		report.warn([]parser.Warning{{Text: got.URL + ": " + page.Reason}})
		return nil, nil
	case page.Kind == parser.KindArticle:
		for i := range page.Articles {
			page.Articles[i].URL = got.URL
		}
	}
	return page.Articles, nil
}

// dayOf is the clock for reading a page that was fetched at a time, zero: unknown.
func (in *Ingester) dayOf(at time.Time) time.Time {
	if at.IsZero() {
		return in.now()
	}
	return at.In(in.Zone)
}

// isBuilt tells a page as the scripts of an answer have built it. Conversions to anything else, such as the plain text of a WET file, are no pages.
func isBuilt(record *warc.Record) bool {
	return record.Type == warc.TypeConversion && strings.HasPrefix(strings.ToLower(record.Get("Content-Type")), "text/html")
}

// capturedPage reads the page that a response, resource or conversion record holds; nil: none. The error is a *warc.DamageError, or says why this one page cannot be read.
func capturedPage(record *warc.Record) (*Fetched, error) {
	got := &Fetched{URL: record.TargetURI(), Status: http.StatusOK, ContentType: record.Get("Content-Type")}
	u, err := url.Parse(got.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path == "/robots.txt" {
		return nil, nil //nolint:nilerr // dns: and others are no pages
	}
	if record.Type != warc.TypeResponse {
		if !textual(got.ContentType) {
			return nil, nil
		}
		got.Body, err = io.ReadAll(io.LimitReader(record.Block, maxArchivedPage+1))
		if err == nil && len(got.Body) > maxArchivedPage {
			err = &warc.TooLargeError{Limit: maxArchivedPage}
		}
		return got, err
	}
	if !strings.HasPrefix(strings.ToLower(got.ContentType), "application/http") {
		return nil, nil
	}
	resp, err := warc.ReadResponse(record.Block, maxArchivedPage)
	if err != nil {
		return nil, err
	}
	if resp.Status < 200 || resp.Status > 299 || !textual(resp.Header.Get("Content-Type")) || record.Get("WARC-Truncated") != "" || len(resp.Body) == 0 {
		return nil, nil
	}
	got.Status, got.ContentType, got.Body = resp.Status, resp.Header.Get("Content-Type"), resp.Body
	return got, nil
}

// textual tells content types that may be a page. A page may come without one.
func textual(contentType string) bool {
	contentType, _, _ = strings.Cut(strings.ToLower(contentType), ";")
	contentType = strings.TrimSpace(contentType)
	if strings.HasPrefix(contentType, "text/") {
		return contentType != "text/css" && contentType != "text/javascript"
	}
	return contentType == "" || contentType == "application/octet-stream" || strings.HasSuffix(contentType, "json") || strings.HasSuffix(contentType, "xml")
}
