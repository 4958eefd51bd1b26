package targets_test

import (
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/targets"
)

// Whatever a user declares, it is refused or rules compile; nothing panics.
func FuzzDeclare(f *testing.F) {
	for _, text := range []string{
		"A: {logsources: [{category: proxy}], columns: {a: string, b: long}, loganalytics: {table: A_CL, fields: {a: x, b: 'tostring(y)'}}, splunk: {index: i, fields: {a: b}}}",
		"A: {logsources: [{category: proxy}], others: {string: a b}, loganalytics: {table: SecurityEvent, columns: {dynamic: D}, rest: true, body: {column: D, form: bag}}}",
		"A: {logsources: [{category: proxy}], windows: {channel: C, events: [1]}, others: {string: a}, loganalytics: {table: T, same: true, channel: c, event: e, columns: {string: c e a}}, splunk: {source: s, xml: true}}",
		"AuditLogs: {columns: {a: 'string[]', b: dynamic...}, aliases: {c: a}, logsources: [{category: proxy}]}",
		"SysmonProcessCreation: {logsources: [{category: proxy}], columns: {a: string, b: string}}",
	} {
		f.Add(text)
	}
	in := compiler.Input{File: source.NewFile("r.yml", []byte("title: T\nlogsource: {category: proxy}\ndetection: {s: {a: x, b: 5}, condition: s}\n")), Path: "r.yml"}
	f.Fuzz(func(t *testing.T, text string) {
		var doc yaml.Node
		if yaml.Unmarshal([]byte(text), &doc) != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
			return
		}
		var all []schema.Declaration
		for i := 0; i+1 < len(doc.Content[0].Content); i += 2 {
			all = append(all, schema.Declaration{File: "own.yml", Name: doc.Content[0].Content[i].Value, Node: doc.Content[0].Content[i+1]})
		}
		logs, errs := schema.Declare(all)
		if len(errs) > 0 || len(targets.Declare(logs, nil)) > 0 {
			return
		}
		compiler.Load([]compiler.Input{in}, compiler.Options{Logs: logs}).Compile(targets.All(), compiler.CompileOptions{})
	})
}
