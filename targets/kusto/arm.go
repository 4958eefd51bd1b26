package kusto

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/jsontext"
)

// Template is an ARM template. Parameters are a value that encodes as JSON in a fixed order.
type Template struct {
	Parameters any
	Resources  []Resource
}

// Resource is a resource as it stands in a template: indented JSON.
type Resource []byte

// NewResource encodes a resource, whose fields have a fixed order.
func NewResource(v any) (Resource, error) { return jsontext.Nested(v, "    ") }

// Encode writes a template for deployment to a resource group.
func (t Template) Encode() ([]byte, error) {
	parameters, err := jsontext.Nested(t.Parameters, "  ")
	if err != nil {
		return nil, err
	}
	size := len(parameters) + 1024
	for _, r := range t.Resources {
		size += len(r) + len(",\n    ")
	}
	out := append(make([]byte, 0, size), `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": `...)
	out = append(append(out, parameters...), ",\n  \"resources\": "...)
	out = jsontext.List(out, "  ", func(add func([]byte)) {
		for _, r := range t.Resources {
			add(r)
		}
	})
	return append(out, "\n}\n"...), nil
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

// Plain returns a string that ARM does not take for an expression: one that begins with "[" and ends with "]" gets a
// second "[".
func Plain(s string) string {
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		return "[" + s
	}
	return s
}
