package splunk

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	spleval "github.com/sigc-rules/sigc/targets/splunk/eval"
	"github.com/sigc-rules/sigc/targets/splunk/judge"
)

// A correlation in these tests is what stands under "correlation:", over the rules that they give before it.

// signIns are rules about one log.
const signIns = `
title: Failed
name: failed
logsource: {product: azure, service: signinlogs}
detection: {s: {ResultType: '50126'}, condition: s}
---
title: Signed in
name: signed_in
logsource: {product: azure, service: signinlogs}
detection: {s: {ResultType: '0'}, condition: s}
---
`

// changes are rules with array blocks, some in one another.
const changes = `
title: Role to user
name: role
sigma-version: 3
logsource: {product: azure, service: auditlogs}
detection:
  s:
    TargetResources[any]:
      type: User
      modifiedProperties[any]:
        displayName: Role
        newValue: Admin
  condition: s
---
title: No group
name: no_group
sigma-version: 3
logsource: {product: azure, service: auditlogs}
detection:
  s:
    TargetResources[none]:
      type: Group
      modifiedProperties[all]: {displayName: Role}
  condition: s
---
`

// correlated compiles the last rule of a text.
func correlated(t *testing.T, rules, correlation string) (*compiler.Program, *target.Compiled, []diag.Diagnostic) {
	t.Helper()
	text := strings.TrimSpace(rules) + "\ntitle: Together\nlevel: high\ncorrelation:\n" + correlation
	p := compiler.Load([]compiler.Input{{File: source.NewFile("rule.yml", []byte(text)), Path: "rule.yml"}}, compiler.Options{})
	out := p.Compile([]*target.Target{Target()}, compiler.CompileOptions{})
	for _, c := range out[0].Compiled {
		if c.Correlation != nil {
			return p, c, p.Diagnostics()
		}
	}
	return p, nil, p.Diagnostics()
}

func spl(t *testing.T, rules, correlation string) string {
	t.Helper()
	_, c, diags := correlated(t, rules, correlation)
	if c == nil {
		t.Fatalf("%v", diags)
	}
	return c.Text
}

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// happened reads records, each a second after the one before.
func happened(t *testing.T, records ...string) []spleval.Event {
	t.Helper()
	var out []spleval.Event
	for i, text := range records {
		at := noon.Add(time.Duration(i) * time.Second)
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		var r map[string]any
		if err := d.Decode(&r); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		r["time"] = at.Format(time.RFC3339)
		out = append(out, spleval.Event{Record: r, Time: at, Indexed: at})
	}
	return out
}

// fires compares when the search fires with the meaning, and returns it.
func fires(t *testing.T, rules, correlation string, events []spleval.Event) []string {
	t.Helper()
	p, c, diags := correlated(t, rules, correlation)
	if c == nil {
		t.Fatalf("%v", diags)
	}
	var text []byte
	for _, e := range events {
		line, _ := json.Marshal(e.Record)
		text = append(append(text, line...), '\n')
	}
	read, err := compiler.ReadEvents(text, "eventhub")
	if err != nil {
		t.Fatal(err)
	}
	firings, err := p.Fire(p.Rules[len(p.Rules)-1], read)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, f := range firings {
		line := fmt.Sprint(f.Last.Sub(noon).Seconds())
		for _, g := range f.Group {
			line += " " + g.Value
		}
		want = append(want, line)
	}
	slices.Sort(want)
	for _, reading := range spleval.Readings() {
		rows, err := reading.Results(c.Text, spleval.Search{Events: events, App: spleval.App{Macros: judge.Scopes()}})
		if err != nil {
			t.Fatalf("%v\n%s", err, c.Text)
		}
		var got []string
		for _, row := range rows {
			var at float64
			if _, err := fmt.Sscan(row["_time"], &at); err != nil {
				t.Fatal(err)
			}
			line := fmt.Sprint(at - float64(noon.Unix()))
			for _, g := range c.Query.(*Query).About {
				line += " " + row[g]
			}
			got = append(got, line)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%+v: got %q, want %q\n%s", reading, got, want, c.Text)
		}
	}
	return want
}

func audit(user, targets string) string {
	return `{"category":"AuditLogs","properties":{"initiatedBy":{"user":{"userPrincipalName":"` + user + `"}},"targetResources":` + targets + `}}`
}

