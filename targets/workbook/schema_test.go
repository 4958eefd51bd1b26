package workbook_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSchema holds the workbooks among the golden files against the schema, which refuses what differs in one thing.
func TestSchema(t *testing.T) {
	s, err := jsonschema.NewCompiler().Compile("../../testdata/schema/workbook.json")
	if err != nil {
		t.Fatal(err)
	}
	valid := func(text string) error {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(text)))
		if err != nil {
			t.Fatal(err)
		}
		return s.Validate(v)
	}
	for _, on := range []string{"sentinel", "azuremonitor"} {
		text, err := os.ReadFile("../../testdata/pack/" + on + "/workbook/gallery.json")
		if err != nil {
			t.Fatal(err)
		}
		if err := valid(string(text)); err != nil {
			t.Errorf("%s: %v", on, err)
		}
		for _, change := range [][2]string{
			{`"Notebook/1.0"`, `"Notebook/2.0"`}, {`"type": 3`, `"type": 33`}, {`"queryType": 0`, `"queryType": 7`}, {`"visualization": "table"`, `"visualization": "pie"`},
			{`"KqlItem/1.0"`, `"KqlItem"`}, {`"name": "Workspace"`, `"name": "Work space"`}, {`"timeContextFromParameter": "TimeRange"`, `"timeContextFromParameter": "Time"`},
		} {
			changed := strings.Replace(string(text), change[0], change[1], 1)
			if changed == string(text) || valid(changed) == nil {
				t.Errorf("%s: %s is accepted", on, change[1])
			}
		}
	}
}
