package azuremonitor_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// alerts is the schema of templates with alert rules. Where each of its constraints comes from stands in it.
func alerts(t *testing.T) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.NewCompiler().Compile("../../testdata/schema/scheduledQueryRules.json")
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

// templates are all with alert rules among the golden files, by name: files, and those in the cases of the command line.
func templates(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	add := func(name string, text []byte) {
		if bytes.Contains(text, []byte(`"type": "Microsoft.Insights/scheduledQueryRules"`)) {
			out[name] = text
		}
	}
	err := filepath.WalkDir("../../testdata", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Dir(path) == "../../testdata/schema" {
			return err
		}
		text, err := os.ReadFile(path)
		switch filepath.Ext(path) {
		case ".json":
			add(path, text)
		case ".txtar":
			for _, f := range txtar.Parse(text).Files {
				if strings.HasSuffix(f.Name, ".json") {
					add(path+" "+f.Name, f.Data)
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSchemaOfGoldens holds every template among the golden files against the schema.
func TestSchemaOfGoldens(t *testing.T) {
	s, all, cases := alerts(t), templates(t), 0
	for name, text := range all {
		if err := validate(t, s, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(name, ".txtar ") {
			cases++
		}
	}
	if cases == 0 || cases == len(all) {
		t.Errorf("%d templates, %d of them in cases", len(all), cases)
	}
}

// TestSchema: the schema takes what the options make, and refuses what differs in one thing from it.
func TestSchema(t *testing.T) {
	s := alerts(t)
	static := string(write(t, mustCompile(t, head+about)))
	learnt := string(write(t, mustCompile(t, dynamicRule("dynamic: high, ignoreDataBefore: '2026-02-01', failingPeriods: 2/4"))))
	full := string(write(t, mustCompile(t, head+"tags: [attack.t1098]\n"+about+option("severity: 0, frequency: 30m, period: 3h, queryTimeRange: 1d, threshold: 5, "+
		"resourceIdColumn: CorrelationId, autoMitigate: true, resolveAfter: 1h, workspaceStorage: true, skipValidation: true, "+
		"actionProperties: 'a=[b]', tags: 'a=[b]', identity: '"+agents+"a'"))))
	muted := string(write(t, mustCompile(t, head+about+option("mute: 1d, identity: SystemAssigned, dimensions: none, frequency: 1d"))))
	for _, text := range []string{static, learnt, full, muted} {
		if err := validate(t, s, []byte(text)); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
	for _, tt := range []struct{ text, old, new string }{
		{static, `"kind": "LogAlert"`, `"kind": "SimpleLogAlert"`},
		{static, `"apiVersion": "2023-12-01"`, `"apiVersion": "2018-04-16"`},
		{static, `"name": "` + id + `"`, `"name": "a/b"`},
		{static, `"severity": 1`, `"severity": 5`},
		{static, `"severity": 1`, `"severity": "1"`},
		{static, `"evaluationFrequency": "PT1H"`, `"evaluationFrequency": "PT20M"`},
		{static, `"evaluationFrequency": "PT1H"`, `"evaluationFrequency": "PT1M"`},
		{static, `"windowSize": "PT2H"`, `"windowSize": "PT90M"`},
		{static, `"windowSize": "PT2H"`, `"windowSize": "P3D"`},
		{static, `"windowSize": "PT2H",`, `"windowSize": "PT2H", "overrideQueryTimeRange": "PT12H",`},
		{static, `"operator": "GreaterThan"`, `"operator": "gt"`},
		{static, `"operator": "GreaterThan"`, `"operator": "GreaterOrLessThan"`},
		{static, `"threshold": 0,`, ``},
		{static, `"timeAggregation": "Count"`, `"timeAggregation": "Total"`},
		{static, `"timeAggregation": "Count"`, `"timeAggregation": "Count", "metricMeasureColumn": "x"`},
		{static, `"numberOfEvaluationPeriods": 1`, `"numberOfEvaluationPeriods": 7`},
		{static, `"displayName": "Consent granted"`, `"displayName": "[Consent granted]"`},
		{static, `"autoMitigate": false,`, ``},
		{static, `| where ingestion_time`, `| union SigninLogs\n| where ingestion_time`},
		{static, `| where ingestion_time`, `| evaluate bag_unpack(x)\n| where ingestion_time`},
		{static, `"actionGroups": "[parameters('actionGroupIds')]"`, `"actionGroups": ["x"]`},
		{static, `"sigmaLevel": "high"`, `"sigmaLevel": 1`},
		{learnt, `"apiVersion": "2026-03-01"`, `"apiVersion": "2023-12-01"`},
		{learnt, `"alertSensitivity": "High",`, `"alertSensitivity": "high",`},
		{learnt, `"alertSensitivity": "High",`, ``},
		{learnt, `"alertSensitivity": "High",`, `"alertSensitivity": "High", "threshold": 1,`},
		{full, `"apiVersion": "2026-03-01"`, `"apiVersion": "2023-12-01"`},
		{full, `"type": "UserAssigned"`, `"type": "SystemAssigned"`},
		{full, `"autoMitigate": true`, `"autoMitigate": false`},
		{full, `"evaluationFrequency": "PT30M"`, `"evaluationFrequency": "P1D"`},
		{full, `"autoMitigate": true,`, `"autoMitigate": true, "muteActionsDuration": "PT1H",`},
		{full, `"tags": {`, `"tags": {"a/b": "c",`},
		{full, `"a": "[[b]"`, `"a": "[b]"`},
		{muted, `"muteActionsDuration": "P1D"`, `"muteActionsDuration": "PT7H"`},
		{muted, `"dimensions": [],`, `"dimensions": [{"name": "a", "operator": "Is", "values": ["*"]}],`},
	} {
		if !strings.Contains(tt.text, tt.old) {
			t.Errorf("the template has no %s\n%s", tt.old, tt.text)
			continue
		}
		if err := validate(t, s, []byte(strings.Replace(tt.text, tt.old, tt.new, 1))); err == nil {
			t.Errorf("accepted: %s instead of %s", tt.new, tt.old)
		}
	}
}

// TestHostile: no text of a rule becomes an expression of ARM, and none is lost.
func TestHostile(t *testing.T) {
	s := alerts(t)
	for _, text := range []string{"[concat('a')]", "[[a]]", "[Sigma] x", "it's", `"quoted"`, `back\slash \n \u0041`, "{{x}}", "漢字", "tab\tx", "'", "[]", "["} {
		quoted, _ := json.Marshal(text)
		c := mustCompile(t, "title: "+string(quoted)+"\ndescription: "+string(quoted)+"\nauthor: "+string(quoted)+"\n"+about)
		if err := validate(t, s, write(t, c)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		got := at(resourceOf(t, c), "properties.displayName").(string)
		if strings.HasPrefix(got, "[[") && strings.HasSuffix(got, "]") {
			got = got[1:] // as ARM reads it
		}
		if got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

// refusedKQL is what log alerts refuse in a query: the operators and plugins, a time that is no literal, and a column
// that is the platform's own. alerts-create-log-alert-rule and alerts-log-query of the documentation.
var refusedKQL = regexp.MustCompile(`(?m)^\s*(\| )?(union|search|take|limit|evaluate)\b|\(\s*union\b|\bago\([^0-9]|\bAggregatedValue\b`)

// TestNothingRefused: no query among the golden files has anything that log alerts refuse.
func TestNothingRefused(t *testing.T) {
	n := 0
	err := filepath.WalkDir("../../testdata", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		queries := []string{string(text)}
		switch {
		case filepath.Ext(path) == ".txtar":
			queries = nil
			sections := map[string]string{}
			for _, f := range txtar.Parse(text).Files {
				sections[f.Name] = string(f.Data)
			}
			query := sections["out/azuremonitor"]
			if strings.TrimSpace(query) == "same as sentinel" {
				query = sections["out/sentinel"]
			}
			queries = append(queries, query)
		case filepath.Ext(path) != ".kql" || !strings.Contains(path, "azuremonitor"):
			return err
		}
		for _, q := range queries {
			if q != "" {
				n++
			}
			if found := refusedKQL.FindString(q); found != "" {
				t.Errorf("%s has %q:\n%s", path, found, q)
			}
		}
		return err
	})
	if err != nil || n < 100 {
		t.Fatalf("%d queries, %v", n, err)
	}
	for _, wrong := range []string{"union A, B", "A\n| union B", "T\n| where x > ago(period)", "T\n| take 5", "T\n| evaluate bag_unpack(x)", "T\n| extend AggregatedValue = 1", "let E = (\n    union A, B)"} {
		if !refusedKQL.MatchString(wrong) {
			t.Errorf("not found: %s", wrong)
		}
	}
}
