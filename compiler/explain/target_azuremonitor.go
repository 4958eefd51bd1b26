package explain

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
)

// monitor is the part of a rule that sets options of Azure Monitor.
func monitor(settings string) string { return "sigc: {targets: {azuremonitor: {" + settings + "}}}\n" }

// learnt is a correlation with a baseline and settings of Azure Monitor.
func learnt(timespan, settings string) string {
	return many("1h", timespan) + "baseline: {periods: 3, every: 7h, increase: 50%}\n" + monitor(settings)
}

var azuremonitorChecks = []Check{
	descriptionCut("azuremonitor"),
	lookbackTooLong("azuremonitor", "3d"),
	queryTooLong("azuremonitor", 1800),
	{
		ID: "azuremonitor/union", Severity: diag.Error,
		Summary: "a correlation whose events come from several searches",
		Why: "The search of a log alert has no union, so that its events must come from one search: not from several tables, nor from a " +
			"rule and a correlation. Write a correlation over rules about one log, or use Sentinel.",
		Bad:  together("[user_added, user_deleted]", "[user_added, sign_in_failed]", "InitiatedBy.user.id", "CorrelationId"),
		Good: together(),
	}, {
		ID: "azuremonitor/period-too-short", Severity: diag.Error,
		Summary: "a rule is to look back less far than it must",
		Why: "A run must see all events since the last one, and a correlation the windows that these are in. Without the option " +
			"period a rule looks back as far as it must, and an hour more for events that come late. The window of the alert rule is " +
			"the next length that Azure Monitor has.",
		Bad:  monitor("period: 30m"),
		Good: monitor("frequency: 15m, period: 30m"),
	}, {
		ID: "azuremonitor/time-range-too-short", Severity: diag.Error,
		Summary: "the query is to read less than the window of the alert rule",
		Why:     "Azure Monitor refuses that. The option queryTimeRange can only let the query read further back.",
		Bad:     monitor("queryTimeRange: 1h"),
		Good:    monitor("queryTimeRange: 6h"),
	}, {
		ID: "azuremonitor/mute-too-short", Severity: diag.Error,
		Summary: "actions are muted for less than the time until the next run",
		Why:     "It would have no effect, and Azure Monitor refuses it.",
		Bad:     monitor("mute: 30m"),
		Good:    monitor("mute: 2h"),
	}, {
		ID: "azuremonitor/auto-mitigate", Severity: diag.Error,
		Summary: "alerts are to be resolved by themselves together with what excludes that",
		Why: "An alert that is resolved cannot mute its actions, and alerts of a rule that runs less often than every 12 hours are not " +
			"resolved. A time until alerts are resolved needs that they are.",
		Bad:  monitor("autoMitigate: true, mute: 2h"),
		Good: monitor("autoMitigate: true, resolveAfter: 2h"),
	}, {
		ID: "azuremonitor/unknown-column", Severity: diag.Error,
		Summary: "an option names a column that the result does not have",
		Why:     "Alerts can be split only by columns that the query returns at its end. List a field under fields to have it there.",
		Bad:     monitor("dimensions: Actor"),
		Good:    monitor("dimensions: 'AccountName,CorrelationId'"),
	}, {
		ID: "azuremonitor/dimension-type", Severity: diag.Error,
		Summary: "alerts are to be split by a column that is neither text nor a number",
		Why:     "Azure Monitor takes no others as dimensions.",
		Bad:     monitor("dimensions: TimeGenerated"),
		Good:    monitor("dimensions: OperationName"),
	}, {
		ID: "azuremonitor/target-types", Severity: diag.Error,
		Summary: "types of resources where the scope of the alerts is a workspace",
		Why: "They split the alerts of a scope that holds resources: set the option scope to a resource group or a subscription, or leave " +
			"them out.",
		Bad:  monitor("targetResourceTypes: Microsoft.KeyVault/vaults"),
		Good: monitor("resourceIdColumn: CorrelationId"),
	}, {
		ID: "azuremonitor/dynamic", Severity: diag.Error,
		Summary: "a dynamic threshold for a rule that cannot have one",
		Why: "A dynamic threshold learns how many events a window usually has. It can stand for the baseline of a correlation of the " +
			"type event_count, with a timespan that Azure Monitor has as a window; for nothing else.",
		Bad:  monitor("dynamic: medium"),
		Good: learnt("1h", "dynamic: medium"),
	}, {
		ID: "azuremonitor/dynamic-differs", Severity: diag.Note,
		Summary: "a dynamic threshold stands for a baseline, and asks something else",
		Why: "Azure Monitor learns from ten days or more what is usual at which hour of which day, and alerts on what is far above " +
			"that, by its own measure. The percentage of the baseline and the threshold of the correlation mean nothing to it. The " +
			"description of the alert rule says so, too.",
		Bad:  learnt("1h", "dynamic: medium"),
		Good: learnt("1h", "dynamic: 'off'"),
	}, {
		ID: "azuremonitor/name-cut", Severity: diag.Note,
		Summary: "the title is too long for the name of an alert rule that also says its table",
		Why: "A rule that means several tables becomes an alert rule for each, with the table in its name; names have at most 260 " +
			"characters.",
		Bad:  "title: " + strings.Repeat("Long ", 50) + "\nlogsource:\n    product: azure\n    service: signinlogs\n" + item("ResultType: '50126'"),
		Good: "title: Sign in failed\nlogsource:\n    product: azure\n    service: signinlogs\n" + item("ResultType: '50126'"),
	},
}
