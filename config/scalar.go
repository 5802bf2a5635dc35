package config

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/goccy/go-yaml/ast"
)

// scalar checks and stores one value. Text that held a ${NAME} suits every kind, as the environment knows only text.
func (d *decoder) scalar(e entry, k key, slot any, where string) {
	var value, form string
	fromEnv := false
	raw := ""
	switch v := e.value.(type) {
	case *ast.StringNode:
		value, form = v.Value, formText
	case *ast.LiteralNode:
		value, form = v.Value.Value, formText
	case *ast.IntegerNode:
		value, form = fmt.Sprint(v.Value), formNumber
	case *ast.FloatNode:
		value, form = v.Token.Value, formFraction
	case *ast.BoolNode:
		value, form = strconv.FormatBool(v.Value), formBool
	case *ast.NullNode:
		d.mistake(e.key, "%q%s has no value: write e.g. %s: %s, or delete the line", k.name, where, k.name, k.example)
		return
	default:
		form = typeName(e.value)
	}
	if form == formText {
		expanded, used, err := expand(value, d.env)
		if err != nil {
			d.mistake(e.at, "bad %s%s: %v", k.name, where, err)
			return
		}
		raw, value, fromEnv = value, expanded, used
	}
	shown := value
	if k.kind.raw && form == formText {
		shown = raw
	}
	shown = withoutSecrets(shown)
	number := form == formNumber || form == formFraction
	switch {
	case form == k.kind.form || fromEnv:
	case number && k.kind.secret:
		d.mistake(e.at, "%q%s must be text, not %s: put it in quotes", k.name, where, form)
		return
	case number && k.kind.want == wantText:
		d.mistake(e.at, "%q%s must be text, not %s: put it in quotes, %s: %q", k.name, where, form, k.name, value)
		return
	case number && k.kind.form == formText: // its own check knows better what is missing
	default:
		d.mistake(e.at, "%q%s must be %s, not %s: write e.g. %s: %s", k.name, where, k.kind.want, form, k.name, k.example)
		return
	}
	err := k.kind.store(slot, value)
	if err == nil && k.kind.stored != nil {
		err = k.kind.stored(raw, value)
	}
	switch {
	case err == nil:
	case k.kind.secret:
		d.mistake(e.at, "bad %s%s: %v", k.name, where, err)
	default:
		d.mistake(e.at, "bad %s %q%s: %v", k.name, shown, where, err)
	}
}

var userOfURL = regexp.MustCompile(`//.*@`)

// withoutSecrets hides the user and password of a URL, also of one that is none, and what its query holds under the names of secrets.
func withoutSecrets(text string) string {
	return tokenInURL.ReplaceAllString(userOfURL.ReplaceAllString(text, "//"+hidden+"@"), "$1$2="+hidden)
}

// typeName names what stands there instead of the right thing.
func typeName(n ast.Node) string {
	switch n.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		return formText
	case *ast.IntegerNode:
		return formNumber
	case *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return formFraction
	case *ast.BoolNode:
		return formBool
	case *ast.NullNode:
		return "nothing"
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.AliasNode:
		return "an alias (*name) without its anchor (&name)"
	case *ast.TagNode:
		return "a YAML tag (!)"
	}
	return "this"
}

// adviseKey gives the near name among the keys of the place, else the place where the key belongs, else the keys of the place.
func adviseKey(wrong string, keys []key) string {
	var names []string
	for _, k := range keys {
		names = append(names, k.name)
	}
	for _, place := range []struct {
		name string
		keys []key
	}{
		{`at the top of the file`, topKeys},
		{`in "defaults" or in a source`, crawlKeys},
		{`in a source`, sourceKeys},
		{`in "auth" of a source`, authKeys},
		{`in "list" of a source`, listKeys},
		{`in "article" of a source`, articleKeys},
	} {
		if slices.ContainsFunc(place.keys, func(k key) bool { return k.name == wrong }) {
			return "it belongs " + place.name
		}
	}
	return suggest(wrong, names)
}
