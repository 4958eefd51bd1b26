package explain

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

var targetChecks = []Check{{
	ID: "target/no-table", Severity: diag.Error,
	Summary: "the target has no table for the logsource",
	Why: "sigc writes a query only where it knows which table holds the events, rather than guess one. " +
		`"sigc list tables" shows the logsources that are known.`,
	Bad:  "logsource:\n    product: jvm\n    category: application\n" + item("message|contains: ObjectInputStream"),
	Good: "logsource:\n    product: azure\n    service: auditlogs\n" + item("OperationName: Add user"),
}, {
	ID: "target/part-of-logs", Severity: diag.Note,
	Summary: "the target keeps one of the logs that a rule means",
	Why: `The service "signinlogs" means all sign-ins of users. Where a platform gets those with the user taking part only, the ` +
		"rule finds no others there.",
	Bad:  "logsource:\n    product: azure\n    service: signinlogs\n" + item("ResultType: '50126'"),
	Good: "logsource:\n    product: azure\n    service: interactiveusersigninlogs\n" + item("ResultType: '50126'"),
}, {
	ID: "target/no-field", Severity: diag.Error,
	Summary: "the target does not keep a field of the log",
	Why:     "The field is in the log, but not in what reaches this platform; the rule could never match there.",
	Bad:     "logsource:\n    product: azure\n    service: signinlogs\n" + item("FlaggedForReview: true"),
	Good:    "logsource:\n    product: azure\n    service: signinlogs\n" + item("ResultType: '50126'"),
}, {
	ID: "target/unsupported", Severity: diag.Error,
	Summary: "the target cannot express exactly what the rule means",
	Why: "A query that means nearly the same would miss events, or report others, without a sign of it. Write the rule in another " +
		"way, or leave this target out with -t; -s turns the error into a note.",
	Bad:  item("OperationName|re: ^(?!Add)"),
	Good: item("OperationName|re: ^Add"),
}, {
	ID: "target/inexact", Severity: diag.Error,
	Summary: "the target cannot keep one condition exactly, and the message says why",
	Why:     "The same condition on another field, or the same field in another condition, may well be possible there.",
	Bad:     item("ResultReason: 'null'"),
	Good:    item("ResultReason: null"),
}, {
	ID: "target/no-correlation", Severity: diag.Error,
	Summary: "the target has no correlations",
	Why:     "The rules that the correlation refers to are compiled all the same, where they are meant to be rules of their own.",
	Bad:     many(),
	Good:    item("OperationName: Add user"),
}, {
	ID: "target/unknown-option", Severity: diag.Error,
	Summary: "a rule sets an option that the target does not have, or that is one for all rules",
	Why:     `"sigc list options" shows what each target has; those that a rule may set say so. The others stand in sigc.yml.`,
	Bad:     "sigc: {targets: {partial: {prioriti: high}}}\n",
	Good:    "sigc: {targets: {partial: {priority: high}}}\n",
}, {
	ID: "target/bad-option", Severity: diag.Error,
	Summary: "a rule gives an option a value that it cannot have",
	Why:     "The message says what the option can be.",
	Bad:     "sigc: {targets: {partial: {priority: hihg}}}\n",
	Good:    "sigc: {targets: {partial: {priority: high}}}\n",
}, {
	ID: "target/approximated", Severity: diag.Note,
	Summary: "the target expresses a part of the rule with a small loss",
	Why:     "The message says what the platform cannot tell apart. The rule is compiled.",
	Bad:     item("ResultReason|exists: true"),
	Good:    item("ResultReason|contains: timeout"),
}, {
	ID: "target/never-found", Severity: diag.Warning,
	Summary: "a column of numbers, or of true and false, is asked for a text that it cannot have",
	Why: "The log has a number there, and a word is never equal to it. The condition cannot hold: a filter made of it lets every " +
		"event through. Write the value as the log does; the description of the event says which number stands for what.",
	Bad:  logons("[console, '05']"),
	Good: logons("[2, '3']"),
}}

// logons are those of the Security log that are not of some types.
func logons(types string) string {
	return "logsource: {product: windows, service: security}\ndetection:\n    logon:\n        EventID: 4624\n" +
		"    filter:\n        LogonType: " + types + "\n    condition: logon and not filter\n"
}

// The limits of platforms follow; every platform that has one reports it under its own area.

