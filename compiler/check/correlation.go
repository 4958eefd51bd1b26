package check

import (
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// correlationChecks are about correlations that do not say what their author thinks.
var correlationChecks = []Check{{
	ID: "correlation/single-rule", Severity: diag.Warning, Sigma: correlationSingle,
	Doc: Doc{
		Summary: "a temporal correlation is about a single rule",
		Why:     "It asks which of its rules have found something together. With one rule it fires on whatever that rule finds.",
		Bad:     "correlation:\n    type: temporal\n    rules: [user_added]\n    group-by: [Identity]\n    timespan: 10m\n",
		Good:    "correlation:\n    type: temporal\n    rules: [user_added, user_deleted]\n    group-by: [Identity]\n    timespan: 10m\n",
	},
}, {
	ID: "correlation/every-event", Severity: diag.Note, Sigma: correlationEvery,
	Doc: Doc{
		Summary: "one event is enough for a correlation that counts events",
		Why:     "It fires whenever the rule does, so it adds nothing to it but a search that costs more.",
		Bad:     "correlation:\n    type: event_count\n    rules: [user_added]\n    group-by: [Identity]\n    timespan: 10m\n    condition: {gte: 1}\n",
		Good:    "correlation:\n    type: event_count\n    rules: [user_added]\n    group-by: [Identity]\n    timespan: 10m\n    condition: {gte: 5}\n",
	},
}, {
	ID: "correlation/counts-its-group", Severity: diag.Warning, Sigma: correlationGroup,
	Doc: Doc{
		Summary: "a correlation counts the values of a field that it is grouped by",
		Why:     "All events of a group have the same value there: the count is always one.",
		Bad:     "correlation:\n    type: value_count\n    rules: [user_added]\n    group-by: [Identity]\n    timespan: 10m\n    condition: {field: Identity, gte: 5}\n",
		Good:    "correlation:\n    type: value_count\n    rules: [user_added]\n    group-by: [Identity]\n    timespan: 10m\n    condition: {field: OperationName, gte: 5}\n",
	},
}, {
	ID: "correlation/long-window", Severity: diag.Note, Sigma: correlationLong,
	Doc: Doc{
		Summary: "the timespan is longer than 14 days",
		Why:     "No scheduled rule of Sentinel looks back further than 14 days, and one of Azure Monitor no further than two: such a correlation is refused there.",
		Bad:     "correlation:\n    type: event_count\n    rules: [user_added]\n    group-by: [Identity]\n    timespan: 30d\n    condition: {gte: 5}\n",
		Good:    "correlation:\n    type: event_count\n    rules: [user_added]\n    group-by: [Identity]\n    timespan: 1d\n    condition: {gte: 5}\n",
	},
}}

func correlationSingle(p *Pass) {
	if c := p.Correlation; c != nil && c.Temporal() && len(c.Rules) == 1 && len(c.Condition.Thresholds) == 0 {
		p.report(c.Rules[0].At, "a correlation of the type %q asks for several rules", c.Type.Value)
	}
}

func correlationEvery(p *Pass) {
	c := p.Correlation
	if c == nil || c.Type.Value != "event_count" || c.Baseline != nil {
		return
	}
	t := c.Condition.Thresholds
	if len(t) == 1 && (t[0].Op.Value == "gte" && t[0].Number.Value == "1" || t[0].Op.Value == "gt" && t[0].Number.Value == "0") {
		p.report(t[0].Number.At, "one event is enough: the correlation fires whenever its rule does")
	}
}

func correlationGroup(p *Pass) {
	c := p.Correlation
	if c == nil || c.Type.Value != "value_count" || len(c.Condition.Field) != 1 {
		return
	}
	for _, g := range c.GroupBy {
		if f := c.Condition.Field[0]; f.Value == g.Value {
			related(p.report(f.At, "all events of a group have the same %q", f.Value), "the groups are made here", g.At)
		}
	}
}

// longest is the furthest that a scheduled rule of Sentinel looks back.
const longest = 14 * 24 * time.Hour

func correlationLong(p *Pass) {
	if c := p.Correlation; c != nil && c.Window > longest {
		p.report(c.Timespan.At, "a timespan of %s is longer than any schedule of Sentinel allows", c.Timespan.Value).Hint = "14 days are the longest there"
	}
}
