package workbook_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/azuremonitor"
	"github.com/sigc-rules/sigc/targets/sentinel"
	"github.com/sigc-rules/sigc/targets/workbook"
)

type book struct {
	Version string
	Items   []struct {
		Type    int
		Name    string
		Content struct {
			JSON, Version, Query string
			QueryType            int
			TimeContext          string   `json:"timeContextFromParameter"`
			Resources            []string `json:"crossComponentResources"`
			Parameters           []struct {
				ID, Name string
				Type     int
				Value    any
			}
		}
	}
	Schema string `json:"$schema"`
}

func rules(t *testing.T, on *target.Target, titles ...string) []*target.Compiled {
	t.Helper()
	var inputs []compiler.Input
	for i, title := range titles {
		quoted, err := json.Marshal(title)
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("title: %s\nlevel: critical\nlogsource: {product: azure, service: auditlogs}\ndetection:\n  s: {OperationName: x}\n  condition: s\n", quoted)
		path := fmt.Sprintf("%d.yml", i)
		inputs = append(inputs, compiler.Input{File: source.NewFile(path, []byte(text)), Path: path})
	}
	p := compiler.Load(inputs, compiler.Options{})
	out := p.Compile([]*target.Target{on}, compiler.CompileOptions{})[0].Compiled
	if len(out) != len(titles) {
		t.Fatalf("%d of %d compiled: %v", len(out), len(titles), p.Diagnostics())
	}
	return out
}

func high(*target.Compiled) string { return "High" }

func read(t *testing.T, text []byte) book {
	t.Helper()
	var b book
	if err := json.Unmarshal(text, &b); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return b
}

func gallery(t *testing.T, b *workbook.Book) book {
	t.Helper()
	text, err := b.Gallery()
	if err != nil {
		t.Fatal(err)
	}
	return read(t, text)
}

var braces = regexp.MustCompile(`\{(\w+)(?::\w+)?\}`)

// TestReferences: every parameter that a query names is there, each has an id of its own, and no two items have one name.
// Only Resource Graph knows nothing of the time that is chosen, and so must compare with it.
func TestReferences(t *testing.T) {
	for name, b := range map[string]*workbook.Book{
		"sentinel":     workbook.Sentinel("Pack", rules(t, sentinel.Target(), "One", "Two"), high),
		"azuremonitor": workbook.Monitor("Pack", rules(t, azuremonitor.Target(), "One", "Two")),
	} {
		g := gallery(t, b)
		parameters, names, queries := map[string]bool{}, map[string]bool{}, 0
		for _, i := range g.Items {
			if names[i.Name] || i.Name == "" {
				t.Errorf("%s: two items %q", name, i.Name)
			}
			names[i.Name] = true
			for _, p := range i.Content.Parameters {
				if _, err := uuid.Parse(p.ID); err != nil || parameters[p.ID] || parameters[p.Name] {
					t.Errorf("%s: parameter %s: id %s, %v", name, p.Name, p.ID, err)
				}
				parameters[p.ID], parameters[p.Name] = true, true
			}
		}
		for _, i := range g.Items {
			c := i.Content
			for _, m := range braces.FindAllStringSubmatch(c.Query+c.JSON, -1) {
				if !parameters[m[1]] {
					t.Errorf("%s: %s names %s", name, i.Name, m[0])
				}
			}
			if i.Type != 3 {
				continue
			}
			queries++
			switch c.QueryType {
			case 0:
				if c.TimeContext != "TimeRange" || !slices.Equal(c.Resources, []string{"{Workspace}"}) {
					t.Errorf("%s: %s is asked of %v in the time of %q", name, i.Name, c.Resources, c.TimeContext)
				}
			case 1:
				if !strings.Contains(c.Query, "{TimeRange}") {
					t.Errorf("%s: %s is asked of all times", name, i.Name)
				}
			}
		}
		if g.Version != "Notebook/1.0" || !strings.HasSuffix(g.Schema, "/schema/workbook.json") || queries < 6 {
			t.Errorf("%s: version %q, schema %q, %d queries", name, g.Version, g.Schema, queries)
		}
	}
}

