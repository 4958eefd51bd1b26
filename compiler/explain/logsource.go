package explain

import "github.com/sigc-rules/sigc/compiler/diag"

var logsourceChecks = []Check{{
	ID: "logsource/unknown-service", Severity: diag.Warning,
	Summary: "no log is known for the service, but one for a service with a name near to it",
	Why:     "A rule about a log that no platform keeps is refused by all of them.",
	Bad:     "logsource:\n    product: azure\n    service: auditlog\n" + item("OperationName: Add user"),
	Good:    "logsource:\n    product: azure\n    service: auditlogs\n" + item("OperationName: Add user"),
}, {
	ID: "logsource/one-log", Severity: diag.Note,
	Summary: "a rule about several logs reads one of them, because the others lack a field",
	Why: `The service "signinlogs" means all sign-ins of users, which Log Analytics keeps in two tables. Where a condition names a ` +
		"field that only one of them has, no event of the other can be judged, and the rule reads the one alone.",
	Bad:  "logsource:\n    product: azure\n    service: signinlogs\n" + item("RiskLevel: high"),
	Good: "logsource:\n    product: azure\n    service: signinlogs\n" + item("RiskLevelDuringSignIn: high"),
}, {
	ID: "logsource/empty", Severity: diag.Error,
	Summary: "the logsource names neither a category nor a product nor a service",
	Why:     "One of the three is needed to find the log.",
	Bad:     "logsource:\n    definition: the audit log of Entra ID\n",
	Good:    "logsource:\n    product: azure\n    service: auditlogs\n",
}, {
	ID: "logsource/upper-case", Severity: diag.Warning,
	Summary: "a name of a logsource is not in lower case",
	Why:     "Other tools compare these names letter by letter and would not find the log.",
	Bad:     "logsource:\n    product: Azure\n    service: auditlogs\n",
	Good:    "logsource:\n    product: azure\n    service: auditlogs\n",
}}
