package sentinel

import (
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
	"github.com/sigc-rules/sigc/targets/yamltext"
)

// yamlRule writes an analytics rule in the YAML of the Azure-Sentinel repository, in the order of its fields. A
// near-real-time rule has none about the schedule and the trigger.
func yamlRule(c *target.Compiled) ([]byte, error) {
	r := newRule(c)
	m := make(yamltext.Map, 0, 22)
	m.Add("id", r.id)
	m.Add("name", r.title)
	m.Add("description", text(r.description))
	m.Add("severity", r.severity)
	m.Add("requiredDataConnectors", connectorsYAML(r.connectors))
	if !r.nrt {
		m.Add("queryFrequency", kusto.Short(r.schedule.Frequency))
		m.Add("queryPeriod", kusto.Short(r.schedule.Period()))
		m.Add("triggerOperator", "gt")
		m.Add("triggerThreshold", r.threshold)
	}
	m.Add("status", "Available")
	if len(r.attack.Tactics) > 0 {
		m.Add("tactics", yamltext.Texts(r.attack.Tactics))
	}
	if len(r.attack.Techniques) > 0 {
		m.Add("relevantTechniques", yamltext.Texts(r.attack.Techniques))
	}
	m.Add("query", yamltext.Literal(r.query+"\n"))
	if len(r.entities) > 0 {
		m.Add("entityMappings", entitiesYAML(r.entities))
	}
	if len(r.details) > 0 {
		m.Add("customDetails", detailsYAML(r.details))
	}
	if r.alert != nil {
		m.Add("alertDetailsOverride", alertYAML(*r.alert))
	}
	m.Add("eventGroupingSettings", yamltext.Map{{Key: "aggregationKind", Value: r.events.AggregationKind}})
	if r.suppression > 0 {
		m.Add("suppressionEnabled", true)
		m.Add("suppressionDuration", kusto.Short(r.suppression))
	}
	m.Add("incidentConfiguration", incidentYAML(r.incident))
	m.Add("version", r.version)
	m.Add("kind", r.kind())
	return yamltext.Encode(m)
}

// text is a text in the style that suits its length.
func text(s string) any {
	if strings.Contains(s, "\n") {
		return yamltext.Literal(s + "\n")
	}
	return s
}

func connectorsYAML(connectors []connector) yamltext.List {
	var out yamltext.List
	for _, c := range connectors {
		out = append(out, yamltext.Map{{Key: "connectorId", Value: c.ID}, {Key: "dataTypes", Value: yamltext.Texts(c.DataTypes)}})
	}
	return out
}

func entitiesYAML(entities []entityMapping) yamltext.List {
	var out yamltext.List
	for _, e := range entities {
		var fields yamltext.List
		for _, f := range e.FieldMappings {
			fields = append(fields, yamltext.Map{{Key: "identifier", Value: f.Identifier}, {Key: "columnName", Value: f.ColumnName}})
		}
		out = append(out, yamltext.Map{{Key: "entityType", Value: e.EntityType}, {Key: "fieldMappings", Value: fields}})
	}
	return out
}

func detailsYAML(details map[string]string) yamltext.Map {
	var out yamltext.Map
	for _, key := range slices.Sorted(maps.Keys(details)) {
		out.Add(key, details[key])
	}
	return out
}

func alertYAML(a alertDetails) yamltext.Map {
	var out yamltext.Map
	if a.Name != "" {
		out.Add("alertDisplayNameFormat", a.Name)
	}
	if a.Description != "" {
		out.Add("alertDescriptionFormat", a.Description)
	}
	return out
}

func incidentYAML(i incident) yamltext.Map {
	g := i.Grouping
	return yamltext.Map{
		{Key: "createIncident", Value: i.Create},
		{Key: "groupingConfiguration", Value: yamltext.Map{
			{Key: "enabled", Value: g.Enabled}, {Key: "reopenClosedIncident", Value: g.ReopenClosedIncident},
			{Key: "lookbackDuration", Value: g.LookbackDuration}, {Key: "matchingMethod", Value: g.MatchingMethod},
			{Key: "groupByEntities", Value: yamltext.Texts(g.GroupByEntities)},
			{Key: "groupByAlertDetails", Value: yamltext.Texts(g.GroupByAlertDetails)},
			{Key: "groupByCustomDetails", Value: yamltext.Texts(g.GroupByCustomDetails)},
		}},
	}
}