// TestTitles: whatever a title holds, it stands in the table of rules as it is, and Azure finds no parameter in it.
func TestTitles(t *testing.T) {
	titles := []string{`a "quote"`, `C:\Windows\{Severity}`, `{TimeRange}`, `é {x}`, `it's`, `a, b`, `];`, "*bold*"}
	b := workbook.Sentinel("Pack", rules(t, sentinel.Target(), titles...), high)
	text := ""
	for _, i := range gallery(t, b).Items {
		for _, p := range i.Content.Parameters {
			if p.Name == "Rules" {
				text = p.Value.(string)
			}
		}
	}
	if strings.Contains(text, "{") {
		t.Errorf("a brace in\n%s", text)
	}
	var diags diag.List
	q := kql.Parse(source.NewFile("q", []byte(text)), &diags)
	if q == nil || diags.Errors() > 0 {
		t.Fatalf("%v\n%s", diags.Sorted(), text)
	}
	var got []string
	for _, x := range q.Source.(*kql.Datatable).Rows {
		if s, ok := x.(*kql.String); ok && slices.Contains(titles, s.Value) {
			got = append(got, s.Value)
		}
	}
	if diff := cmp.Diff(titles, got); diff != "" {
		t.Errorf("%s\n%s", diff, text)
	}
}

// TestTemplate: the template holds the same workbook, ARM takes none of it for an expression, and the resource has a name
// of its own in every workspace.
func TestTemplate(t *testing.T) {
	for name, tt := range map[string]struct {
		book                       *workbook.Book
		parameters                 []string
		resource, source, category string
	}{
		"sentinel": {
			workbook.Sentinel("Pack", rules(t, sentinel.Target(), "One"), high), []string{"location", "name", "workspace"},
			"[guid(resourceGroup().id, parameters('workspace'), '", "[resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace'))]", "sentinel",
		},
		"azuremonitor": {
			workbook.Monitor("Pack", rules(t, azuremonitor.Target(), "One")), []string{"location", "name"},
			"[guid(resourceGroup().id, '", "Azure Monitor", "workbook",
		},
	} {
		text, err := tt.book.Template()
		if err != nil {
			t.Fatal(err)
		}
		var arm struct {
			Parameters map[string]struct{ Type, DefaultValue string }
			Resources  []struct {
				Type, APIVersion, Name, Location, Kind string
				Properties                             struct{ DisplayName, SerializedData, Version, SourceID, Category string }
			}
		}
		if err := json.Unmarshal(text, &arm); err != nil {
			t.Fatal(err)
		}
		r := arm.Resources[0]
		if diff := cmp.Diff(gallery(t, tt.book), read(t, []byte(r.Properties.SerializedData))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		var parameters []string
		for p := range arm.Parameters {
			parameters = append(parameters, p)
		}
		slices.Sort(parameters)
		got := []any{parameters, r.Type, r.Kind, r.Location, r.Properties.DisplayName, r.Properties.SourceID, r.Properties.Category, strings.HasPrefix(r.Name, tt.resource)}
		want := []any{tt.parameters, "Microsoft.Insights/workbooks", "shared", "[parameters('location')]", "[parameters('name')]", tt.source, tt.category, true}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestTables: a table counts once, with how many rules read it.
func TestTables(t *testing.T) {
	b := workbook.Sentinel("Pack", rules(t, sentinel.Target(), "One", "Two"), high)
	if diff := cmp.Diff([]string{"AuditLogs"}, b.Tables); diff != "" {
		t.Error(diff)
	}
	for _, i := range gallery(t, b).Items {
		if i.Name == "Tables that the rules read" && !strings.Contains(i.Content.Query, "[\n    \"AuditLogs\", 2\n]") {
			t.Errorf("not read by two rules in\n%s", i.Content.Query)
		}
	}
}

func TestName(t *testing.T) {
	for name, ok := range map[string]bool{
		"Sigma rules": true, "Contoso Entra ID": true, "Größe": true, "": false, " a": false, "a/b": false, "a'b": false, "[a]": false,
		strings.Repeat("a", 60): true, strings.Repeat("a", 61): false,
	} {
		if wrong := workbook.NameOption.Wrong(name); (wrong == "") != ok {
			t.Errorf("%q: %q", name, wrong)
		}
	}
}
