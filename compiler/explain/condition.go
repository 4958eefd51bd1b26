package explain

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// conditionExample is a detection with a selection, two filters and the given condition.
func conditionExample(condition string) string {
	return fmt.Sprintf(`detection:
    selection:
        OperationName: Add user
    filter_sync:
        Identity: sync
    filter_hr:
        Identity: hr
    condition: %s
`, condition)
}

var conditionChecks = []Check{{
	ID: "condition/unknown-search", Severity: diag.Error,
	Summary: "the condition names a search that the detection does not have",
	Why:     "A misspelt filter would exclude nothing, and a misspelt selection find nothing; so the rule is refused.",
	Bad:     conditionExample("selection and not filter_snyc and not filter_hr"),
	Good:    conditionExample("selection and not filter_sync and not filter_hr"),
}, {
	ID: "condition/no-match", Severity: diag.Error,
	Summary: `a pattern such as "1 of filter_*" fits no search, or fewer than it asks for`,
	Why:     `What follows "of" must fit a search. Names that begin with "_" are fitted only by patterns that do so too.`,
	Bad:     conditionExample("selection and not 1 of exclude_*"),
	Good:    conditionExample("selection and not 1 of filter_*"),
}, {
	ID: "condition/empty", Severity: diag.Error,
	Summary: "the condition is empty",
	Why:     "It has to say which searches must hold.",
	Bad:     conditionExample(`""`),
	Good:    conditionExample("selection and not 1 of filter_*"),
}, {
	ID: "condition/syntax", Severity: diag.Error,
	Summary: "the condition is not built as Sigma's grammar asks",
	Why:     `Searches are joined by "and" and "or", negated by "not", grouped in parentheses, and counted by "1 of" and "all of".`,
	Bad:     conditionExample("selection and (not filter_sync or filter_hr"),
	Good:    conditionExample("selection and not (filter_sync or filter_hr)"),
}, {
	ID: "condition/upper-case-keyword", Severity: diag.Error,
	Summary: "a word of the condition is in upper case",
	Why:     `"AND" is the name of a search to other tools. Sigma's words are in lower case.`,
	Bad:     conditionExample("selection AND NOT 1 of filter_*"),
	Good:    conditionExample("selection and not 1 of filter_*"),
}, {
	ID: "condition/aggregation", Severity: diag.Error,
	Summary: `the condition has an aggregation of Sigma 1, after "|"`,
	Why:     "Counting and grouping moved to correlation rules; without them the rule would report every single event.",
	Bad:     conditionExample("selection and not 1 of filter_* | count() by Identity > 5"),
	Good:    conditionExample("selection and not 1 of filter_*"),
}, {
	ID: "condition/all-of-them", Severity: diag.Note,
	Summary: `"all of them" takes in every search of the detection`,
	Why:     "A filter that is added later becomes something that must be found, and the rule goes silent.",
	Bad:     conditionExample("all of them"),
	Good:    conditionExample("selection and not 1 of filter_*"),
}, {
	ID: "condition/too-long", Severity: diag.Error,
	Summary: "the condition is longer than 65536 bytes",
	Why:     `Conditions of people have some hundred characters. Use "1 of" with a pattern, or lists of values.`,
	long:    func() string { return conditionExample("selection" + strings.Repeat(" and selection", 5000)) },
	Good:    conditionExample("selection and not 1 of filter_*"),
}, {
	ID: "condition/too-deep", Severity: diag.Error,
	Summary: "the condition is nested more than 64 levels deep",
	Why:     "No reader could follow it, and programs run out of memory on it.",
	Bad:     conditionExample(strings.Repeat("(", 70) + "selection" + strings.Repeat(")", 70)),
	Good:    conditionExample("(selection) and not 1 of filter_*"),
}, {
	ID: "condition/too-many-combinations", Severity: diag.Error,
	Summary: `"N of" stands for more than 1000 combinations of searches`,
	Why:     "No query language has such a count, so every combination is written out; the query would be longer than any platform takes.",
	Bad:     "detection:\n" + manySearches(20) + "    condition: 8 of s*\n",
	Good:    "detection:\n" + manySearches(20) + "    condition: 2 of s1*\n",
}, {
	ID: "condition/too-large", Severity: diag.Error,
	Summary: "the condition stands for more than a million comparisons",
	Why:     "Every word of a condition is replaced by the search it names; long searches named many times become a query of any size.",
	long: func() string {
		return "detection:\n    s:\n        " + longList(5000) + "    condition: s" + strings.Repeat(" or s", 250) + "\n"
	},
	Good: "detection:\n    s:\n        " + longList(3) + "    condition: s\n",
}}

func longList(n int) string {
	return "OperationName: [" + operations(n) + "]\n"
}
