package schema_test

import (
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// declared reads declarations of logs as a user writes them.
func declared(t *testing.T, text string) (*schema.Catalogue, []error) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	var all []schema.Declaration
	for i := 0; i+1 < len(doc.Content[0].Content); i += 2 {
		all = append(all, schema.Declaration{File: "own.yml", Name: doc.Content[0].Content[i].Value, Node: doc.Content[0].Content[i+1]})
	}
	return schema.Declare(all)
}

func found(c *schema.Catalogue, category, product, service string) string {
	logs, _ := c.Find(category, product, service)
	var names []string
	for _, l := range logs {
		name := l.Name
		if l.IsOwn() {
			name += " of the user"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// What a user says of a log source goes before what is known of it; the rest stays.
func TestFindOwn(t *testing.T) {
	c, errs := declared(t, `
Proxy: {logsources: [{category: proxy}], others: {string: A}}
Ours: {logsources: [{category: process_creation, product: windows}], like: SysmonProcessCreation, same: Image CommandLine}
SigninLogs: {columns: {Building: string}}
AuditLogs: {logsources: [{product: acme, service: audit}]}
Channel: {logsources: [{product: windows, service: acme}], windows: {channel: Acme/Operational, events: [1]}, others: {string: B}}
`)
	if errs != nil {
		t.Fatal(errs)
	}
	for _, tt := range []struct{ category, product, service, want string }{
		{"proxy", "", "", "Proxy of the user"},
		{"process_creation", "windows", "", "Ours of the user"},
		{"process_creation", "linux", "", "LinuxProcessCreation"},
		{"", "azure", "auditlogs", "AuditLogs of the user"},
		{"", "acme", "audit", "AuditLogs of the user"},
		{"", "windows", "acme", "Channel of the user"},
		{"", "acme", "other", ""},
	} {
		if got := found(c, tt.category, tt.product, tt.service); got != tt.want {
			t.Errorf("%s/%s/%s is %s, want %s", tt.category, tt.product, tt.service, got, tt.want)
		}
	}
	both, _ := c.Find("", "azure", "signinlogs")
	if both[0].Parts == nil || !both[0].Parts[0].IsOwn() || both[0].Column("Building") != nil || both[1].Column("Building") == nil {
		t.Error("a column of one log alone is in that log and not in what it has in common with another")
	}
	if l := schema.ByName("SigninLogs"); l.Column("Building") != nil || found(nil, "", "azure", "auditlogs") != "AuditLogs" {
		t.Error("the embedded logs have changed")
	}
	channel, _ := c.Find("", "windows", "acme")
	if channel[0].Column("EventID") == nil || channel[0].Time != "TimeCreated" {
		t.Error("an event of Windows has no head")
	}
}

// A later declaration adds to an earlier one, of whatever file.
func TestDeclareTwice(t *testing.T) {
	one := yamlNode(t, "logsources: [{category: proxy}]\nothers: {string: A}")
	two := yamlNode(t, "columns: {B: long}\naliases: {a: A}")
	c, errs := schema.Declare([]schema.Declaration{{File: "1.yml", Name: "Proxy", Node: one}, {File: "2.yml", Name: "Proxy", Node: two}})
	if errs != nil {
		t.Fatal(errs)
	}
	logs, _ := c.Find("proxy", "", "")
	if len(logs) != 1 || logs[0].Column("B") == nil {
		t.Fatalf("logs are %v", logs)
	}
	if r, ok := logs[0].Resolve(nil, "a"); !ok || r.Canonical != "A" {
		t.Errorf("a is %v", r)
	}
}

func TestDeclareErrors(t *testing.T) {
	for text, want := range map[string]string{
		"A: {others: {string: a}}":                                                `own.yml:1:4: the log "A" needs "logsources", by which rules mean it`,
		"A: {logsources: [{category: a}], windows: {channel: []}}":                "own.yml:1:53: the name of a channel belongs here, or several",
		"A: {logsources: [{}]}":                                                   "own.yml:1:18: a logsource needs a category, a product or a service",
		"A: {logsources: a}":                                                      "own.yml:1:17: a mapping belongs here",
		"A: {logsources: [{category: a}], like: AuditLog}":                        `own.yml:1:40: no log "AuditLog"; did you mean "AuditLogs"?`,
		"A: {logsources: [{category: a}], columns: {a: text}}":                    `own.yml:1:47: no type "text"`,
		"AuditLogs: {columns: {Identity: string}}":                                `own.yml:1:23: the log "AuditLogs" has a field "Identity" already`,
		"UserSignInLogs: {columns: {a: string}}":                                  `own.yml:1:17: "UserSignInLogs" is several logs together; add to each of them`,
		"A: {logsources: [{category: a}], others: {string: a}, aliases: {b: aa}}": `own.yml:1:68: the log "A" has no field "aa"`,
	} {
		if _, errs := declared(t, text); len(errs) == 0 || !strings.HasPrefix(errs[0].Error(), want) {
			t.Errorf("%s: errors %v, want %s", text, errs, want)
		}
	}
}

func yamlNode(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Content[0]
}

func TestReadTable(t *testing.T) {
	for name, text := range map[string]string{
		"getschema":     `[{"ColumnName": "A", "ColumnOrdinal": 0, "DataType": "System.String", "ColumnType": "string"}, {"ColumnName": "B", "ColumnType": "real"}]`,
		"custom tables": `{"Name": "T_CL", "Properties": [{"Name": "A", "Type": "String"}, {"Name": "B", "Type": "Double"}]}`,
		"reference":     `{"table": "T_CL", "columns": [{"name": "A", "type": "string"}, {"name": "B", "type": "real"}]}`,
		"workspace":     `{"name": "T_CL", "properties": {"schema": {"name": "T_CL", "columns": [{"name": "A", "type": "string"}], "standardColumns": [{"name": "B", "type": "real"}]}}}`,
	} {
		table, columns, err := schema.ReadTable("T_CL", []byte(text))
		if err != nil || table != "T_CL" || len(columns) != 2 || columns[0].Name != "A" || columns[1].Type != schema.Real {
			t.Errorf("%s: table %s, columns %v, error %v", name, table, columns, err)
		}
	}
	for text, want := range map[string]string{
		`{}`: "no columns", `[`: "unexpected end", `"a"`: "cannot unmarshal", `[{"Name": "A", "Type": "text"}]`: "does not have",
		`[{"Name": "A", "Type": "int"}, {"Name": "A", "Type": "int"}]`: "twice", `[1]`: "cannot unmarshal", `{"columns": 5}`: "cannot unmarshal",
	} {
		if _, _, err := schema.ReadTable("T", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}
