package parser

import (
	"encoding/xml"
	"strings"
)

const (
	xmlKind    = "text/xml" // of a script that holds data in XML
	xmlObjects = 5_000      // that are read of one piece
)

// xmlArrays returns the records of a data island: <item><title>…</title><url>…</url></item>, an element for each and one for each field. What is no XML ends the
// reading.
func xmlArrays(text string) [][]map[string]any {
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Strict, decoder.Entity = false, xml.HTMLEntity
	var (
		objects []map[string]any
		record  map[string]any // the element that is open, with its fields
		field   strings.Builder
		leaf    bool // no element stands in the open one
	)
	for len(objects) < xmlObjects {
		token, err := decoder.Token()
		if err != nil {
			break
		}
		switch token := token.(type) {
		case xml.StartElement:
			if leaf {
				record = map[string]any{} // it holds elements: it is a record and no field
			}
			leaf = true
			field.Reset()
		case xml.CharData:
			field.Write(token)
		case xml.EndElement:
			if leaf && record != nil {
				record[token.Name.Local] = strings.TrimSpace(field.String())
			} else if !leaf && len(record) > 1 {
				objects = append(objects, record)
				record = nil
			}
			leaf = false
		}
	}
	if len(objects) == 0 {
		return nil
	}
	return [][]map[string]any{objects}
}
