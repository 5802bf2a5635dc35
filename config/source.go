package config

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/goccy/go-yaml/ast"
)

// sources reads the list of sources, each on the ground of the defaults.
func (d *decoder) sources(n ast.Node, defaults Crawl) []Source {
	if n == nil || n.Type() == ast.NullType {
		return nil
	}
	sequence, ok := n.(*ast.SequenceNode)
	if !ok {
		d.mistake(n, `"sources" must be a list, not %s: begin each source with "- id:"`, typeName(n))
		return nil
	}
	all := make([]Source, 0, len(sequence.Values))
	lines := map[string]int{} // of each id
	for i, one := range sequence.Values {
		all = append(all, d.source(one, i+1, defaults, lines))
	}
	return all
}

func (d *decoder) source(n ast.Node, number int, defaults Crawl, lines map[string]int) Source {
	s := Source{Crawl: defaults, Proxy: d.proxy, TLS: TLSVerify}
	where := fmt.Sprintf(" in source %d of the list", number)
	all, ok := d.entries(n, 0)
	if !ok {
		d.mistake(n, "expected keys and values%s, not %s", where, typeName(d.resolve(n)))
		return s
	}
	id := slices.IndexFunc(all, func(e entry) bool { return e.name == "id" })
	if id >= 0 {
		if name, ok := all[id].value.(*ast.StringNode); ok && idForm.MatchString(name.Value) {
			where = fmt.Sprintf(" in source %q", name.Value)
		}
	}
	d.store(all, sourceKeys, s.slots(), where)
	d.required(n, all, sourceKeys, where)
	if s.Render && !d.browser {
		at := slices.IndexFunc(all, func(e entry) bool { return e.name == "render" })
		d.mistake(all[at].at, "render%s needs a browser: add at the top of the file e.g. browser: http://127.0.0.1:9222", where)
	}
	if s.Auth != (Auth{}) && hasHeader(s.Headers, "Authorization") {
		d.mistake(n, "auth and headers%s both set Authorization: delete one", where)
	}
	if s.ID == "" {
		return s
	}
	if line, twice := lines[s.ID]; twice {
		d.mistake(all[id].at, "repeated id %q: the source in line %d has it already", s.ID, line)
	} else {
		lines[s.ID] = lineOf(all[id].at)
	}
	return s
}

func hasHeader(headers map[string]string, name string) bool {
	for other := range headers {
		if http.CanonicalHeaderKey(other) == name {
			return true
		}
	}
	return false
}
