package sentinel_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/targets/sentinel"
)

const root = "solution/Solutions/Contoso Entra/"

func buildSolution(t *testing.T) map[string][]byte {
	t.Helper()
	lists := map[string]*list.List{"email": listOf("email", "a@contoso.example"), "office": listOf("office", "[x]")}
	files, _ := build(t, "solution", map[string]string{"packName": "Contoso Entra", "solutionVersion": "3.1.0", "lastPublishDate": "2026-03-31"}, lists,
		tagged, "title: '[All of it]'\nlevel: critical\n"+about, reading("Reads lists", "email office"))
	return files
}

type mainTemplate struct {
	Parameters map[string]any
	Variables  map[string]any
	Resources  []struct {
		Type       string
		DependsOn  []string
		Properties struct {
			ContentKind, DisplayName, RawContent string
			MainTemplate                         struct {
				Resources []struct {
					Type       string
					Properties map[string]any
				}
			}
			Dependencies struct {
				Criteria []struct{ Kind, ContentID string }
			}
		}
	}
}

func unmarshal[T any](t *testing.T, text []byte) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return v
}

var (
	variable     = regexp.MustCompile(`variables\('([^']+)'\)(?:\.(\w+))?`)
	armParameter = regexp.MustCompile(`parameters\('([^']+)'\)`)
)

// TestSolutionTemplate: every variable and parameter that an expression names is there, the package comes last and names
// all content, and what is made of it waits for the package.
func TestSolutionTemplate(t *testing.T) {
	files := buildSolution(t)
	text := files[root+"Package/mainTemplate.json"]
	m := unmarshal[mainTemplate](t, text)
	named := 0
	for _, v := range variable.FindAllStringSubmatch(string(text), -1) {
		named++
		value, ok := m.Variables[v[1]]
		if members, isObject := value.(map[string]any); v[2] != "" && ok {
			_, ok = members[v[2]]
			ok = ok && isObject
		}
		if !ok {
			t.Errorf("no variable for %s", v[0])
		}
	}
	for _, p := range armParameter.FindAllStringSubmatch(string(text), -1) {
		named++
		if _, ok := m.Parameters[p[1]]; !ok {
			t.Errorf("no parameter for %s", p[0])
		}
	}
	if named < 50 {
		t.Errorf("only %d names in expressions", named)
	}
	var got []string
	for i, r := range m.Resources {
		kind := r.Type[strings.LastIndex(r.Type, "/")+1:]
		got = append(got, strings.TrimSpace(kind+" "+r.Properties.ContentKind))
		if kind == "contentTemplates" && (len(r.DependsOn) != 1 || !strings.Contains(r.DependsOn[0], "contentPackages")) {
			t.Errorf("resource %d waits for %v", i, r.DependsOn)
		}
	}
	want := []string{
		"contentTemplates Workbook", "contentTemplates AnalyticsRule", "contentTemplates AnalyticsRule", "contentTemplates AnalyticsRule",
		"watchlists", "watchlists", "contentPackages Solution",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := len(m.Resources[6].Properties.Dependencies.Criteria); n != 6 {
		t.Errorf("the package names %d pieces of content", n)
	}
	rule := m.Resources[2].Properties.MainTemplate.Resources[0]
	p := rule.Properties
	checked := []any{rule.Type, p["displayName"], m.Resources[2].Properties.DisplayName, p["enabled"], p["status"], p["severity"], len(p["requiredDataConnectors"].([]any))}
	if diff := cmp.Diff([]any{"Microsoft.SecurityInsights/AlertRuleTemplates", "[[All of it]", "[[All of it]", false, "Available", "High", 1}, checked); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]any{"T1098.001", "T1098.003"}, m.Resources[1].Properties.MainTemplate.Resources[0].Properties["subTechniques"]); diff != "" {
		t.Error(diff)
	}
}

// TestSolutionFolder: the input of the packaging tool names the files that are there, the archive holds what is beside
// it, and the notes have the version and its date.
func TestSolutionFolder(t *testing.T) {
	files := buildSolution(t)
	data := unmarshal[map[string]any](t, files[root+"Data/Solution_ContosoEntra.json"])
	named := 0
	for _, key := range []string{"Workbooks", "Analytic Rules", "Watchlists"} {
		for _, f := range data[key].([]any) {
			named++
			if files[root+f.(string)] == nil {
				t.Errorf("%s: there is no %s", key, f)
			}
		}
	}
	if named != 6 || data["Name"] != "Contoso Entra" || data["Version"] != "3.1.0" || data["TemplateSpec"] != true {
		t.Errorf("%d files in %v", named, data)
	}
	metadata := unmarshal[map[string]any](t, files[root+"SolutionMetadata.json"])
	if metadata["publisherId"] != "contoso" || metadata["offerId"] != "azure-sentinel-solution-contosoentra" || metadata["lastPublishDate"] != "2026-03-31" {
		t.Errorf("%v", metadata)
	}
	if notes := string(files[root+"ReleaseNotes.md"]); !strings.Contains(notes, "| 3.1.0       | 31-03-2026 ") {
		t.Errorf("%s", notes)
	}
	if book := unmarshal[[]map[string]any](t, files["solution/Workbooks/WorkbooksMetadata.json"])[0]; files[root+"Workbooks/"+book["templateRelativePath"].(string)] == nil {
		t.Errorf("there is no workbook for %v", book)
	}
	archive := files[root+"Package/3.1.0.zip"]
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil || len(z.File) != 2 {
		t.Fatalf("%v, %d files", err, len(z.File))
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, files[root+"Package/"+f.Name]) {
			t.Errorf("%s: %v, or not what is beside the archive", f.Name, err)
		}
	}
	again := buildSolution(t)
	for name, text := range files {
		if !bytes.Equal(text, again[name]) {
			t.Errorf("%s differs the second time", name)
		}
	}
}

