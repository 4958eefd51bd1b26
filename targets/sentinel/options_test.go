package sentinel_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler"
	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/compiler/target/targettest"
	"github.com/sigc-rules/sigc/targets/sentinel"
)

// TestValues: what an option can be, on both sides of its limits.
func TestValues(t *testing.T) {
	targettest.Options(t, sentinel.Target(), map[string]targettest.Values{
		"workspace":     {[]string{"", "soc1", "a-b-c", strings.Repeat("a", 63)}, []string{"soc", "-soc", "[soc]", "soc's", strings.Repeat("a", 64)}},
		"resourceGroup": {[]string{"", "a", "rg_(1).x-y"}, []string{"rg.", "a b", "${a}", strings.Repeat("a", 91)}},
		"severity":      {[]string{"High", "low=Low", "low=High,medium=High"}, []string{"", "high", "Critical", "low", "low=low", "none=Low", "low=Low,"}},
		"frequency":     {[]string{"5m", "90m", "1h", "14d", "336h"}, []string{"", "4m", "15d", "337h", "1", "h", "1.5h", "-1h", "PT1H", "1w", "99999999999h"}},
		"period":        {[]string{"", "5m", "14d"}, []string{"4m", "15d", "x"}},
		"threshold":     {[]string{"0", "10000"}, []string{"", "-1", "10001", "1e3", "x"}},
		"grouping":      {[]string{"none", "AllEntities", "AnyAlert", "Account", "Account,IP"}, []string{"", "all", "User", "Account,", "account"}},
		"alertName":     {[]string{"entity", "x {{A}} {{B}} {{C}}", strings.Repeat("é", 256)}, []string{"", "{{A}}{{B}}{{C}}{{D}}", "{{ A }}", "{{A", "{{A.b}}", strings.Repeat("é", 257)}},
		"suppression":   {[]string{"", "5m", "24h", "1d"}, []string{"25h", "2d", "4m"}},
		"version":       {[]string{"1.0.0", "10.20.30"}, []string{"", "1.0", "1.0.0.0", "v1.0.0", "1.0.x"}},
	})
}

// TestOptions: what becomes of the options of a rule in its properties. Samples of all of them are read back elsewhere.
func TestOptions(t *testing.T) {
	for _, tt := range []struct {
		options string
		path    string
		want    any
	}{
		{"severity: Low", "severity", "Low"},
		{"severity: 'high=Informational'", "severity", "Informational"},
		{"severity: 'low=Informational'", "severity", "High"},
		{"enabled: false", "enabled", false},
		{"frequency: 2h", "queryFrequency", "PT2H"},
		{"frequency: 2h", "queryPeriod", "PT3H"},
		{"frequency: 10m, period: 30m", "queryPeriod", "PT30M"},
		{"threshold: 7", "triggerThreshold", 7.0},
		{"alerts: SingleAlert", "eventGroupingSettings.aggregationKind", "SingleAlert"},
		{"incidents: false", "incidentConfiguration.createIncident", false},
		{"incidents: false", "incidentConfiguration.groupingConfiguration.enabled", false},
		{"grouping: none", "incidentConfiguration.groupingConfiguration.enabled", false},
		{"grouping: Account", "incidentConfiguration.groupingConfiguration.matchingMethod", "Selected"},
		{"groupingPeriod: 2d", "incidentConfiguration.groupingConfiguration.lookbackDuration", "P2D"},
		{"reopen: true", "incidentConfiguration.groupingConfiguration.reopenClosedIncident", true},
		{"suppression: 90m", "suppressionEnabled", true},
		{"suppression: 90m", "suppressionDuration", "PT90M"},
		{"frequency: 8h", "suppressionDuration", "PT8H"},
		{"alertName: 'x {{AccountName}}'", "alertDetailsOverride.alertDisplayNameFormat", "x {{AccountName}}"},
		{"alertName: Consent granted", "alertDetailsOverride", nil},
		{"nrt: true", "queryFrequency", nil},
	} {
		_, _, p := armProperties(t, mustCompile(t, head+about+option(tt.options)))
		var got any = p
		for key := range strings.SplitSeq(tt.path, ".") {
			got = got.(object)[key]
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s: %s", tt.options, tt.path, diff)
		}
	}
}

