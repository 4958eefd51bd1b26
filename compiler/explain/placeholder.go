package explain

import "github.com/sigc-rules/sigc/compiler/diag"

var placeholderChecks = []Check{{
	ID: "placeholder/unresolved", Severity: diag.Error,
	Summary: "a placeholder has no values",
	Why: `The rule needs a list that only you can fill. Give it below "lists:" in sigc.yml, or with --var on the command line. A ` +
		"list may be empty, but has to be given: compiled without it the rule would match nothing, or everything.",
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