// TestSolutionForm: the form hands over parameters of the template, shows every rule and watchlist, and the file of
// parameters for tests is that of the template.
func TestSolutionForm(t *testing.T) {
	files := buildSolution(t)
	m := unmarshal[mainTemplate](t, files[root+"Package/mainTemplate.json"])
	if diff := cmp.Diff(m.Parameters, unmarshal[map[string]any](t, files[root+"Package/testParameters.json"])); diff != "" {
		t.Error(diff)
	}
	type form struct {
		Parameters struct {
			Steps []struct {
				Name     string
				Elements []struct{ Name, Label string }
			}
			Outputs map[string]string
		}
	}
	f := unmarshal[form](t, files[root+"Package/createUiDefinition.json"])
	if diff := cmp.Diff([]string{"location", "workspace", "workspace-location"}, slices.Sorted(maps.Keys(f.Parameters.Outputs))); diff != "" {
		t.Error(diff)
	}
	for name := range f.Parameters.Outputs {
		if _, ok := m.Parameters[name]; !ok {
			t.Errorf("the template has no parameter %q", name)
		}
	}
	var got []string
	for _, s := range f.Parameters.Steps {
		for _, e := range s.Elements[2:] {
			got = append(got, s.Name+": "+e.Label)
		}
	}
	want := []string{
		"workbooks: Contoso Entra", "analytics: Consent granted", "analytics: [[All of it]", "analytics: Reads lists", "watchlists: email", "watchlists: office",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestSolutionTooLarge: what Azure would refuse is told at the rule that is one too many.
func TestSolutionTooLarge(t *testing.T) {
	for n, want := range map[int]bool{480: false, 481: true} {
		_, diags := build(t, "solution", nil, nil, titled(n)...)
		d := find(diags, "sentinel/split")
		if (d != nil) != want || want && (d.Severity != diag.Error || d.Span.File.Name != "folder/rule_480.yml") {
			t.Errorf("%d rules: %v", n, d)
		}
	}
}

// TestSolutionOptions: near misses of what the options of a solution take.
func TestSolutionOptions(t *testing.T) {
	on := map[string]map[string]bool{
		"publisherId":      {"azuresentinel": true, "": true, "Contoso Ltd": false},
		"offerId":          {"": true, "a-b_1": true, strings.Repeat("a", 51): false},
		"firstPublishDate": {"": true, "2026-03-31": true, "31.03.2026": false, "2026-13-01": false},
		"supportTier":      {"Partner": true, "partner": false},
		"solutionVersion":  {"3.0.1": true, "3": false},
	}
	for name, values := range on {
		o, ok := sentinel.Target().Option(name)
		if !ok {
			t.Fatalf("no option %s", name)
		}
		for v, right := range values {
			if wrong := o.Wrong(v); (wrong == "") != right {
				t.Errorf("%s=%q: %q", name, v, wrong)
			}
		}
	}
}

// TestRepository: a connection deploys a template only if all of its resources are content that it knows, which
// watchlists are not, and fills in the parameter workspace.
func TestRepository(t *testing.T) {
	lists := map[string]*list.List{"office": listOf("office", "x")}
	for _, tt := range []struct {
		rules    []string
		excluded []any
		paths    []string
	}{
		{titled(1), []any{}, []string{"Detections/folder/rule_000.json", "Workbooks/sigmarules.json", "sentinel-deployment.config"}},
		{[]string{reading("Reads", "office")}, []any{"Watchlists"}, []string{
			"Detections/folder/rule_000.json", "Watchlists/office.csv", "Watchlists/office.json", "Workbooks/sigmarules.json", "sentinel-deployment.config",
		}},
	} {
		files, _ := build(t, "repository", nil, lists, tt.rules...)
		var paths []string
		for name, text := range files {
			name = strings.TrimPrefix(name, "repository/")
			paths = append(paths, name)
			if path.Ext(name) != ".json" || strings.HasPrefix(name, "Watchlists/") {
				continue
			}
			p := readPack(t, text)
			if _, ok := p.Parameters["workspace"]; !ok {
				t.Errorf("%s has no parameter workspace", name)
			}
			for _, r := range p.Resources {
				if r.Type != "Microsoft.OperationalInsights/workspaces/providers/alertRules" && r.Type != "Microsoft.Insights/workbooks" {
					t.Errorf("%s has a %s", name, r.Type)
				}
			}
		}
		slices.Sort(paths)
		config := unmarshal[map[string]any](t, files["repository/sentinel-deployment.config"])
		if diff := cmp.Diff([]any{tt.paths, tt.excluded}, []any{paths, config["excludecontentfiles"]}); diff != "" {
			t.Error(diff)
		}
	}
}
