package config

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("zhaowen.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("zhaowen.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(t *testing.T, schema *jsonschema.Schema, data []byte) error {
	t.Helper()
	asJSON, err := yaml.YAMLToJSON(data)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(document)
}

func TestSchemaAcceptsTheGood(t *testing.T) {
	schema := compiledSchema(t)
	starter, err := Starter(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate(t, schema, starter); err != nil {
		t.Errorf("starter: %v", err)
	}
	for _, name := range []string{"minimal", "full", "env", "anchors"} {
		data, err := os.ReadFile("testdata/good/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(t, schema, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaRefusesTheBad takes the bad files whose mistake is one of name, type or form.
func TestSchemaRefusesTheBad(t *testing.T) {
	schema := compiledSchema(t)
	found := 0
	for _, pattern := range []string{"key-unknown*", "key-elsewhere*", "type-*", "id-form", "id-missing", "url-*", "robots", "negative-*", "duration-unit", "size-unit", "size-letter", "region-*"} {
		paths, err := filepath.Glob("testdata/bad/" + pattern + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			found++
			if strings.Contains(path, "url-host") || strings.Contains(path, "url-user-") || strings.Contains(path, "url-query-") {
				continue // the schema knows the scheme and the user only, and not the environment
			}
			if validate(t, schema, data) == nil {
				t.Errorf("%s passes the schema", path)
			}
		}
	}
	if found < 25 {
		t.Errorf("only %d files", found)
	}
}
