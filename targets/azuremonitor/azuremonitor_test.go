package azuremonitor_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/compiler/target/targettest"
	"github.com/sigc-rules/sigc/targets/azuremonitor"
	"github.com/sigc-rules/sigc/targets/kusto"

	"github.com/google/go-cmp/cmp"
)

const (
	id    = "5b7c1f9e-2f43-4a0d-9c55-3d0c8b1a7e21"
	head  = "title: Consent granted\nid: " + id + "\nlevel: high\n"
	about = "logsource: {product: azure, service: auditlogs}\ndetection:\n  selection:\n    OperationName: Consent to application\n  condition: selection\n"
)

// compile compiles one rule for Azure Monitor; nil when it is refused.
func compile(t *testing.T, text string) (*target.Compiled, []diag.Diagnostic) {
	t.Helper()
	return compileWith(t, text, nil)
}

// compileWith does the same with options for all rules.
func compileWith(t *testing.T, text string, settings map[string]string) (*target.Compiled, []diag.Diagnostic) {
	t.Helper()
	in := compiler.Input{File: source.NewFile("rule.yml", []byte(text)), Path: "rule.yml"}
	p := compiler.Load([]compiler.Input{in}, compiler.Options{})
	out := p.Compile([]*target.Target{azuremonitor.Target().With(settings)}, compiler.CompileOptions{})
	if len(out[0].Compiled) == 0 {
		return nil, p.Diagnostics()
	}
	return out[0].Compiled[0], p.Diagnostics()
}

func mustCompile(t *testing.T, text string) *target.Compiled {
	t.Helper()
	c, diags := compile(t, text)
	if c == nil {
		t.Fatalf("refused: %v", diags)
	}
	return c
}

// template is what a reader of the ARM template finds.
type template struct {
	Schema     string `json:"$schema"`
	Parameters map[string]struct {
		Type    string
		Default any `json:"defaultValue"`
	}
	Resources []struct {
		Type, APIVersion, Name, Location, Kind string
		Properties                             struct {
			DisplayName, Description, EvaluationFrequency, WindowSize string
			Severity                                                  int
			Enabled                                                   any
			AutoMitigate                                              *bool
			Scopes                                                    []string
			Criteria                                                  struct{ AllOf []criterion }
			Actions                                                   struct {
				ActionGroups     string
				CustomProperties map[string]string
			}
		}
	}
}

type criterion struct {
	Query, TimeAggregation, Operator string
	Threshold                        *int
	Dimensions                       []struct {
		Name, Operator string
		Values         []string
	}
	FailingPeriods struct {
		NumberOfEvaluationPeriods, MinFailingPeriodsToAlert int
	}
}

func read(t *testing.T, c *target.Compiled) template {
	t.Helper()
	f, ok := azuremonitor.Target().Format("arm")
	if !ok {
		t.Fatal("no format arm")
	}
	text, err := f.Rule(c)
	if err != nil {
		t.Fatal(err)
	}
	var out template
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return out
}

func TestTemplate(t *testing.T) {
	arm := read(t, mustCompile(t, head+"description: Somebody consented.\n"+about))
	r := arm.Resources[0]
	p := r.Properties
	c := p.Criteria.AllOf[0]
	for _, tt := range []struct {
		what      string
		got, want any
	}{
		{"resources", len(arm.Resources), 1},
		{"type", r.Type, "Microsoft.Insights/scheduledQueryRules"},
		{"version", r.APIVersion, "2023-12-01"},
		{"name", r.Name, id},
		{"location", r.Location, "[parameters('location')]"},
		{"kind", r.Kind, "LogAlert"},
		{"workspace", arm.Parameters["workspaceResourceId"].Type, "string"},
		{"default location", arm.Parameters["location"].Default, any("[resourceGroup().location]")},
		{"action groups", arm.Parameters["actionGroupIds"].Type, "array"},
		{"title", p.DisplayName, "Consent granted"},
		{"description", p.Description, "Somebody consented."},
		{"scopes", p.Scopes, []string{"[parameters('workspaceResourceId')]"}},
		{"enabled", p.Enabled, any(true)},
		{"auto-mitigate", *p.AutoMitigate, false},
		{"frequency", p.EvaluationFrequency, "PT1H"},
		{"window", p.WindowSize, "PT2H"},
		{"criteria", len(p.Criteria.AllOf), 1},
		{"aggregation", c.TimeAggregation, "Count"},
		{"operator", c.Operator, "GreaterThan"},
		{"threshold", *c.Threshold, 0},
		{"periods", c.FailingPeriods.NumberOfEvaluationPeriods, 1},
		{"failing periods", c.FailingPeriods.MinFailingPeriodsToAlert, 1},
		{"actions", p.Actions.ActionGroups, "[parameters('actionGroupIds')]"},
		{"properties of the alert", p.Actions.CustomProperties, map[string]string{"sigmaLevel": "high", "sigmaRule": id}},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s: %s", tt.what, diff)
		}
	}
	var diags diag.List
	if kql.Parse(source.NewFile("q", []byte(c.Query)), &diags) == nil || !strings.Contains(c.Query, "| where ingestion_time() > ago(1h)\n") {
		t.Errorf("%v\n%s", diags.Sorted(), c.Query)
	}
}

