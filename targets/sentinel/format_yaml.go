package sentinel

import (
	"bytes"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// document is an analytics rule in the YAML of the Azure-Sentinel repository; the fields stand in its order. A
// near-real-time rule has none about the schedule and the trigger.
type document struct {
	ID                  string            `yaml:"id"`
	Name                string            `yaml:"name"`
	Description         *yaml.Node        `yaml:"description"`
	Severity            string            `yaml:"severity"`
	Connectors          []connector       `yaml:"requiredDataConnectors"`
	QueryFrequency      string            `yaml:"queryFrequency,omitempty"`
	QueryPeriod         string            `yaml:"queryPeriod,omitempty"`
	TriggerOperator     string            `yaml:"triggerOperator,omitempty"`
	TriggerThreshold    *int              `yaml:"triggerThreshold,omitempty"`
	Status              string            `yaml:"status"`
	Tactics             []string          `yaml:"tactics,omitempty"`
	RelevantTechniques  []string          `yaml:"relevantTechniques,omitempty"`
	Query               *yaml.Node        `yaml:"query"`
	EntityMappings      []entityMapping   `yaml:"entityMappings,omitempty"`
	CustomDetails       map[string]string `yaml:"customDetails,omitempty"`
	AlertDetails        *alertDetails     `yaml:"alertDetailsOverride,omitempty"`
	EventGrouping       eventGrouping     `yaml:"eventGroupingSettings"`
	SuppressionEnabled  bool              `yaml:"suppressionEnabled,omitempty"`
	SuppressionDuration string            `yaml:"suppressionDuration,omitempty"`
	Incident            incident          `yaml:"incidentConfiguration"`
	Version             string            `yaml:"version"`
	Kind                string            `yaml:"kind"`
}

func yamlRule(c *target.Compiled) ([]byte, error) {
	r := newRule(c)
	doc := document{
		ID: r.id, Name: r.title, Description: text(r.description), Severity: r.severity, Connectors: r.connectors, Status: "Available",
		Tactics: r.attack.Tactics, RelevantTechniques: r.attack.Techniques,
		Query: literal(r.query), EntityMappings: r.entities, CustomDetails: r.details, AlertDetails: r.alert, EventGrouping: r.events,
		Incident: r.incident, Version: r.version, Kind: r.kind(),
	}
	if !r.nrt {
		doc.QueryFrequency, doc.QueryPeriod = kusto.Short(r.schedule.Frequency), kusto.Short(r.schedule.Period())
		doc.TriggerOperator, doc.TriggerThreshold = "gt", &r.threshold
	}
	if r.suppression > 0 {
		doc.SuppressionEnabled, doc.SuppressionDuration = true, kusto.Short(r.suppression)
	}
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(doc); err != nil {
		return nil, err
	}
	return b.Bytes(), e.Close()
}

// literal is a text in block style, which keeps a query readable.
func literal(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.LiteralStyle, Value: s + "\n"}
}

// text is a text in the style that suits its length.
func text(s string) *yaml.Node {
	if strings.Contains(s, "\n") {
		return literal(s)
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
}
