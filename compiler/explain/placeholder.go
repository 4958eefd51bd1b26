package explain

import "github.com/sigc-rules/sigc/compiler/diag"

var placeholderChecks = []Check{{
	ID: "placeholder/unresolved", Severity: diag.Error,
	Summary: "a placeholder has no values",
	Why: `The rule needs a list that only you can fill. Give it below "lists:" in sigc.yml, or with --var on the command line. A ` +
		"list may be empty, but has to be given: compiled without it the rule would match nothing, or everything. " +
		"Where no list is declared at all, lint only warns.",
	Bad: `detection:
    selection:
        InitiatedBy.user.userPrincipalName|expand: '%unheard_of%'
    condition: selection
`,
	Good: `detection:
    selection:
        InitiatedBy.user.userPrincipalName|expand: '%admins%'
    condition: selection
`,
}, {
	ID: "list/empty", Severity: diag.Note,
	Summary: "a list that a rule compares with has no values",
	Why: "Nothing is in an empty list, so a rule about what is in it never matches, and one that leaves out what is in it leaves " +
		"out nothing. That is right until somebody fills the list; it is told so that nobody forgets.",
	Bad: `detection:
    selection:
        OperationName: Add user
    approved:
        InitiatedBy.user.userPrincipalName|expand: '%nothing%'
    condition: selection and not approved
`,
	Good: `detection:
    selection:
        OperationName: Add user
    approved:
        InitiatedBy.user.userPrincipalName|expand: '%admins%'
    condition: selection and not approved
`,
}, {
	ID: "list/inline", Severity: diag.Note,
	Summary: "the values of a list stand in the query, although the target was to keep the list",
	Why: "A watchlist or lookup holds lines of text, in which nothing escapes. Values that no such line can be, and comparisons " +
		"that a target can only make with values it knows, need the values in the query: a change of the list then means to " +
		"deploy the rule again.",
	Bad: `detection:
    selection:
        InitiatedBy.user.userPrincipalName|expand: '%admin_patterns%'
    condition: selection
`,
	Good: `detection:
    selection:
        InitiatedBy.user.userPrincipalName|expand: '%admins%'
    condition: selection
`,
}, {
	ID: "placeholder/schedule", Severity: diag.Error,
	Summary: "a schedule is compared in a way that only texts can be",
	Why: "A schedule says when; it has no values that could be part of a text or be changed by a modifier. A field that is a point " +
		`in time is within it or not: ask so with "expand" alone, and with "not" in the condition for the time outside.`,
	Bad: `detection:
    selection:
        ActivityDateTime|contains|expand: '%business_hours%'
    condition: selection
`,
	Good: `detection:
    selection:
        OperationName: Add user
    at_work:
        ActivityDateTime|expand: '%business_hours%'
    condition: selection and not at_work
`,
}, {
	ID: "placeholder/none", Severity: diag.Warning,
	Summary: `the modifier "expand" stands before a value without a placeholder`,
	Why:     "A placeholder is a name between two percent signs; without them the name itself is searched, which no event holds.",
	Bad: `detection:
    selection:
        InitiatedBy.user.userPrincipalName|expand: admins
    condition: selection
`,
	Good: `detection:
    selection:
        InitiatedBy.user.userPrincipalName|expand: '%admins%'
    condition: selection
`,
}}
