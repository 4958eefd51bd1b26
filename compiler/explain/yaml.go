package explain

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

var yamlChecks = []Check{{
	ID: "yaml/syntax", Severity: diag.Error, Whole: true,
	Summary: "the file is not valid YAML",
	Why: "Nothing of the document can be read. The cause is often in the line before: a quote or bracket that is not closed, a " +
		`tab, or a value that begins with "*" or holds ": " and is not in quotes.`,
	Bad: `title: Role added
logsource:
    product: azure
    service: auditlogs
detection:
    selection:
        OperationName: [Add member to role
    condition: selection
`,
	Good: `title: Role added
logsource:
    product: azure
    service: auditlogs
detection:
    selection:
        OperationName: [Add member to role]
    condition: selection
`,
}, {
	ID: "yaml/not-utf8", Severity: diag.Error, Whole: true,
	Summary: "the file is not encoded as UTF-8",
	Why:     "In another encoding the same bytes are other letters, so a value would not be what its author typed. Save the file as UTF-8.",
	Bad:     "title: \xff\xfe\n",
	Good:    "title: Example\n",
}, {
	ID: "yaml/empty", Severity: diag.Error, Whole: true,
	Summary: "the file holds no rule",
	Why:     "A rule that was saved to the wrong place, or commented out as a whole, would be missing without anybody noticing.",
	Bad:     "# nothing but a comment\n",
	Good:    "title: Example\n",
}, {
	ID: "yaml/not-a-map", Severity: diag.Error, Whole: true,
	Summary: "a document is a list or a text, where a map of attributes belongs",
	Why:     `A Sigma rule is one map. Several rules in a file are separated by "---", not written as a list.`,
	Bad:     "- title: First\n- title: Second\n",
	Good:    "title: First\n---\ntitle: Second\n",
}, {
	ID: "yaml/duplicate-key", Severity: diag.Error,
	Summary: "a map has the same key twice",
	Why: "Many readers of YAML keep only the last of them and drop the other without a word, so half of the rule is lost. " +
		"Put the values into one list.",
	Bad: `detection:
    selection:
        OperationName: Add user
        OperationName: Delete user
    condition: selection
`,
	Good: `detection:
    selection:
        OperationName:
            - Add user
            - Delete user
    condition: selection
`,
}, {
	ID: "yaml/complex-key", Severity: diag.Error,
	Summary: "a key is a list or a map",
	Why:     "Names in Sigma are text. A key like this mostly comes from a brace or bracket that should have been in quotes.",
	Bad: `detection:
    selection:
        {user}: alice
    condition: selection
`,
	Good: `detection:
    selection:
        Identity: alice
    condition: selection
`,
}, {
	ID: "yaml/bad-merge", Severity: diag.Error,
	Summary: `the merge key "<<" names something that is no map`,
	Why:     "Only the keys of maps can be merged.",
	Bad: `detection:
    selection:
        <<: Add user
    condition: selection
`,
	Good: `detection:
    base: &base
        Result: success
    selection:
        <<: *base
        OperationName: Add user
    condition: base and selection
`,
}, {
	ID: "yaml/alias-expansion", Severity: diag.Error,
	Summary: "an anchor contains itself, or aliases make the document too large",
	Why:     "Written out, such a document has no end or fills the memory; no rule needs that.",
	Bad: `detection:
    selection: &loop
        OperationName: *loop
    condition: selection
`,
	Good: `detection:
    selection:
        OperationName: &name Add user
        ActivityDisplayName: *name
    condition: selection
`,
}, {
	ID: "yaml/too-deep", Severity: diag.Error, Whole: true,
	Summary: "lists and maps are nested more than 100 levels deep",
	Why:     "No rule is built like that; a file that is was made by a program gone wrong, or to do harm.",
	Bad:     "title: " + strings.Repeat("[", 120) + strings.Repeat("]", 120) + "\n",
	Good:    "title: [[]]\n",
}, {
	ID: "yaml/implicit-type", Severity: diag.Warning,
	Summary: "a value without quotes is text to some readers of YAML and a number, a date or a boolean to others",
	Why: "00000429 becomes 429 in other tools and matches nothing; here it stays as it is written. In quotes it is the same " +
		"everywhere.",
	Bad: `detection:
    selection:
        ResultSignature: 00000429
    condition: selection
`,
	Good: `detection:
    selection:
        ResultSignature: '00000429'
    condition: selection
`,
}}
