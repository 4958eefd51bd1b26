package explain

import "github.com/sigc-rules/sigc/compiler/diag"

var pipelineChecks = []Check{{
	ID: "pipeline/failure", Severity: diag.Error, Settings: true,
	Summary: "a processing pipeline refuses the rule",
	Why: `A pipeline that is given with -p can refuse rules: by "rule_failure" and "detection_item_failure", by fields that it does ` +
		`not map, by values that are not what it makes of them. The message is the pipeline's, and the hint says where it stands.`,
	Bad: settingsPipeline + "transformations:\n  - {type: rule_failure, message: no audit log is kept, " +
		"rule_conditions: [{type: logsource, service: auditlogs}]}\n",
	Good: settingsPipeline + "transformations:\n  - {type: rule_failure, message: no sign-ins are kept, " +
		"rule_conditions: [{type: logsource, service: signinlogs}]}\n",
}, {
	ID: "pipeline/inexact", Severity: diag.Error, Settings: true,
	Summary: "a processing pipeline cannot be applied to the rule and keep its meaning",
	Why: "Some changes have no certain meaning. Nobody can say what a search should find once all its items are dropped, a " +
		"pipeline does not know a value that a modifier encodes, and a correlation cannot group by a field that becomes several. " +
		"Narrow the transformation by conditions, or write the rule in another way.",
	Bad: settingsPipeline + "transformations:\n  - type: drop_detection_item\n",
	Good: settingsPipeline + "transformations:\n  - type: drop_detection_item\n" +
		"    field_name_conditions: [{type: include_fields, fields: [EventID]}]\n",
}, {
	ID: "pipeline/invalid", Severity: diag.Error, Settings: true,
	Summary: "a file of a processing pipeline is not as pySigma documents it",
	Why: "A transformation or condition that is not understood would leave rules as they are, or change others. The names are those " +
		"of pySigma's documentation of processing pipelines.",
	Bad:  settingsPipeline + "transformations:\n  - {type: field_name_mapping, maping: {User: Identity}, mapping: {A: B}}\n",
	Good: settingsPipeline + "transformations:\n  - {type: field_name_mapping, mapping: {User: Identity}}\n",
}, {
	ID: "pipeline/refused", Severity: diag.Error, Settings: true,
	Summary: "a processing pipeline asks for what cannot be kept here",
	Why: "pySigma makes queries of texts, which such a part changes or writes. Here they are made of what a rule means, so that " +
		"the same must be said in another way; the message says in which.",
	Bad:  settingsPipeline + "postprocessing:\n  - {type: embed, prefix: 'index=main '}\n",
	Good: settingsPipeline + "postprocessing: []\n",
}, {
	ID: "pipeline/no-effect", Severity: diag.Warning, Settings: true,
	Summary: "a part of a processing pipeline changes nothing here",
	Why:     "It is meant for a backend of pySigma, or for how its output is put together. The rules mean the same without it.",
	Bad:     settingsPipeline + "finalizers:\n  - {type: concat}\n",
	Good:    settingsPipeline + "transformations: []\n",
}}

// settingsPipeline begins the examples that are about files of pipelines.
const settingsPipeline = settingsRule + "-- sigc.yml --\npipelines: pipeline.yml\n-- pipeline.yml --\n"
