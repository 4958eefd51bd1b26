package splunk

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/apptest"
)

func compiled(t *testing.T, title, id, level, description string) *target.Compiled {
	t.Helper()
	r := rule("interactiveusersigninlogs", &ir.Like{Field: fieldOf("UserPrincipalName"), Pattern: ir.Text("a\nb | delete")})
	r.Title, r.ID, r.Level, r.Description = written(title), written(id), written(level), written(description)
	var diags diag.List
	c := compile(r, &diags)
	if c == nil {
		t.Fatal(messages(&diags))
	}
	c.Path = "rules/" + title
	return c
}

func written(s string) source.Text { return source.Text{Value: s} }

const guid = "1628cadc-d7b4-4952-ac2c-734e12edbed3"

func TestStanza(t *testing.T) {
	c := compiled(t, "Sign-in of a user", guid, "high", "First line.\n\n    Second [line] ends in \\")
	got, err := oneStanza(c)
	if err != nil {
		t.Fatal(err)
	}
	want := `[Sign-in of a user]
description = First line. Second [line] ends in \.
search = ` + "`azure_monitor_aad`" + ` category="SignInLogs" properties.userPrincipalName="a*b | delete" | where match(coalesce('properties.userPrincipalName', ""), "(?i)^a\x0ab [|] delete\z") | eval user=coalesce(nullif('properties.userPrincipalName', "null"), nullif('properties.userId', "null")), src_ip=coalesce(nullif('properties.ipAddress', "null"), nullif(callerIpAddress, "null")), app=coalesce(nullif('properties.appDisplayName', "null"), nullif('properties.appId', "null")) | rename resultType AS result_type, resultDescription AS result_description, properties.userAgent AS user_agent, properties.resourceDisplayName AS resource_display_name, correlationId AS correlation_id, properties.userPrincipalName AS user_principal_name | table _time, user, src_ip, app, result_type, result_description, user_agent, location, resource_display_name, correlation_id, user_principal_name
disabled = 1
enableSched = 1
cron_schedule = 3-59/15 * * * *
dispatch.earliest_time = -25h@h
dispatch.latest_time = +5m
dispatch.index_earliest = -16m@m
dispatch.index_latest = -1m@m
realtime_schedule = 0
schedule_window = auto
counttype = number of events
relation = greater than
quantity = 0
alert.severity = 4
alert.track = 1
alert.digest_mode = 1
alert.suppress = 0
alert.expires = 7d
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSeverity(t *testing.T) {
	for level, want := range map[string]string{"informational": "1", "low": "2", "medium": "3", "high": "4", "critical": "5", "": "3"} {
		got, _ := oneStanza(compiled(t, "T", guid, level, ""))
		if !strings.Contains(string(got), "alert.severity = "+want+"\n") {
			t.Errorf("level %q is not severity %s", level, want)
		}
	}
}

func TestNamesOfStanzas(t *testing.T) {
	long := strings.Repeat("long title ", 10)
	for _, test := range []struct{ title, id, want string }{
		{"Plain", guid, "Plain"},
		{"Odd [x]\n title –", guid, "Odd (x) title -"},
		{"  ", guid, "Untitled rule"},
		{"日本語", guid, "Untitled rule"},
		{"Use of \"net user\"", guid, "Use of 'net user'"},
		{"Default", guid, "Default rule"},
		{strings.Repeat("x", maxName), guid, strings.Repeat("x", maxName)},
		{long, guid, "long title long title long title long title long title l (1628cadc)"},
		{long, "", "long title long title long title long title long title l (6f3e9d2b)"},
	} {
		c := compiled(t, test.title, test.id, "", "")
		got := stanzaName(c, stanzaTitle(c.Title.Value))
		if test.id == "" {
			got, test.want = got[:len(got)-10], test.want[:len(test.want)-10]
		}
		if got != test.want || len(got) > maxName {
			t.Errorf("%q: got %q, want %q", test.title, got, test.want)
		}
	}
}

// TestCollisions: names are keys, and Splunk reads the second of two equal ones over the first.
func TestCollisions(t *testing.T) {
	a, b := compiled(t, "Same", "11111111-0000-4000-8000-000000000000", "", ""), compiled(t, "SAME", "22222222-0000-4000-8000-000000000000", "", "")
	c, d := compiled(t, "Other", "33333333-0000-4000-8000-000000000000", "", ""), compiled(t, "Other", "33333333-0000-4000-8000-000000000001", "", "")
	var names []string
	for _, n := range savedNames([]*target.Compiled{a, b, c, d}) {
		names = append(names, n.name)
	}
	got := strings.Join(names, "|")
	if want := "Same (11111111)|SAME (22222222)|Other (33333333)|Other (33333333) 2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSpread: the rules do not all start in the same minute.
func TestSpread(t *testing.T) {
	at := map[string]bool{}
	for i := range 40 {
		at[cron(compiled(t, strings.Repeat("x", i+1), "", "", ""))] = true
	}
	if len(at) < 8 {
		t.Errorf("40 rules at %v", at)
	}
}

// TestFrequency: runs, the times of indexing that they look at and the times of events follow the option.
func TestFrequency(t *testing.T) {
	c := compiled(t, "Sign-in of a user", guid, "high", "")
	for every, want := range map[string]string{
		"5m":  "3-59/5 * * * *, -6m@m, -25h@h",
		"15m": "3-59/15 * * * *, -16m@m, -25h@h",
		"1h":  "3 * * * *, -61m@m, -26h@h",
		"4h":  "3 0-23/4 * * *, -241m@m, -29h@h",
		"24h": "3 16 * * *, -1441m@m, -49h@h",
	} {
		got := settings(t, c, map[string]string{optFrequency: every})
		if got := got["cron_schedule"] + ", " + got["dispatch.index_earliest"] + ", " + got["dispatch.earliest_time"]; got != want {
			t.Errorf("%s: %s, want %s", every, got, want)
		}
	}
	_, hourly, _ := correlated(t, signIns, "  type: event_count\n  rules: [failed]\n  timespan: 90m\n  condition: {gte: 3}\nsigc: {targets: {splunk: {frequency: 1h}}}\n")
	stanza, err := oneStanza(hourly)
	if err != nil || !strings.Contains(string(stanza), "_indextime>=info_max_time-3960") || !strings.Contains(string(stanza), "dispatch.earliest_time = -28h@h\n") {
		t.Errorf("%v\n%s", err, stanza)
	}
}

// FuzzConf: whatever a rule says of itself and looks for, each setting is read back as it was meant.
func FuzzConf(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, s)
	}
	f.Add("a\\\n[evil]\nsearch = x", "x\r[y]\u2028z\u0085")
	f.Add("default", "$user$")
	f.Fuzz(func(t *testing.T, title, description string) {
		r := rule("signinlogs", &ir.Like{Field: fieldOf("UserPrincipalName"), Pattern: ir.Text(description)})
		r.Title, r.ID, r.Description = written(title), written(guid), written(description)
		var diags diag.List
		c := compile(r, &diags)
		if c == nil {
			t.Skip()
		}
		c.Target = c.Target.With(map[string]string{optES: esBoth, optThrottle: "1h"})
		files := packFiles(t, c, c)
		p, err := apptest.Open("x.spl", files[len(files)-1].Data)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range apptest.Inspect(p) {
			t.Error(found)
		}
		searches := p.Confs["default/savedsearches.conf"]
		if len(searches) != 2 {
			t.Fatalf("%d searches", len(searches))
		}
		for i, s := range searches {
			if want := c.Query.(*Query).Line(p.Confs["default/macros.conf"][1+i].Name); s.Of["search"] != want {
				t.Errorf("search %q, want %q", s.Of["search"], want)
			}
			n := 37
			if strings.Count(s.Of["search"], "$") > 1 { // a drilldown would replace what is between them
				n--
			}
			if len(s.Keys) != n || len(s.Name) > maxName {
				t.Errorf("%d settings of %q, want %d", len(s.Keys), s.Name, n)
			}
			for _, key := range []string{"action.notable.param.rule_title", "action.notable.param.rule_description", "action.risk.param._risk_message"} {
				if strings.Contains(s.Of[key], "$") {
					t.Errorf("%s = %q", key, s.Of[key])
				}
			}
			var objects []riskObject
			if err := json.Unmarshal([]byte(s.Of["action.risk.param._risk"]), &objects); err != nil || len(objects) != 3 {
				t.Errorf("%v %s", err, s.Of["action.risk.param._risk"])
			}
		}
	})
}
