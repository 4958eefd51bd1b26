package sentinel_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/sentinel"
)

// pack is one part of a pack, as its reader finds it.
type pack struct {
	Parameters map[string]struct {
		Type         string
		DefaultValue any
	}
	Resources []struct {
		Type, Name string
		DependsOn  []string
		Properties struct {
			Enabled                             any
			DisplayName, RawContent             string
			ItemsSearchKey, ContentType, Source string
		}
	}
}

// build writes the pack in a format, by path.
func build(t *testing.T, format string, settings map[string]string, lists map[string]*list.List, rules ...string) (map[string][]byte, []diag.Diagnostic) {
	t.Helper()
	var inputs []compiler.Input
	for i, text := range rules {
		path := fmt.Sprintf("folder/rule_%03d.yml", i)
		inputs = append(inputs, compiler.Input{File: source.NewFile(path, []byte(text)), Path: path})
	}
	p := compiler.Load(inputs, compiler.Options{Lists: lists})
	outputs := p.Compile([]*target.Target{sentinel.Target().With(settings)}, compiler.CompileOptions{})
	if n := len(outputs[0].Compiled); n != len(rules) {
		t.Fatalf("%d of %d rules compiled: %v", n, len(rules), p.Diagnostics())
	}
	files, err := p.Files(outputs, []string{format}, "sigc")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		if path, ok := strings.CutPrefix(f.Path, "sentinel/"); ok {
			out[path] = f.Data
		}
	}
	return out, p.Diagnostics()
}

func readPack(t *testing.T, text []byte) pack {
	t.Helper()
	var p pack
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return p
}

func titled(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("title: Rule %d\n", i)+about)
	}
	return out
}

func listOf(name string, values ...string) *list.List {
	return &list.List{Name: name, Doc: "of the tests", Values: values, As: map[string]list.Delivery{"sentinel": list.Watchlist}}
}

func reading(title, lists string) string {
	text := "title: " + title + "\nlogsource: {product: azure, service: auditlogs}\ndetection:\n"
	var names []string
	for _, l := range strings.Fields(lists) {
		text += "  " + l + ": {OperationName|expand: '%" + l + "%'}\n"
		names = append(names, l)
	}
	return text + "  condition: " + strings.Join(names, " or ") + "\n"
}

