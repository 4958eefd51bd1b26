package sentinel_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// alertRules is the schema of templates with rules. Where each of its constraints comes from stands in it.
func alertRules(t *testing.T) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.NewCompiler().Compile("../../testdata/schema/alertRules.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, text []byte) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

// TestSchemaOfPack holds every template with rules among the golden files against the schema.
func TestSchemaOfPack(t *testing.T) {
	s, n := alertRules(t), 0
	err := filepath.WalkDir("../../testdata/pack/sentinel", func(path string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".json" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(text, []byte(`"type": "Microsoft.OperationalInsights/workspaces/providers/alertRules"`)) {
			return err
		}
		n++
		if err := validate(t, s, text); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		return nil
	})
	if err != nil || n == 0 {
		t.Fatalf("%d templates, %v", n, err)
	}
}

// TestSchema: the schema refuses what differs in one thing from what it accepts.
func TestSchema(t *testing.T) {
	s := alertRules(t)
	scheduled, nrt := string(write(t, "arm", mustCompile(t, tagged))), string(write(t, "arm", mustCompile(t, tagged+option("nrt: true"))))
	for _, text := range []string{scheduled, nrt} {
		if err := validate(t, s, []byte(text)); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
	for _, tt := range []struct{ text, old, new string }{
		{scheduled, `"kind": "Scheduled"`, `"kind": "NRT"`},
		{scheduled, `"severity": "High"`, `"severity": "Critical"`},
		{scheduled, `"queryFrequency": "PT1H"`, `"queryFrequency": "1h"`},
		{scheduled, `"triggerOperator": "GreaterThan"`, `"triggerOperator": "gt"`},
		{scheduled, `"triggerThreshold": 0`, `"triggerThreshold": 10001`},
		{scheduled, `"triggerThreshold": 0`, `"triggerThreshold": "0"`},
		{scheduled, `"suppressionDuration": "PT5H",`, ``},
		{scheduled, `"T1528"`, `"T1528.001"`},
		{scheduled, `"Persistence"`, `"Stealth"`},
		{scheduled, `"identifier": "Address"`, `"identifier": "IPAddress"`},
		{scheduled, `"entityType": "IP"`, `"entityType": "IPAddress"`},
		{scheduled, `"displayName": "Consent granted"`, `"displayName": "[Consent granted]"`},
		{scheduled, `"Category": "Category"`, `"Category of what was done": "Category"`},
		{scheduled, `{{AccountName}}`, `{{A}}{{B}}{{C}}{{D}}`},
		{scheduled, `"matchingMethod": "AllEntities"`, `"matchingMethod": "Selected"`},
		{scheduled, `"enabled": true,`, `"enabled": true, "subTechniques": ["T1098.001"],`},
		{nrt, `"apiVersion": "2025-07-01-preview"`, `"apiVersion": "2025-09-01"`},
		{nrt, `"suppressionEnabled": false,`, `"suppressionEnabled": false, "queryPeriod": "PT1H",`},
	} {
		if !strings.Contains(tt.text, tt.old) {
			t.Errorf("the template has no %s\n%s", tt.old, tt.text)
		}
		if err := validate(t, s, []byte(strings.Replace(tt.text, tt.old, tt.new, 1))); err == nil {
			t.Errorf("accepted: %s instead of %s", tt.new, tt.old)
		}
	}
}
