package kusto

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Template is an ARM template. Parameters and resources are values that encode as JSON in a fixed order.
type Template struct {
	Schema         string `json:"$schema"`
	ContentVersion string `json:"contentVersion"`
	Parameters     any    `json:"parameters"`
	Resources      []any  `json:"resources"`
}

// NewTemplate returns a template for deployment to a resource group.
func NewTemplate(parameters any, resources []any) Template {
	return Template{
		Schema:         "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
		ContentVersion: "1.0.0.0",
		Parameters:     parameters,
		Resources:      resources,
	}
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

// Encode writes a template as indented JSON.
func (t Template) Encode() ([]byte, error) { return EncodeJSON(t) }

// EncodeJSON writes a value as indented JSON.
func EncodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // queries are full of < and >
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Plain returns a string that ARM does not take for an expression: one that begins with "[" and ends with "]" gets a
// second "[".
func Plain(s string) string {
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		return "[" + s
	}
	return s
}
