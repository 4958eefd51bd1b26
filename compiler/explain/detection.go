package explain

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

var detectionChecks = []Check{{
	ID: "detection/no-search", Severity: diag.Error,
	Summary: "a detection has a condition, but no search",
	Why:     "There is nothing that the condition could combine.",
	Bad:     "detection:\n    condition: selection\n",
	Good:    "detection:\n    selection:\n        OperationName: Add user\n    condition: selection\n",
}, {
	ID: "detection/null-search", Severity: diag.Error,
	Summary: "a search has a name and nothing else",
	Why:     "Mostly the fields below it are not indented and so have become searches of their own.",
	Bad: `detection:
    selection:
    OperationName: Add user
    condition: selection
`,
	Good: `detection:
    selection:
        OperationName: Add user
    condition: selection
`,
}, {
	ID: "detection/empty-search", Severity: diag.Error,
	Summary: "a search is an empty map",
	Why:     "All of no conditions hold for every event, so the search would match everything.",
	Bad:     "detection:\n    selection: {}\n    condition: selection\n",
	Good:    "detection:\n    selection:\n        OperationName: Add user\n    condition: selection\n",
}, {
	ID: "detection/empty-list", Severity: diag.Error,
	Summary: "a search or a field has a list without values",
	Why:     "No value can match it, so the rule would be silent for ever.",
	Bad:     "detection:\n    selection:\n        OperationName: []\n    condition: selection\n",
	Good:    "detection:\n    selection:\n        OperationName: [Add user]\n    condition: selection\n",
}, {
	ID: "detection/nested-list", Severity: diag.Error,
	Summary: "a list stands in a list",
	Why:     "Sigma gives no meaning to it. It mostly comes from an alias of a list among other values.",
	Bad:     "detection:\n    selection:\n        OperationName: [[Add user], Delete user]\n    condition: selection\n",
	Good:    "detection:\n    selection:\n        OperationName: [Add user, Delete user]\n    condition: selection\n",
}, {
	ID: "detection/map-value", Severity: diag.Error,
	Summary: "a field has a map as its value",
	Why: "Below a field stand values. To reach into an object, write the path with dots; to test several things on the same " +
		"member of an array, select the members with [any] under sigma-version 3.",
	Bad: `detection:
    selection:
        InitiatedBy:
            user: alice
    condition: selection
`,
	Good: `detection:
    selection:
        InitiatedBy.user.displayName: alice
    condition: selection
`,
}, {
	ID: "detection/bad-name", Severity: diag.Error,
	Summary: "a search or field has no name, or a search is named like a word of conditions",
	Why:     "In a condition the name could not be told from the word.",
	Bad:     "detection:\n    them:\n        OperationName: Add user\n    condition: them\n",
	Good:    "detection:\n    selection:\n        OperationName: Add user\n    condition: selection\n",
}, {
	ID: "detection/pipe-in-name", Severity: diag.Warning,
	Summary: `the name of a search has a "|" in it`,
	Why:     "Modifiers belong to fields. After the name of a search they change nothing.",
	Bad: `detection:
    keywords|all:
        OperationName: Add user
    condition: 1 of keywords*
`,
	Good: `detection:
    selection:
        OperationName: Add user
    condition: selection
`,
}, {
	ID: "detection/unused-search", Severity: diag.Warning,
	Summary: "the condition does not use a search",
	Why: "A filter that is defined and not used excludes nothing; a selection that is not used finds nothing. Both look fine " +
		"when the rule is read.",
	Bad: `detection:
    selection:
        OperationName: Add user
    filter_guest:
        Identity: guest
    condition: selection
`,
	Good: `detection:
    selection:
        OperationName: Add user
    filter_guest:
        Identity: guest
    condition: selection and not filter_guest
`,
}, {
	ID: "detection/timeframe", Severity: diag.Warning,
	Summary: `"timeframe" has no effect`,
	Why:     "It belonged to the aggregations of Sigma 1. What counts events within a time is a correlation rule today.",
	Bad: `detection:
    selection:
        OperationName: Add user
    timeframe: 5m
    condition: selection
`,
	Good: `detection:
    selection:
        OperationName: Add user
    condition: selection
`,
}, {
	ID: "detection/array-selector", Severity: diag.Warning,
	Summary: "a field ends with an array selector, but the rule is not of sigma-version 3",
	Why:     "Before version 3 brackets are part of the name, and no log has a field of that name.",
	Bad: `detection:
    selection:
        TargetResources[any]: alice
    condition: selection
`,
	Good: `sigma-version: 3
detection:
    selection:
        TargetResources[any]:
            displayName: alice
    condition: selection
`,
}, {
	ID: "detection/too-many-searches", Severity: diag.Error,
	Summary: "a detection has more than 4096 searches",
	Why:     "Put values that are alternatives into a list of one field.",
	long:    func() string { return "detection:\n" + manySearches(4097) + "    condition: 1 of them\n" },
	Good:    "detection:\n    selection:\n        OperationName: [Add user, Delete user]\n    condition: selection\n",
}}

func manySearches(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "    s%d: {OperationName: o%d}\n", i, i)
	}
	return b.String()
}
