package sentinel

import (
	"bytes"

	"gopkg.in/yaml.v3"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// document is an analytics rule in the YAML of the Azure-Sentinel repository; the fields stand in its order.
type document struct {
	ID                 string          `yaml:"id"`
	Name               string          `yaml:"name"`
	Description        *yaml.Node      `yaml:"description"`
	Severity           string          `yaml:"severity"`
	Connectors         []connector     `yaml:"requiredDataConnectors"`
	QueryFrequency     string          `yaml:"queryFrequency"`
	QueryPeriod        string          `yaml:"queryPeriod"`
	TriggerOperator    string          `yaml:"triggerOperator"`
	TriggerThreshold   int             `yaml:"triggerThreshold"`
	Status             string          `yaml:"status"`
	Tactics            []string        `yaml:"tactics,omitempty"`
	RelevantTechniques []string        `yaml:"relevantTechniques,omitempty"`
	Query              *yaml.Node      `yaml:"query"`
	EntityMappings     []entityMapping `yaml:"entityMappings,omitempty"`
	EventGrouping      eventGrouping   `yaml:"eventGroupingSettings"`
	Version            string          `yaml:"version"`
	Kind               string          `yaml:"kind"`
}

type entityMapping struct {
	EntityType    string         `yaml:"entityType" json:"entityType"`
	FieldMappings []fieldMapping `yaml:"fieldMappings" json:"fieldMappings"`
}

type fieldMapping struct {
	Identifier string `yaml:"identifier" json:"identifier"`
	ColumnName string `yaml:"columnName" json:"columnName"`
}

type eventGrouping struct {
	AggregationKind string `yaml:"aggregationKind" json:"aggregationKind"`
}

// perResult makes an alert of each row, so that each has the entities of its row and no others.
var perResult = eventGrouping{AggregationKind: "AlertPerResult"}

func yamlRule(c *target.Compiled) ([]byte, error) {
	r := newRule(c)
	if r.connectors == nil {
		r.connectors = []connector{}
	}
	doc := document{
		ID: r.id, Name: r.title, Description: text(r.description), Severity: r.severity,
		Connectors:     r.connectors,
		QueryFrequency: kusto.Short(r.schedule.Frequency), QueryPeriod: kusto.Short(r.schedule.Period()),
		TriggerOperator: "gt", TriggerThreshold: 0, Status: "Available",
		Tactics: r.attack.Tactics, RelevantTechniques: r.attack.Techniques,
		Query: literal(r.query), EntityMappings: mappings(r.entities), EventGrouping: perResult,
		Version: "1.0.0", Kind: "Scheduled",
	}
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(doc); err != nil {
		return nil, err
	}
	return b.Bytes(), e.Close()
}

func mappings(entities []kusto.Entity) []entityMapping {
	var out []entityMapping
	for _, e := range entities {
		m := entityMapping{EntityType: e.Type}
		for _, id := range e.Identifiers {
			m.FieldMappings = append(m.FieldMappings, fieldMapping{Identifier: id.Name, ColumnName: id.Column})
		}
		out = append(out, m)
	}
	return out
}

// literal is a text in block style, which keeps a query readable.
func literal(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.LiteralStyle, Value: s + "\n"}
}

// text is a text in the style that suits its length.
func text(s string) *yaml.Node {
	if bytes.ContainsRune([]byte(s), '\n') {
		return literal(s)
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
}
