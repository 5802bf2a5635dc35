package parser

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/itchyny/gojq"
)

// Limits of the evaluation of one answer.
const (
	mostQueryTime   = 2 * time.Second
	mostQueryRows   = 10_000
	mostQueryOutput = 16 << 20 // bytes of all titles, addresses and dates together
)

var (
	errTooMuchOutput = fmt.Errorf("the values are longer than %d MiB together", mostQueryOutput>>20)
	errQueryTime     = fmt.Errorf("not done after %s", mostQueryTime)
)

// JSONConfig holds jq expressions (https://jqlang.org/manual/) for an answer in JSON. Rows gives the rows, as one array or one after the other; Title, URL and Date
// are asked of each row, Next of the whole answer. All empty: the answer is read automatically.
type JSONConfig struct{ Rows, Title, URL, Date, Next string }

// jsonRules are compiled expressions; date and next may be nil.
type jsonRules struct{ rows, title, url, date, next *gojq.Code }

// compileJSON returns nil for an empty configuration. gojq gives an expression no input, module or environment unless it is told to.
func compileJSON(c JSONConfig) (*jsonRules, error) {
	if c == (JSONConfig{}) {
		return nil, nil //nolint:nilnil // no rules are no error
	}
	r := &jsonRules{}
	for _, q := range []struct {
		name, text string
		needed     bool
		to         **gojq.Code
	}{
		{"json.rows", c.Rows, true, &r.rows},
		{"json.title", c.Title, true, &r.title},
		{"json.url", c.URL, true, &r.url},
		{"json.date", c.Date, false, &r.date},
		{"json.next", c.Next, false, &r.next},
	} {
		if q.text == "" {
			if q.needed {
				return nil, fmt.Errorf("%s is empty", q.name)
			}
			continue
		}
		query, err := gojq.Parse(q.text)
		if err == nil {
			*q.to, err = gojq.Compile(query)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: bad expression %q: %w", q.name, q.text, err)
		}
	}
	return r, nil
}

// queries evaluates the expressions of one answer, within limits that they share.
type queries struct {
	ctx  context.Context
	left int // bytes of output
}

// all returns up to limit results of an expression; more tells that there were more. One array stands for its elements.
func (q *queries) all(code *gojq.Code, v any, limit int) (found []any, more bool, err error) {
	results := code.RunWithContext(q.ctx, v)
	for {
		result, ok := results.Next()
		if !ok {
			break
		}
		if err, failed := result.(error); failed {
			return nil, false, q.failure(err)
		}
		if len(found) == limit {
			more = true
			break
		}
		found = append(found, result)
	}
	if elements, ok := oneArray(found); ok {
		more = len(elements) > limit
		found = elements[:min(len(elements), limit)]
	}
	return found, more, nil
}

func oneArray(found []any) ([]any, bool) {
	if len(found) != 1 {
		return nil, false
	}
	elements, ok := found[0].([]any)
	return elements, ok
}

// first returns the first result of an expression, nil where there is none. A nil expression has none.
func (q *queries) first(code *gojq.Code, v any) (any, error) {
	if code == nil {
		return nil, nil
	}
	result, ok := code.RunWithContext(q.ctx, v).Next()
	if !ok {
		return nil, nil
	}
	switch result := result.(type) {
	case error:
		return nil, q.failure(result)
	case string:
		if q.left -= len(result); q.left < 0 {
			return nil, errTooMuchOutput
		}
	}
	return result, nil
}

func (q *queries) failure(err error) error {
	if errors.Is(err, context.DeadlineExceeded) || q.ctx.Err() != nil {
		return errQueryTime
	}
	return err
}
