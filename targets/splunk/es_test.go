package splunk

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/compiler/target/targettest"
	"github.com/sigc-rules/sigc/targets/splunk/apptest"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// settings reads the saved search of a rule back.
func settings(t *testing.T, c *target.Compiled, set map[string]string) map[string]string {
	t.Helper()
	copied := *c
	copied.Target = c.Target.With(set)
	data, err := oneStanza(&copied)
	if err != nil {
		t.Fatal(err)
	}
	stanzas, err := apptest.ReadConf(data)
	if err != nil || len(stanzas) != 1 {
		t.Fatal(err, string(data))
	}
	return stanzas[0].Of
}

func tagged(t *testing.T, tags ...string) *target.Compiled {
	c := compiled(t, "Sign-in for $5 of $user$", guid, "high", "About $user$.\nTwo lines.")
	for _, tag := range tags {
		c.Tags = append(c.Tags, written(tag))
	}
	return c
}

func TestNotable(t *testing.T) {
	got := settings(t, tagged(t, "attack.t1078.004", "attack.T1078", "attack.t1110", "attack.initial-access", "cve.2024-1", "attack.t1110"), map[string]string{optES: esNotable})
	for key, want := range map[string]string{
		"action.correlationsearch.enabled":        "1",
		"action.correlationsearch.label":          "Sign-in for $5 of $user$",
		"action.correlationsearch.annotations":    `{"mitre_attack":["T1078.004","T1110"]}`,
		"action.correlationsearch.metadata":       `{"deprecated":"0","detection_id":"` + guid + `","detection_version":"1"}`,
		"action.notable":                          "1",
		"action.notable.param.rule_title":         "Sign-in for ＄5 of ＄user＄",
		"action.notable.param.rule_description":   "About ＄user＄. Two lines.",
		"action.notable.param.security_domain":    "identity",
		"action.notable.param.severity":           "high",
		"action.notable.param.nes_fields":         "user,src_ip,app",
		"action.risk":                             "",
		"alert.digest_mode":                       "1",
		"alert.suppress":                          "0",
		"disabled":                                "1",
		"action.email":                            "",
		"action.correlationsearch.detection_type": "ebd",
	} {
		if got[key] != want {
			t.Errorf("%s = %q, want %q", key, got[key], want)
		}
	}
	var d []drilldown
	if err := json.Unmarshal([]byte(got["action.notable.param.drilldown_searches"]), &d); err != nil || len(d) != 1 {
		t.Fatal(err, d)
	}
	if want := ` | search user="$user$"`; !strings.HasSuffix(d[0].Search, want) || d[0].Earliest != "$info_min_time$" || d[0].Latest != "$info_max_time$" {
		t.Errorf("%+v", d[0])
	}
	if plain := settings(t, tagged(t), map[string]string{optES: esNotable}); plain["action.correlationsearch.annotations"] != "" {
		t.Error("annotations of no tags")
	}
	if off := settings(t, tagged(t, "attack.t1078"), nil); strings.Contains(strings.Join(keys(off), " "), "correlationsearch") {
		t.Error("a correlation search although nobody asked")
	}
}

// TestMetadata: the version is that of the app, and a rule without an id is no detection that a version can be told of.
func TestMetadata(t *testing.T) {
	const key = "action.correlationsearch.metadata"
	c := tagged(t)
	c.Status, c.Date, c.Modified = written("deprecated"), written("2025/01/02"), written("2026-03-04")
	want := `{"deprecated":"1","detection_id":"` + guid + `","detection_version":"7","publish_time":1772582400}`
	if got := settings(t, c, map[string]string{optES: esRisk, optBuild: "7"})[key]; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	c.ID = written("")
	if got := settings(t, c, map[string]string{optES: esRisk})[key]; got != "" {
		t.Errorf("of no id: %s", got)
	}
}

