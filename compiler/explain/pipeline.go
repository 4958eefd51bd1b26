package explain

import "github.com/sigc-rules/sigc/compiler/diag"

var pipelineChecks = []Check{{
	ID: "pipeline/failure", Severity: diag.Error,
	Summary: "a processing pipeline refuses the rule",
	Why: `A pipeline that is given with -p can refuse rules: by "rule_failure" and "detection_item_failure", by fields that it does ` +
		`not map, by values that are not what it makes of them. The message is the pipeline's, and the hint says where it stands.`,
	Bad:  "logsource:\n    product: refused\n" + item("OperationName: Add user"),
	Good: "logsource:\n    product: azure\n    service: auditlogs\n" + item("OperationName: Add user"),
}, {
	ID: "pipeline/inexact", Severity: diag.Error,
	Summary: "a processing pipeline cannot be applied to the rule and keep its meaning",
	Why: "Some changes have no certain meaning: of a search all of whose items are dropped nothing is left, a value that a modifier " +
		"encodes is not known to a pipeline, and a correlation cannot group by a field that becomes several. Narrow the " +
		"transformation by conditions, or write the rule in another way.",
	Bad:  "logsource:\n    product: dropped\n" + item("OperationName: Add user"),
	Good: "logsource:\n    product: azure\n    service: auditlogs\n" + item("OperationName: Add user"),
}}
