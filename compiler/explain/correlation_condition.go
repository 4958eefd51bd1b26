package explain

import "github.com/sigc-rules/sigc/compiler/diag"

// joined is a temporal correlation with a condition over its rules.
func joined(kind, condition string) string {
	return together("temporal", kind) + "    condition: " + condition + "\n"
}

// distinct is a correlation about the values of a field.
func distinct(kind, condition string) string {
	return many("event_count", kind, "        gte: 10\n", condition)
}

const fiveNames = "        field: OperationName\n        gte: 5\n"

var correlationConditionChecks = []Check{{
	ID: "correlation/missing-condition", Severity: diag.Error,
	Summary: "the correlation does not say how many are too many",
	Why:     "Only temporal correlations can do without a condition: for them all rules must have found something.",
	Bad:     many("    condition:\n        gte: 10\n", ""),
	Good:    many(),
}, {
	ID: "correlation/missing-operator", Severity: diag.Error,
	Summary: "the condition compares with no number",
	Why:     "The operators are gt, gte, lt, lte, eq and neq.",
	Bad:     distinct("value_count", "        field: OperationName\n"),
	Good:    distinct("value_count", fiveNames),
}, {
	ID: "correlation/unknown-operator", Severity: diag.Error,
	Summary: "the condition has no such operator",
	Why:     "The operators are gt, gte, lt, lte, eq and neq.",
	Bad:     many("gte", "ge"),
	Good:    many(),
}, {
	ID: "correlation/bad-threshold", Severity: diag.Error,
	Summary: "a threshold is no number, or not a whole one where events are counted",
	Why:     "There are no half events; the number next to it may have been meant, or another type.",
	Bad:     many("gte: 10", "gte: 9.5"),
	Good:    many(),
}, {
	ID: "correlation/impossible-threshold", Severity: diag.Error,
	Summary: "no group of events can ever satisfy the condition",
	Why:     "The correlation would be silent for ever.",
	Bad:     many("gte: 10", "gte: 10\n        lt: 5"),
	Good:    many("gte: 10", "gte: 10\n        lt: 50"),
}, {
	ID: "correlation/fits-zero", Severity: diag.Warning,
	Summary: "the condition would also hold for no event at all",
	Why: "A correlation looks when an event arrives, so it cannot tell that none did; it fires with the first events of a group, " +
		"while they are few.",
	Bad:  many("gte: 10", "lt: 3"),
	Good: many(),
}, {
	ID: "correlation/missing-field", Severity: diag.Error,
	Summary: "a correlation about values does not say of which field",
	Why:     "The field stands in the condition, beside the operator.",
	Bad:     distinct("value_count", "        gte: 5\n"),
	Good:    distinct("value_count", fiveNames),
}, {
	ID: "correlation/unexpected-field", Severity: diag.Error,
	Summary: "a correlation that counts events names a field to look at",
	Why:     "The field would have no effect. To count distinct values, the type is value_count.",
	Bad:     distinct("event_count", fiveNames),
	Good:    distinct("value_count", fiveNames),
}, {
	ID: "correlation/too-many-fields", Severity: diag.Error,
	Summary: "the type of the correlation looks at one field, and several are given",
	Why:     "Only value_count can count distinct combinations; there is no sum of two fields.",
	Bad:     distinct("value_sum", "        field: [OperationName, Result]\n        gte: 5\n"),
	Good:    distinct("value_count", "        field: [OperationName, Result]\n        gte: 5\n"),
}, {
	ID: "correlation/missing-percentile", Severity: diag.Error,
	Summary: "a correlation about a percentile does not say which",
	Why:     "The percentile is a number from 0 to 100, beside the operator.",
	Bad:     distinct("value_percentile", "        field: ResultSignature\n        gte: 5\n"),
	Good:    distinct("value_percentile", "        field: ResultSignature\n        percentile: 95\n        gte: 5\n"),
}, {
	ID: "correlation/bad-percentile", Severity: diag.Error,
	Summary: "the percentile is not a number from 0 to 100, or the type takes none",
	Why:     "The 95th percentile is what 95 of 100 values do not exceed.",
	Bad:     distinct("value_percentile", "        field: ResultSignature\n        percentile: 950\n        gte: 5\n"),
	Good:    distinct("value_percentile", "        field: ResultSignature\n        percentile: 95\n        gte: 5\n"),
}, {
	ID: "correlation/unlisted-rule", Severity: diag.Error,
	Summary: `the condition names a rule that is not in "rules"`,
	Why:     "Mostly the name is misspelt.",
	Bad:     joined("temporal", "user_added and not user_removed"),
	Good:    joined("temporal", "user_added and user_deleted"),
}, {
	ID: "correlation/unknown-rule-in-condition", Severity: diag.Error, Whole: true,
	Summary: "the condition names a rule that is none of those referred to by id",
	Why:     "Mostly the name is misspelt.",
	Bad:     byID("user_aded"),
	Good:    byID("user_added"),
}, {
	ID: "correlation/unused-rule", Severity: diag.Error,
	Summary: `a rule in "rules" is not used by the condition`,
	Why:     "It would be looked for without any effect; it was probably forgotten.",
	Bad:     joined("temporal", "user_added"),
	Good:    joined("temporal", "user_added and not user_deleted"),
}, {
	ID: "correlation/quantifier", Severity: diag.Error,
	Summary: `the condition over rules has an "of"`,
	Why:     `Sigma gives it no meaning there. Join the names with "and" and "or", or compare how many rules have found something.`,
	Bad:     joined("temporal", "1 of them"),
	Good:    joined("temporal", "user_added or user_deleted"),
}, {
	ID: "correlation/ordered-condition", Severity: diag.Error,
	Summary: `the condition of an ordered correlation has another word than "and"`,
	Why:     `In order means that every rule finds something, one after the other; "or" and "not" have no place in that.`,
	Bad:     joined("temporal_ordered", "user_added or user_deleted"),
	Good:    together("temporal", "temporal_ordered"),
}, {
	ID: "correlation/no-event", Severity: diag.Error,
	Summary: "the condition holds when no rule has found anything",
	Why:     "A correlation looks when an event arrives; where there is none, there is no moment to fire at.",
	Bad:     joined("temporal", "not user_added and not user_deleted"),
	Good:    joined("temporal", "user_added and not user_deleted"),
}}

