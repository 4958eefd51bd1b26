package sentinel_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/source"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
)

const tagged = head + "tags: [attack.persistence, attack.t1098.001, attack.t1098.003, attack.credential_access, attack.t1528, attack.g0016, cve.2024-1]\n" + about

// TestYAMLOrder: the keys stand in the order of the rules in the Azure-Sentinel repository.
func TestYAMLOrder(t *testing.T) {
	all := []string{
		"id", "name", "description", "severity", "requiredDataConnectors", "queryFrequency", "queryPeriod", "triggerOperator",
		"triggerThreshold", "status", "tactics", "relevantTechniques", "query", "entityMappings", "customDetails",
		"alertDetailsOverride", "eventGroupingSettings", "incidentConfiguration", "version", "kind",
	}
	untagged := append(append([]string(nil), all[:10]...), all[12:]...)
	for name, tt := range map[string]struct {
		text string
		want []string
	}{"with tags": {tagged, all}, "without": {head + about, untagged}} {
		var doc yaml.Node
		if err := yaml.Unmarshal(write(t, "yaml", mustCompile(t, tt.text)), &doc); err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := 0; i < len(doc.Content[0].Content); i += 2 {
			got = append(got, doc.Content[0].Content[i].Value)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// yamlRule and armRule are what a reader of the files finds.
type yamlRule struct {
	ID, Name, Description, QueryFrequency, QueryPeriod, TriggerOperator, Query, Version, Kind string
	TriggerThreshold                                                                          int
	Tactics, RelevantTechniques                                                               []string
	RequiredDataConnectors                                                                    []struct {
		ConnectorID string   `yaml:"connectorId"`
		DataTypes   []string `yaml:"dataTypes"`
	}
}

func (r *yamlRule) UnmarshalYAML(n *yaml.Node) error {
	keys := map[string]any{
		"id": &r.ID, "name": &r.Name, "description": &r.Description, "queryFrequency": &r.QueryFrequency, "queryPeriod": &r.QueryPeriod,
		"triggerOperator": &r.TriggerOperator, "query": &r.Query, "version": &r.Version, "kind": &r.Kind,
		"triggerThreshold": &r.TriggerThreshold, "tactics": &r.Tactics, "relevantTechniques": &r.RelevantTechniques,
		"requiredDataConnectors": &r.RequiredDataConnectors,
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if to, ok := keys[n.Content[i].Value]; ok {
			if err := n.Content[i+1].Decode(to); err != nil {
				return err
			}
		}
	}
	return nil
}

type armTemplate struct {
	Parameters map[string]struct{ Type string }
	Resources  []struct {
		Type, APIVersion, Name, Kind string
		Properties                   struct {
			DisplayName, Description, Query, QueryFrequency, QueryPeriod, TriggerOperator, SuppressionDuration string
			TriggerThreshold                                                                                   int
			Enabled                                                                                            any
			SuppressionEnabled                                                                                 *bool
			Tactics, Techniques                                                                                []string
		}
	}
}

func readARM(t *testing.T, text []byte) armTemplate {
	t.Helper()
	var arm armTemplate
	if err := json.Unmarshal(text, &arm); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return arm
}

func TestForms(t *testing.T) {
	c := mustCompile(t, tagged)
	var y yamlRule
	if err := yaml.Unmarshal(write(t, "yaml", c), &y); err != nil {
		t.Fatal(err)
	}
	arm := readARM(t, write(t, "arm", c))
	a := arm.Resources[0]
	p := a.Properties
	for _, tt := range []struct {
		what      string
		got, want any
	}{
		{"yaml id", y.ID, strings.ToLower(id)},
		{"yaml name", y.Name, "Consent granted"},
		{"yaml description", y.Description, "Consent granted"}, // a rule without one: its title
		{"yaml frequency", y.QueryFrequency, "1h"},
		{"yaml period", y.QueryPeriod, "2h"},
		{"yaml operator", y.TriggerOperator, "gt"},
		{"yaml threshold", y.TriggerThreshold, 0},
		{"yaml tactics", y.Tactics, []string{"Persistence", "CredentialAccess"}},
		{"yaml techniques", y.RelevantTechniques, []string{"T1098.001", "T1098.003", "T1528"}},
		{"yaml connector", y.RequiredDataConnectors[0].ConnectorID, "AzureActiveDirectory"},
		{"yaml data types", y.RequiredDataConnectors[0].DataTypes, []string{"AuditLogs"}},
		{"yaml version", y.Version, "1.0.0"},
		{"yaml kind", y.Kind, "Scheduled"},
		{"arm type", a.Type, "Microsoft.OperationalInsights/workspaces/providers/alertRules"},
		{"arm name", a.Name, "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/" + strings.ToLower(id) + "')]"},
		{"arm kind", a.Kind, "Scheduled"},
		{"arm parameter", arm.Parameters["workspace"].Type, "string"},
		{"arm title", p.DisplayName, "Consent granted"},
		{"arm frequency", p.QueryFrequency, "PT1H"},
		{"arm period", p.QueryPeriod, "PT2H"},
		{"arm operator", p.TriggerOperator, "GreaterThan"},
		{"arm threshold", p.TriggerThreshold, 0},
		{"arm enabled", p.Enabled, true},
		{"arm suppression", *p.SuppressionEnabled, false},
		{"arm suppression duration", p.SuppressionDuration, "PT5H"}, // not below the frequency
		{"arm tactics", p.Tactics, []string{"Persistence", "CredentialAccess"}},
		{"arm techniques, parents only", p.Techniques, []string{"T1098", "T1528"}},
		{"the query in both", strings.TrimRight(y.Query, "\n"), p.Query},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s: %s", tt.what, diff)
		}
	}
	var diags diag.List
	if kql.Parse(source.NewFile("q", []byte(p.Query)), &diags) == nil || !strings.Contains(p.Query, "| where ingestion_time() > ago(1h)\n") {
		t.Errorf("%v\n%s", diags.Sorted(), p.Query)
	}
}

func TestTactics(t *testing.T) {
	for _, tt := range []struct {
		tags       string
		tactics    []string
		techniques []string
		dropped    int
	}{
		{"attack.stealth, attack.defense-impairment", []string{"DefenseEvasion"}, nil, 0},
		{"attack.t1078", []string{"DefenseEvasion"}, []string{"T1078"}, 0}, // a technique brings a tactic that it serves
		{"attack.persistence, attack.t1078", []string{"Persistence"}, []string{"T1078"}, 0},
		{"attack.initial-access, attack.t1528", []string{"InitialAccess", "CredentialAccess"}, []string{"T1528"}, 0},
		{"attack.t9999, attack.nonsense, attack.persistence", []string{"Persistence"}, nil, 2},
		{"attack.g0016, attack.s0002, attack.ds0002", nil, nil, 0},
		{"cve.2024-1", nil, nil, 0},
	} {
		c, diags := compile(t, "r.yml", head+"tags: ["+tt.tags+"]\n"+about)
		var y yamlRule
		if err := yaml.Unmarshal(write(t, "yaml", c), &y); err != nil {
			t.Fatal(err)
		}
		dropped := 0
		for _, d := range diags {
			if d.ID == "sentinel/attack-dropped" {
				dropped++
			}
		}
		if diff := cmp.Diff([]any{tt.tactics, tt.techniques, tt.dropped}, []any{y.Tactics, y.RelevantTechniques, dropped}); diff != "" {
			t.Errorf("%s: %s", tt.tags, diff)
		}
	}
}

// TestTexts: whatever a title or a description holds, the files say the same when they are read.
func TestTexts(t *testing.T) {
	for _, s := range []string{
		"[Sigma] x", "[all of it]", "a: b # c", "- a", "'a'", `"a"`, "yes", "null", "12", "{{AppName}}", "a\\nb", "é \u2028 x", "%a", "@a", "`a`", "<a>&",
		"two\nlines", "two\n\nparagraphs\n  indented", "tab\tx\nline", "trailing blank \nline", "- list\n- list", "# comment\nx", "---\nx",
	} {
		for _, key := range []string{"title", "description"} {
			if key == "title" && strings.Contains(s, "\n") {
				continue
			}
			text, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			rule := "title: x\n"
			if key == "title" {
				rule = ""
			}
			c := mustCompile(t, rule+key+": "+string(text)+"\n"+about)
			var y yamlRule
			if err := yaml.Unmarshal(write(t, "yaml", c), &y); err != nil {
				t.Fatalf("%q: %v", s, err)
			}
			p := readARM(t, write(t, "arm", c)).Resources[0].Properties
			inYAML, inARM := y.Name, p.DisplayName
			if key == "description" {
				inYAML, inARM = strings.TrimSuffix(y.Description, "\n"), p.Description
			}
			if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") { // ARM would take it for an expression
				inARM = strings.TrimPrefix(inARM, "[")
			}
			if inYAML != s || inARM != s {
				t.Errorf("%s %q: %q in YAML, %q in ARM", key, s, inYAML, inARM)
			}
		}
	}
}

var duration = regexp.MustCompile(`^P(\d+D|T\d+[HM])$`)

func TestDurations(t *testing.T) {
	p := readARM(t, write(t, "arm", mustCompile(t, head+about))).Resources[0].Properties
	for _, d := range []string{p.QueryFrequency, p.QueryPeriod, p.SuppressionDuration} {
		if !duration.MatchString(d) {
			t.Errorf("%q is no duration", d)
		}
	}
}