// TestRefused: what Sentinel would refuse is refused at the place in the rule that causes it.
func TestRefused(t *testing.T) {
	for _, tt := range []struct{ text, id, at string }{
		{head + about + option("period: 45m"), "sentinel/period-too-short", "45m"},
		{strings.Replace(correlation, "title: Many consents\n", "title: Many consents\n"+option("period: 80m"), 1), "sentinel/period-too-short", "80m"},
		{head + about + option("frequency: 30m, period: 2d"), "sentinel/too-frequent", "30m"},
		{head + about + option("frequency: 14d"), "sentinel/lookback-too-long", "14d"},
		{head + about + option("frequency: 3h, suppression: 2h"), "sentinel/suppression-too-short", "2h"},
		{strings.Replace(correlation, "title: Many consents\n", "title: Many consents\n"+option("nrt: true"), 1), "sentinel/nrt", "true"},
		{head + about + option("nrt: true, threshold: 3"), "sentinel/nrt", "threshold"},
		{head + about + option("threshold: 10001"), "target/bad-option", "10001"},
		{head + about + option("alertName: 'By {{AcountName}}'"), "sentinel/unknown-column", "'By {{AcountName}}'"},
		{head + about + option("grouping: 'Account,Host'"), "sentinel/unknown-entity", "'Account,Host'"},
		{strings.Replace(head, "Consent granted", strings.Repeat("a", 257), 1) + about, "rule/title-length", strings.Repeat("a", 257)},
	} {
		p := compiler.Load([]compiler.Input{{File: source.NewFile("r.yml", []byte(tt.text)), Path: "r.yml"}}, compiler.Options{})
		out := p.Compile([]*target.Target{sentinel.Target()}, compiler.CompileOptions{})[0].Compiled
		d := find(p.Diagnostics(), tt.id)
		if len(out) > 0 || d == nil || d.Severity != diag.Error {
			t.Errorf("%d rules, %v instead of %s\n%s", len(out), p.Diagnostics(), tt.id, tt.text)
			continue
		}
		if got := tt.text[d.Span.Start():d.Span.End()]; got != tt.at {
			t.Errorf("%s is at %s, not at %s", tt.id, got, tt.at)
		}
	}
	for _, near := range []string{
		"period: 60m", "frequency: 30m, period: 47h", "frequency: 1h, period: 2d", "frequency: 2h, suppression: 2h", "threshold: 10000",
		"alertName: 'By {{AccountName}}'", "grouping: 'Account,IP'", "nrt: true",
	} {
		mustCompile(t, head+about+option(near))
	}
}

// TestLongList: where a list makes the query too long, the list is named, and how Sentinel can keep it.
func TestLongList(t *testing.T) {
	l := approved(600)
	l.As = nil
	p := compiler.Load([]compiler.Input{{File: source.NewFile("r.yml", []byte(head+listed)), Path: "r.yml"}}, compiler.Options{Lists: map[string]*list.List{"approved": l}})
	p.Compile([]*target.Target{sentinel.Target()}, compiler.CompileOptions{})
	d := find(p.Diagnostics(), "sentinel/query-too-long")
	if d == nil {
		t.Fatalf("%v", p.Diagnostics())
	}
	want := fmt.Sprintf("the list %q: 600 values, %d characters", "approved", 600*(len(l.Values[0])+4))
	if d.Label != want || !strings.Contains(d.Hint, "approved: {as: {sentinel: watchlist}}") {
		t.Errorf("%q, %q", d.Label, d.Hint)
	}
	l.As = map[string]list.Delivery{"sentinel": list.Watchlist} // as the hint says
	compileAll(t, head+listed, map[string]*list.List{"approved": l})
}

// TestCritical: Sentinel has no severity for it, so that the description says it; the rule that fills the description to
// its limit loses some of it, and is told.
func TestCritical(t *testing.T) {
	rule := "title: x\nlevel: critical\ndescription: " + strings.Repeat("a", 4990) + "\n" + about
	c, diags := compile(t, "r.yml", rule)
	_, _, p := armProperties(t, c)
	if got := p["description"].(string); len(got) > 5002 || !strings.HasSuffix(got, "…\n\nLevel in Sigma: critical.") {
		t.Errorf("%q", got)
	}
	if find(diags, "sentinel/description-cut") == nil {
		t.Errorf("%v", diags)
	}
}

// TestOneID: a rule has one id in all forms.
func TestOneID(t *testing.T) {
	c := mustCompile(t, head+about)
	for _, format := range []string{"yaml", "arm", "bicep", "terraform"} {
		if text := string(write(t, format, c)); !strings.Contains(text, strings.ToLower(id)) {
			t.Errorf("%s has another id:\n%s", format, text)
		}
	}
}

// TestFacts: what Sentinel is told is said as the rule has it.
func TestFacts(t *testing.T) {
	c := mustCompile(t, tagged+option("suppression: 2h, grouping: 'IP'"))
	got := map[string]string{}
	for _, f := range c.Target.Facts(c) {
		got[f.Name] = f.Value
	}
	for name, want := range map[string]string{
		"runs": "every 1h, looks back 2h", "severity": "High, of the level high", "suppression": "2h after an alert",
		"entity 2": "IP by Address = InitiatingIPAddress", "not in alerts": "TargetResources (an object or a list)",
		"incidents": "one for alerts within PT5H with the same IP", "connector AzureActiveDirectory": "AuditLogs",
	} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
}
