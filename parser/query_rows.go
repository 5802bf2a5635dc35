package parser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/itchyny/gojq"
)

// unixText is a Unix time in seconds or milliseconds, written as text.
var unixText = regexp.MustCompile(`^[12]\d{9}(\d{3})?$`)

// readByQueries reads an answer by the expressions of its source. It returns false for a text that is no JSON where it is not known to be a list. An answer
// without a row is of KindUnknown, and its reason says why.
func (p *Page) readByQueries(text string, d *Document, in Input) bool {
	answer, err := jsonValue(text)
	if err != nil {
		if in.As != KindList {
			return false
		}
		p.Kind, p.Reason = KindUnknown, "the source is configured to give JSON, and this is none: "+err.Error()
		if errors.Is(err, errTooMany) {
			p.Reason = err.Error()
		}
		return true
	}
	ctx, cancel := context.WithTimeout(context.Background(), mostQueryTime)
	defer cancel()
	q := &queries{ctx: ctx, left: mostQueryOutput}
	p.Kind = KindJSON
	if err := p.queryRows(q, in.Rules.json, answer, d); err != nil {
		p.Kind, p.Rows, p.Reason = KindUnknown, nil, err.Error()
		return true
	}
	p.Reason = fmt.Sprintf("JSON with %d rows", len(p.Rows))
	p.Evidence.Rows = "json.rows of the source"
	next, err := q.first(in.Rules.json.next, answer)
	if err != nil {
		p.warn("json.next: " + err.Error())
	}
	if address, ok := next.(string); ok && address != "" {
		p.Next = d.onSite(d.resolve(address))
		p.Evidence.Next = "json.next of the source"
	} else if next != nil && !ok {
		p.warn("json.next gives " + gojq.TypeOf(next) + " and no address")
	}
	p.warnList(listReading{rows: p.Rows})
	return true
}

// jsonValue reads the first JSON value of a text, in a JSONP call too. Numbers stay as they are written: an id may have more digits than a float holds. What is
// no JSON by the letter is read as the literal of a script.
func jsonValue(text string) (any, error) {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "/**/"))
	if call := jsonpCall.FindString(text); call != "" {
		text = text[len(call):]
	}
	if strings.Count(text, "{") > mostObjects || strings.Count(text, ",") > mostParts {
		return nil, errTooMany
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var v any
	err := decoder.Decode(&v)
	if err == nil {
		return v, nil
	}
	script := jsReader{s: text}
	if v, literal := script.value(); literal == nil {
		switch v := v.(type) {
		case map[string]any, []any:
			return v, nil
		}
	}
	return nil, err
}

// queryRows finds the rows. An error says that there are none, or what was wrong with an expression.
func (p *Page) queryRows(q *queries, rules *jsonRules, answer any, d *Document) error {
	found, more, err := q.all(rules.rows, answer, mostQueryRows)
	switch {
	case err != nil:
		return fmt.Errorf("json.rows: %w", err)
	case len(found) == 0:
		return errors.New("json.rows gives no rows")
	case more:
		p.warn(fmt.Sprintf("more than %d rows: the others are left out", mostQueryRows))
	}
	seen := map[string]bool{}
	incomplete := 0
	for _, one := range found {
		row, err := q.row(rules, one, d)
		if err != nil {
			return err
		}
		switch {
		case row.URL == "" || row.Title == "":
			incomplete++
		case !seen[row.URL]:
			seen[row.URL] = true
			p.Rows = append(p.Rows, row)
		}
	}
	if len(p.Rows) == 0 {
		return fmt.Errorf("json.rows gives %d rows, and none has both a title by json.title and an address by json.url", len(found))
	}
	if incomplete > 0 {
		p.warn(fmt.Sprintf("%d of %d rows have no title or no address and are left out", incomplete, len(found)))
	}
	return nil
}

func (q *queries) row(rules *jsonRules, v any, d *Document) (row Row, err error) {
	var title, address, day any
	for _, part := range []struct {
		name string
		code *gojq.Code
		to   *any
	}{{"json.title", rules.title, &title}, {"json.url", rules.url, &address}, {"json.date", rules.date, &day}} {
		if *part.to, err = q.first(part.code, v); err != nil {
			return Row{}, fmt.Errorf("%s: %w", part.name, err)
		}
	}
	if text, ok := title.(string); ok {
		row.Title = plainText(text)
	}
	if text, ok := address.(string); ok {
		row.URL = d.resolve(text)
	}
	if x, ok := d.queriedDate(day); ok {
		row.Date = x.String()
	}
	return row, nil
}

// queriedDate reads what json.date gives: a text with a date, or a Unix time as a number or as text.
func (d *Document) queriedDate(v any) (date, bool) {
	switch v := v.(type) {
	case string:
		if unixText.MatchString(v) {
			return d.queriedDate(json.Number(v))
		}
		if all := findDates(v, d.now); len(all) > 0 {
			return all[0], true
		}
	case json.Number:
		if n, err := v.Float64(); err == nil {
			return d.dateValue(n)
		}
	case int:
		return d.dateValue(float64(v))
	case float64:
		return d.dateValue(v)
	}
	return date{}, false
}
