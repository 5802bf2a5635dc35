package config

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	_ "time/tzdata" // a container from scratch has no zone files

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Parse reads and checks a configuration; name stands in its messages and becomes Config.File, env gives the values of ${NAME}
// (nil: none is set). The error is an Errors with every mistake; only a file that is no YAML gives its first one alone.
func Parse(name string, data []byte, env func(string) (string, bool)) (*Config, error) {
	d := &decoder{file: name, env: env}
	root := d.document(bytes.TrimPrefix(data, []byte("\ufeff")))
	c := &Config{File: name}
	d.defaults(topKeys, c.slots())
	d.defaults(crawlKeys, c.Defaults.slots())
	if root != nil {
		into := c.slots()
		var sources ast.Node
		into["sources"] = &sources
		d.mapping(root, topKeys, into, "")
		// last, as they start from `defaults`, which may stand below them
		d.browser, d.proxy = c.Browser != "", c.Proxy
		c.Sources = d.sources(sources, c.Defaults)
	}
	if len(d.mistakes) > 0 {
		d.mistakes.sort()
		return nil, d.mistakes
	}
	return c, nil
}

// noContent are the bodies of documents that hold nothing: comments alone, or the %YAML line above the real one.
var noContent = []ast.NodeType{ast.CommentType, ast.CommentGroupType, ast.DirectiveType}

// document reads the one YAML document of a file; nil when it is empty or no YAML, the latter with a mistake.
func (d *decoder) document(data []byte) ast.Node {
	if line, message := unreadable(data); message != "" {
		d.mistakes = append(d.mistakes, &Error{File: d.file, Line: line, Column: 1, Message: message})
		return nil
	}
	file, err := parseYAML(data)
	if err != nil {
		mistake := &Error{File: d.file, Line: 1, Column: 1, Message: "no YAML: " + err.Error()}
		var syntax yaml.Error
		if errors.As(err, &syntax) {
			mistake.Message = "no YAML: " + syntax.GetMessage()
			if at := syntax.GetToken(); at != nil && at.Position != nil {
				mistake.Line, mistake.Column = max(1, at.Position.Line), max(1, at.Position.Column)
			}
		}
		d.mistakes = append(d.mistakes, mistake)
		return nil
	}
	var root ast.Node
	for _, document := range file.Docs {
		switch {
		case document.Body == nil || slices.Contains(noContent, document.Body.Type()):
		case root != nil:
			d.mistake(document.Body, "a second YAML document: put everything into the first and delete the ---")
		default:
			root = document.Body
		}
	}
	if root != nil {
		d.anchors = map[string]ast.Node{}
		ast.Walk(d, root)
	}
	return root
}

// parseYAML turns a panic of the library into an error: it was written for well-meant input.
func parseYAML(data []byte) (file *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			file, err = nil, fmt.Errorf("the YAML reader failed: %v", r)
		}
	}()
	// repeated keys are reported by us, with all other mistakes
	return parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
}
