package workbook

import (
	"encoding/json"

	"github.com/sigc-rules/sigc/targets/kusto"
)

// choices are what the reader chooses, and, hidden, what the queries need to know of the pack.
func (p *pack) choices(on platform) item {
	all := []parameter{openedFrom, chosenWorkspace, timeRange, severity(on.severities), {
		Name: "Rules", Type: ofText, Hidden: true, Value: p.list(), QueryType: inLogs,
	}}
	if on.parameters != nil {
		all = append(all, on.parameters(p)...)
	}
	for i := range all {
		all[i].ID, all[i].Version = kusto.NamedID("workbook parameter "+all[i].Name), "KqlParameterItem/1.0"
	}
	return item{Type: isParameters, Name: "choices", Content: parameters{
		Version: "KqlParameterItem/1.0", Parameters: all, Style: "pills", QueryType: inResourceGraph, Type: resources,
	}}
}

// openedFrom is the workspace that the workbook is opened from; it is empty elsewhere.
var openedFrom = parameter{
	Name: "OpenedFrom", Type: ofText, Hidden: true, QueryType: inResourceGraph, ResourceType: resources,
	Resources: []string{"value::selected"},
	Query:     "resources\n| where type =~ \"microsoft.operationalinsights/workspaces\"\n| take 1\n| project id",
}

var chosenWorkspace = parameter{
	Name: "Workspace", Type: ofResources, Required: true, QueryType: inResourceGraph, ResourceType: resources,
	Resources: []string{"value::all"},
	Query: `resources
| where type =~ "microsoft.operationalinsights/workspaces"
| order by name asc
| project value = id, label = name, selected = id =~ "{OpenedFrom}"`,
	Settings: map[string]any{"additionalResourceOptions": []string{}, "showDefault": false},
}

const day = 24 * 60 * 60 * 1000 // in the unit of workbooks, milliseconds

var timeRange = parameter{
	Name: "TimeRange", Label: "Time", Type: ofTime, Required: true, QueryType: inLogs,
	Settings: timeSettings{Values: []duration{{day / 24}, {day / 6}, {day / 2}, {day}, {3 * day}, {7 * day}, {14 * day}, {30 * day}, {90 * day}}, Custom: true},
	Value:    duration{7 * day},
}

type duration struct {
	Milliseconds int `json:"durationMs"`
}

type timeSettings struct {
	Values []duration `json:"selectableValues"`
	Custom bool       `json:"allowCustom"`
}

// severity lets the reader choose among severities; a query sees those chosen between quotes, or '*' for all.
func severity(words []string) parameter {
	type choice struct {
		Value string `json:"value"`
		Label string `json:"label"`
	}
	var choices []choice
	for _, w := range words {
		choices = append(choices, choice{w, w})
	}
	data, err := json.Marshal(choices)
	if err != nil {
		panic(err) // plain words
	}
	return parameter{
		Name: "Severity", Type: ofChoice, Required: true, Many: true, Quote: "'", Delimiter: ",", QueryType: inLogs,
		Settings: map[string]any{
			"additionalResourceOptions": []string{"value::all"}, "selectAllValue": "*", "showDefault": false,
		},
		Choices: string(data), Value: []string{"value::all"},
	}
}
