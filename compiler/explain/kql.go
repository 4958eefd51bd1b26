package explain

import "github.com/sigc-rules/sigc/compiler/diag"

var kqlChecks = []Check{{
	ID: "kql/syntax", Severity: diag.Error, Whole: true,
	Summary: "a query is not valid KQL, or uses a part of it that sigc does not read",
	Why:     "The platform would refuse the query when it is deployed.",
	Bad:     "AuditLogs\n| where OperationName = \"Add user\"\n",
	Good:    "AuditLogs\n| where OperationName == \"Add user\"\n",
}}