func keys(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

func TestRisk(t *testing.T) {
	got := settings(t, tagged(t), map[string]string{optES: esRisk})
	want := `[{"risk_object_field":"user","risk_object_type":"user","risk_score":70},{"threat_object_field":"src_ip","threat_object_type":"ip_address"},` +
		`{"risk_object_field":"app","risk_object_type":"other","risk_score":70}]`
	if got["action.risk.param._risk"] != want || got["action.risk.param._risk_message"] != "Sign-in for ＄5 of ＄user＄" || got["action.notable"] != "" {
		t.Errorf("%s\n%q", got["action.risk.param._risk"], got)
	}
	if got := settings(t, tagged(t), map[string]string{optES: esBoth, optScore: "7"}); !strings.Contains(got["action.risk.param._risk"], `"risk_score":7}`) || got["action.notable"] != "1" {
		t.Error(got["action.risk.param._risk"])
	}
	_, byAddress, _ := correlated(t, signIns, "  type: event_count\n  rules: [failed]\n  group-by: [IPAddress]\n  timespan: 90m\n  condition: {gte: 3}\n")
	if got := settings(t, byAddress, map[string]string{optES: esRisk})["action.risk.param._risk"]; !strings.Contains(got, `[{"risk_object_field":"src_ip","risk_object_type":"system"`) {
		t.Errorf("an address alone: %s", got)
	}
	_, alone, _ := correlated(t, signIns, "  type: event_count\n  rules: [failed]\n  timespan: 90m\n  condition: {gte: 3}\n")
	if got := settings(t, alone, map[string]string{optES: esBoth}); got["action.risk"] != "" || got["action.notable.param.drilldown_searches"] != "" || got["action.notable"] != "1" {
		t.Errorf("risk of nobody: %q", got)
	}
}

// TestRiskOfComputer: what happens on a computer is a risk of the computer, as Enterprise Security knows systems.
func TestRiskOfComputer(t *testing.T) {
	r := parse(t, "r.yml", "title: T\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {Image|endswith: '\\x.exe'}, condition: s}\n", nil)
	var diags diag.List
	c := compile(r, &diags)
	if c == nil {
		t.Fatal(messages(&diags))
	}
	got := settings(t, c, map[string]string{optES: esRisk})["action.risk.param._risk"]
	want := `[{"risk_object_field":"user","risk_object_type":"user","risk_score":50},{"risk_object_field":"app","risk_object_type":"other","risk_score":50},` +
		`{"risk_object_field":"computer","risk_object_type":"system","risk_score":50}]`
	if got != want {
		t.Error(got)
	}
}

// TestThrottle: nothing is silenced unless the user wants it, and then nothing but the same act.
func TestThrottle(t *testing.T) {
	c := compiled(t, "T", guid, "", "")
	for _, test := range []struct {
		set                             map[string]string
		digest, suppress, fields, spell string
	}{
		{nil, "1", "0", "", ""},
		{map[string]string{optThrottle: none}, "1", "0", "", ""},
		{map[string]string{optAlerts: perResult}, "0", "0", "", ""},
		{map[string]string{optThrottle: "1h"}, "0", "1", "user,src_ip,app,correlation_id", "1h"},
		{map[string]string{optThrottle: "2d", optBy: "user"}, "0", "1", "user", "2d"},
		{map[string]string{optThrottle: "2d", optES: esNotable}, "1", "1", "user,src_ip,app,correlation_id", "2d"},
	} {
		got := settings(t, c, test.set)
		if got["alert.digest_mode"] != test.digest || got["alert.suppress"] != test.suppress || got["alert.suppress.fields"] != test.fields || got["alert.suppress.period"] != test.spell {
			t.Errorf("%q: %q", test.set, got)
		}
	}
	_, alone, _ := correlated(t, signIns, "  type: event_count\n  rules: [failed]\n  timespan: 90m\n  condition: {gte: 3}\n")
	if got := settings(t, alone, map[string]string{optThrottle: "1h"})["alert.suppress.fields"]; got != "_time" {
		t.Errorf("about nobody: %q", got)
	}
	// A setting for all rules holds as far as a result has the columns.
	for by, want := range map[string]string{"user": "_time", "user,start_time": "start_time"} {
		if got := settings(t, alone, map[string]string{optThrottle: "1h", optBy: by})["alert.suppress.fields"]; got != want {
			t.Errorf("by %s: %q, want %q", by, got, want)
		}
	}
}

func TestActions(t *testing.T) {
	got := settings(t, compiled(t, "T", guid, "low", ""), map[string]string{
		optEmail: "a@b.example, c@d.example", optWebhook: "https://hook.example/x?a=$b", optEnabled: yes, optSeverity: "6", optLate: "7d",
	})
	for key, want := range map[string]string{
		"action.email.to": "a@b.example, c@d.example", "action.email": "1", "action.email.inline": "1", "action.webhook": "1",
		"action.webhook.param.url": "https://hook.example/x?a=$b", "disabled": "0", "alert.severity": "6", "dispatch.earliest_time": "-169h@h",
	} {
		if got[key] != want {
			t.Errorf("%s = %q, want %q", key, got[key], want)
		}
	}
}

// TestEmail: people get the subject and the text that the user wants, and no setting of a message without an address.
func TestEmail(t *testing.T) {
	c := compiled(t, "T", guid, "low", "")
	texts := map[string]string{optEmail: "a@b.example", optCC: "c@d.example", optSubject: "Sigma: $name$", optMessage: "By $result.user$; see $results_link$"}
	got := settings(t, c, texts)
	for key, want := range map[string]string{
		"action.email.to": "a@b.example", "action.email.cc": "c@d.example", "action.email.subject": "Sigma: $name$",
		"action.email.subject.alert": "Sigma: $name$", "action.email.message.alert": "By $result.user$; see $results_link$", "action.email.useNSSubject": "1",
	} {
		if got[key] != want {
			t.Errorf("%s = %q, want %q", key, got[key], want)
		}
	}
	texts[optEmail] = none
	if all := strings.Join(keys(settings(t, c, texts)), " "); strings.Contains(all, "action.email") {
		t.Errorf("without an address: %s", all)
	}
	for key := range settings(t, c, map[string]string{optEmail: "a@b.example"}) {
		if strings.Contains(key, "subject.") || strings.Contains(key, "message") || strings.Contains(key, ".cc") {
			t.Errorf("nobody asked for %s", key)
		}
	}
}

// TestOptions: what is no value of an option is refused where the option is set, before anything is written.
func TestOptions(t *testing.T) {
	targettest.Options(t, Target(), map[string]targettest.Values{
		optLate:     {[]string{"24h", "7d"}, []string{"", "24", "0h", "-1h", "24m", "1 h", "24h@h"}},
		optThrottle: {[]string{none, byRule, "30s", "15m", "1h", "1d"}, []string{"", "1w", "h", "1h ", "1h\n"}},
		optBy:       {[]string{byRule, "user", "user,src_ip"}, []string{"", "user, src_ip", "a b", ",", "x\n"}},
		optEmail:    {[]string{none, "a@b.example", "a@b.example,c@d.example"}, []string{"", "a", "a@b@c", "a@b.example\nx=y", `a@b\`}},
		optCC:       {[]string{none, "a@b.example"}, []string{"", "a", "a@b.example\nx=y"}},
		optSubject: {[]string{byRule, "Alert", "Sigma: $name$ by $result.user$", `C:\a`, "größer"}, []string{
			"", " a", "a ", "a\nb", "a\r", "a\tb", "a\x00", "a\u0085b", "a\u2028b", "a\xff", `a\`, "costs $5", "$nobody$", "$result.a b$", "$result.user",
		}},
		optMessage: {[]string{byRule, "$job.resultCount$ results, see $results_link$"}, []string{"", "a\nb", `a\`, "$result.$"}},
		optWebhook: {[]string{none, "https://x.example/", "http://x"}, []string{"", "ftp://x", "https://", "https://x y", "https://x\n", `https://x\`}},
		optScore:   {[]string{byRule, "1", "100"}, []string{"", "0", "101", "1.5", "01", "x"}},
		optES:      {[]string{noES, esBoth}, []string{"", "true"}},
		optID:      {[]string{"sigc_rules"}, []string{"a b", "1a", "../x"}},
	})
}

// TestOptionOfRule: a rule goes before the target, also when its columns are checked.
func TestOptionOfRule(t *testing.T) {
	r := rule("signinlogs", &ir.Like{Field: fieldOf("UserPrincipalName"), Pattern: ir.Text("a")})
	set := func(option, value string) ir.Setting {
		at := source.Span{}.Part(5, 9)
		return ir.Setting{Target: written("splunk"), Option: written(option), Value: source.Text{Value: value, At: at}}
	}
	r.Title, r.Settings = written("T"), []ir.Setting{set(optThrottle, "3h"), set(optBy, "user,nobody"), set(optES, esRisk)}
	var diags diag.List
	c := compile(r, &diags)
	if c == nil || !strings.Contains(messages(&diags), `no column "nobody" to throttle by`) {
		t.Fatal(messages(&diags))
	}
	if got := settings(t, c, nil); got["alert.suppress.period"] != "3h" || got["action.risk"] != "1" {
		t.Errorf("%q", got)
	}
}

// TestColumnsOfMessage: what a rule writes in its own message is there; for all rules together nobody can say.
func TestColumnsOfMessage(t *testing.T) {
	for value, wrong := range map[string]string{"by $result.user$ in $app$": "", "by $result.usr$": `no column "usr" to write in a message`} {
		r := rule("signinlogs", &ir.Like{Field: fieldOf("UserPrincipalName"), Pattern: ir.Text("a")})
		r.Title = written("T")
		r.Settings = []ir.Setting{
			{Target: written("splunk"), Option: written(optEmail), Value: written("a@b.example")},
			{Target: written("splunk"), Option: written(optSubject), Value: written(value)},
		}
		var diags diag.List
		compile(r, &diags)
		if got := messages(&diags); wrong == "" && strings.Contains(got, "no column") || !strings.Contains(got, wrong) {
			t.Errorf("%s: %s", value, got)
		}
	}
}

// TestAssets: somebody has thought of what the logs of every family are about.
func TestAssets(t *testing.T) {
	azure := []string{"activity", "resource"} // what assetOf and securityDomain take for all others
	for _, family := range forms.Families() {
		if (assets[family] == "") != slices.Contains(azure, family) {
			t.Errorf("%s: no asset, or one that is not needed", family)
		}
	}
	for _, m := range []map[string]string{assets, domains} {
		for family := range m {
			if !slices.Contains(forms.Families(), family) {
				t.Errorf("no family %s", family)
			}
		}
	}
}
