package sentinel

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// rule is an analytics rule before it takes the form of YAML, of a template or of a module.
type rule struct {
	id, title, description, severity, version string
	enabled, nrt                              bool
	connectors                                []connector
	query                                     string
	schedule                                  kusto.Schedule
	threshold                                 int
	suppression                               int // minutes; 0 for none
	attack                                    mapping
	entities                                  []entityMapping
	details                                   map[string]string
	alert                                     *alertDetails
	events                                    eventGrouping
	incident                                  incident
}

func newRule(c *target.Compiled) rule {
	q := c.Query.(*kusto.Query)
	m, dropped := attack(c)
	threshold, _ := strconv.Atoi(c.Setting("threshold"))
	suppression, _ := kusto.Minutes(c.Setting("suppression"))
	return rule{
		id:          kusto.ID(c),
		title:       c.Title.Value,
		description: description(c, dropped),
		severity:    severityOf(c),
		version:     c.Setting("version"),
		enabled:     yes(c, "enabled"),
		nrt:         yes(c, "nrt"),
		connectors:  connectorsOf(c),
		query:       queryText(c),
		schedule:    kusto.ScheduleOf(c),
		threshold:   threshold,
		suppression: suppression,
		attack:      m,
		entities:    mappings(q.Entities),
		details:     customDetails(c),
		alert:       alertDetailsOf(c),
		events:      eventGrouping{c.Setting("alerts")},
		incident:    incidentOf(c),
	}
}

func yes(c *target.Compiled, option string) bool { return c.Setting(option) == "true" }

// queryText is the query as the rule runs it. A near-real-time rule gets only what is new from Sentinel itself.
func queryText(c *target.Compiled) string {
	q := c.Query.(*kusto.Query)
	if yes(c, "nrt") {
		return strings.TrimRight(q.String(), "\n")
	}
	return kusto.ScheduleOf(c).Guard(q)
}

// suppressionMinutes is how long a rule stays still after an alert. Sentinel wants a length of time also where there is
// no suppression, and refuses one that is shorter than the time between two runs.
func (r rule) suppressionMinutes() int {
	if r.suppression > 0 {
		return r.suppression
	}
	return max(5*60, r.schedule.Frequency)
}

// description is that of the rule, as far as there is room, with remarks.
func description(c *target.Compiled, dropped []droppedTag) string {
	more := remarks(c, dropped)
	return kusto.Description(c, maxDescription-utf8.RuneCountInString(more)) + more
}

// remarks are what of the rule's header has no place of its own in Sentinel.
func remarks(c *target.Compiled, dropped []droppedTag) string {
	more := ""
	if kusto.Level(c) == "critical" {
		more = "\nLevel in Sigma: critical."
	}
	var newer []string
	for _, d := range dropped {
		newer = append(newer, strings.ToUpper(d.word[:1])+d.word[1:])
	}
	if len(newer) > 0 {
		more += "\nATT&CK, unknown to Sentinel: " + strings.Join(newer, ", ") + "."
	}
	if more == "" {
		return ""
	}
	return "\n" + more
}

// connector is what brings a table into a workspace.
type connector struct {
	ID        string   `json:"connectorId"`
	DataTypes []string `json:"dataTypes"`
}

// connectors are the connectors by table. Tables that are missing here come without one, by a diagnostic setting.
var connectors = map[string][]connector{
	"AuditLogs":                       entra("AuditLogs"),
	"SigninLogs":                      entra("SigninLogs"),
	"AADNonInteractiveUserSignInLogs": entra("AADNonInteractiveUserSignInLogs"),
	"AADServicePrincipalSignInLogs":   entra("AADServicePrincipalSignInLogs"),
	"AADManagedIdentitySignInLogs":    entra("AADManagedIdentitySignInLogs"),
	"AADProvisioningLogs":             entra("AADProvisioningLogs"),
	"AADRiskyUsers":                   entra("AADRiskyUsers"),
	"AADUserRiskEvents":               entra("AADUserRiskEvents"),
	"AADRiskyServicePrincipals":       entra("AADRiskyServicePrincipals"),
	"AADServicePrincipalRiskEvents":   entra("AADServicePrincipalRiskEvents"),
	"ADFSSignInLogs":                  entra("ADFSSignInLogs"),
	"AzureActivity":                   {{ID: "AzureActivity", DataTypes: []string{"AzureActivity"}}},
	"AzureDiagnostics":                {{ID: "AzureKeyVault", DataTypes: []string{"AzureDiagnostics"}}},
	"OfficeActivity":                  {{ID: "Office365", DataTypes: []string{"OfficeActivity"}}},
	"SecurityAlert":                   {{ID: "MicrosoftCloudAppSecurity", DataTypes: []string{"SecurityAlert"}}, {ID: "OfficeATP", DataTypes: []string{"SecurityAlert"}}},
	"SecurityEvent":                   {{ID: "SecurityEvents", DataTypes: []string{"SecurityEvent"}}, {ID: "WindowsSecurityEvents", DataTypes: []string{"SecurityEvent"}}},
	"WindowsEvent":                    {{ID: "WindowsForwardedEvents", DataTypes: []string{"WindowsEvent"}}},
	"AWSCloudTrail":                   {{ID: "AWS", DataTypes: []string{"AWSCloudTrail"}}, {ID: "AwsS3", DataTypes: []string{"AWSCloudTrail"}}},
	"GCPAuditLogs":                    {{ID: "GCPAuditLogsDefinition", DataTypes: []string{"GCPAuditLogs"}}},
	"Okta_CL":                         {{ID: "OktaSSO", DataTypes: []string{"Okta_CL"}}},
	"GitHubAuditLogsV2_CL":            {{ID: "GitHubAuditDefinitionV2", DataTypes: []string{"GitHubAuditLogsV2_CL"}}},
	"OktaV2_CL":                       {{ID: "OktaSSOv2", DataTypes: []string{"OktaV2_CL"}}},
	"CommonSecurityLog":               {{ID: "CEF", DataTypes: []string{"CommonSecurityLog"}}, {ID: "CefAma", DataTypes: []string{"CommonSecurityLog"}}},
	"Syslog":                          {{ID: "Syslog", DataTypes: []string{"Syslog"}}, {ID: "SyslogAma", DataTypes: []string{"Syslog"}}},
	"DnsEvents":                       {{ID: "DNS", DataTypes: []string{"DnsEvents"}}},
}

// defender are the beginnings of the names of tables that Defender XDR brings.
var defender = []string{"Device", "Email", "Identity", "UrlClickEvents", "CloudAppEvents"}

// connectorsOf are the connectors of all tables that the rule reads. Those of one kind become one.
func connectorsOf(c *target.Compiled) []connector {
	out := []connector{}
	for _, log := range c.Logs() {
		for _, add := range connectorsFor(log.Name) {
			i := slices.IndexFunc(out, func(have connector) bool { return have.ID == add.ID })
			if i < 0 {
				out = append(out, connector{ID: add.ID, DataTypes: slices.Clone(add.DataTypes)})
				continue
			}
			out[i].DataTypes = append(out[i].DataTypes, add.DataTypes...)
		}
	}
	return out
}

func connectorsFor(table string) []connector {
	if list, ok := connectors[table]; ok {
		return list
	}
	if slices.ContainsFunc(defender, func(begin string) bool { return strings.HasPrefix(table, begin) }) {
		return []connector{{ID: "MicrosoftThreatProtection", DataTypes: []string{table}}}
	}
	return nil
}

func entra(table string) []connector {
	return []connector{{ID: "AzureActiveDirectory", DataTypes: []string{table}}}
}
