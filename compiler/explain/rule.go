package explain

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

var ruleChecks = []Check{{
	ID: "rule/sigc-key", Severity: diag.Error,
	Summary: "the key sigc of a rule holds something unknown",
	Why:     "Below it a rule sets options of targets for itself, and nothing else. Other tools ignore the key.",
	Bad:     "sigc:\n    target:\n        sentinel: {}\n",
	Good:    "sigc:\n    targets:\n        sentinel: {}\n",
}, {
	ID: "rule/unknown-target", Severity: diag.Warning,
	Summary: "a rule sets options of a target that does not exist",
	Why:     "The setting has no effect: probably the name is misspelt.",
	Bad:     "sigc: {targets: {partiel: {priority: high}}}\n",
	Good:    "sigc: {targets: {partial: {priority: high}}}\n",
}, {
	ID: "translation/outdated", Severity: diag.Warning, Whole: true,
	Summary: "a translation is older than its source text",
	Why: "The files below lang tell what the rule says in other languages. Each translation has a digest of the text it was " +
		"made from; that text has changed since, and the two may say different things.",
	Bad: `title: Account locked out many times
id: 0e1d3a54-7c7e-4c19-9c9e-5b1b3d2c4a10
logsource: {product: azure, service: signinlogs}
detection:
    selection:
        ResultType: 50053
    condition: selection
`,
	Good: `title: Account locked out
id: 0e1d3a54-7c7e-4c19-9c9e-5b1b3d2c4a10
logsource: {product: azure, service: signinlogs}
detection:
    selection:
        ResultType: 50053
    condition: selection
`,
}, {
	ID: "rule/missing-title", Severity: diag.Error, Whole: true,
	Summary: "a rule has no title",
	Why:     "The title is what an analyst sees in the queue of alerts; on every platform it names the rule.",
	Bad: `logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
`,
	Good: `title: User added
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
`,
}, {
	ID: "rule/missing-logsource", Severity: diag.Error, Whole: true,
	Summary: "a rule does not say which log it reads",
	Why:     "Without a logsource there is no table to query.",
	Bad: `title: User added
detection:
    selection:
        OperationName: Add user
    condition: selection
`,
	Good: `title: User added
logsource:
    product: azure
    service: auditlogs
detection:
    selection:
        OperationName: Add user
    condition: selection
`,
}, {
	ID: "rule/missing-detection", Severity: diag.Error, Whole: true,
	Summary: "a rule has no detection",
	Why:     "Without one there is nothing to look for.",
	Bad: `title: User added
logsource: {product: azure, service: auditlogs}
`,
	Good: `title: User added
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
`,
}, {
	ID: "rule/missing-condition", Severity: diag.Error,
	Summary: "a detection has searches, but no condition that says how they are combined",
	Why: `The commonest cause is a "condition" that is indented too far and so has become a field of the last search; sigc does ` +
		"not guess.",
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
	ID: "rule/unknown-kind", Severity: diag.Error, Whole: true,
	Summary: "a document is not a Sigma rule",
	Why: "A file of another kind stands among the rules, such as a workflow or a configuration. Move it elsewhere, or name the " +
		"folders of rules on the command line.",
	Bad:  "name: CI\njobs: {}\n",
	Good: "title: Example\nlogsource: {product: azure, service: auditlogs}\n",
}, {
	ID: "rule/several-kinds", Severity: diag.Error, Whole: true,
	Summary: "a document is a detection rule and something else at once",
	Why:     "A rule with a detection, a correlation and a filter are three kinds of documents; one document is one of them.",
	Bad: `title: Many users added
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
correlation:
    type: event_count
`,
	Good: `title: User added
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
`,
}, {
	ID: "rule/unmodified", Severity: diag.Warning, Whole: true,
	Summary: `a rule matches something else than before, but "modified" is not newer`,
	Why: "Who follows the rules looks at the date to see what has changed. It is found by comparing with an earlier version: " +
		`"sigc lint --since REV".`,
	Bad:  versions("modified: 2026-01-31\n", "add user", "modified: 2026-01-31\n", "delete user"),
	Good: versions("modified: 2026-01-31\n", "add user", "modified: 2026-02-01\n", "delete user"),
}, {
	ID: "rule/id-changed", Severity: diag.Warning, Whole: true,
	Summary: "a rule has another id than before, or the id of another rule",
	Why: "Platforms know a rule by its id: under another one it is a new rule, and the old one stays deployed beside it. It is " +
		`found by comparing with an earlier version: "sigc lint --since REV".`,
	Bad: versions("id: 5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d\n", "add user", "id: 0b9c6e0a-52a5-4c0c-8d4b-6a1b0c3f9e77\n", "add user"),
	Good: versions("id: 5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d\n", "add user",
		"id: 0b9c6e0a-52a5-4c0c-8d4b-6a1b0c3f9e77\nrelated:\n    - id: 5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d\n      type: renamed\n", "add user"),
}, {
	ID: "rule/same-title", Severity: diag.Warning, Whole: true,
	Summary: "two rules have the same title",
	Why: "An analyst cannot tell their alerts apart, and Microsoft Sentinel wants the names of rules to differ within a " +
		"workspace.",
	Bad: `title: User changed
id: 5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
---
title: User changed
id: 0b7a9a53-1f5c-4a55-8c2e-5d1f0a7f6b21
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Delete user
    condition: selection
`,
	Good: `title: User added
id: 5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
---
title: User deleted
id: 0b7a9a53-1f5c-4a55-8c2e-5d1f0a7f6b21
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Delete user
    condition: selection
`,
}, {
	ID: "rule/duplicate-id", Severity: diag.Error, Whole: true,
	Summary: "two rules have the same id",
	Why: "Platforms know a rule by its id: the second would replace the first when they are deployed. It mostly comes from " +
		"copying a rule to begin a new one.",
	Bad: `title: User added
id: 5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
---
title: User deleted
id: 5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Delete user
    condition: selection
`,
	Good: `title: User added
id: 5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Add user
    condition: selection
---
title: User deleted
id: 0c9b8f0e-2f60-4c5c-8a55-6d2f1f3c7e42
logsource: {product: azure, service: auditlogs}
detection:
    selection:
        OperationName: Delete user
    condition: selection
`,
}, {
	ID: "rule/never-matches", Severity: diag.Warning,
	Summary: "no event at all can match the rule",
	Why: "In a console such a rule looks like one with nothing to report. The cause is often a search that excludes itself, or " +
		"a placeholder whose list is empty.",
	Bad: `detection:
    selection:
        OperationName|expand: '%nothing%'
    condition: selection
`,
	Good: `detection:
    selection:
        OperationName|expand: '%operations%'
    condition: selection
`,
}, {
	ID: "rule/always-matches", Severity: diag.Warning,
	Summary: "every event matches the rule",
	Why: "The rule would report the whole log. The cause is often the negation of a placeholder whose list is empty, as the only " +
		"thing that the condition asks for.",
	Bad: `detection:
    approved:
        Identity|expand: '%nothing%'
    condition: not approved
`,
	Good: `detection:
    approved:
        Identity|expand: '%admins%'
    condition: not approved
`,
}, {
	ID: "rule/near-key", Severity: diag.Warning,
	Summary: "a key is not one of Sigma's, but very like one",
	Why:     "Keys of your own are allowed, so a misspelt one is not an error; what it should have said is then missing.",
	Bad:     "levle: high\n",
	Good:    "level: high\n",
}, {
	ID: "rule/bad-type", Severity: diag.Error,
	Summary: "an attribute is a list, a map or a number, where something else belongs",
	Why: "YAML decides the type by how a value is written: a title of digits is a number until it is in quotes, and one author " +
		"alone is no list.",
	Bad:  "references: https://example.org/article\n",
	Good: "references:\n    - https://example.org/article\n",
}, {
	ID: "rule/bad-id", Severity: diag.Error,
	Summary: "the id is not a UUID",
	Why:     "The names of what is deployed are made of the id, and platforms take nothing but a UUID.",
	Bad:     "id: rule-1\n",
	Good:    "id: 5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d\n",
}, {
	ID: "rule/bad-level", Severity: diag.Error,
	Summary: "the level is none of informational, low, medium, high and critical",
	Why:     "The severity of the alert follows from the level.",
	Bad:     "level: severe\n",
	Good:    "level: high\n",
}, {
	ID: "rule/bad-status", Severity: diag.Error,
	Summary: "the status is none of stable, test, experimental, deprecated and unsupported",
	Why:     "Those who deploy rules choose by status; one that nobody knows is chosen by nobody.",
	Bad:     "status: production\n",
	Good:    "status: stable\n",
}, {
	ID: "rule/bad-date", Severity: diag.Error,
	Summary: "a date is not written as year-month-day",
	Why:     "Slashes were the form of Sigma 1 and are understood with a warning; what is no date at all is refused.",
	Bad:     "date: 31.01.2025\n",
	Good:    "date: 2025-01-31\n",
}, {
	ID: "rule/bad-tag", Severity: diag.Warning,
	Summary: "a tag has not the form namespace.name, or is given twice",
	Why:     "Tactics and techniques of an alert are read from the tags; one in another form is not found.",
	Bad:     "tags:\n    - T1098\n",
	Good:    "tags:\n    - attack.t1098\n",
}, {
	ID: "rule/bad-related", Severity: diag.Error,
	Summary: `an entry of "related" has no id, no type, or a type that does not exist`,
	Why:     "Who follows the relation needs to know which rule is meant and what it is to this one.",
	Bad:     "related:\n    - id: 5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d\n",
	Good:    "related:\n    - id: 5f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d\n      type: derived\n",
}, {
	ID: "rule/sigma-version", Severity: diag.Error,
	Summary: "the version of Sigma is not a number from 1 to 3",
	Why:     `The version decides what brackets in the name of a field mean; 3 is the first in which they select members of arrays.`,
	Bad:     "sigma-version: latest\n",
	Good:    "sigma-version: 3\n",
}, {
	ID: "rule/taxonomy", Severity: diag.Error,
	Summary: "the rule uses a taxonomy that sigc does not know",
	Why:     "In another taxonomy the same names of fields mean other things.",
	Bad:     "taxonomy: ecs\n",
	Good:    "taxonomy: sigma\n",
}, {
	ID: "rule/title-length", Severity: diag.Error,
	Summary: "the title has more than 256 characters",
	Why:     "Sigma allows no more, and lists of alerts show far less. Details belong into the description.",
	Bad:     "title: " + strings.Repeat("Very long ", 30) + "title\n",
	Good:    "title: Short title\n",
}, {
	ID: "rule/too-long", Severity: diag.Error,
	Summary: "an attribute is longer than Sigma allows",
	Why:     "A name has at most 256 characters and a description at most 65535.",
	Bad:     "name: " + strings.Repeat("very_long_", 30) + "name\n",
	Good:    "name: short_name\n",
}}

// versions are a rule as it was, in the folder "before", and as it is now.
func versions(oldHeader, oldValue, header, value string) string {
	rule := func(header, value string) string {
		return "title: User changed\n" + header + "logsource: {product: azure, service: auditlogs}\ndetection:\n    selection:\n" +
			"        OperationName: " + value + "\n    condition: selection\n"
	}
	return "-- before/rule.yml --\n" + rule(oldHeader, oldValue) + "-- rule.yml --\n" + rule(header, value)
}