// TestPack: the portal imports fifty rules from one file, and who builds is told where the next one begins.
func TestPack(t *testing.T) {
	for _, tt := range []struct {
		rules int
		want  map[string]int
		notes []string
	}{
		{1, map[string]int{"azuredeploy.json": 1}, nil},
		{50, map[string]int{"azuredeploy.json": 50}, nil},
		{101, map[string]int{"azuredeploy.json": 50, "azuredeploy-2.json": 50, "azuredeploy-3.json": 1}, []string{"folder/rule_050.yml", "folder/rule_100.yml"}},
	} {
		files, diags := build(t, "arm", nil, nil, titled(tt.rules)...)
		got, names := map[string]int{}, map[string]bool{}
		for path, data := range files {
			if !strings.HasPrefix(path, "azuredeploy") {
				continue
			}
			for _, r := range readPack(t, data).Resources {
				got[path]++
				names[r.Name] = true
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || len(names) != tt.rules {
			t.Errorf("%d rules, %d names: %s", tt.rules, len(names), diff)
		}
		var notes []string
		for _, d := range diags {
			if d.ID == "sentinel/split" {
				notes = append(notes, d.Span.File.Name)
			}
		}
		if diff := cmp.Diff(tt.notes, notes); diff != "" {
			t.Errorf("%d rules: %s", tt.rules, diff)
		}
	}
}

// TestWatchlistsFirst: watchlists stand before the rules, which wait for those that they read and for no other. The rows
// are a parameter, so that an environment may have its own.
func TestWatchlistsFirst(t *testing.T) {
	lists := map[string]*list.List{"zeta": listOf("zeta", "a", `b,"c"`), "alpha": listOf("alpha", "d")}
	files, _ := build(t, "arm", nil, lists, reading("Both", "zeta alpha"), "title: None\n"+about, reading("One", "zeta"))
	p := readPack(t, files["azuredeploy.json"])
	var got [][]string
	for _, r := range p.Resources {
		line := []string{r.Properties.DisplayName, r.Properties.RawContent}
		for _, d := range r.DependsOn {
			line = append(line, strings.TrimSuffix(d[strings.LastIndex(d, ", ")+2:], ")]"))
		}
		got = append(got, line)
	}
	want := [][]string{
		{"alpha", "[parameters('watchlist-alpha')]"}, {"zeta", "[parameters('watchlist-zeta')]"},
		{"Both", "", "'alpha'", "'zeta'"}, {"None", ""}, {"One", "", "'zeta'"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	rows := p.Parameters["watchlist-zeta"]
	if rows.Type != "string" || rows.DefaultValue != string(files["watchlists/zeta.csv"]) || rows.DefaultValue != "Value\na\n\"b,\"\"c\"\"\"\n" {
		t.Errorf("%q, in the file %q", rows, files["watchlists/zeta.csv"])
	}
	single := readPack(t, files["watchlists/zeta.json"]).Resources[0].Properties
	if single.RawContent != rows.DefaultValue || single.ItemsSearchKey != "Value" || single.ContentType != "text/csv" || single.Source != "zeta.csv" {
		t.Errorf("%+v", single)
	}
}

// TestSwitches: whoever deploys the pack may switch all rules off, or some; what a rule has switched off itself stays off.
func TestSwitches(t *testing.T) {
	files, _ := build(t, "arm", nil, nil, head+about, "title: Off\nsigc: {targets: {sentinel: {enabled: false}}}\n"+about)
	p := readPack(t, files["azuredeploy.json"])
	got := []any{
		p.Parameters["enabled"].DefaultValue, p.Parameters["disabledRules"].DefaultValue, p.Resources[0].Properties.Enabled, p.Resources[1].Properties.Enabled,
	}
	want := []any{
		true, []any{}, "[and(parameters('enabled'), not(contains(parameters('disabledRules'), '" + strings.ToLower(id) + "')))]", false,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestLargeLists: what no template can hold is a file to upload, and who builds is told; what one template cannot hold
// goes into several, the watchlists into the first.
func TestLargeLists(t *testing.T) {
	values := func(n int) []string {
		var out []string
		for i := range n {
			out = append(out, fmt.Sprintf("%0399d", i)) // 400 bytes with the line break
		}
		return out
	}
	lists := map[string]*list.List{
		"huge": listOf("huge", values(5_000)...), "one": listOf("one", values(2_250)...), "two": listOf("two", values(2_251)...), "three": listOf("three", values(2_252)...),
	}
	files, diags := build(t, "arm", nil, lists, reading("All", "huge one two three"))
	var paths []string
	for path, data := range files {
		paths = append(paths, path)
		if len(data) > 4<<20 {
			t.Errorf("%s has %d bytes", path, len(data))
		}
	}
	slices.Sort(paths)
	want := []string{
		"azuredeploy-2.json", "azuredeploy.json", "createUiDefinition.json", "folder/rule_000.json", "watchlists/huge.csv",
		"watchlists/one.csv", "watchlists/one.json", "watchlists/three.csv", "watchlists/three.json", "watchlists/two.csv", "watchlists/two.json",
	}
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Error(diff)
	}
	upload := find(diags, "sentinel/watchlist-upload")
	if upload == nil || upload.Severity != diag.Note || !strings.Contains(upload.Message, `"huge"`) {
		t.Errorf("%v", diags)
	}
	var got []string
	for _, path := range []string{"azuredeploy.json", "azuredeploy-2.json"} {
		for _, r := range readPack(t, files[path]).Resources {
			got = append(got, path+" "+r.Properties.DisplayName+" "+fmt.Sprint(len(r.DependsOn)))
		}
	}
	want = []string{"azuredeploy.json one 0", "azuredeploy.json three 0", "azuredeploy-2.json two 0", "azuredeploy-2.json All 1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestForm: the form of the portal hands over parameters that the templates have.
func TestForm(t *testing.T) {
	files, _ := build(t, "arm", nil, nil, titled(2)...)
	var form struct {
		Parameters struct {
			Basics  []struct{ Name, Type string }
			Outputs map[string]string
		}
	}
	if err := json.Unmarshal(files["createUiDefinition.json"], &form); err != nil {
		t.Fatal(err)
	}
	p := readPack(t, files["azuredeploy.json"])
	for name, value := range form.Parameters.Outputs {
		if _, ok := p.Parameters[name]; !ok {
			t.Errorf("the template has no parameter %q", name)
		}
		if !slices.ContainsFunc(form.Parameters.Basics, func(e struct{ Name, Type string }) bool { return value == "[basics('"+e.Name+"')]" }) {
			t.Errorf("no control for %s", value)
		}
	}
	if len(form.Parameters.Outputs) != 2 {
		t.Errorf("%v", form.Parameters.Outputs)
	}
}
