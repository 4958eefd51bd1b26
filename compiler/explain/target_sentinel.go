package explain

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// option is the part of a rule that sets options of Sentinel.
func option(settings string) string { return "sigc: {targets: {sentinel: {" + settings + "}}}\n" }

// pack is a file of several rules.
func pack(rules int) string {
	var b strings.Builder
	b.WriteString("action: global\nlogsource: {product: azure, service: auditlogs}\ndetection:\n    selection: {OperationName: Add user}\n    condition: selection\n")
	for n := range rules {
		fmt.Fprintf(&b, "---\ntitle: Rule %d\n", n+1)
	}
	return b.String()
}

var sentinelChecks = []Check{{
	ID: "sentinel/attack-dropped", Severity: diag.Note,
	Summary: "Sentinel does not know a tactic or technique; the tag is left out",
	Why: "Sentinel refuses a rule with a technique that is newer than its own version of ATT&CK. The rule is deployed without " +
		"that one; its description names it.",
	Bad:  "tags:\n    - attack.persistence\n    - attack.t1671\n",
	Good: "tags:\n    - attack.persistence\n    - attack.t1098\n",
}, {
	ID: "sentinel/period-too-short", Severity: diag.Error,
	Summary: "a rule is to look back less far than it must",
	Why: "A run must see all events since the last one, and a correlation the windows that these are in. Without the option " +
		"period a rule looks back as far as it must, and an hour more for events that come late.",
	Bad:  option("period: 30m"),
	Good: option("period: 2h"),
}, {
	ID: "sentinel/too-frequent", Severity: diag.Error,
	Summary: "a rule that looks back two days or more runs more often than every hour",
	Why:     "Sentinel refuses that. Let it run every hour, or look back less far.",
	Bad:     option("frequency: 30m, period: 3d"),
	Good:    option("frequency: 1h, period: 3d"),
}, {
	ID: "sentinel/suppression-too-short", Severity: diag.Error,
	Summary: "a suppression that ends before the next run",
	Why:     "It would have no effect, and Sentinel refuses it.",
	Bad:     option("frequency: 2h, suppression: 1h"),
	Good:    option("frequency: 1h, suppression: 1h"),
}, {
	ID: "sentinel/nrt", Severity: diag.Error,
	Summary: "a rule that cannot be a near-real-time one",
	Why: "Such a rule sees the events of one minute and alerts on every result: it can neither correlate nor have a schedule or " +
		"a threshold.",
	Bad:  many() + option("nrt: true"),
	Good: option("nrt: true"),
}, {
	ID: "sentinel/unknown-column", Severity: diag.Error,
	Summary: "the name or description of alerts has a column that the result does not have",
	Why:     "Only columns that the query returns at its end can be shown. List a field under fields to have it there.",
	Bad:     option("alertName: 'User added by {{Actor}}'"),
	Good:    option("alertName: 'User added by {{AccountName}}'"),
}, {
	ID: "sentinel/unknown-entity", Severity: diag.Error,
	Summary: "incidents are to be grouped by a type of entity that the rule does not have",
	Why:     "Sentinel refuses a grouping by entities that the rule does not map.",
	Bad:     option("grouping: 'Host'"),
	Good:    option("grouping: 'Account,IP'"),
}, {
	ID: "sentinel/no-entities", Severity: diag.Note,
	Summary: "alerts of a correlation name no entity",
	Why: "Of the events that a correlation counts, its result keeps the fields that it groups by. Without an account, an address " +
		"or an application among them, incidents cannot be connected with others.",
	Bad:  many("InitiatedBy.user.id", "OperationName"),
	Good: many(),
},
	{
		ID: "sentinel/split", Severity: diag.Note,
		Summary: "the pack is too large for one template and stands in several",
		Why: "The portal imports fifty rules from one file, and Azure takes templates of 4 MB. Deploy the files in the order of their " +
			"numbers: the watchlists stand in the first ones.",
		Bad:  pack(51),
		Good: pack(2), Whole: true,
	}, {
		ID: "sentinel/watchlist-upload", Severity: diag.Note,
		Summary: "a list is too large for a template and must be uploaded",
		Why: "A watchlist may have 3.8 MB, but a resource in a template only 1 MB. The rules are deployed as always; the file of " +
			"the list is beside them.",
		Bad:  item("OperationName|expand: '%large%'"),
		Good: item("OperationName|expand: '%operations%'"),
	},
	{
		ID: "sentinel/terraform-text", Severity: diag.Note,
		Summary: "Terraform changes a text of the query",
		Why: "All texts of Terraform are in the composed form of Unicode. A letter with an accent of its own becomes one character, " +
			"and the rule then looks for another text.",
		Bad:  item(`OperationName: "Cafe\u0301"`),
		Good: item(`OperationName: "Caf\u00e9"`),
	},
	descriptionCut("sentinel"),
	lookbackTooLong("sentinel", "20d"),
	queryTooLong("sentinel", 300),
}
