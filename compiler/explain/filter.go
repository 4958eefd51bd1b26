package explain

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// automation is a filter in which each first text is replaced by the one after it.
func automation(replace ...string) string {
	return strings.NewReplacer(replace...).Replace(`filter:
    rules: [user_added]
    automation:
        Identity: provisioning
    condition: not automation
`)
}

var filterChecks = []Check{{
	ID: "filter/missing-rules", Severity: diag.Error,
	Summary: "the filter does not say which rules it is for",
	Why:     `A filter that is forgotten to be narrowed would silence other rules. Write "rules: any" if all are meant.`,
	Bad:     automation("    rules: [user_added]\n", ""),
	Good:    automation(),
}, {
	ID: "filter/empty-rules", Severity: diag.Warning,
	Summary: "an empty list of rules means every rule of the logsource",
	Why:     `It reads as if no rule was meant. Write "any".`,
	Bad:     automation("[user_added]", "[]"),
	Good:    automation("[user_added]", "any"),
}, {
	ID: "filter/duplicate-rule", Severity: diag.Error,
	Summary: "the filter names a rule twice",
	Why:     "The second changes nothing; another one may have been meant.",
	Bad:     automation("[user_added]", "[user_added, user_added]"),
	Good:    automation("[user_added]", "[user_added, user_deleted]"),
}, {
	ID: "filter/not-covered", Severity: diag.Warning,
	Summary: "the filter names a rule of another logsource, and is not applied to it",
	Why:     "A filter works on the rules of its own logsource; events that it was to drop go on being reported.",
	Bad:     automation("user_added", "sign_in_failed"),
	Good:    automation(),
}, {
	ID: "filter/several-conditions", Severity: diag.Error,
	Summary: "the filter has a list of conditions",
	Why:     "It is not clear whether all or one of them must hold. Write one condition.",
	Bad:     automation("condition: not automation", "condition: [not automation, automation]"),
	Good:    automation(),
}, {
	ID: "filter/keeps", Severity: diag.Warning,
	Summary: `the condition of the filter has no "not"`,
	Why: "The condition says which events remain. Without a negation, only the events that were to be dropped are reported from " +
		"then on.",
	Bad:  automation("not automation", "automation"),
	Good: automation(),
}, {
	ID: "filter/ignored-attribute", Severity: diag.Warning,
	Summary: "the level or status of a filter is ignored",
	Why:     "Both are those of the rules that are filtered.",
	Bad:     "level: high\n" + automation(),
	Good:    automation(),
}}

// The old way to write several rules in one file.
var collectionChecks = []Check{{
	ID: "collection/deprecated", Severity: diag.Warning, Whole: true,
	Summary: `the file is a rule collection of Sigma 1, with "action"`,
	Why:     "It is read as it was meant, but other tools refuse it, and nobody sees at a glance what a rule consists of.",
	Bad:     collection("action: global\n" + shared + "---\n" + rest),
	Good:    "title: User added\n" + shared + rest,
}, {
	ID: "collection/unknown-action", Severity: diag.Error, Whole: true,
	Summary: "a collection has no such action",
	Why:     "The actions are global, reset and repeat.",
	Bad:     collection("action: gobal\n" + shared + "---\n" + rest),
	Good:    collection("action: global\n" + shared + "---\n" + rest),
}, {
	ID: "collection/unused-template", Severity: diag.Warning, Whole: true,
	Summary: `no rule takes anything from a document with "action: global"`,
	Why:     "It has to stand before the rules that it is for.",
	Bad:     "title: User added\n" + shared + rest + "---\naction: global\nlevel: high\n",
	Good:    collection("action: global\n" + shared + "---\n" + rest),
}, {
	ID: "collection/reset-content", Severity: diag.Error, Whole: true,
	Summary: `a document with "action: reset" holds something else`,
	Why:     "It only ends the effect of the document with the shared parts; what it holds would be lost.",
	Bad:     collection("action: global\n" + shared + "---\n" + rest + "---\naction: reset\nlevel: high\n"),
	Good:    collection("action: global\n" + shared + "---\n" + rest + "---\naction: reset\n"),
}, {
	ID: "collection/nothing-to-repeat", Severity: diag.Error, Whole: true,
	Summary: `"action: repeat" stands where no rule goes before it`,
	Why:     "It changes a copy of the rule before it.",
	Bad:     "action: repeat\nlevel: high\n",
	Good:    "title: User added\n" + shared + rest + "---\naction: repeat\nlevel: high\n",
}, {
	ID: "collection/bad-kind", Severity: diag.Error, Whole: true,
	Summary: `a correlation or filter has an "action"`,
	Why:     "Only detection rules could share parts in that way.",
	Bad:     "title: Many\naction: repeat\n" + many() + "---\n" + referred,
	Good:    "title: Many\n" + many() + "---\n" + referred,
}, {
	ID: "collection/too-large", Severity: diag.Error, Whole: true,
	Summary: "what the documents of a collection share makes the file too large",
	Why:     "Every rule repeats the shared parts; such a file was made by a program gone wrong, or to do harm.",
	long: func() string {
		return "action: global\ntitle: T\n" + shared + "references:\n" + strings.Repeat("    - x\n", 5000) + "---\n" +
			strings.Repeat(rest+"---\n", 220)
	},
	Good: collection("action: global\n" + shared + "---\n" + rest),
}}

const (
	shared = "logsource: {product: azure, service: auditlogs}\n"
	rest   = "detection:\n    selection:\n        OperationName: Add user\n    condition: selection\n"
)

// collection gives the shared part a title.
func collection(text string) string { return strings.Replace(text, "\n", "\ntitle: User added\n", 1) }
