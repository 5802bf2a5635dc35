package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// decoder walks the YAML tree along the key table and collects every mistake.
type decoder struct {
	file     string
	env      func(string) (string, bool)
	anchors  map[string]ast.Node
	browser  bool   // is configured
	proxy    string // of sources without their own
	mistakes Errors
}

// Visit notes the anchors (&name) of the tree.
func (d *decoder) Visit(n ast.Node) ast.Visitor {
	if anchor, ok := n.(*ast.AnchorNode); ok && anchor.Name != nil {
		d.anchors[anchor.Name.GetToken().Value] = anchor.Value
	}
	return d
}

func (d *decoder) mistake(at ast.Node, format string, args ...any) {
	mistake := &Error{File: d.file, Line: 1, Column: 1, Message: fmt.Sprintf(format, args...)}
	if at != nil && at.GetToken() != nil && at.GetToken().Position != nil {
		mistake.Line, mistake.Column = lineOf(at), at.GetToken().Position.Column
	}
	d.mistakes = append(d.mistakes, mistake)
}

func lineOf(n ast.Node) int { return n.GetToken().Position.Line }

// resolve follows anchors and aliases to the value. The bound stops an alias that leads to itself.
func (d *decoder) resolve(n ast.Node) ast.Node {
	for range 10 {
		switch v := n.(type) {
		case *ast.AnchorNode:
			n = v.Value
		case *ast.AliasNode:
			target, ok := d.anchors[v.Value.GetToken().Value]
			if !ok {
				return n
			}
			n = target
		default:
			return n
		}
	}
	return n
}

// defaults stores the default of every key.
func (d *decoder) defaults(keys []key, into slots) {
	for _, k := range keys {
		if k.def == "" || k.kind.list || k.kind.named != nil {
			continue
		}
		if err := k.kind.store(into[k.name], strings.Trim(k.def, `"`)); err != nil {
			d.mistake(nil, "default of %s: %v", k.name, err)
		}
	}
}

// entry is one line of a mapping, its value resolved.
type entry struct {
	key   ast.Node
	name  string
	value ast.Node
	at    ast.Node // where a mistake in the value is shown
}

// entries lists a mapping's lines, those merged by `<<` first, as its own stand over them. ok is false for another type.
func (d *decoder) entries(n ast.Node, depth int) (all []entry, ok bool) {
	var lines []*ast.MappingValueNode
	switch v := d.resolve(n).(type) {
	case *ast.MappingNode:
		lines = v.Values
	case *ast.MappingValueNode:
		lines = []*ast.MappingValueNode{v}
	default:
		return nil, false
	}
	var own []entry
	seen := map[string]int{}
	for _, line := range lines {
		name := line.Key.GetToken().Value
		if first, twice := seen[name]; twice {
			d.mistake(line.Key, "%q stands here and in line %d: delete one", name, first)
			continue
		}
		seen[name] = line.Key.GetToken().Position.Line
		if line.Key.Type() != ast.MergeKeyType {
			own = append(own, entry{key: line.Key, name: name, value: d.resolve(line.Value), at: line.Value})
			continue
		}
		merged, ok := []entry(nil), false
		if depth < 5 {
			merged, ok = d.entries(line.Value, depth+1)
		}
		if !ok {
			d.mistake(line.Key, "<< takes one mapping: write <<: *name")
		}
		all = append(all, merged...)
	}
	// a merged line that has an own one is not looked at any more
	all = slices.DeleteFunc(all, func(e entry) bool { _, twice := seen[e.name]; return twice })
	return append(all, own...), true
}

// mapping stores the values of a mapping; where names it in messages, such as ` in source "gz"`.
func (d *decoder) mapping(n ast.Node, keys []key, into slots, where string) {
	if all, ok := d.entries(n, 0); ok {
		d.store(all, keys, into, where)
		d.required(n, all, keys, where)
		return
	}
	d.mistake(n, "expected keys and values%s, not %s", where, typeName(d.resolve(n)))
}

func (d *decoder) store(all []entry, keys []key, into slots, where string) {
	for _, e := range all {
		at := slices.IndexFunc(keys, func(k key) bool { return k.name == e.name })
		if at < 0 {
			d.mistake(e.key, "unknown key %q%s: %s", e.name, where, adviseKey(e.name, keys))
			continue
		}
		d.value(e, keys[at], into[e.name], where)
	}
}

// required reports the keys that a mapping must have and has not.
func (d *decoder) required(n ast.Node, all []entry, keys []key, where string) {
	for _, k := range keys {
		if k.required && !slices.ContainsFunc(all, func(e entry) bool { return e.name == k.name }) {
			d.mistake(n, "no %s%s: add e.g. %s: %s", k.name, where, k.name, k.example)
		}
	}
}

func (d *decoder) value(e entry, k key, slot any, where string) {
	switch slot := slot.(type) {
	case *ast.Node: // sources, read later
		*slot = e.value
	case slots:
		if e.value.Type() != ast.NullType { // all its lines commented out
			d.mapping(e.at, k.keys, slot, inside(k.name, where))
		}
	case *map[string]string:
		d.texts(e, k, slot, where)
	default:
		if k.kind.list {
			d.list(e, k, slot, where)
			return
		}
		d.scalar(e, k, slot, where)
	}
}

func inside(name, where string) string {
	return fmt.Sprintf(" in %q%s", name, strings.Replace(where, " in ", " of ", 1))
}

// list stores each value of a list; an empty entry of the file (all its lines commented out) is an empty list.
func (d *decoder) list(e entry, k key, slot any, where string) {
	if e.value.Type() == ast.NullType {
		return
	}
	sequence, ok := e.value.(*ast.SequenceNode)
	if !ok {
		d.mistake(e.at, "%q%s must be a list, not %s: write e.g. %s: %s", k.name, where, typeName(e.value), k.name, k.example)
		return
	}
	for _, one := range sequence.Values {
		d.scalar(entry{key: e.key, name: e.name, value: d.resolve(one), at: one}, k, slot, where)
	}
}

// texts stores a mapping of free names.
func (d *decoder) texts(e entry, k key, slot *map[string]string, where string) {
	if e.value.Type() == ast.NullType {
		return
	}
	all, ok := d.entries(e.at, 0)
	if !ok {
		d.mistake(e.at, "%q%s must be a mapping, not %s: write e.g. %s: %s", k.name, where, typeName(e.value), k.name, k.example)
		return
	}
	*slot = make(map[string]string, len(all))
	for _, one := range all {
		if err := k.kind.named(one.name); err != nil {
			d.mistake(one.key, "bad name %q%s: %v", one.name, inside(k.name, where), err)
			continue
		}
		var value string
		d.scalar(one, key{name: one.name, kind: k.kind, example: "text"}, &value, inside(k.name, where))
		(*slot)[one.name] = value
	}
}
