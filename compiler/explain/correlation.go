package explain

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// many is a correlation of type event_count in which each first text is replaced by the one after it.
func many(replace ...string) string {
	return strings.NewReplacer(replace...).Replace(`correlation:
    type: event_count
    rules: user_added
    group-by: InitiatedBy.user.id
    timespan: 1h
    condition:
        gte: 10
`)
}

// together is the same for one of type temporal.
func together(replace ...string) string {
	return strings.NewReplacer(replace...).Replace(`correlation:
    type: temporal
    rules: [user_added, user_deleted]
    group-by: InitiatedBy.user.id
    timespan: 1h
`)
}

// pyramid is a correlation over two, which are over two, and so on.
func pyramid(levels int) string {
	var b strings.Builder
	below := [2]string{"user_added", "user_deleted"}
	for n := 1; n <= levels; n++ {
		level := [2]string{fmt.Sprintf("left%d", n), fmt.Sprintf("right%d", n)}
		for _, name := range level {
			fmt.Fprintf(&b, "title: %s\nname: %s\n%s---\n", name, name, together("user_added, user_deleted", strings.Join(below[:], ", ")))
		}
		below = level
	}
	return strings.TrimSuffix(b.String(), "---\n")
}

const aliased = together1 + `    aliases:
        actor:
            user_added: InitiatedBy.user.id
            user_deleted: Identity
`

const together1 = `correlation:
    type: temporal
    rules: [user_added, user_deleted]
    group-by: actor
    timespan: 1h
`

