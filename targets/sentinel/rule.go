package sentinel

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// rule is an analytics rule before it takes the form of YAML or ARM.
type rule struct {
	id, title, description, severity string
	connectors                       []connector
	query                            string
	schedule                         kusto.Schedule
	attack                           mapping
	entities                         []kusto.Entity
}

func newRule(c *target.Compiled) rule {
	q := c.Query.(*kusto.Query)
	m, _ := attack(c)
	return rule{
		id:          kusto.ID(c),
		title:       c.Title.Value,
		description: kusto.Description(c, maxDescription),
		severity:    kusto.Levels[kusto.Level(c)].Sentinel,
		connectors:  connectorsOf(c),
		query:       kusto.ScheduleOf(c).Guard(q),
		schedule:    kusto.ScheduleOf(c),
		attack:      m,
		entities:    q.Entities,
	}
}

// connector is what brings a table into a workspace.
type connector struct {
	ID        string   `yaml:"connectorId"`
	DataTypes []string `yaml:"dataTypes"`
}

// connectors are the connectors by table. Tables that are missing here come without one, by a diagnostic setting.
var connectors = map[string][]connector{
	"AuditLogs":                       entra("AuditLogs"),
	"SigninLogs":                      entra("SigninLogs"),
	"AADNonInteractiveUserSignInLogs": entra("AADNonInteractiveUserSignInLogs"),
	"AADServicePrincipalSignInLogs":   entra("AADServicePrincipalSignInLogs"),
	"AADManagedIdentitySignInLogs":    entra("AADManagedIdentitySignInLogs"),
	"AADRiskyUsers":                   entra("AADRiskyUsers"),
	"AADUserRiskEvents":               entra("AADUserRiskEvents"),
	"AzureActivity":                   {{ID: "AzureActivity", DataTypes: []string{"AzureActivity"}}},
	"AzureDiagnostics":                {{ID: "AzureKeyVault", DataTypes: []string{"AzureDiagnostics"}}},
}

// connectorsOf are the connectors of all tables that the rule reads. Those of one kind become one.
func connectorsOf(c *target.Compiled) []connector {
	var out []connector
	for _, log := range c.Logs() {
		for _, add := range connectors[log.Name] {
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

func entra(table string) []connector {
	return []connector{{ID: "AzureActiveDirectory", DataTypes: []string{table}}}
}
