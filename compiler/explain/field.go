package explain

import "github.com/sigc-rules/sigc/compiler/diag"

var fieldChecks = []Check{{
	ID: "field/undescribed", Severity: diag.Note,
	Summary: "the kind of a value inside of JSON is not known; it is compared as one text",
	Why:     "Where the value turns out to be a list, its members are not looked at one by one. Select them with [any] to say that it is one.",
	Bad:     "sigma-version: 3\n" + item("TargetResources[any]:\n            modifiedProperties[any].newValue.state: enabled"),
	Good:    "sigma-version: 3\n" + item("TargetResources[any]:\n            modifiedProperties[any].displayName: state"),
}, {
	ID: "field/quantifier", Severity: diag.Error,
	Summary: "a field to show or to group by has a quantifier in its name",
	Why: "[any], [all] and [none] say how many members of an array must pass a test. Where nothing is tested, a field stands for the values " +
		"of all members; a position, such as [0], takes those of one.",
	Bad:  "sigma-version: 3\nfields:\n    - TargetResources[any].displayName\n",
	Good: "sigma-version: 3\nfields:\n    - TargetResources[0].displayName\n",
}, {
	ID: "field/unknown", Severity: diag.Error,
	Summary: "the log of the rule has no such field",
	Why: "A query for it would be refused by the platform or, worse, accepted and never match. Case counts; the names of the " +
		`table, of the Event Hub record and of Microsoft Graph are all understood. "sigc list fields" shows what there is. ` +
		"What sensors and other clouds may send as well is a warning of lint.",
	Bad: `detection:
    selection:
        InitiatedBy.user.userPrincipleName: alice@contoso.example
    condition: selection
`,
	Good: `detection:
    selection:
        InitiatedBy.user.userPrincipalName: alice@contoso.example
    condition: selection
`,
}, {
	ID: "field/unknown-triage", Severity: diag.Warning,
	Summary: `the log has no such field to show: an entry of "fields" is left out`,
	Why:     "The rule finds the same events, but an analyst does not see what its author wanted to show.",
	Bad:     "fields:\n    - OperationNam\n",
	Good:    "fields:\n    - OperationName\n",
}, {
	ID: "field/object-compared", Severity: diag.Error,
	Summary: "a field that holds an object is compared with a text",
	Why:     "No text is ever equal to an object, so the rule could not match. Name a member of it.",
	Bad:     "detection:\n    selection:\n        InitiatedBy.user: alice@contoso.example\n    condition: selection\n",
	Good:    "detection:\n    selection:\n        InitiatedBy.user.userPrincipalName: alice@contoso.example\n    condition: selection\n",
}, {
	ID: "field/time-as-text", Severity: diag.Error,
	Summary: "the text of a point in time is compared",
	Why: "One moment is written in several ways, with Z or +00:00 and with more or fewer digits; a table keeps the moment and not " +
		"the text. What compares the text finds an event in one place and not in another.",
	Bad:  "logsource:\n    product: azure\n    service: signinlogs\n" + item("CreatedDateTime|startswith: '2026-03-02T23'"),
	Good: "logsource:\n    product: azure\n    service: signinlogs\n" + item("CreatedDateTime|hour: 23"),
}, {
	ID: "field/never-holds", Severity: diag.Error,
	Summary: "the type of the field rules the comparison out",
	Why: "A number is never equal to a word, and a boolean is in no network; the rule would be silent for ever. The text of a " +
		"result often stands in another field than its number.",
	Bad: `logsource:
    product: azure
    service: signinlogs
detection:
    selection:
        Status.errorCode: failure
    condition: selection
`,
	Good: `logsource:
    product: azure
    service: signinlogs
detection:
    selection:
        Status.errorCode: 50126
    condition: selection
`,
}, {
	ID: "field/array-selector", Severity: diag.Warning,
	Summary: "brackets in the name of a field are taken as part of the name",
	Why:     `They select members of an array only in a rule that says "sigma-version: 3".`,
	Bad: `detection:
    selection:
        TargetResources[any].displayName: alice
    condition: selection
`,
	Good: `sigma-version: 3
detection:
    selection:
        TargetResources[any].displayName: alice
    condition: selection
`,
}, {
	ID: "field/bad-selector", Severity: diag.Error,
	Summary: "what stands in the brackets is no selector of array members",
	Why:     "The selectors are any, all, all_or_empty, none and a position; negative positions count from the end.",
	Bad: `sigma-version: 3
detection:
    selection:
        TargetResources[some].displayName: alice
    condition: selection
`,
	Good: `sigma-version: 3
detection:
    selection:
        TargetResources[any].displayName: alice
    condition: selection
`,
}, {
	ID: "field/sibling-scopes", Severity: diag.Warning,
	Summary: "two lines test the members of one array, each for itself",
	Why: "The first may hold for one member and the second for another, so the rule matches events in which no member has both. " +
		"Put the two below one selector to speak of the same member.",
	Bad: `sigma-version: 3
detection:
    selection:
        TargetResources[any].type: User
        TargetResources[any].displayName: alice
    condition: selection
`,
	Good: `sigma-version: 3
detection:
    selection:
        TargetResources[any]:
            type: User
            displayName: alice
    condition: selection
`,
}, {
	ID: "field/element-outside-block", Severity: diag.Error,
	Summary: `"." stands outside of an array block`,
	Why:     `Inside of one it is the member itself, for arrays of texts; elsewhere it means nothing.`,
	Bad: `sigma-version: 3
detection:
    selection:
        .: alice
    condition: selection
`,
	Good: `sigma-version: 3
detection:
    selection:
        TargetResources[any]:
            displayName: alice
    condition: selection
`,
}}
