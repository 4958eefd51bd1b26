package workbook

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// Monitor returns the workbook of log search alerts, which are resources: Azure Resource Graph knows the rules and the
// alerts that they have fired.
func Monitor(title string, rules []*target.Compiled) *Book {
	return newBook(title, rules, platform{
		severity:   func(c *target.Compiled) string { return fmt.Sprintf("Sev%d", kusto.Levels[kusto.Level(c)].Monitor) },
		severities: []string{"Sev0", "Sev1", "Sev2", "Sev3", "Sev4"},
		parameters: func(p *pack) []parameter {
			var ids []string
			for _, r := range p.rules {
				ids = append(ids, literal(r.id))
			}
			return []parameter{{
				Name: "RuleNames", Type: ofText, Hidden: true, Value: strings.Join(ids, ", "), QueryType: inResourceGraph,
			}}
		},
		category: "workbook",
		source:   "Azure Monitor",
		items: []item{
			logs("Rules of the pack", "table", monitorPack).table("The pack has no rules of this severity."),
			resourceGraph("Rules that are deployed", "table", monitorRules).table("No rule of the pack is deployed.",
				formatter{Column: "^Alerts$", Formatter: asBar, Options: map[string]string{"palette": "orange"}},
				formatter{Column: "LastAlert", Formatter: asDate}),
			resourceGraph("Alerts over time", "barchart", monitorAlerts+`
| summarize Alerts = count() by bin(FiredAt, {TimeRange:grain}), Severity`),
			resourceGraph("Who and what the alerts are about", "table", monitorActors).table("No alert has dimensions.",
				formatter{Column: "^Alerts$", Formatter: asBar, Options: map[string]string{"palette": "orange"}},
				formatter{Column: "LastAlert", Formatter: asDate}),
			resourceGraph("Latest alerts", "table", monitorLatest).table("The rules of the pack have fired no alert in this time.",
				formatter{Column: "FiredAt", Formatter: asDate}),
		},
	})
}

// resourceGraph makes an item of a query over the resources of all subscriptions that the reader sees. Resource Graph
// knows no time but the one that a query compares with, and neither let nor datatable
// (learn.microsoft.com/azure/governance/resource-graph/concepts/query-language).
func resourceGraph(name, visualization, text string) item {
	return item{Type: isQuery, Name: name, Content: query{
		Version: "KqlItem/1.0", Query: text, Size: medium, Title: name, QueryType: inResourceGraph,
		ResourceType: resources, Resources: []string{"value::all"}, Visualization: visualization,
	}}
}

const monitorPack = `{Rules}
| where "*" in ({Severity}) or Severity in ({Severity})
| project Rule, Severity, Tables, RuleId
| order by Severity asc, Rule asc`

// monitorFired are the alerts of the chosen time. The properties are those of the common alert schema.
const monitorFired = `alertsmanagementresources
| where type =~ "microsoft.alertsmanagement/alerts"
| extend FiredAt = todatetime(properties.essentials.startDateTime), RuleResource = tolower(tostring(properties.essentials.alertRule))
| where FiredAt {TimeRange}`

// monitorAlerts are those that rules of the pack have fired. A rule is named by its id.
const monitorAlerts = monitorFired + `
| extend RuleName = extract("[^/]+$", 0, RuleResource), Severity = tostring(properties.essentials.severity)
| where RuleName in ({RuleNames})
| where "*" in ({Severity}) or Severity in ({Severity})`

var monitorRules = `resources
| where type =~ "microsoft.insights/scheduledqueryrules"
| where tolower(name) in ({RuleNames})
| extend RuleResource = tolower(id), Rule = tostring(properties.displayName), Severity = strcat("Sev", tostring(properties.severity)), Enabled = tobool(properties.enabled)
| where "*" in ({Severity}) or Severity in ({Severity})
| join kind=leftouter (
    ` + strings.ReplaceAll(monitorFired, "\n", "\n    ") + `
    | summarize Alerts = count(), LastAlert = max(FiredAt) by RuleResource
) on RuleResource
| project Rule, Severity, Enabled, Alerts = coalesce(Alerts, 0), LastAlert, ResourceGroup = resourceGroup, RuleName = name
| order by Alerts desc, Rule asc`

// monitorActors reads the dimensions by which the alerts of a rule are told apart; where they stand depends on the version
// of the rule's API.
const monitorActors = monitorAlerts + `
| mv-expand Dimension = coalesce(properties.context.context.condition.allOf[0].dimensions, properties.context.condition.allOf[0].dimensions)
| extend Kind = tostring(Dimension.name), Name = tostring(Dimension.value)
| where isnotempty(Name)
| summarize Alerts = count(), LastAlert = max(FiredAt) by Name, Kind
| top 100 by Alerts desc`

const monitorLatest = monitorAlerts + `
| project FiredAt, Severity, Rule = name, Condition = tostring(properties.essentials.monitorCondition), State = tostring(properties.essentials.alertState), Alert = id
| top 100 by FiredAt desc`