// byID refers to a rule by its id, and to the name given in the condition.
func byID(name string) string {
	return `title: Added, and not deleted
correlation:
    type: temporal
    rules: [5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d, user_deleted]
    group-by: InitiatedBy.user.id
    timespan: 1h
    condition: ` + name + ` and not user_deleted
---
title: User added
name: user_added
id: 5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
---
title: User deleted
name: user_deleted
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Delete user
    condition: selection
`
}

// usual is a correlation with a baseline.
func usual(baseline string) string {
	return many() + "baseline:\n" + baseline
}

const daysBefore = "    periods: 7\n    every: 1d\n    increase: 50%\n"

var baselineChecks = []Check{{
	ID: "baseline/type", Severity: diag.Error,
	Summary: "a correlation that counts nothing has a baseline",
	Why:     "A baseline compares a count with the counts of past windows, so it goes with event_count and value_count.",
	Bad:     together() + "baseline:\n" + daysBefore,
	Good:    usual(daysBefore),
}, {
	ID: "baseline/unknown-key", Severity: diag.Error,
	Summary: "a baseline has no such key",
	Why:     "The keys are periods, every and increase.",
	Bad:     usual(daysBefore + "    factor: 2\n"),
	Good:    usual(daysBefore),
}, {
	ID: "baseline/missing-periods", Severity: diag.Error,
	Summary: "the baseline does not say how many past windows it looks at",
	Why:     "One window says little, and many take long to search.",
	Bad:     usual("    every: 1d\n    increase: 50%\n"),
	Good:    usual(daysBefore),
}, {
	ID: "baseline/bad-periods", Severity: diag.Error,
	Summary: "the number of past windows is not a whole number from 1 to 30",
	Why:     "Each period is searched again on every run.",
	Bad:     usual("    periods: 0\n    every: 1d\n    increase: 50%\n"),
	Good:    usual(daysBefore),
}, {
	ID: "baseline/bad-every", Severity: diag.Error,
	Summary: "the distance of the past windows is not a number and a unit",
	Why:     "The units are s, m, h and d.",
	Bad:     usual("    periods: 7\n    every: weekly\n    increase: 50%\n"),
	Good:    usual(daysBefore),
}, {
	ID: "baseline/overlap", Severity: diag.Error,
	Summary: "the past windows overlap",
	Why:     `Events would count in several of them. "every" must not be shorter than the timespan.`,
	Bad:     usual("    periods: 7\n    every: 30m\n    increase: 50%\n"),
	Good:    usual(daysBefore),
}, {
	ID: "baseline/missing-increase", Severity: diag.Error,
	Summary: "the baseline does not say how much more is too much",
	Why:     "Half of all windows are above the average.",
	Bad:     usual("    periods: 7\n    every: 1d\n"),
	Good:    usual(daysBefore),
}, {
	ID: "baseline/bad-increase", Severity: diag.Error,
	Summary: "the increase is no percentage",
	Why:     `An increase is written like 50%: the count must exceed the average by half.`,
	Bad:     usual("    periods: 7\n    every: 1d\n    increase: half\n"),
	Good:    usual(daysBefore),
}}