var splunkChecks = []Check{{
	ID: "splunk/name-taken", Severity: diag.Note, Whole: true,
	Summary: "two rules would have saved searches of one name",
	Why: "Splunk knows a saved search by its name, and the filter macro by the letters and digits of it, so the second would " +
		"replace the first. Both get a part of their ids behind the name, and what was tuned under the old name is lost.",
	Bad:  twoRules("User added [any]", "User added (any)"),
	Good: twoRules("User added", "User deleted"),
}, {
	ID: "splunk/no-column", Severity: diag.Error,
	Summary: "a rule is throttled by a column that its result does not have, or writes one in a message",
	Why:     "Splunk would take all results for equal and show the first alone, or leave the place in the message empty.",
	Bad:     "sigc: {targets: {splunk: {throttle: 1h, throttle-fields: usr}}}\n",
	Good:    "sigc: {targets: {splunk: {throttle: 1h, throttle-fields: user}}}\n",
}, {
	ID: "splunk/no-recipient", Severity: diag.Note,
	Summary: "a rule sets the subject, the text or a copy of a message that nobody gets",
	Why:     "Splunk sends a message only where there is an address.",
	Bad:     "sigc: {targets: {splunk: {email-subject: Somebody was added}}}\n",
	Good:    "sigc: {targets: {splunk: {email-subject: Somebody was added, email: soc@contoso.example}}}\n",
}, {
	ID: "splunk/throttled-by", Severity: diag.Note,
	Summary: "a rule is throttled by other columns than the option throttle-fields names for all rules",
	Why: "The result of the rule does not have them, and Splunk would take all results for equal. It is throttled by those that it " +
		"has, or by what names the act.",
	Bad:  "sigc: {targets: {splunk: {throttle: 1h}}} # -O throttle-fields=result_type\n",
	Good: "sigc: {targets: {splunk: {throttle: 1h}}} # -O throttle-fields=user\n",
}, {
	ID: "splunk/name-shortened", Severity: diag.Note,
	Summary: "the name of the saved search is a shortened title",
	Why:     "Splunk takes names of at most 67 characters here. A part of the rule's id keeps the short name apart from others.",
	Bad:     "title: Application credential added by an actor who is not on the list of the approved ones\n",
	Good:    "title: Application credential added by an unapproved actor\n",
}, {
	ID: "splunk/late-field", Severity: diag.Note,
	Summary: "a field can stand so late in a record that Splunk does not extract it",
	Why: "Automatic extraction stops after 5,000 bytes; in a longer record the field is then absent and the rule misses it. Raise " +
		"the limit where such fields matter.",
	Bad:  "logsource:\n    product: azure\n    service: signinlogs\n" + item("RiskLevelDuringSignIn: high"),
	Good: "logsource:\n    product: azure\n    service: signinlogs\n" + item("ResultType: '50126'"),
}, {
	ID: "splunk/rounded-sum", Severity: diag.Note,
	Summary: "a sum of values that may have fractions is rounded",
	Why: "Splunk adds up in floating point. The sum, and the average made of it, is rounded to nine digits behind the point before " +
		"it is compared, so that 0.1 and 0.2 are 0.3. Whole numbers are exact.",
	Bad:  distinct("value_sum", "        field: Identity\n        gte: 5\n"),
	Good: distinct("value_sum", "        field: DurationMs\n        gte: 5\n"),
}, {
	ID: "splunk/stream-window", Severity: diag.Note,
	Summary: "a search carries values along all rows with streamstats",
	Why: "A window of streamstats has at most max_stream_window rows, 10,000 by default. Exact sliding windows are carried along " +
		"all rows without one, which its reference allows in one sentence and leaves open in another. Where a search can find more " +
		"rows than that, raise the limit.",
	Bad:  distinct("value_count", "        field: Identity\n        gte: 5\n"),
	Good: many(),
}, {
	ID: "splunk/expand-memory", Severity: diag.Note,
	Summary: "a search makes a row of each member of an array, as far as memory goes",
	Why: "Blocks inside of blocks, and correlations whose events count more than once, need rows of their own. mvexpand stops when " +
		"its memory, 500 MB by default, is used up, and leaves out rows with a message in the job. The search is as narrow before it " +
		"as it can be made.",
	Bad: "sigma-version: 3\ndetection:\n    selection:\n        TargetResources[any]:\n            type: User\n" +
		"            modifiedProperties[any]:\n                displayName: Role.DisplayName\n                newValue|contains: Admin\n    condition: selection\n",
	Good: item("TargetResources.displayName: x"),
}, {
	ID: "splunk/late-in-model", Severity: diag.Note,
	Summary: "a search of a data model does not find events that come late",
	Why: "A data model does not tell when an event was indexed, so its searches cannot look for what is new: every run looks at " +
		"a time as long as that between two runs, which ended an hour ago. Searches of the events themselves find late ones too.",
	Bad:  "logsource: {product: windows, category: process_creation} # -O windows=cim\ndetection:\n    s:\n        Image: x\n    condition: s\n",
	Good: "logsource: {product: windows, category: process_creation}\ndetection:\n    s:\n        Image: x\n    condition: s\n",
}, {
	ID: "splunk/input-setting", Severity: diag.Note,
	Summary: "a field is only in the data when what brings them is set so",
	Why: "Version 1.0 of Microsoft Graph has a part of a sign-in alone, and the Microsoft Azure add-on asks for that unless its " +
		"input says otherwise. Without the field the rule finds nothing.",
	Bad:  "logsource: {product: azure, service: signinlogs} # -O entra=azure-add-on\n" + item("AuthenticationProtocol: deviceCode"),
	Good: "logsource: {product: azure, service: signinlogs} # -O entra=azure-add-on\n" + item("ResultType: '50126'"),
}, {
	ID: "splunk/large-lookup", Severity: diag.Note,
	Summary: "a lookup is larger than Splunk keeps in memory",
	Why: "A lookup of more than max_memtable_bytes, 25 MB by default, is read from the disk for every search, which is slow. The " +
		"option lookup-bytes says what the search heads have been set to.",
	Bad:  "logsource: {product: azure, service: auditlogs} # -O lookup-bytes=1000000\n" + item("OperationName|expand: '%large%'"),
	Good: "logsource: {product: azure, service: auditlogs} # -O lookup-bytes=1000000\n" + item("OperationName|expand: '%operations%'"),
}, {
	ID: "splunk/unconfirmed", Severity: diag.Note,
	Summary: "a search rests on something that no document says",
	Why: "The message says on what. It is read from published searches or inferred; try the search on events of your own before " +
		"you rely on it.",
	Bad:  "logsource: {product: windows, category: file_event} # -O windows=cim\n" + item("TargetFilename|endswith: .vbs"),
	Good: "logsource: {product: windows, category: process_creation} # -O windows=cim\n" + item("CommandLine|contains: x"),
}, {
	ID: "splunk/contentctl-macro", Severity: diag.Warning,
	Summary: "contentctl would take a part of a value for the name of a macro",
	Why: "Splunk expands no macros in quotes, but contentctl looks for the names of macros between all backticks of a search. It " +
		"refuses the detection, as it finds no such macro. The app has no such limit.",
	Bad:  item("OperationName|contains: '`x`'"),
	Good: item("OperationName|contains: 'x'"),
}}