// TestBlocksOfSeveralRules: what one rule makes of the rows of an event must not cost another rule the event.
func TestBlocksOfSeveralRules(t *testing.T) {
	const (
		admin = `[{"type":"User","modifiedProperties":[{"displayName":"x"},{"displayName":"Role","newValue":"Admin"}]}]`
		split = `[{"type":"User","modifiedProperties":[{"displayName":"Role"},{"newValue":"Admin"}]},{"type":"Group","modifiedProperties":[]}]`
		group = `[{"type":"Group","modifiedProperties":[{"displayName":"Role","newValue":"Admin"}]}]`
	)
	events := happened(t, audit("anna", admin), audit("anna", `[]`), audit("anna", group), audit("anna", split), audit("bert", group), audit("bert", admin))
	got := fires(t, changes, "  type: event_count\n  rules: [role, no_group]\n  group-by: [InitiatedBy.user.userPrincipalName]\n  timespan: 1m\n  condition: {gte: 2}\n", events)
	if len(got) != 1 {
		t.Errorf("fires at %q", got)
	}
	got = fires(t, changes, "  type: temporal\n  rules: [role, no_group]\n  timespan: 2s\n", events)
	if len(got) != 2 { // an event can match both rules
		t.Errorf("fires at %q", got)
	}
}

const invited = `
title: Invited
name: invited
logsource: {product: azure, service: auditlogs}
detection: {s: {OperationName: Invite}, condition: s}
---
title: Acted
name: acted
logsource: {product: azure, service: auditlogs}
detection: {s: {OperationName|contains: i}, condition: s}
---
`

// TestOneLogTwoNames: rules about one log may find the group in different fields, and an event may be in two groups.
func TestOneLogTwoNames(t *testing.T) {
	record := func(operation, actor, target string) string {
		return fmt.Sprintf(`{"category":"AuditLogs","operationName":%q,"properties":{"initiatedBy":{"user":{"userPrincipalName":%q}}},"identity":%q}`,
			operation, actor, target)
	}
	correlation := func(kind, condition string) string {
		return "  type: " + kind + "\n  rules: [invited, acted]\n  group-by: [who]\n  timespan: 1m\n" + condition +
			"  aliases:\n    who: {invited: Identity, acted: InitiatedBy.user.userPrincipalName}\n"
	}
	events := happened(t, record("Invite", "anna", "bert"), record("Delete it", "bert", ""), record("Invite", "carl", "carl"))
	for _, test := range []struct{ correlation, want string }{
		{correlation("temporal_ordered", ""), "1 bert,2 carl"},
		{correlation("event_count", "  condition: {gte: 2}\n"), "1 bert"}, // carl's is one event, whatever rules it matches
	} {
		if got := strings.Join(fires(t, invited, test.correlation, events), ","); got != test.want {
			t.Errorf("fires at %q, want %q", got, test.want)
		}
	}
}

// TestInnerOfOneRule: an inner correlation and its own rule, side by side.
func TestInnerOfOneRule(t *testing.T) {
	inner := signIns + "title: Twice\nname: twice\ncorrelation:\n  type: event_count\n  rules: [failed]\n  group-by: [UserPrincipalName]\n  timespan: 1m\n  condition: {gte: 2}\n---\n"
	record := `{"category":"SignInLogs","resultType":"50126","properties":{"userPrincipalName":"anna"}}`
	for _, test := range []struct{ condition, want string }{
		{"type: event_count\n  condition: {gte: 3}", "1 anna"}, // two events, and that the inner one fires
		{"type: event_count\n  condition: {gte: 4}", "2 anna"},
		{"type: temporal", "1 anna"},
		{"type: event_count\n  condition: {eq: 4}", "2 anna"},
	} {
		got := fires(t, inner, "  rules: [failed, twice]\n  group-by: [UserPrincipalName]\n  timespan: 1h\n  "+test.condition+"\n", happened(t, record, record, record))
		if strings.Join(got, ",") != test.want {
			t.Errorf("%s: fires at %q, want %q", test.condition, got, test.want)
		}
	}
}

