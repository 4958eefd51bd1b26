package explain

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

var valueChecks = []Check{{
	ID: "eval/look-around", Severity: diag.Error,
	Summary: "events cannot be judged by a regular expression with look-around or back-references",
	Why: "The reference semantics knows the expressions of RE2, as Kusto does. sigc eval and sigc test do not guess what the rule " +
		"would match; compiling it for a target that has such expressions works.",
	Bad:  item("OperationName|re: '^Add (?=user)'"),
	Good: item("OperationName|re: '^Add user'"),
}, {
	ID: "value/bad-regex", Severity: diag.Error,
	Summary: "the value is not a regular expression",
	Why:     `Expressions are those of RE2. A bracket or "+" that is meant as such needs a backslash before it.`,
	Bad:     item("OperationName|re: Add (user"),
	Good:    item(`OperationName|re: Add \(user`),
}, {
	ID: "value/bad-network", Severity: diag.Error,
	Summary: "the value is no network of IPv4 or IPv6",
	Why:     `A network is an address and the length of its prefix. Ranges with "-" and masks are not understood.`,
	Bad:     item("InitiatedBy.user.ipAddress|cidr: 10.0.0.0-10.0.0.255"),
	Good:    item("InitiatedBy.user.ipAddress|cidr: 10.0.0.0/24"),
}, {
	ID: "value/host-bits", Severity: diag.Warning,
	Summary: "an address within the network stands where the network belongs",
	Why:     "The network is taken to be the one around the address; the prefix may have been meant to be longer.",
	Bad:     item("InitiatedBy.user.ipAddress|cidr: 10.0.0.7/24"),
	Good:    item("InitiatedBy.user.ipAddress|cidr: 10.0.0.0/24"),
}, {
	ID: "value/registry-root", Severity: diag.Warning,
	Summary: "a key of the registry begins with a root that Sysmon writes in another way",
	Why: "Sysmon shortens the roots: HKLM, HKU, and HKCR for the classes of the machine. It knows no current user: a user's hive is HKU\\ and the SID, " +
		"his classes are HKU\\SID_Classes. The current set of controls is CurrentControlSet. Queries ask for the key as Sysmon writes it.",
	Bad:  inRegistry(`TargetObject|startswith: 'HKEY_LOCAL_MACHINE\SOFTWARE\a\'`),
	Good: inRegistry(`TargetObject|startswith: 'HKLM\SOFTWARE\a\'`),
}, {
	ID: "value/shown-name", Severity: diag.Warning,
	Summary: "a value is compared with a text that only viewers show, and that is never in the log",
	Why: "The log of Windows has numbers and codes of messages where its viewer, and Microsoft's pages, show names: a logon type is 10 and not " +
		"RemoteInteractive, a share \\\\*\\ADMIN$ and not ADMIN$. Where one name stands for one value, queries ask for the value; other tools ask for the name and find nothing.",
	Bad:  security("EventID: 4624\n        LogonType: RemoteInteractive"),
	Good: security("EventID: 4624\n        LogonType: 10"),
}, {
	ID: "value/exists", Severity: diag.Error,
	Summary: `"exists" is given something else than true or false`,
	Why:     "It asks whether the event has the field, and takes the answer.",
	Bad:     item("ResultReason|exists: 'yes'"),
	Good:    item("ResultReason|exists: true"),
}, {
	ID: "value/not-a-number", Severity: diag.Error,
	Summary: "a comparison of numbers is given a text",
	Why:     "A value can be less or greater than a number only.",
	Bad:     item("ResultReason|gt: five"),
	Good:    item("ResultReason|gt: 5"),
}, {
	ID: "value/quoted-number", Severity: diag.Warning,
	Summary: "a comparison of numbers is given a number in quotes",
	Why:     "It is understood here, but text to other tools.",
	Bad:     item("ResultReason|gt: '5'"),
	Good:    item("ResultReason|gt: 5"),
}, {
	ID: "value/number-as-text", Severity: diag.Warning,
	Summary: "a number is searched inside of texts",
	Why: "It is searched as it is written here, digit for digit; other tools may drop zeros from it. In quotes it is the same " +
		"everywhere.",
	Bad:  item("ResultReason|contains: 50126"),
	Good: item("ResultReason|contains: '50126'"),
}, {
	ID: "value/out-of-range", Severity: diag.Error,
	Summary: "a part of a time is compared with what it can never be",
	Why:     "Hours go from 0 to 23, minutes to 59, days from 1 to 31, weeks to 53, months to 12.",
	Bad:     item("ActivityDateTime|hour: 24"),
	Good:    item("ActivityDateTime|hour: 0"),
}, {
	ID: "value/float-special", Severity: diag.Error,
	Summary: "the value is infinite or not a number",
	Why:     "No event can hold it. YAML reads .inf and .nan like that when they are not in quotes.",
	Bad:     item("ResultReason: .inf"),
	Good:    item("ResultReason: '.inf'"),
}, {
	ID: "value/null-in-list", Severity: diag.Error,
	Summary: "null is one of several values",
	Why:     "An absent field and a value are two different questions; Sigma has no list for both. Write two searches.",
	Bad:     item("ResultReason: [null, timeout]"),
	Good: `detection:
    empty:
        ResultReason: null
    timeout:
        ResultReason: timeout
    condition: empty or timeout
`,
}, {
	ID: "value/null-with-modifier", Severity: diag.Error,
	Summary: "null is combined with a modifier",
	Why:     "A field without a value contains and begins with nothing.",
	Bad:     item("ResultReason|contains: null"),
	Good:    item("ResultReason: null"),
}, {
	ID: "value/null-keyword", Severity: diag.Error,
	Summary: "null is searched as a keyword",
	Why:     "In the whole event there is no place at which to look for nothing.",
	Bad:     item("'|contains': null"),
	Good:    item("ResultReason: null"),
}, {
	ID: "value/wildcard", Severity: diag.Error,
	Summary: "a text with wildcards is given to a modifier that needs a plain one",
	Why:     `What "*" stands for cannot be encoded, nor be the name of a field. Write "\*" if the sign itself is meant.`,
	Bad:     item("ResultReason|base64|cased: secret*"),
	Good:    item(`ResultReason|base64|cased: secret\*`),
}, {
	ID: "value/empty", Severity: diag.Warning,
	Summary: "an empty text is searched inside of others",
	Why:     "Every text contains, begins and ends with the empty one, so the line tests nothing.",
	Bad:     item("ResultReason|contains: ''"),
	Good:    item("ResultReason: ''"),
}, {
	ID: "value/two-backslashes", Severity: diag.Note,
	Summary: "a value begins with two backslashes, which mean one",
	Why:     `A backslash before another one takes its special meaning away. The path of a share begins with four in a rule.`,
	Bad:     item(`ResultReason|contains: '\\server\share'`),
	Good:    item(`ResultReason|contains: '\\\\server\share'`),
}, {
	ID: "value/too-many-combinations", Severity: diag.Error,
	Summary: "one value stands for too many texts",
	Why: `Every dash under "windash" and every placeholder under "expand" multiplies the texts to look for; the query would be ` +
		"longer than any platform takes.",
	Bad:  item("ResultReason|windash|contains: '" + strings.Repeat(" -a", 20) + "'"),
	Good: item("ResultReason|windash|contains: ' -a -b'"),
}, {
	ID: "value/too-many-regexes", Severity: diag.Error,
	Summary: "a rule has thousands of regular expressions",
	Why:     "No platform takes a query with so many; reading them alone would take more memory than the rest of the rules.",
	long:    func() string { return item("ResultReason|re: [" + strings.Repeat("a+, ", 5001) + "b+]") },
	Good:    item("ResultReason|re: [a+, b+]"),
}, {
	ID: "value/too-short", Severity: diag.Error,
	Summary: "a text of a single byte is searched in Base64",
	Why:     "Three bytes make four characters of Base64, so of one byte no whole character is its own; anything would match.",
	Bad:     item("ResultReason|base64offset|contains: x"),
	Good:    item("ResultReason|base64offset|contains: xyz"),
}, {
	ID: "value/reference-to-members", Severity: diag.Error,
	Summary: "a field is compared with members of an array",
	Why:     `"fieldref" compares two values of the event; a selector stands for several.`,
	Bad:     "sigma-version: 3\n" + item("Identity|fieldref: TargetResources[any].displayName"),
	Good:    "sigma-version: 3\n" + item("Identity|fieldref: InitiatedBy.user.displayName"),
}}

// inRegistry is an example about values that were set in the registry of Windows.
func inRegistry(line string) string {
	return "logsource: {product: windows, category: registry_set}\n" + item(line)
}

// security is an example about the Security log of Windows.
func security(lines string) string {
	return "logsource: {product: windows, service: security}\n" + item(lines)
}