func TestSeverity(t *testing.T) {
	for level, want := range map[string]int{
		"level: critical": 0, "level: high": 1, "level: medium": 2, "level: low": 3, "level: informational": 4, "status: test": 2,
	} {
		if got := read(t, mustCompile(t, "title: x\n"+level+"\n"+about)).Resources[0].Properties.Severity; got != want {
			t.Errorf("%s: %d, want %d", level, got, want)
		}
	}
}

// TestDimensions: at most six columns of the result, which must be texts or numbers.
func TestDimensions(t *testing.T) {
	for _, log := range schema.Logs() {
		if !log.Tabled() {
			continue
		}
		s := log.Logsources[len(log.Logsources)-1]
		c := mustCompile(t, fmt.Sprintf("title: x\nlogsource: {product: %s, service: %s}\ndetection:\n  s:\n    TimeGenerated: '*'\n  condition: s\n", s.Product, s.Service))
		dimensions := read(t, c).Resources[0].Properties.Criteria.AllOf[0].Dimensions
		if n := len(dimensions); n == 0 || n > 6 {
			t.Errorf("%s: %d dimensions", log.Name, n)
		}
		for _, d := range dimensions {
			col := log.Column(d.Name) // nil when the query computes it, by tostring
			if !slices.Contains(c.Query.(*kusto.Query).Columns, d.Name) || col != nil && col.Type != schema.String && !col.Type.Numeric() {
				t.Errorf("%s: %s cannot split alerts", log.Name, d.Name)
			}
			if d.Operator != "Include" || !slices.Equal(d.Values, []string{"*"}) {
				t.Errorf("%s: %v", log.Name, d)
			}
		}
	}
}

func TestDescriptionLimit(t *testing.T) {
	for _, tt := range []struct {
		length, want int
		cut          bool
	}{{4096, 4096, false}, {4097, 4096, true}} {
		c, diags := compile(t, head+"description: "+strings.Repeat("ü", tt.length)+"\n"+about)
		if c == nil {
			t.Fatalf("refused: %v", diags)
		}
		cut := slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return d.ID == "azuremonitor/description-cut" })
		got := utf8.RuneCountInString(read(t, c).Resources[0].Properties.Description)
		if cut != tt.cut || got != tt.want {
			t.Errorf("%d: %d characters, cut: %v", tt.length, got, cut)
		}
	}
}

// TestQueryLimit: a long description leaves less room for the query, and what is said points at the longest list.
func TestQueryLimit(t *testing.T) {
	listed := func(n, description int) string {
		var list strings.Builder
		for i := range n {
			fmt.Fprintf(&list, "      - v%0*d\n", 89, i) // a hundred bytes of the query each, with quotes, comma, line break and indent
		}
		return head + "description: " + strings.Repeat("é", description) + "\n" +
			"logsource: {product: azure, service: auditlogs}\ndetection:\n  s:\n    OperationName:\n" + list.String() + "  condition: s\n"
	}
	for _, tt := range []struct {
		values, description int
		ok                  bool
	}{{600, 100, true}, {650, 100, false}, {600, 4096, false}} {
		text := listed(tt.values, tt.description)
		c, diags := compile(t, text)
		i := slices.IndexFunc(diags, func(d diag.Diagnostic) bool { return d.ID == "azuremonitor/query-too-long" })
		if (c != nil) != tt.ok || (i < 0) != tt.ok {
			t.Errorf("%d values, %d characters of description: compiled %v, reported %v", tt.values, tt.description, c != nil, i >= 0)
			continue
		}
		if i >= 0 && diags[i].Span.Start() != strings.Index(text, "OperationName") {
			t.Errorf("points at %d", diags[i].Span.Start())
		}
		if c != nil {
			if properties, err := json.Marshal(read(t, c).Resources[0].Properties); err != nil || len(properties) > 64*1024 {
				t.Errorf("%d bytes of properties, %v", len(properties), err)
			}
		}
	}
}

// TestPack: a template has at most 800 resources, and what runs is a parameter.
func TestPack(t *testing.T) {
	f, _ := azuremonitor.Target().Format("arm")
	for _, n := range []int{1, 800, 801} {
		rules := slices.Repeat([]*target.Compiled{mustCompile(t, head+about)}, n)
		files := targettest.Pack(t, f, rules...)
		if want := (n + 799) / 800; len(files) != want {
			t.Errorf("%d rules: %d files", n, len(files))
		}
		resources := 0
		for i, file := range files {
			var arm template
			if err := json.Unmarshal(file.Data, &arm); err != nil || file.Path != []string{"azuredeploy.json", "azuredeploy-2.json"}[i] {
				t.Fatalf("%s: %v", file.Path, err)
			}
			resources += len(arm.Resources)
			want := "[and(parameters('enabled'), not(contains(parameters('disabledRules'), '" + id + "')))]"
			if got := arm.Resources[0].Properties.Enabled; got != want {
				t.Errorf("enabled: %v", got)
			}
		}
		if resources != n {
			t.Errorf("%d resources of %d rules", resources, n)
		}
	}
	off := []*target.Compiled{mustCompile(t, head+about+option("enabled: false"))}
	if files := targettest.Pack(t, f, off...); !strings.Contains(string(files[0].Data), `"enabled": false`) {
		t.Error("a rule that is off can be switched on")
	}
}
