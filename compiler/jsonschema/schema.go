package jsonschema

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"

	"github.com/sigc-rules/sigc/compiler/target"
)

// The files hold definitions; a schema is one of them with all that stand in its file.
//
//go:embed sigma.json config.json tests.json
var files embed.FS

// Schema is what one kind of file looks like.
type Schema struct {
	Name, Doc  string
	file, root string // where the definition stands, and what it is called there
}

// All returns the schemas.
func All() []Schema {
	return []Schema{
		{"document", "a document of Sigma of any kind: for folders that hold several kinds", "sigma.json", "document"},
		{"rule", "a detection rule", "sigma.json", "rule"},
		{"correlation", "a correlation rule", "sigma.json", "correlation"},
		{"filter", "a filter", "sigma.json", "filter"},
		{"config", "the configuration, sigc.yml", "config.json", "config"},
		{"tests", "events that test a rule, NAME.events.json", "tests.json", "tests"},
		{"bases", "events that several of these files start from", "tests.json", "bases"},
	}
}

// Text returns the JSON of the schema. It names the targets and their options.
func (s Schema) Text(targets []*target.Target) []byte {
	definitions, err := files.ReadFile(s.file)
	if err != nil {
		panic(fmt.Sprintf("jsonschema: %v", err)) // it is embedded
	}
	if s.file != "tests.json" {
		definitions = join(definitions, encoded(ofTargets(targets)))
	}
	text := encoded(struct {
		Schema      string              `json:"$schema"`
		Title       string              `json:"title"`
		AllOf       []map[string]string `json:"allOf"` // beside "$ref", draft 07 ignores all other keys
		Definitions json.RawMessage     `json:"definitions"`
	}{"http://json-schema.org/draft-07/schema#", "sigc: " + s.Doc, []map[string]string{{"$ref": "#/definitions/" + s.root}}, definitions})
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		panic(fmt.Sprintf("jsonschema: %s: %v", s.file, err))
	}
	return out.Bytes()
}

// join puts the members of one object behind those of another; the order that a person has given them stays.
func join(a, b []byte) []byte {
	a, b = bytes.TrimSpace(a), bytes.TrimSpace(b)
	return append(append(a[:len(a)-1:len(a)-1], ','), b[1:]...)
}

func encoded(v any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(fmt.Sprintf("jsonschema: %v", err))
	}
	return out.Bytes()
}
