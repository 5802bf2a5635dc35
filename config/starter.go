package config

import (
	"bytes"
	"fmt"
	"strings"
)

const starterHead = `# Zhaowen 招闻: configuration. Check it with: crawl config check
# A line that begins with # and no space is a key with its default: delete the # to set it.
# ${NAME} and ${NAME:-default} in a value are taken from the environment.

`

// Starter returns the commented configuration that a new user edits: every key with its default, an example source, and the
// given list of sources (YAML, a list of entries as under sources, each with disabled: true). The result passes Parse; an entry
// that does not, or is not disabled, is an error.
func Starter(sourcesYAML []byte) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(starterHead)
	for _, k := range topKeys {
		if k.keys == nil {
			setting(&out, k, k.def, "")
			continue
		}
		fmt.Fprintf(&out, "\n# %s\n%s:\n", k.doc, k.name)
		if k.each {
			exampleSource(&out)
			continue
		}
		for _, inner := range k.keys {
			setting(&out, inner, inner.def, "  ")
		}
	}
	indented(&out, sourcesYAML)

	c, err := Parse("zhaowen.yaml", out.Bytes(), nil)
	if err != nil {
		return nil, fmt.Errorf("compose the starter configuration: %w", err)
	}
	for _, source := range c.Sources {
		if !source.Disabled {
			return nil, fmt.Errorf(`compose the starter configuration: source %q lacks "disabled: true"`, source.ID)
		}
	}
	return out.Bytes(), nil
}

func setting(out *bytes.Buffer, k key, value, indent string) {
	fmt.Fprintf(out, "%s# %s\n%s#%s: %s\n", indent, k.doc, indent, k.name, value)
}

// exampleSource writes a source with every key that only a source has, commented out.
func exampleSource(out *bytes.Buffer) {
	out.WriteString("  # An example. Only id and url are needed; every key of defaults may stand here too.\n")
	lead := "  #- "
	for _, k := range sourceKeys[:len(sourceKeys)-len(crawlKeys)] {
		fmt.Fprintf(out, "  # %s\n", k.doc)
		if k.keys == nil {
			fmt.Fprintf(out, "%s%s: %s\n", lead, k.name, k.example)
		} else {
			inner := make([]string, len(k.keys))
			for i, one := range k.keys {
				inner[i] = one.name + ": " + one.example
			}
			fmt.Fprintf(out, "%s%s: {%s}\n", lead, k.name, strings.Join(inner, ", "))
		}
		lead = "    #"
	}
}

// indented writes the entries of a YAML list two columns to the right, as they are, comments included.
func indented(out *bytes.Buffer, list []byte) {
	if len(bytes.TrimSpace(list)) == 0 {
		return
	}
	out.WriteString("\n  # Known public sources. Delete `disabled: true` to crawl one.\n")
	for line := range strings.Lines(strings.TrimPrefix(string(list), "\ufeff")) {
		line = strings.TrimRight(line, "\r\n")
		switch line {
		case "---":
		case "", "[]":
			out.WriteString("\n")
		default:
			out.WriteString("  " + line + "\n")
		}
	}
}
