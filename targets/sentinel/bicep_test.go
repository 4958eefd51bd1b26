package sentinel_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/compiler/target/targettest"
	"github.com/sigc-rules/sigc/targets/bicep"
	"github.com/sigc-rules/sigc/targets/bicep/biceptest"
	"github.com/sigc-rules/sigc/targets/sentinel"
)

// TestBicep: what Bicep says is what the template says.
func TestBicep(t *testing.T) {
	for name, c := range samples(t) {
		t.Run(name, func(t *testing.T) {
			f := readBicep(t, write(t, "bicep", c))
			if len(f.Resources) != 2 || !f.Resources[0].Existing || f.Params[0].Name != "workspace" {
				t.Fatalf("%v", f)
			}
			r := f.Resources[1]
			kind, id, properties := armProperties(t, c)
			want := map[string]any{"scope": "<sentinel>", "name": id, "kind": kind, "properties": properties}
			if diff := cmp.Diff(want, plainValue(r.Body).(object)); diff != "" {
				t.Error(diff)
			}
			if r.Doc != c.Title.Value || r.Symbol != "rule_"+strings.ReplaceAll(id, "-", "_") {
				t.Errorf("%q is %q", r.Symbol, r.Doc)
			}
			if version := map[string]string{"Scheduled": "2025-09-01", "NRT": "2025-07-01-preview"}[kind]; r.Type != "Microsoft.SecurityInsights/alertRules@"+version {
				t.Errorf("%s has the type %s", kind, r.Type)
			}
		})
	}
}

func readBicep(t *testing.T, text []byte) *bicep.File {
	t.Helper()
	f, err := biceptest.Read(string(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return f
}

// plainValue is a value as JSON has it; a symbol stands in angles.
func plainValue(v bicep.Value) any {
	return biceptest.Plain(v, func(s string) string { return s }, func(s string) string { return "<" + s + ">" })
}

// TestBicepPack: all rules in one file, after the watchlists that they read.
func TestBicepPack(t *testing.T) {
	rules := append(compileAll(t, head+listed, map[string]*list.List{"approved": approved(3)}), mustCompile(t, "title: Other\n"+about))
	files := packFiles(t, "bicep", rules)
	f := readBicep(t, files["main.bicep"])
	if len(f.Resources) != 3 || len(f.Modules) != 1 || f.Resources[1].Symbol == f.Resources[2].Symbol {
		t.Fatalf("%s", files["main.bicep"])
	}
	if _, ok := files[f.Modules[0].Path]; !ok {
		t.Errorf("no file %s beside it", f.Modules[0].Path)
	}
	first, second := plainValue(f.Resources[1].Body).(object), plainValue(f.Resources[2].Body).(object)
	if diff := cmp.Diff([]any{"<" + f.Modules[0].Symbol + ">"}, first["dependsOn"]); diff != "" || second["dependsOn"] != nil {
		t.Errorf("%s%v", diff, second["dependsOn"])
	}
}

func packFiles(t *testing.T, format string, rules []*target.Compiled) map[string][]byte {
	t.Helper()
	f, _ := sentinel.Target().Format(format)
	out := map[string][]byte{}
	for _, file := range targettest.Pack(t, f, rules...) {
		out[file.Path] = file.Data
	}
	return out
}

// TestWorkspaceOption: a workspace that the options name is the default of what is asked for.
func TestWorkspaceOption(t *testing.T) {
	c := *mustCompile(t, head+about)
	c.Target = c.Target.With(map[string]string{"workspace": "soc", "resourceGroup": "soc-rg"})
	if f := readBicep(t, write(t, "bicep", &c)); f.Params[0].Default != bicep.String("soc") {
		t.Errorf("%v", f.Params)
	}
	for format, want := range map[string][]string{
		"arm": {`"defaultValue": "soc"`}, "terraform": {`default     = "soc"`, `default     = "soc-rg"`},
	} {
		for _, w := range want {
			if text := string(write(t, format, &c)); !strings.Contains(text, w) {
				t.Errorf("%s has no %s:\n%s", format, w, text)
			}
		}
	}
}
