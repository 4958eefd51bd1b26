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
	size := 16 << 10 // more than the parameters need, but for watchlists
	for _, r := range t.Resources {
		size += len(r) + len(",\n    ")
	}
	out, err := begin(make([]byte, 0, size), t.Parameters)
	if err != nil {
		return nil, err
	}
	list := jsontext.NewList(out, "  ")
	for _, r := range t.Resources {
		list.AddNested(r)
	}
	return append(list.End(), "\n}\n"...), nil
}

// TemplateOf writes a template of one resource, whose fields have a fixed order.
func TemplateOf(parameters, resource any) ([]byte, error) {
	return jsontext.Document(func(out []byte) ([]byte, error) {
		out, err := begin(out, parameters)
		if err != nil {
			return nil, err
		}
		list := jsontext.NewList(out, "  ")
		err = list.Add(resource)
		return append(list.End(), "\n}\n"...), err
	})
}

// begin begins a template, up to its resources.
func begin(out []byte, parameters any) ([]byte, error) {
	out, err := jsontext.Append(append(out, `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": `...), parameters, "  ")
	return append(out, ",\n  \"resources\": "...), err
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
