package sentinel_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
	"github.com/sigc-rules/sigc/targets/sentinel"
)

const (
	id    = "5B7C1F9E-2F43-4A0D-9C55-3D0C8B1A7E21"
	head  = "title: Consent granted\nid: " + id + "\nlevel: high\n"
	about = "logsource: {product: azure, service: auditlogs}\ndetection:\n  selection:\n    OperationName: Consent to application\n  condition: selection\n"
)

// compile compiles one rule for Sentinel; nil when it is refused.
func compile(t *testing.T, path, text string) (*target.Compiled, []diag.Diagnostic) {
	t.Helper()
	in := compiler.Input{File: source.NewFile(path, []byte(text)), Path: path}
	p := compiler.Load([]compiler.Input{in}, compiler.Options{})
	out := p.Compile([]*target.Target{sentinel.Target()}, compiler.CompileOptions{})
	if len(out[0].Compiled) == 0 {
		return nil, p.Diagnostics()
	}
	return out[0].Compiled[0], p.Diagnostics()
}

func mustCompile(t *testing.T, text string) *target.Compiled {
	t.Helper()
	c, diags := compile(t, "folder/rule.yml", text)
	if c == nil {
		t.Fatalf("refused: %v", diags)
	}
	return c
}

func write(t *testing.T, format string, c *target.Compiled) []byte {
	t.Helper()
	f, ok := sentinel.Target().Format(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	data, err := f.Rule(c)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func find(diags []diag.Diagnostic, id string) *diag.Diagnostic {
	if i := slices.IndexFunc(diags, func(d diag.Diagnostic) bool { return d.ID == id }); i >= 0 {
		return &diags[i]
	}
	return nil
}

// TestID: the id of the rule, in lower case, is that of the analytics rule, so that a redeployment replaces it. A rule
// without one gets an id that follows from its title, wherever the rule stands.
func TestID(t *testing.T) {
	if got := kusto.ID(mustCompile(t, head+about)); got != strings.ToLower(id) {
		t.Errorf("got %s", got)
	}
	idOf := func(path, rule string) string {
		c, _ := compile(t, path, rule)
		return kusto.ID(c)
	}
	one := idOf("a.yml", "title: One\n"+about)
	if got := idOf("folder/b.yml", "title: One\nlevel: low\n"+about); got != one {
		t.Error("the id changes with the place or the level")
	}
	if got := idOf("a.yml", "title: Two\n"+about); got == one {
		t.Error("two titles have one id")
	}
}

// TestNamesakes: rules of one title without ids are told apart by their number.
func TestNamesakes(t *testing.T) {
	text := []byte("title: One\n" + about)
	p := compiler.Load([]compiler.Input{
		{File: source.NewFile("a.yml", text), Path: "a.yml"}, {File: source.NewFile("b.yml", text), Path: "b.yml"},
	}, compiler.Options{})
	rules := p.Compile([]*target.Target{sentinel.Target()}, compiler.CompileOptions{})[0].Compiled
	if len(rules) != 2 || kusto.ID(rules[0]) == kusto.ID(rules[1]) {
		t.Errorf("%d rules, or one id for both", len(rules))
	}
	if find(p.Diagnostics(), "rule/same-title") == nil {
		t.Error("nobody is warned")
	}
}

func TestSeverity(t *testing.T) {
	for level, want := range map[string]string{
		"level: critical": "High", "level: high": "High", "level: medium": "Medium", "level: low": "Low",
		"level: informational": "Informational", "status: test": "Medium",
	} {
		c := mustCompile(t, "title: x\n"+level+"\n"+about)
		if text := write(t, "yaml", c); !bytes.Contains(text, []byte("\nseverity: "+want+"\n")) {
			t.Errorf("%s: no severity %s in\n%s", level, want, text)
		}
		if text := write(t, "arm", c); !bytes.Contains(text, []byte(`"severity": "`+want+`"`)) {
			t.Errorf("%s: no severity %s in\n%s", level, want, text)
		}
	}
}

func TestDescriptionLimit(t *testing.T) {
	for _, tt := range []struct {
		length, want int
		cut          bool
	}{{4999, 4999, false}, {5000, 5000, false}, {5001, 5000, true}} {
		c, diags := compile(t, "r.yml", head+"description: "+strings.Repeat("ü", tt.length)+"\n"+about)
		if c == nil {
			t.Fatalf("refused: %v", diags)
		}
		note := find(diags, "sentinel/description-cut")
		if (note != nil) != tt.cut {
			t.Errorf("%d: %v", tt.length, diags)
		}
		if note != nil && (note.Severity != diag.Note || note.Span.Start() == 0) {
			t.Errorf("%d: %v", tt.length, *note)
		}
		if got := utf8.RuneCountInString(kusto.Description(c, 5000)); got != tt.want {
			t.Errorf("%d: %d characters", tt.length, got)
		}
	}
}

// TestQueryLimit: the query with its schedule may have 10,000 characters, and what is said points at the longest list.
func TestQueryLimit(t *testing.T) {
	listed := func(n, length int) string {
		var list strings.Builder
		for i := range n {
			fmt.Fprintf(&list, "      - %s%04d\n", strings.Repeat("é", length), i)
		}
		return head + "logsource: {product: azure, service: auditlogs}\ndetection:\n  short:\n    Category: [a, b, c]\n" +
			"  long:\n    OperationName:\n" + list.String() + "  condition: short and long\n"
	}
	size := func(c *target.Compiled) int {
		return utf8.RuneCountInString(kusto.ScheduleOf(c).Guard(c.Query.(*kusto.Query)))
	}
	const some = 60
	c, diags := compile(t, "r.yml", listed(100, some))
	length, room := some, 10_000-size(c)
	for ; c != nil; c, diags = compile(t, "r.yml", listed(100, length)) { // a hundred values, each time one character longer
		if room = 10_000 - size(c); room < 0 {
			t.Fatalf("%d characters too many are accepted", -room)
		}
		length += max(1, room/100-1)
	}
	if room >= 200 {
		t.Errorf("refused with room for %d characters more: %v", room, diags)
	}
	text := listed(100, length)
	d := find(diags, "sentinel/query-too-long")
	if c != nil || d == nil {
		t.Fatalf("accepted: %v", diags)
	}
	if at := strings.Index(text, "OperationName"); d.Span.Start() != at || !strings.HasPrefix(d.Label, "100 alternatives, ") {
		t.Errorf("points at %d, not at the list at %d: %v", d.Span.Start(), at, *d)
	}
}

// TestShortQuery has more patterns than a query has room for, unless one regular expression stands for them.
func TestShortQuery(t *testing.T) {
	var list strings.Builder
	for i := range 400 {
		fmt.Fprintf(&list, "      - 'verb %03d'\n", i)
	}
	rule := func(match string) string {
		return head + "logsource: {product: azure, service: auditlogs}\ndetection:\n  long:\n    OperationName|" + match + ":\n" + list.String() + "  condition: long\n"
	}
	for match, want := range map[string][]bool{
		"contains": {true, true, true, false, false}, "startswith": {true, true, false, false, false}, "cased|endswith": {true, false, false, false, false},
	} {
		c := mustCompile(t, rule(match))
		if n := strings.Count(c.Text, "matches regex"); n != 1 {
			t.Errorf("%s: %d regular expressions:\n%s", match, n, c.Text)
		}
		for i, name := range []any{"verb 399", "VERB 000 b", "a verb 123 b", "verb", nil} {
			event := map[string]any{
				"time": "2026-01-01T00:00:00Z", "category": "AuditLogs", "operationName": name,
				"resourceId": "/tenants/0/providers/Microsoft.aadiam", "properties": map[string]any{"id": "Directory_1", "activityDisplayName": name},
			}
			found, ok, err := c.Target.Judge(c, []map[string]any{event})
			if err != nil || !ok || (found == 1) != want[i] {
				t.Errorf("%s on %v: %d found, %v %v", match, name, found, ok, err)
			}
		}
	}
}

// TestShortInTime: a query over several tables is short as soon as the guards of all of them would not fit.
func TestShortInTime(t *testing.T) {
	var list strings.Builder
	for i := range 150 {
		fmt.Fprintf(&list, "      - 'agent %03d'\n", i)
	}
	isShort := func(length int) bool {
		c := mustCompile(t, head+"logsource: {product: azure, service: signinlogs}\ndetection:\n  long:\n    UserAgent|contains: a\n    LocationDetails.city|contains:\n"+list.String()+
			"      - '"+strings.Repeat("x", length)+"'\n  condition: long\n")
		return strings.Contains(c.Text, "matches regex")
	}
	first := sort.Search(5000, isShort)
	if first == 0 || first == 5000 {
		t.Fatalf("short from %d on", first)
	}
	for length := first - 300; length < first; length++ {
		if isShort(length) {
			t.Errorf("short at %d, though not at %d", length, first-1)
		}
	}
}

// TestEntities holds the entities of every table against the rules for entity mappings.
func TestEntities(t *testing.T) {
	required := map[string][]string{
		"Account": {"FullName", "Sid", "Name", "AadUserId", "PUID", "ObjectGuid"}, "IP": {"Address"},
		"CloudApplication": {"AppId", "Name"}, "AzureResource": {"ResourceId"},
		"Host": {"HostName"}, "Process": {"ProcessId"}, "FileHash": {"Value"},
		"URL": {"Url"}, "DNS": {"DomainName"},
	}
	column := regexp.MustCompile(`^[a-zA-Z_]+\w*$`)
	for _, log := range schema.Logs() {
		if !kusto.Keeps(log) {
			continue
		}
		t.Run(log.Name, func(t *testing.T) {
			s := log.Logsources[len(log.Logsources)-1] // the first may mean a better table as well
			c := mustCompile(t, fmt.Sprintf("title: x\nlogsource: {product: %s, service: %q, category: %q}\ndetection:\n  s:\n    %q: '*'\n  condition: s\n", s.Product, s.Service, s.Category, log.Time))
			if c.Log != log && log.Tabled() {
				t.Fatalf("the rule reads %s", c.Log.Name)
			}
			q := c.Query.(*kusto.Query)
			if n := len(q.Entities); n == 0 || n > 10 {
				t.Errorf("%d entity mappings", n)
			}
			for _, e := range q.Entities {
				if n := len(e.Identifiers); n == 0 || n > 3 {
					t.Errorf("%s has %d identifiers", e.Type, n)
				}
				var names []string
				for _, i := range e.Identifiers {
					if !column.MatchString(i.Column) || !slices.Contains(q.Columns, i.Column) {
						t.Errorf("%s: %q is no column of the result", e.Type, i.Column)
					}
					if slices.Contains(names, i.Name) {
						t.Errorf("%s: identifier %s twice", e.Type, i.Name)
					}
					names = append(names, i.Name)
				}
				if !slices.ContainsFunc(required[e.Type], func(n string) bool { return slices.Contains(names, n) }) {
					t.Errorf("%s needs one of %v", e.Type, required[e.Type])
				}
			}
		})
	}
}

// option is the part of a rule in which it sets options of Sentinel.
func option(settings string) string { return "sigc: {targets: {sentinel: {" + settings + "}}}\n" }
