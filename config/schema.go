package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/goccy/go-yaml"
)

// Schema returns the JSON Schema (draft 2020-12) of the configuration, for editors. It knows names, types and forms; what needs
// more, such as whether a schedule ever fires or an id is repeated, only Parse finds.
func Schema() ([]byte, error) {
	root, err := object(topKeys)
	if err != nil {
		return nil, err
	}
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Zhaowen configuration"
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(root); err != nil {
		return nil, fmt.Errorf("encode the JSON Schema: %w", err)
	}
	return out.Bytes(), nil
}

func object(keys []key) (map[string]any, error) {
	properties := map[string]any{}
	required := []string{}
	for _, k := range keys {
		property, err := k.schema()
		if err != nil {
			return nil, fmt.Errorf("schema of %s: %w", k.name, err)
		}
		properties[k.name] = property
		if k.required {
			required = append(required, k.name)
		}
	}
	all := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		all["required"] = required
	}
	return all, nil
}

func (k key) schema() (map[string]any, error) {
	if k.keys != nil {
		inner, err := object(k.keys)
		if err != nil {
			return nil, err
		}
		if k.each {
			inner = map[string]any{"type": "array", "items": inner}
		}
		inner["type"] = []string{inner["type"].(string), "null"} // all its lines commented out
		inner["description"] = k.doc
		return inner, nil
	}
	property := orVariable(k.kind.schema)
	if k.kind.list {
		property = map[string]any{"type": []string{"array", "null"}, "items": property}
	}
	if k.kind.named != nil {
		property = map[string]any{"type": []string{"object", "null"}, "additionalProperties": k.kind.schema}
	}
	property["description"] = k.doc
	for name, written := range map[string]string{"default": k.def, "examples": k.example} {
		if written == "" {
			continue
		}
		var value any
		if err := yaml.Unmarshal([]byte(written), &value); err != nil {
			return nil, fmt.Errorf("%s %s: %w", name, written, err)
		}
		if name == "examples" {
			value = []any{value}
		}
		property[name] = value
	}
	return property, nil
}

// orVariable also allows text with a ${NAME} in place of a value of the given form.
func orVariable(form map[string]any) map[string]any {
	if len(form) == 1 && form["type"] == "string" {
		return maps.Clone(form)
	}
	return map[string]any{"anyOf": []any{form, map[string]any{"type": "string", "pattern": `\$\{`}}}
}
