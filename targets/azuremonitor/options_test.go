package azuremonitor_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/compiler/target/targettest"
	"github.com/sigc-rules/sigc/targets/azuremonitor"
)

type object = map[string]any

// option is the part of a rule that sets options.
func option(settings string) string { return "sigc: {targets: {azuremonitor: {" + settings + "}}}\n" }

// resourceOf is the resource in the template of a rule.
func resourceOf(t *testing.T, c *target.Compiled) object {
	t.Helper()
	var out struct{ Resources []object }
	if err := json.Unmarshal(write(t, c), &out); err != nil {
		t.Fatal(err)
	}
	return out.Resources[0]
}

func write(t *testing.T, c *target.Compiled) []byte {
	t.Helper()
	f, _ := azuremonitor.Target().Format("arm")
	text, err := f.Rule(c)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// at follows a path such as criteria.allOf.0.threshold.
func at(v any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		switch w := v.(type) {
		case object:
			v = w[key]
		case []any:
			i, _ := strconv.Atoi(key)
			v = w[i]
		}
	}
	return v
}

const (
	group  = "/subscriptions/0/resourceGroups/g"
	agents = group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/"
	called = group + "/providers/Microsoft.Insights/actionGroups/"
	space  = group + "/providers/Microsoft.OperationalInsights/workspaces/soc"
)

// TestValues: what an option can be, on both sides of its limits.
func TestValues(t *testing.T) {
	targettest.Options(t, azuremonitor.Target(), map[string]targettest.Values{
		"scope":               {[]string{"", space, group, "/subscriptions/0"}, []string{"soc", group + "/", "[x]", space + "/tables/T", space + "," + space}},
		"location":            {[]string{"", "westeurope"}, []string{"West Europe", "[x]"}},
		"actionGroups":        {[]string{"", called + "a", called + "a," + called + "b"}, []string{"a", called + "a,", called + "a,b"}},
		"severity":            {[]string{"0", "4", "low=4", "low=1,medium=1"}, []string{"", "5", "-1", "Low", "low", "low=5", "none=1", "low=1,"}},
		"frequency":           {[]string{"5m", "60m", "1h", "6h", "1d", "24h"}, []string{"", "1m", "20m", "90m", "7h", "12h", "2d", "PT1H"}},
		"period":              {[]string{"", "5m", "7h", "2d"}, []string{"4m", "49h", "3d", "x"}},
		"queryTimeRange":      {[]string{"", "20m", "2d"}, []string{"90m", "12h", "3d"}},
		"threshold":           {[]string{"0", "2147483647"}, []string{"", "-1", "1.5", "2147483648", "x"}},
		"dimensions":          {[]string{"entities", "none", "A", "A,B,C,D,E,F"}, []string{"", "A,B,C,D,E,F,G", "A B", "A,"}},
		"resourceIdColumn":    {[]string{"", "ResourceId"}, []string{"a.b", "[x]"}},
		"targetResourceTypes": {[]string{"", "Microsoft.KeyVault/vaults", "A.B/c,A.B/c/d"}, []string{"vaults", "A.B/c,", "[A.B/c]"}},
		"mute":                {[]string{"", "5m", "2d"}, []string{"20m", "7h", "3d"}},
		"identity":            {[]string{"none", "SystemAssigned", agents + "a", agents + "a," + agents + "b"}, []string{"", "UserAssigned", "a", agents + "a,none"}},
		"tags":                {[]string{"", "a=b", "a=,b=[x]", strings.Repeat("n", 512) + "=" + strings.Repeat("v", 256)}, []string{"a", "=b", "a=1,a=2", "a/b=c", strings.Repeat("n", 513) + "=v", "n=" + strings.Repeat("v", 257)}},
		"actionProperties":    {[]string{"", "Email.Subject=x y"}, []string{"x", "=x", "a=1,a=2"}},
		"dynamic":             {[]string{"off", "low", "medium", "high"}, []string{"", "on", "Low"}},
		"failingPeriods":      {[]string{"1/1", "2/4", "6/6"}, []string{"", "0/1", "2/1", "1/7", "1"}},
		"ignoreDataBefore":    {[]string{"", "2026-02-28"}, []string{"2026-2-28", "2026-13-01", "today"}},
	})
	many := make([]string, 51)
	for i := range many {
		many[i] = fmt.Sprintf("t%d=x", i)
	}
	tags, _ := azuremonitor.Target().Option("tags")
	if tags.Wrong(strings.Join(many, ",")) == "" || tags.Wrong(strings.Join(many[1:], ",")) != "" {
		t.Error("fifty tags are the most")
	}
}

