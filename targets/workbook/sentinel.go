package workbook

import (
	"github.com/sigc-rules/sigc/compiler/target"
)

// Sentinel returns the workbook of analytics rules, whose alerts and incidents are rows of the workspace. severity tells
// that of a rule.
func Sentinel(title string, rules []*target.Compiled, severity func(*target.Compiled) string) *Book {
	return newBook(title, rules, platform{
		severity:   severity,
		severities: []string{"High", "Medium", "Low", "Informational"},
		template:   "sentinel-UserWorkbook",
		category:   "sentinel",
		source:     "[resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace'))]",
		items: []item{
			logs("Rules", "table", sentinelRules).table("The pack has no rules of this severity.",
				formatter{Column: "^Alerts$", Formatter: asBar, Options: palette("orange")},
				formatter{Column: "LastAlert", Formatter: asDate}),
			logs("Alerts over time", "barchart", sentinelAlerts+`
| summarize Alerts = count() by bin(TimeGenerated, {TimeRange:grain}), Rule`),
			logs("Who and what the alerts are about", "table", sentinelActors).table("No alert has entities.",
				formatter{Column: "^Alerts$", Formatter: asBar, Options: palette("orange")},
				formatter{Column: "LastAlert", Formatter: asDate}),
			logs("Latest alerts", "table", sentinelLatest).table("The rules of the pack have raised no alert in this time.",
				formatter{Column: "TimeGenerated", Formatter: asDate},
				formatter{Column: "AlertLink", Formatter: asLink, Options: map[string]string{"linkTarget": "Url", "linkLabel": "open"}}),
		},
	})
}

func palette(name string) any { return map[string]string{"palette": name} }

// sentinelAlert is an alert with the id of the rule that raised it; what changes of an alert is another row.
const sentinelAlert = `SecurityAlert
| summarize arg_max(TimeGenerated, *) by SystemAlertId
| extend RuleId = tolower(tostring(parse_json(tostring(parse_json(ExtendedProperties)["Analytic Rule Ids"]))[0]))`

// sentinelAlerts are the alerts that rules of the pack have raised. Their severity is that of the alert, which may differ
// from that of the rule.
const sentinelAlerts = `let Rules = {Rules};
` + sentinelAlert + `
| join kind=inner (Rules | project RuleId, Rule) on RuleId
| where "*" in ({Severity}) or AlertSeverity in ({Severity})`

const sentinelRules = `let Rules = {Rules};
let Raised = ` + sentinelAlert + `
| summarize Alerts = count(), LastAlert = max(TimeGenerated) by RuleId;
let Opened = SecurityIncident
| summarize arg_max(LastModifiedTime, *) by IncidentNumber
| mv-expand Related = RelatedAnalyticRuleIds to typeof(string)
| extend RuleId = tolower(tostring(split(Related, "/")[-1]))
| summarize take_any(Status), take_any(Classification) by IncidentNumber, RuleId
| summarize Incidents = count(), Open = countif(Status != "Closed"), FalsePositives = countif(Classification == "FalsePositive") by RuleId;
Rules
| where "*" in ({Severity}) or Severity in ({Severity})
| join kind=leftouter Raised on RuleId
| join kind=leftouter Opened on RuleId
| project Rule, Severity, Alerts = coalesce(Alerts, 0), LastAlert, Incidents = coalesce(Incidents, 0), Open = coalesce(Open, 0), FalsePositives = coalesce(FalsePositives, 0), Tables, RuleId
| order by Alerts desc, Rule asc`

// The names of entities and of what they hold are those of learn.microsoft.com/azure/sentinel/entities-reference.
const sentinelActors = sentinelAlerts + `
| mv-expand Entity = parse_json(Entities)
| extend Kind = tostring(Entity.Type)
| extend Name = case(
    Kind == "account" and isnotempty(tostring(Entity.UPNSuffix)), strcat(Entity.Name, "@", Entity.UPNSuffix),
    Kind == "account", coalesce(tostring(Entity.Name), tostring(Entity.AadUserId), tostring(Entity.Sid)),
    Kind == "ip", tostring(Entity.Address),
    Kind == "host", tostring(Entity.HostName),
    Kind == "cloud-application", coalesce(tostring(Entity.Name), tostring(Entity.AppId)),
    Kind == "azure-resource", tostring(Entity.ResourceId),
    Kind == "mailbox", tostring(Entity.MailboxPrimaryAddress),
    Kind == "url", tostring(Entity.Url),
    ""
)
| where isnotempty(Name)
| distinct Kind, Name, SystemAlertId, RuleId, TimeGenerated
| summarize Alerts = count_distinct(SystemAlertId), Rules = count_distinct(RuleId), LastAlert = max(TimeGenerated) by Name, Kind
| top 100 by Alerts desc`

const sentinelLatest = sentinelAlerts + `
| top 100 by TimeGenerated desc
| project TimeGenerated, AlertSeverity, Rule, AlertName, Status, Tactics, AlertLink`
