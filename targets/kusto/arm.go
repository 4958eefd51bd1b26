package kusto

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/tidwall/pretty"
)

// Template is an ARM template. Parameters are a value that encodes as JSON in a fixed order.
type Template struct {
	Parameters any
	Resources  []Resource
}

// Resource is a resource as it stands in a template: indented JSON.
type Resource []byte

// NewResource encodes a resource, whose fields have a fixed order.
func NewResource(v any) (Resource, error) {
	return indented(v, "    ")
}

// Encode writes a template for deployment to a resource group.
func (t Template) Encode() ([]byte, error) {
	size := 1024
	for _, r := range t.Resources {
		size += len(r) + len(",\n    ")
	}
	out := append(make([]byte, 0, size), `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": `...)
	parameters, err := indented(t.Parameters, "  ")
	if err != nil {
		return nil, err
	}
	out = append(append(out, parameters...), ",\n  \"resources\": ["...)
	between := "\n    "
	for _, r := range t.Resources {
		out = append(append(out, between...), r...)
		between = ",\n    "
	}
	if len(t.Resources) > 0 {
		out = append(out, "\n  "...)
	}
	return append(out, "]\n}\n"...), nil
}

// Parameter is a parameter of a template.
type Parameter struct {
	Type     string   `json:"type"`
	Default  any      `json:"defaultValue,omitempty"`
	Metadata Metadata `json:"metadata"`
}

// Metadata describes a parameter to whoever deploys the template.
type Metadata struct {
	Description string `json:"description"`
}

// EncodeJSON writes a value as indented JSON.
func EncodeJSON(v any) ([]byte, error) {
	data, err := indented(v, "")
	return append(data, '\n'), err
}

// indented is a value as JSON whose lines after the first begin with the prefix, without a line break at its end. The encoder of the standard library reads its own
// output once more to indent it, which takes longer than all the rest.
func indented(v any, prefix string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // queries are full of < and >
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(pretty.PrettyOptions(b.Bytes(), &pretty.Options{Prefix: prefix, Indent: "  "})), nil
}

// Plain returns a string that ARM does not take for an expression: one that begins with "[" and ends with "]" gets a
// second "[".
func Plain(s string) string {
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		return "[" + s
	}
	return s
}