// twoRules are rules of two titles.
func twoRules(titles ...string) string {
	var out []string
	for i, title := range titles {
		out = append(out, "title: "+title+"\nid: "+strconv.Itoa(i+1)+`f1e4b5e-0d0b-4f0c-9d61-0d3f7a1c2b3d
logsource: {product: azure, service: auditlogs}
detection:
    selection: {OperationName: Add user}
    condition: selection
`)
	}
	return strings.Join(out, "---\n")
}

func lookbackTooLong(target, timespan string) Check {
	return Check{
		ID: target + "/lookback-too-long", Severity: diag.Error,
		Summary: "a correlation looks back further than the platform lets a rule",
		Why: "A rule reads the events of its windows again on every run, and a little more for those that come late; the platform " +
			"limits how much that may be.",
		Bad:  many("1h", timespan),
		Good: many(),
	}
}

func descriptionCut(target string) Check {
	return Check{
		ID: target + "/description-cut", Severity: diag.Note,
		Summary: "the description is longer than the platform keeps; its end is cut off",
		Why:     "The rule is deployed all the same. Put what matters most first.",
		Bad:     "description: " + strings.Repeat("Very long. ", 500) + "\n",
		Good:    "description: Short.\n",
	}
}

func queryTooLong(target string, values int) Check {
	return Check{
		ID: target + "/query-too-long", Severity: diag.Error,
		Summary: "the query is longer than the platform takes",
		Why: "The platform would refuse it when it is deployed. Mostly a list of values is the cause: shorten it, or split the " +
			"rule.",
		long: func() string { return item("OperationName: [" + operations(values) + "]") },
		Good: item("OperationName: [Add user, Delete user]"),
	}
}

func operations(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("operation with the number %04d", i)
	}
	return strings.Join(names, ", ")
}
