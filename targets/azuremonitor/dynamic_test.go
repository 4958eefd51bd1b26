package azuremonitor_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/targets/kusto/judge"
)

// unusual is a correlation with a baseline, whose windows span more days than a log alert reads.
const unusual = `title: Unusually many consents
description: More than usual.
correlation:
    type: event_count
    rules: consent
    group-by: [InitiatedBy.user.userPrincipalName, Result]
    timespan: 1h
    condition: {gte: 10}
baseline: {periods: 7, every: 1d, increase: 50%}
---
title: Consent
name: consent
` + about

func dynamicRule(options string) string {
	return strings.Replace(unusual, "description:", option(options)+"description:", 1)
}

// TestDynamic: a dynamic threshold counts the events of each group and has no threshold of its own.
func TestDynamic(t *testing.T) {
	if c, diags := compile(t, unusual); c != nil || find(diags, "azuremonitor/lookback-too-long") == nil {
		t.Fatalf("the baseline itself: %v", diags)
	}
	c, diags := compile(t, dynamicRule("dynamic: high"))
	if c == nil {
		t.Fatalf("%v", diags)
	}
	r := resourceOf(t, c)
	const condition = "properties.criteria.allOf.0."
	for path, want := range map[string]any{
		"apiVersion":                     "2026-03-01",
		"properties.evaluationFrequency": "PT1H",
		"properties.windowSize":          "PT1H",
		condition + "criterionType":      "DynamicThresholdCriterion",
		condition + "alertSensitivity":   "High",
		condition + "timeAggregation":    "Count",
		condition + "operator":           "GreaterThan",
		condition + "threshold":          nil,
		condition + "ignoreDataBefore":   nil,
		condition + "failingPeriods":     object{"numberOfEvaluationPeriods": 1.0, "minFailingPeriodsToAlert": 1.0},
		condition + "dimensions.0.name":  "InitiatingUserPrincipalName",
		condition + "dimensions.1.name":  "Result",
		"properties.description": "More than usual.\n\nThe dynamic threshold of Azure Monitor stands for the baseline: it learns what is usual instead of " +
			"comparing with the average of 7 windows, and does not ask whether the number is >= 10.",
	} {
		if diff := cmp.Diff(want, at(r, path)); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
	}
	if query := at(r, condition+"query").(string); strings.Contains(query, "ingestion_time") || query+"\n" != c.Text {
		t.Errorf("the service counts all events of a window:\n%s", query)
	}
	d := find(diags, "azuremonitor/dynamic-differs")
	if text := dynamicRule("dynamic: high"); d == nil || d.Severity != diag.Note || text[d.Span.Start():d.Span.End()] != "{periods: 7, every: 1d, increase: 50%}" {
		t.Errorf("%v", diags)
	}
}

// TestDynamicOptions: what goes with a dynamic threshold.
func TestDynamicOptions(t *testing.T) {
	for _, tt := range []struct {
		options, path string
		want          any
	}{
		{"failingPeriods: 2/4", "failingPeriods", object{"numberOfEvaluationPeriods": 4.0, "minFailingPeriodsToAlert": 2.0}},
		{"ignoreDataBefore: '2026-02-01'", "ignoreDataBefore", "2026-02-01T00:00:00Z"},
	} {
		r := resourceOf(t, mustCompile(t, dynamicRule("dynamic: low, "+tt.options)))
		if diff := cmp.Diff(tt.want, at(r, "properties.criteria.allOf.0."+tt.path)); diff != "" {
			t.Errorf("%s: %s", tt.options, diff)
		}
	}
	for _, tt := range []struct{ timespan, frequency, want string }{
		{"1h", "15m", "PT15M"}, {"30m", "1h", "PT30M"}, {"2d", "1d", "P1D"}, {"5m", "1h", "PT5M"},
	} {
		rule := strings.NewReplacer("timespan: 1h", "timespan: "+tt.timespan, "every: 1d", "every: 2d").Replace(dynamicRule("dynamic: low, frequency: " + tt.frequency))
		if got := at(resourceOf(t, mustCompile(t, rule)), "properties.evaluationFrequency"); got != tt.want {
			t.Errorf("windows of %s every %s: %v, want %s", tt.timespan, tt.frequency, got, tt.want)
		}
	}
}

