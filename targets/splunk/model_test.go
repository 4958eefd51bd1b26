package splunk

import (
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
)

// TestModel: a search of a data model looks at times of events, in windows that touch, and reads with tstats only what
// its documentation is clear about.
func TestModel(t *testing.T) {
	r := parse(t, "r.yml", "title: T\nlogsource: {product: windows, category: process_creation}\n"+
		"detection: {s: {Image|endswith: '\\x.exe'}, f: {CommandLine|contains: [a, b]}, condition: s and not f}\n", nil)
	var diags diag.List
	tgt := Target().With(map[string]string{"windows": "cim"})
	bound := target.Bind(tgt, target.Locate(r, nil, &diags), &diags)
	if bound == nil {
		t.Fatal(messages(&diags))
	}
	c := &target.Compiled{Meta: r.Meta, Bound: bound, Target: tgt, Query: tgt.Query(bound)}
	search := c.Query.String()
	if first, _, _ := strings.Cut(search, "\n"); strings.Contains(first, "NOT") || !strings.Contains(search, "\n| where NOT ") {
		t.Error(search)
	}
	stanza, err := oneStanza(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"dispatch.earliest_time = -75m@m\n", "dispatch.latest_time = -60m@m\n", "search = | tstats `endpoint_processes` "} {
		if !strings.Contains(string(stanza), want) {
			t.Errorf("no %q in\n%s", want, stanza)
		}
	}
	if strings.Contains(string(stanza), "index_earliest") {
		t.Error("a data model has no times of indexing")
	}
	for _, f := range packFiles(t, c) {
		if strings.HasSuffix(f.Path, "README.txt") && !strings.Contains(string(f.Data), "begin with tstats") {
			t.Error("the README does not tell of data models")
		}
	}
}
