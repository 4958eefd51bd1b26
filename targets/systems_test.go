package targets_test

import (
	"maps"
	"testing"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/kql/eval"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	kqljudge "github.com/sigc-rules/sigc/targets/kusto/judge"
	"github.com/sigc-rules/sigc/targets/sentinel"
)

// TestSystems: a table that keeps the events of machines with Windows and of others answers a rule with those of its own
// system, though both have run the same command.
func TestSystems(t *testing.T) {
	for _, tt := range []struct {
		tables, category, field string
		row                     map[string]any
		path                    string // the column that tells
	}{
		{"defender", "process_creation", "CommandLine", map[string]any{"ActionType": "ProcessCreated", "ProcessCommandLine": "a x b"}, "FolderPath"},
		{"defender", "file_event", "TargetFilename", map[string]any{"ActionType": "FileCreated"}, "FolderPath"},
		{"defender", "network_connection", "DestinationIp", map[string]any{"ActionType": "ConnectionSuccess", "RemoteIP": "10.0.0.1"}, "InitiatingProcessFolderPath"},
		{"asim", "process_creation", "CommandLine", map[string]any{"TargetProcessCommandLine": "a x b"}, "TargetProcessName"},
	} {
		for system, product := range map[string]string{`C:\a\x\10.0.0.1\b`: "windows", "/a/x/10.0.0.1/b": "linux"} {
			t.Run(tt.tables+" "+tt.category+" "+product, func(t *testing.T) {
				text := "title: T\nlogsource: {product: " + product + ", category: " + tt.category + "}\ndetection:\n  s: {'" + tt.field + "|contains': [x, 10.0.0.1]}\n  condition: s\n"
				p := compiler.Load([]compiler.Input{{File: source.NewFile("r.yml", []byte(text)), Path: "r.yml"}}, compiler.Options{})
				out := p.Compile([]*target.Target{sentinel.Target().With(map[string]string{"tables": tt.tables})}, compiler.CompileOptions{})[0]
				if len(out.Compiled) != 1 {
					t.Fatal(p.Diagnostics())
				}
				c := out.Compiled[0]
				q, err := kqljudge.Parse(c.Text)
				if err != nil {
					t.Fatal(err)
				}
				for _, path := range []string{`C:\a\x\10.0.0.1\b`, "/a/x/10.0.0.1/b"} {
					row := maps.Clone(tt.row)
					row[tt.path] = path
					table, err := kqljudge.Table(c.Log, row)
					if err != nil {
						t.Fatal(err)
					}
					found, err := eval.Run(q, map[string]eval.Table{c.Log.Name: table})
					if err != nil {
						t.Fatal(err)
					}
					if got := len(found.Rows) == 1; got != (path == system) {
						t.Errorf("%s: found %v in\n%s", path, got, c.Text)
					}
				}
			})
		}
	}
}