// TestForms: which of the forms a correlation takes.
func TestForms(t *testing.T) {
	count := func(condition string) string {
		return "  type: event_count\n  rules: [failed]\n  timespan: 5m\n  condition: {" + condition + "}\n"
	}
	for _, test := range []struct{ correlation, has, hasNot string }{
		{count("gte: 10"), "window=11 global=f", "mvexpand"},
		{count("gt: 9, gte: 3"), "event_count=10 AND", "mvexpand"},
		{count("gte: 1"), "window=2 global=f", "window=1 "},
		{count("gte: 9999"), "window=10000", "mvexpand"},
		{count("gte: 10000"), "mvexpand", "window=1000"}, // the window with one more would be too large
		{count("lt: 10"), "mvexpand", "window=10"},
		{"  type: temporal\n  rules: [failed, signed_in]\n  timespan: 5m\n", "stats max(time_failed)", "mvexpand"},
		{"  type: event_count\n  rules: [failed, signed_in]\n  timespan: 5m\n  condition: {gte: 5}\n", `(resultType="50126" OR resultType="0")`, "is_failed"},
		{"  type: value_count\n  rules: [failed]\n  group-by: [Location, IPAddress, AppId, UserId]\n  timespan: 5m\n  condition: {gte: 5, field: UserPrincipalName}\n",
			"BY _time, location, src_ip, app, user, user_principal_name", "location_2"},
		{"  type: event_count\n  rules: [failed]\n  group-by: [by]\n  aliases: {by: {failed: Location}}\n  timespan: 5m\n  condition: {gte: 5}\n", "BY location", "by_field"},
		{"  type: event_count\n  rules: [failed, signed_in]\n  group-by: [by]\n  aliases: {by: {failed: Location, signed_in: IPAddress}}\n  timespan: 5m\n  condition: {gte: 5}\n", "BY by_field", "location_2"},
	} {
		text := spl(t, signIns, test.correlation)
		if !strings.Contains(text, test.has) || strings.Contains(text, test.hasNot) {
			t.Errorf("want %q and not %q in\n%s", test.has, test.hasNot, text)
		}
		for _, word := range []string{" BY by\n", "time_window", "multisearch", "append ", "join ", "transaction"} {
			if strings.Contains(text, word) {
				t.Errorf("%q in\n%s", word, text)
			}
		}
	}
}

func TestCorrelationRefused(t *testing.T) {
	for _, test := range []struct{ correlation, want string }{
		{"  type: event_count\n  rules: [failed]\n  group-by: [IPAddress]\n  timespan: 5m\n  condition: {gte: 2}\n", ""},
		{"  type: event_count\n  rules: [failed]\n  group-by: [Type]\n  timespan: 5m\n  condition: {gte: 2}\n", "target/no-field"},
		{"  type: value_count\n  rules: [failed]\n  timespan: 5m\n  condition: {gte: 2, field: Type}\n", "target/no-field"},
		{"  type: value_sum\n  rules: [failed]\n  timespan: 5m\n  condition: {gte: 2, field: DurationMs}\n", "splunk/expand-memory splunk/stream-window"},
		{"  type: value_sum\n  rules: [failed]\n  timespan: 5m\n  condition: {gte: 2, field: IPAddress}\n", "splunk/expand-memory splunk/stream-window splunk/rounded-sum"},
		{"  type: event_count\n  rules: [failed]\n  group-by: [RiskDetail]\n  timespan: 5m\n  condition: {gte: 2}\n", "splunk/late-field"},
	} {
		_, c, diags := correlated(t, signIns, test.correlation)
		var ids []string
		for _, d := range diags {
			if d.Target == "splunk" {
				ids = append(ids, d.ID)
			}
		}
		if strings.Join(ids, " ") != test.want || (c == nil) != strings.HasPrefix(test.want, "target/") {
			t.Errorf("%q, want %q:\n%s", ids, test.want, test.correlation)
		}
	}
}

func TestCorrelationStanza(t *testing.T) {
	_, c, _ := correlated(t, signIns, "  type: event_count\n  rules: [failed]\n  group-by: [IPAddress, AppDisplayName]\n  timespan: 90m\n  condition: {gte: 3}\n")
	data, err := oneStanza(c)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, want := range []string{
		"dispatch.earliest_time = -27h@h\n", "dispatch.latest_time = +5m\n", "dispatch.index_latest = -1m@m\n", "alert.severity = 4\n",
		"alert.suppress = 0\n", "| addinfo | eval new_time=if(_indextime>=info_max_time-1260, _time, 0) |", "AND newest>=_time-5400 |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.Contains(text, "index_earliest") || strings.Contains(c.Text, "_indextime") {
		t.Errorf("the first time of indexing would cut windows off:\n%s\n%s", text, c.Text)
	}
	files := packFiles(t, c)
	if !slices.ContainsFunc(files, func(f target.File) bool { return strings.Contains(string(f.Data), "[azure_monitor_aad]") }) {
		t.Error("the app has no macro for the scope")
	}
}