// TestOptions: what becomes of the options of a rule in its resource.
func TestOptions(t *testing.T) {
	const p, condition = "properties.", "properties.criteria.allOf.0."
	for _, tt := range []struct {
		options, path string
		want          any
	}{
		{"severity: 0", p + "severity", 0.0},
		{"severity: 'high=4'", p + "severity", 4.0},
		{"severity: 'low=4'", p + "severity", 1.0},
		{"enabled: false", p + "enabled", false},
		{"frequency: 15m", p + "evaluationFrequency", "PT15M"},
		{"frequency: 15m", p + "windowSize", "PT2H"}, // 75 minutes
		{"frequency: 15m, period: 15m", p + "windowSize", "PT15M"},
		{"frequency: 15m, period: 20m", p + "windowSize", "PT30M"},
		{"frequency: 1d", p + "windowSize", "P2D"},
		{"frequency: 15m", p + "overrideQueryTimeRange", nil},
		{"queryTimeRange: 1d", p + "overrideQueryTimeRange", "P1D"},
		{"threshold: 7", condition + "threshold", 7.0},
		{"dimensions: none", condition + "dimensions", []any{}},
		{"dimensions: 'CorrelationId,OperationName'", condition + "dimensions.1.name", "OperationName"},
		{"resourceIdColumn: CorrelationId", condition + "resourceIdColumn", "CorrelationId"},
		{"resourceIdColumn: AccountName", condition + "dimensions.0.name", "InitiatingAadUserId"}, // split by it once
		{"autoMitigate: true", p + "autoMitigate", true},
		{"autoMitigate: true", "apiVersion", "2023-12-01"},
		{"autoMitigate: true, resolveAfter: 90m", p + "resolveConfiguration", object{"autoResolved": true, "timeToResolve": "PT90M"}},
		{"autoMitigate: true, resolveAfter: 90m", "apiVersion", "2026-03-01"},
		{"mute: 2h", p + "muteActionsDuration", "PT2H"},
		{"workspaceStorage: true", p + "checkWorkspaceAlertsStorageConfigured", true},
		{"skipValidation: true", p + "skipQueryValidation", true},
		{"enabled: true", p + "skipQueryValidation", false},
		{"actionProperties: 'Email.Subject=[x]'", p + "actions.actionProperties", object{"Email.Subject": "[[x]"}},
		{"actionProperties: 'Email.Subject=[x]'", "apiVersion", "2026-03-01"},
		{"identity: SystemAssigned", "identity", object{"type": "SystemAssigned"}},
		{"identity: '" + agents + "a'", "identity", object{"type": "UserAssigned", "userAssignedIdentities": object{agents + "a": object{}}}},
		{"identity: none", "identity", nil},
		{"tags: 'team=soc,source=[sigma]'", "tags", object{"team": "soc", "source": "[[sigma]"}},
		{"dynamic: 'off'", condition + "criterionType", nil},
	} {
		if diff := cmp.Diff(tt.want, at(resourceOf(t, mustCompile(t, head+about+option(tt.options))), tt.path)); diff != "" {
			t.Errorf("%s: %s: %s", tt.options, tt.path, diff)
		}
	}
	tagged := resourceOf(t, mustCompile(t, head+"tags: [attack.persistence, attack.t1098]\n"+about))
	if got := at(tagged, p+"actions.customProperties.sigmaTags"); got != "attack.persistence, attack.t1098" {
		t.Errorf("tags of the rule: %v", got)
	}
}

