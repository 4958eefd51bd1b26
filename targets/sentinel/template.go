package sentinel

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// apiVersion is the newest stable version of alertRules. Stable versions know neither NRT nor sub-techniques.
const apiVersion = "2025-09-01"

// maxRules is how many rules the portal imports from one file.
const maxRules = 50

type parameters struct {
	Workspace kusto.Parameter `json:"workspace"`
}

type resource struct {
	Type       string     `json:"type"`
	APIVersion string     `json:"apiVersion"`
	Name       string     `json:"name"`
	Kind       string     `json:"kind"`
	Properties properties `json:"properties"`
}

type properties struct {
	DisplayName         string          `json:"displayName"`
	Description         string          `json:"description"`
	Severity            string          `json:"severity"`
	Enabled             bool            `json:"enabled"`
	Query               string          `json:"query"`
	QueryFrequency      string          `json:"queryFrequency"`
	QueryPeriod         string          `json:"queryPeriod"`
	TriggerOperator     string          `json:"triggerOperator"`
	TriggerThreshold    int             `json:"triggerThreshold"`
	SuppressionEnabled  bool            `json:"suppressionEnabled"`
	SuppressionDuration string          `json:"suppressionDuration"`
	Tactics             []string        `json:"tactics,omitempty"`
	Techniques          []string        `json:"techniques,omitempty"`
	EventGrouping       eventGrouping   `json:"eventGroupingSettings"`
	EntityMappings      []entityMapping `json:"entityMappings,omitempty"`
	Incident            incident        `json:"incidentConfiguration"`
}

type incident struct {
	Create   bool     `json:"createIncident"`
	Grouping grouping `json:"groupingConfiguration"`
}

type grouping struct {
	Enabled              bool     `json:"enabled"`
	ReopenClosedIncident bool     `json:"reopenClosedIncident"`
	LookbackDuration     string   `json:"lookbackDuration"`
	MatchingMethod       string   `json:"matchingMethod"`
	GroupByEntities      []string `json:"groupByEntities"`
	GroupByAlertDetails  []string `json:"groupByAlertDetails"`
	GroupByCustomDetails []string `json:"groupByCustomDetails"`
}

func armRule(c *target.Compiled) ([]byte, error) {
	return template([]*target.Compiled{c}).Encode()
}

// armPack writes one template for all rules, or several where the portal would not import so many, and the watchlists that
// they read.
func armPack(rules []*target.Compiled) ([]target.File, error) {
	files, err := watchlistFiles(rules)
	if err != nil {
		return nil, err
	}
	for n := 0; n*maxRules < len(rules); n++ {
		path := "azuredeploy.json"
		if n > 0 {
			path = fmt.Sprintf("azuredeploy-%d.json", n+1)
		}
		data, err := template(rules[n*maxRules : min((n+1)*maxRules, len(rules))]).Encode()
		if err != nil {
			return nil, err
		}
		files = append(files, target.File{Path: path, Data: data})
	}
	return files, nil
}

func template(rules []*target.Compiled) kusto.Template {
	var resources []any
	for _, c := range rules {
		resources = append(resources, armResource(newRule(c)))
	}
	return kusto.NewTemplate(newParameters(), resources)
}

func newParameters() parameters {
	return parameters{kusto.Parameter{
		Type: "string", Metadata: kusto.Metadata{Description: "Name of the Log Analytics workspace of Microsoft Sentinel"},
	}}
}

func armResource(r rule) resource {
	return resource{
		Type:       "Microsoft.OperationalInsights/workspaces/providers/alertRules",
		APIVersion: apiVersion,
		Name:       fmt.Sprintf("[concat(parameters('workspace'),'/Microsoft.SecurityInsights/%s')]", r.id),
		Kind:       "Scheduled",
		Properties: properties{
			DisplayName: kusto.Plain(r.title), Description: kusto.Plain(r.description), Severity: r.severity, Enabled: true,
			Query:          kusto.Plain(r.query),
			QueryFrequency: kusto.ISO(r.schedule.Frequency), QueryPeriod: kusto.ISO(r.schedule.Period()),
			TriggerOperator: "GreaterThan", TriggerThreshold: 0,
			SuppressionEnabled: false, SuppressionDuration: "PT5H", // required even when off
			Tactics: r.attack.Tactics, Techniques: r.attack.parents(),
			EventGrouping: perResult, EntityMappings: mappings(r.entities),
			Incident: incident{Create: true, Grouping: grouping{
				LookbackDuration: "PT5H", MatchingMethod: "AllEntities",
				GroupByEntities: []string{}, GroupByAlertDetails: []string{}, GroupByCustomDetails: []string{},
			}},
		},
	}
}