var correlationChecks = []Check{{
	ID: "correlation/missing-type", Severity: diag.Error,
	Summary: "the correlation has no type",
	Why:     "The type says what is counted, or which order is asked for.",
	Bad:     many("    type: event_count\n", ""),
	Good:    many(),
}, {
	ID: "correlation/bad-type", Severity: diag.Error,
	Summary: "there is no such type of correlation",
	Why: "The types are event_count, value_count, temporal, temporal_ordered, value_sum, value_avg, value_percentile and " +
		"value_median.",
	Bad:  many("event_count", "event_cuont"),
	Good: many(),
}, {
	ID: "correlation/missing-rules", Severity: diag.Error,
	Summary: "the correlation refers to no rule",
	Why:     "What it correlates are the events that other rules match.",
	Bad:     many("    rules: user_added\n", ""),
	Good:    many(),
}, {
	ID: "correlation/unknown-rule", Severity: diag.Error,
	Summary: "no rule has the id or name that the correlation refers to",
	Why:     `A rule is referred to by its "id" or "name", and has to be among the files that are compiled together.`,
	Bad:     many("user_added", "user_aded"),
	Good:    many(),
}, {
	ID: "correlation/duplicate-rule", Severity: diag.Error,
	Summary: "the correlation refers to a rule twice",
	Why:     "Its events would count twice; another rule may have been meant.",
	Bad:     together("user_deleted", "user_added"),
	Good:    together(),
}, {
	ID: "correlation/broken-rule", Severity: diag.Error,
	Summary: "a rule that the correlation refers to has errors of its own",
	Why:     "Without that rule the correlation would mean something else. Mend the rule first.",
	Whole:   true,
	Bad: `title: Many users added
correlation:
    type: event_count
    rules: user_added
    group-by: InitiatedBy.user.id
    timespan: 1h
    condition:
        gte: 10
---
title: User added
name: user_added
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selectoin
`,
	Good: `title: Many users added
correlation:
    type: event_count
    rules: user_added
    group-by: InitiatedBy.user.id
    timespan: 1h
    condition:
        gte: 10
---
title: User added
name: user_added
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
`,
}, {
	ID: "correlation/ambiguous-rule", Severity: diag.Error,
	Summary: "several rules have the name that the correlation refers to",
	Why:     "Which of them is meant would depend on the order of the files. Refer to it by its id, or rename one.",
	Bad:     "title: Many added\n" + many() + "---\ntitle: Many deleted\nname: user_added\n" + many("rules: user_added", "rules: user_deleted"),
	Good:    many(),
}, {
	ID: "correlation/too-large", Severity: diag.Error,
	Summary: "too many rules and correlations are below the correlation",
	Why: "Each counts as often as it is referred to, as the query asks for it in each place. A few correlations that all refer to " +
		"two others would make a query of any size.",
	long: func() string { return pyramid(7) },
	Good: pyramid(1),
}, {
	ID: "correlation/cycle", Severity: diag.Error,
	Summary: "the correlation refers to itself, perhaps through others",
	Why:     "It would fire because it has fired.",
	Bad:     "name: many_added\n" + many("rules: user_added", "rules: many_added"),
	Good:    "name: many_added\n" + many(),
}, {
	ID: "correlation/missing-timespan", Severity: diag.Error,
	Summary: "the correlation has no timespan",
	Why:     "Without one, events that are months apart would belong together.",
	Bad:     many("    timespan: 1h\n", ""),
	Good:    many(),
}, {
	ID: "correlation/bad-timespan", Severity: diag.Error,
	Summary: "the timespan is not a number and a unit",
	Why:     "The units are s, m, h and d; a number without one could be seconds or minutes.",
	Bad:     many("1h", "1 hour"),
	Good:    many(),
}, {
	ID: "correlation/no-group-by", Severity: diag.Warning,
	Summary: "all events are in one group",
	Why: "Ten events of ten people are then the same as ten of one. Group by what they must have in common, or write an empty list " +
		"to show that one group is meant.",
	Bad:  many("    group-by: InitiatedBy.user.id\n", ""),
	Good: many(),
}, {
	ID: "correlation/duplicate-field", Severity: diag.Error,
	Summary: "a field is listed twice",
	Why:     "The second changes nothing; another one may have been meant.",
	Bad:     many("group-by: InitiatedBy.user.id", "group-by: [InitiatedBy.user.id, InitiatedBy.user.id]"),
	Good:    many(),
}, {
	ID: "correlation/object", Severity: diag.Error,
	Summary: "a field of the correlation is an object",
	Why:     "Groups are told apart by texts, and an object has none. Name the field of it that is meant.",
	Bad:     many("InitiatedBy.user.id", "InitiatedBy.user"),
	Good:    many(),
}, {
	ID: "correlation/field-not-offered", Severity: diag.Error, Whole: true,
	Summary: "a correlation is grouped by a field that the correlation it refers to does not pass on",
	Why:     "When a correlation fires, only the fields that it groups by are known.",
	Bad:     chained("CorrelationId"),
	Good:    chained("InitiatedBy.user.id"),
}, {
	ID: "correlation/unknown-key", Severity: diag.Error,
	Summary: "a correlation has no such key",
	Why:     "What it should have said would be missing, and the correlation mean something else.",
	Bad:     many("group-by", "groupby"),
	Good:    many(),
}, {
	ID: "correlation/extension", Severity: diag.Error,
	Summary: "a key that another tool has added to Sigma",
	Why:     "It changes when the correlation fires, in a way that sigc does not know. Every window of sigc slides.",
	Bad:     many("    timespan: 1h\n", "    timespan: 1h\n    window: tumbling\n"),
	Good:    many(),
}, {
	ID: "correlation/misplaced-key", Severity: diag.Warning,
	Summary: `a key of the correlation stands beside "correlation" and not inside of it`,
	Why:     "There it is the author's own key and means nothing.",
	Bad:     "timespan: 2h\n" + many(),
	Good:    many(),
}, {
	ID: "correlation/logsource", Severity: diag.Warning,
	Summary: "the logsource of a correlation is ignored",
	Why:     "The logs are those of the rules that it refers to.",
	Bad:     "logsource: {product: azure}\n" + many(),
	Good:    many(),
}, {
	ID: "correlation/generate", Severity: diag.Error,
	Summary: `"generate" is given twice, with different values`,
	Why:     `It may stand beside "correlation" or inside of it, and has to say the same in both places.`,
	Bad:     "generate: true\n" + many("    timespan", "    generate: false\n    timespan"),
	Good:    "generate: true\n" + many(),
}, {
	ID: "correlation/bad-alias", Severity: diag.Error,
	Summary: "an alias is not a map from rules to fields",
	Why:     "An alias gives one name to fields that each rule calls in its own way.",
	Bad:     together1 + "    aliases:\n        actor: InitiatedBy.user.id\n",
	Good:    aliased,
}, {
	ID: "correlation/alias-rule", Severity: diag.Error,
	Summary: "an alias names a rule that the correlation does not refer to",
	Why:     "Mostly the name is misspelt, and then another rule has no field.",
	Bad:     strings.Replace(aliased, "user_deleted: Identity", "user_removed: Identity", 1),
	Good:    aliased,
}, {
	ID: "correlation/alias-incomplete", Severity: diag.Error,
	Summary: "an alias has no field for one of the rules",
	Why:     "Events of that rule would be in no group, and the correlation never see them.",
	Bad:     strings.Replace(aliased, "            user_deleted: Identity\n", "", 1),
	Good:    aliased,
}, {
	ID: "correlation/unused-alias", Severity: diag.Warning,
	Summary: "an alias is not used",
	Why:     `It has an effect only where "group-by" or "field" names it.`,
	Bad:     strings.Replace(aliased, "group-by: actor", "group-by: CorrelationId", 1),
	Good:    aliased,
}, {
	ID: "correlation/bins", Severity: diag.Warning,
	Summary: "the windows of the correlation are fixed ones, as -c bins asks",
	Why: "A burst that goes on over the edge of two fixed windows may fill neither of them, and is missed. Windows that " +
		"slide, the default, find it. Fixed ones only cost less to search.",
	Bad:  "# sigc build -c bins\n" + many(),
	Good: "# sigc build -c sliding\n" + many(),
}}

// chained is a correlation of a correlation, grouped by a field.
func chained(field string) string {
	return "title: Again and again\n" + many("rules: user_added", "rules: many_added", "InitiatedBy.user.id", field) +
		"---\ntitle: Many users added\nname: many_added\n" + many() + "---\n" + referred
}