// TestParameters: what the options say is the default of what a template asks for.
func TestParameters(t *testing.T) {
	c := *mustCompile(t, head+about)
	c.Target = c.Target.With(map[string]string{"scope": space, "location": "westeurope", "actionGroups": called + "a," + called + "b"})
	arm := read(t, &c)
	for name, want := range map[string]any{
		"workspaceResourceId": space, "location": "westeurope", "actionGroupIds": []any{called + "a", called + "b"},
	} {
		if diff := cmp.Diff(want, arm.Parameters[name].Default); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

const correlation = `title: Many consents
correlation:
    type: event_count
    rules: consent
    group-by: InitiatedBy.user.userPrincipalName
    timespan: 30m
    condition:
        gte: 10
---
title: Consent
name: consent
` + about

// TestRefused: what Azure Monitor would refuse is refused at the place in the rule that causes it.
func TestRefused(t *testing.T) {
	set := func(options string) string {
		return strings.Replace(correlation, "title: Many consents\n", "title: Many consents\n"+option(options), 1)
	}
	for _, tt := range []struct{ text, id, at string }{
		{head + about + option("period: 45m"), "azuremonitor/period-too-short", "45m"},
		{set("period: 80m"), "azuremonitor/period-too-short", "80m"},
		{head + about + option("frequency: 20m"), "target/bad-option", "20m"},
		{strings.Replace(correlation, "timespan: 30m", "timespan: 47h", 1), "azuremonitor/lookback-too-long", "47h"},
		{head + about + option("queryTimeRange: 1h"), "azuremonitor/time-range-too-short", "1h"},
		{head + about + option("frequency: 2h, mute: 1h"), "azuremonitor/mute-too-short", "1h"},
		{head + about + option("autoMitigate: true, mute: 1h"), "azuremonitor/auto-mitigate", "true"},
		{head + about + option("autoMitigate: true, frequency: 1d"), "azuremonitor/auto-mitigate", "true"},
		{head + about + option("resolveAfter: 1h"), "azuremonitor/auto-mitigate", "1h"},
		{head + about + option("threshold: -1"), "target/bad-option", "-1"},
		{head + about + option("dimensions: Acount"), "azuremonitor/unknown-column", "Acount"},
		{head + about + option("resourceIdColumn: ResourceId"), "azuremonitor/unknown-column", "ResourceId"},
		{head + about + option("dimensions: TargetResources"), "azuremonitor/dimension-type", "TargetResources"},
		{set("dimensions: StartTime"), "azuremonitor/dimension-type", "StartTime"},
		{head + about + option("targetResourceTypes: A.B/c"), "azuremonitor/target-types", "A.B/c"},
		{head + about + option("dynamic: low"), "azuremonitor/dynamic", "low"},
		{head + about + option("failingPeriods: 2/4"), "azuremonitor/dynamic", "2/4"},
		{head + about + option("scope: "+space), "target/unknown-option", "scope"},
		{strings.Replace(head, "Consent granted", strings.Repeat("a", 257), 1) + about, "rule/title-length", strings.Repeat("a", 257)},
	} {
		c, diags := compile(t, tt.text)
		d := find(diags, tt.id)
		if c != nil || d == nil || d.Severity != diag.Error {
			t.Errorf("compiled: %v, %v instead of %s\n%s", c != nil, diags, tt.id, tt.text)
			continue
		}
		if got := tt.text[d.Span.Start():d.Span.End()]; got != tt.at {
			t.Errorf("%s is at %s, not at %s", tt.id, got, tt.at)
		}
	}
	for _, near := range []string{
		"period: 60m", "frequency: 1d, mute: 1d", "queryTimeRange: 2h", "frequency: 6h, autoMitigate: true", "mute: 1h", "threshold: 0",
		"autoMitigate: true, resolveAfter: 5m", "failingPeriods: 1/1", "dynamic: 'off'", "dimensions: OperationName",
	} {
		mustCompile(t, head+about+option(near))
	}
	mustCompile(t, strings.Replace(correlation, "timespan: 30m", "timespan: 46h", 1))
	mustCompile(t, set("period: 90m"))
	mustCompile(t, set("dimensions: InitiatingUserPrincipalName"))
}

func find(diags []diag.Diagnostic, id string) *diag.Diagnostic {
	for i := range diags {
		if diags[i].ID == id {
			return &diags[i]
		}
	}
	return nil
}

// TestTargetTypes: types of resources split the alerts of a scope that has resources.
func TestTargetTypes(t *testing.T) {
	rule := head + about + option("targetResourceTypes: 'A.B/c,A.B/d'")
	c, diags := compileWith(t, rule, map[string]string{"scope": group})
	if c == nil {
		t.Fatalf("%v", diags)
	}
	if diff := cmp.Diff([]any{"A.B/c", "A.B/d"}, at(resourceOf(t, c), "properties.targetResourceTypes")); diff != "" {
		t.Error(diff)
	}
	if c, _ := compileWith(t, rule, map[string]string{"scope": space}); c != nil {
		t.Error("a workspace has none")
	}
}

// TestName: the name of one of several rules says what it searches, and is no longer than a name may be.
func TestName(t *testing.T) {
	signIns := "logsource: {product: azure, service: signinlogs}\ndetection:\n  s:\n    ResultType: '50126'\n  condition: s\n"
	for _, length := range []int{247, 248, 256} { // with " (SigninLogs)", thirteen characters, up to 260
		c, diags := compile(t, "title: "+strings.Repeat("é", length)+"\n"+signIns)
		name := at(resourceOf(t, c), "properties.displayName").(string)
		cut := length > 247
		if n := len([]rune(name)); n > 260 || !strings.HasSuffix(name, " (SigninLogs)") || strings.Contains(name, "…") != cut {
			t.Errorf("%d: %d characters, %s", length, n, name)
		}
		if (find(diags, "azuremonitor/name-cut") != nil) == false {
			t.Errorf("%d: the other rule's name, with its longer table, is cut and not told of", length)
		}
	}
}

// TestBrackets: a text that would be an expression of ARM is a text.
func TestBrackets(t *testing.T) {
	r := resourceOf(t, mustCompile(t, "title: '[concat(1)]'\ndescription: '[x]'\n"+about))
	if name, d := at(r, "properties.displayName"), at(r, "properties.description"); name != "[[concat(1)]" || d != "[[x]" {
		t.Errorf("%v, %v", name, d)
	}
}

// TestFacts: what Azure Monitor is told is said as the rule has it.
func TestFacts(t *testing.T) {
	c := mustCompile(t, head+about+option("mute: 2h, threshold: 3, frequency: 30m"))
	got := map[string]string{}
	for _, f := range c.Target.Facts(c) {
		got[f.Name] = f.Value
	}
	for name, want := range map[string]string{
		"runs": "every 30m, looks back 2h", "alerts on": "more than 3 results", "severity": "1, of the level high",
		"actions muted": "2h after an alert", "resolved": "by hand", "version": "2023-12-01 of scheduledQueryRules",
	} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
}
