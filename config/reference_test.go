package config

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const reference = "../docs/configuration.md"

var table = regexp.MustCompile(`(?s)(<!-- keys: (\w+) -->\n).*?(<!-- end -->)`)

// tableOf is the documentation of the keys of one place, as Markdown.
func tableOf(place string) string {
	keys, ok := map[string][]key{
		"top": topKeys, "defaults": crawlKeys, "source": sourceKeys[:len(sourceKeys)-len(crawlKeys)],
		"list": listKeys, "article": articleKeys, "json": jsonKeys, "auth": authKeys,
	}[place]
	if !ok {
		return "unknown place " + place
	}
	var out strings.Builder
	out.WriteString("| key | type | default | meaning |\n| --- | --- | --- | --- |\n")
	for _, k := range keys {
		def := "`" + k.def + "`"
		switch {
		case k.required:
			def = "required"
		case k.keys != nil:
			def = "see below"
		case k.def == "":
			def = "that at the top"
		}
		if k.each {
			def = "none"
		}
		fmt.Fprintf(&out, "| `%s` | %s | %s | %s |\n", k.name, k.kind.name, def, k.doc)
	}
	return out.String()
}

// TestReference keeps the tables of docs/configuration.md equal to the key table; -update rewrites them.
func TestReference(t *testing.T) {
	data, err := os.ReadFile(reference)
	if err != nil {
		t.Fatal(err)
	}
	places := 0
	want := table.ReplaceAllStringFunc(string(data), func(match string) string {
		places++
		parts := table.FindStringSubmatch(match)
		return parts[1] + tableOf(parts[2]) + parts[3]
	})
	if places != 7 {
		t.Errorf("%d tables, want 7", places)
	}
	if *update {
		if err := os.WriteFile(reference, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("run go test ./config -update:\n%s", diff)
	}
}

// TestReferenceHasEverySchemaKey walks the schema, so that a key cannot be in the file and not in the documentation.
func TestReferenceHasEverySchemaKey(t *testing.T) {
	data, err := os.ReadFile(reference)
	if err != nil {
		t.Fatal(err)
	}
	schema, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	var root any
	if err := json.Unmarshal(schema, &root); err != nil {
		t.Fatal(err)
	}
	found := 0
	var walk func(any)
	walk = func(node any) {
		object, _ := node.(map[string]any)
		properties, _ := object["properties"].(map[string]any)
		for name, property := range properties {
			found++
			if !strings.Contains(string(data), "| `"+name+"` |") {
				t.Errorf("%s is not documented", name)
			}
			walk(property)
		}
		if items, ok := object["items"]; ok {
			walk(items)
		}
	}
	walk(root)
	if want := len(topKeys) + len(crawlKeys) + len(sourceKeys) + len(listKeys) + len(articleKeys) + len(jsonKeys) + len(authKeys); found != want {
		t.Errorf("%d keys in the schema, want %d", found, want)
	}
}

// TestReferenceExamples parses every YAML block of the documentation, so that what a reader pastes is right.
func TestReferenceExamples(t *testing.T) {
	data, err := os.ReadFile(reference)
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(data), -1)
	if len(blocks) < 4 {
		t.Fatalf("%d examples", len(blocks))
	}
	for _, block := range blocks {
		if _, err := Parse("configuration.md", []byte(block[1]), lookup); err != nil {
			t.Errorf("%v in\n%s", err, block[1])
		}
	}
}

// TestReferenceErrors makes the mistakes that the documentation shows, and expects the messages that it shows.
func TestReferenceErrors(t *testing.T) {
	data, err := os.ReadFile(reference)
	if err != nil {
		t.Fatal(err)
	}
	parts := regexp.MustCompile("(?s)```yml\n(.*?)```.*?```text\n(.*?)\n```").FindStringSubmatch(string(data))
	if parts == nil {
		t.Fatal("no example of errors")
	}
	_, err = Parse("zhaowen.yaml", []byte(parts[1]), lookup)
	if err == nil {
		t.Fatal("accepted")
	}
	if diff := cmp.Diff(parts[2], err.Error()); diff != "" {
		t.Error(diff)
	}
}
