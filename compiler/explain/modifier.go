package explain

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// item is a detection of a single line.
func item(line string) string {
	return fmt.Sprintf("detection:\n    selection:\n        %s\n    condition: selection\n", line)
}

var modifierChecks = []Check{{
	ID: "modifier/unknown", Severity: diag.Error,
	Summary: "there is no such modifier",
	Why:     "A modifier that is not understood cannot be left out: the rule would mean something else.",
	Bad:     item("OperationName|startwith: Add"),
	Good:    item("OperationName|startswith: Add"),
}, {
	ID: "modifier/empty", Severity: diag.Error,
	Summary: `no modifier follows "|"`,
	Why:     "Something was to stand there, and the rule means something else without it.",
	Bad:     item("OperationName|: Add user"),
	Good:    item("OperationName: Add user"),
}, {
	ID: "modifier/combination", Severity: diag.Error,
	Summary: "two modifiers exclude each other",
	Why:     `A value is at one place, and compared in one way. For a text that has to begin and to end in some way, write "*" into it.`,
	Bad:     item("OperationName|startswith|endswith: Add"),
	Good:    item("OperationName|startswith: Add"),
}, {
	ID: "modifier/order", Severity: diag.Error,
	Summary: "a modifier that encodes the value stands after one that adds wildcards to it",
	Why:     "Modifiers work from left to right, and a wildcard cannot be encoded: encode first.",
	Bad:     item("ResultReason|contains|base64offset: secret"),
	Good:    item("ResultReason|base64offset|contains: secret"),
}, {
	ID: "modifier/flag", Severity: diag.Error,
	Summary: `a flag of regular expressions stands without "re" before it`,
	Why:     "Without a regular expression there is nothing that the flag could change. Texts are compared without regard to case anyway.",
	Bad:     item("OperationName|i: add user"),
	Good:    item("OperationName|re|i: ^add user$"),
}, {
	ID: "modifier/twice", Severity: diag.Warning,
	Summary: "a modifier is given twice",
	Why:     "The second changes nothing; another one may have been meant.",
	Bad:     item("OperationName|contains|contains: user"),
	Good:    item("OperationName|contains: user"),
}, {
	ID: "modifier/redundant", Severity: diag.Warning,
	Summary: `"contains" adds nothing to a regular expression`,
	Why:     `An expression matches anywhere in the value unless it begins with "^" or ends with "$".`,
	Bad:     item("OperationName|re|contains: add|delete"),
	Good:    item("OperationName|re: add|delete"),
}, {
	ID: "modifier/all-on-one-value", Severity: diag.Error,
	Summary: `"all" stands before a single value`,
	Why:     "It says that all values of a list must be found. With one value, a list may have been meant that YAML did not read as one.",
	Bad:     item("OperationName|contains|all: add user"),
	Good:    item("OperationName|contains|all: [add, user]"),
}, {
	ID: "modifier/all-not-last", Severity: diag.Note,
	Summary: `"all" does not stand last`,
	Why:     "The order changes nothing here; at the end is where readers look for it.",
	Bad:     item("OperationName|all|contains: [add, user]"),
	Good:    item("OperationName|contains|all: [add, user]"),
}, {
	ID: "modifier/utf16-without-base64", Severity: diag.Error,
	Summary: "a text is turned into UTF-16 and then compared as it is",
	Why:     "Its bytes have zeros in them, which no text in a log has. The encoding makes sense only under Base64.",
	Bad:     item("ResultReason|wide: secret"),
	Good:    item("ResultReason|wide|base64offset|contains: secret"),
}, {
	ID: "modifier/offset-without-contains", Severity: diag.Warning,
	Summary: `"base64offset" stands without "contains"`,
	Why:     "It makes the three pieces that the text can be inside a longer Base64 text; no value consists of such a piece alone.",
	Bad:     item("ResultReason|base64offset: secret"),
	Good:    item("ResultReason|base64offset|contains: secret"),
}, {
	ID: "modifier/base64-case", Severity: diag.Note,
	Summary: "Base64 text is compared without regard to case",
	Why:     "In Base64 upper and lower case are different data, so other data may match now and then.",
	Bad:     item("ResultReason|base64offset|contains: secret"),
	Good:    item("ResultReason|base64offset|contains|cased: secret"),
}, {
	ID: "modifier/keyword", Severity: diag.Error,
	Summary: "a modifier that needs a field stands before keywords",
	Why:     "Keywords are looked for in the whole event. Where something begins or is greater can be asked of a field only.",
	Bad:     item("'|startswith': Add"),
	Good:    item("OperationName|startswith: Add"),
}, {
	ID: "modifier/on-block", Severity: diag.Error,
	Summary: "a modifier stands before a map",
	Why:     "Modifiers change how values are compared; the values are further inside.",
	Bad:     "sigma-version: 3\n" + item("TargetResources[any]|contains: {displayName: alice}"),
	Good:    "sigma-version: 3\n" + item("TargetResources[any]: {displayName|contains: alice}"),
}}
