package azuremonitor

import (
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// apiVersion is the older of the stable versions: static thresholds need no newer, and it has reached every cloud.
const apiVersion = "2023-12-01"

// maxDimensions is how many columns may split the alerts of a rule.
const maxDimensions = 6

type parameters struct {
	Workspace    kusto.Parameter `json:"workspaceResourceId"`
	Location     kusto.Parameter `json:"location"`
	ActionGroups kusto.Parameter `json:"actionGroupIds"`
}

type resource struct {
	Type       string     `json:"type"`
	APIVersion string     `json:"apiVersion"`
	Name       string     `json:"name"`
	Location   string     `json:"location"`
	Kind       string     `json:"kind"`
	Properties properties `json:"properties"`
}

type properties struct {
	DisplayName         string   `json:"displayName"`
	Description         string   `json:"description"`
	Severity            int      `json:"severity"`
	Enabled             bool     `json:"enabled"`
	Scopes              []string `json:"scopes"`
	EvaluationFrequency string   `json:"evaluationFrequency"`
	WindowSize          string   `json:"windowSize"`
	Criteria            criteria `json:"criteria"`
	AutoMitigate        bool     `json:"autoMitigate"`
	Actions             actions  `json:"actions"`
}

type criteria struct {
	AllOf []criterion `json:"allOf"`
}

type criterion struct {
	Query           string         `json:"query"`
	TimeAggregation string         `json:"timeAggregation"`
	Dimensions      []dimension    `json:"dimensions"`
	Operator        string         `json:"operator"`
	Threshold       int            `json:"threshold"`
	FailingPeriods  failingPeriods `json:"failingPeriods"`
}

type dimension struct {
	Name     string   `json:"name"`
	Operator string   `json:"operator"`
	Values   []string `json:"values"`
}

type failingPeriods struct {
	Periods int `json:"numberOfEvaluationPeriods"`
	Failing int `json:"minFailingPeriodsToAlert"`
}

type actions struct {
	ActionGroups     string            `json:"actionGroups"`
	CustomProperties map[string]string `json:"customProperties"`
}

func armRule(c *target.Compiled) ([]byte, error) {
	return template([]*target.Compiled{c}).Encode()
}

func armPack(rules []*target.Compiled) ([]target.File, error) {
	if len(rules) == 0 {
		return nil, nil
	}
	data, err := template(rules).Encode()
	return []target.File{{Path: "azuredeploy.json", Data: data}}, err
}

func template(rules []*target.Compiled) kusto.Template {
	var resources []any
	for _, c := range rules {
		resources = append(resources, alert(c))
	}
	return kusto.NewTemplate(parameters{
		Workspace: kusto.Parameter{Type: "string", Metadata: kusto.Metadata{
			Description: "Resource id of the Log Analytics workspace to search",
		}},
		Location: kusto.Parameter{Type: "string", Default: "[resourceGroup().location]", Metadata: kusto.Metadata{
			Description: "Region of the alert rules, which must be that of the workspace",
		}},
		ActionGroups: kusto.Parameter{Type: "array", Default: []string{}, Metadata: kusto.Metadata{
			Description: "Resource ids of the action groups to call",
		}},
	}, resources)
}

func alert(c *target.Compiled) resource {
	q := c.Query.(*kusto.Query)
	schedule := kusto.ScheduleOf(c)
	return resource{
		Type: "Microsoft.Insights/scheduledQueryRules", APIVersion: apiVersion,
		Name: kusto.ID(c), Location: "[parameters('location')]", Kind: "LogAlert",
		Properties: properties{
			DisplayName: kusto.Plain(kusto.Title(c)), Description: kusto.Plain(kusto.Description(c, maxDescription)),
			Severity: kusto.Levels[kusto.Level(c)].Monitor, Enabled: true,
			Scopes:              []string{"[parameters('workspaceResourceId')]"},
			EvaluationFrequency: kusto.ISO(schedule.Frequency), WindowSize: kusto.ISO(windowOf(schedule.Period())),
			Criteria: criteria{AllOf: []criterion{{
				Query: kusto.Plain(schedule.Guard(q)), TimeAggregation: "Count", Dimensions: dimensions(q),
				Operator: "GreaterThan", Threshold: 0, FailingPeriods: failingPeriods{Periods: 1, Failing: 1},
			}}},
			AutoMitigate: false, // a past event does not end
			Actions: actions{
				ActionGroups:     "[parameters('actionGroupIds')]",
				CustomProperties: map[string]string{"sigmaLevel": kusto.Level(c), "sigmaRule": kusto.RuleID(c)},
			},
		},
	}
}

// dimensions split the alerts by what identifies the entities, so that each alert names whom it is about. The halves of
// a user principal name would only repeat the id of the account.
func dimensions(q *kusto.Query) []dimension {
	out := []dimension{}
	for _, e := range q.Entities {
		for _, id := range e.Identifiers {
			if id.Name != "UPNSuffix" && len(out) < maxDimensions {
				out = append(out, dimension{Name: id.Column, Operator: "Include", Values: []string{"*"}})
			}
		}
	}
	return out
}