// TestDynamicForAll: set for all rules, the option is for those that have a baseline.
func TestDynamicForAll(t *testing.T) {
	all := map[string]string{"dynamic": "medium", "failingPeriods": "2/4"}
	for text, want := range map[string]any{unusual: "DynamicThresholdCriterion", head + about: nil, correlation: nil} {
		c, diags := compileWith(t, text, all)
		if c == nil {
			t.Fatalf("%v", diags)
		}
		r := resourceOf(t, c)
		periods := at(r, "properties.criteria.allOf.0.failingPeriods.numberOfEvaluationPeriods")
		if got := at(r, "properties.criteria.allOf.0.criterionType"); got != want || want == nil && periods != 1.0 {
			t.Errorf("%v, %v periods", got, periods)
		}
	}
}

// TestDynamicRefused: what a dynamic threshold cannot stand for, at the place that says so.
func TestDynamicRefused(t *testing.T) {
	on := dynamicRule("dynamic: low")
	for _, tt := range []struct{ text, at string }{
		{strings.Replace(on, "timespan: 1h", "timespan: 50m", 1), "50m"},
		{strings.Replace(on, "timespan: 1h", "timespan: 90s", 1), "90s"},
		{strings.NewReplacer("event_count", "value_count", "{gte: 10}", "{field: Identity, gte: 10}").Replace(on), ""},
		{strings.Replace(on, ", Result]", ", Result, Category, OperationName, CorrelationId, LoggedByService, ResultReason]", 1), "ResultReason"},
		{dynamicRule("dynamic: low, threshold: 3"), "threshold"},
		{dynamicRule("dynamic: low, dimensions: Result"), "dimensions"},
	} {
		c, diags := compile(t, tt.text)
		d := find(diags, "azuremonitor/dynamic")
		if c != nil || d == nil || tt.at != "" && tt.text[d.Span.Start():d.Span.End()] != tt.at {
			t.Errorf("not refused at %s: %v", tt.at, diags)
		}
	}
	if c, diags := compile(t, dynamicRule("dynamic: low, failingPeriods: 3/3")); c == nil {
		t.Errorf("%v", diags)
	}
	wide := strings.NewReplacer("timespan: 1h", "timespan: 1d").Replace(dynamicRule("dynamic: low, failingPeriods: 3/3"))
	if c, diags := compile(t, wide); c != nil || find(diags, "azuremonitor/lookback-too-long") == nil {
		t.Errorf("three days: %v", diags)
	}
}

// TestDynamicEvents: the query has a row for each event of the rule that has the fields of its group, and no other.
func TestDynamicEvents(t *testing.T) {
	c := mustCompile(t, dynamicRule("dynamic: low"))
	event := func(operation, user, result string) map[string]any {
		return object{
			"time": "2026-03-02T10:00:00Z", "category": "AuditLogs", "operationName": operation,
			"properties": object{"activityDateTime": "2026-03-02T10:00:00Z", "result": result, "initiatedBy": object{"user": object{"userPrincipalName": user}}},
		}
	}
	events := []map[string]any{
		event("Consent to application", "anna@contoso.example", "success"),
		event("Consent to application", "ben@contoso.example", "failure"),
		event("Consent to application", "", "success"), // in no group
		event("Add user", "anna@contoso.example", "success"),
	}
	for n, want := range []int{0, 1, 2, 2, 2} {
		if n == 0 {
			continue
		}
		found, ok, err := judge.Judge(c, events[:n])
		if found != want || !ok || err != nil {
			t.Errorf("%d events: %d rows, %v, %v", n, found, ok, err)
		}
	}
	if _, ok, _ := c.Target.Judge(c, events); ok {
		t.Error("what a dynamic threshold says of events is not known")
	}
}
