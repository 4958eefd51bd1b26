package sentinel

import (
	"github.com/sigc-rules/sigc/targets/kusto"
)

// Versions of alertRules: the newest stable one, which knows neither near-real-time rules nor sub-techniques, and the
// newest preview, which knows both.
const (
	apiVersion     = "2025-09-01"
	previewVersion = "2025-07-01-preview"
)

// properties are those of the resource alertRules, in ARM as in Bicep and for the azapi provider of Terraform.
type properties struct {
	DisplayName         string            `json:"displayName"`
	Description         string            `json:"description"`
	Severity            string            `json:"severity"`
	Enabled             any               `json:"enabled"` // in a template of several rules an expression, elsewhere a bool
	Query               string            `json:"query"`
	QueryFrequency      string            `json:"queryFrequency,omitempty"`
	QueryPeriod         string            `json:"queryPeriod,omitempty"`
	TriggerOperator     string            `json:"triggerOperator,omitempty"`
	TriggerThreshold    *int              `json:"triggerThreshold,omitempty"`
	SuppressionEnabled  bool              `json:"suppressionEnabled"`
	SuppressionDuration string            `json:"suppressionDuration"`
	Tactics             []string          `json:"tactics,omitempty"`
	Techniques          []string          `json:"techniques,omitempty"`
	SubTechniques       []string          `json:"subTechniques,omitempty"`
	EventGrouping       eventGrouping     `json:"eventGroupingSettings"`
	EntityMappings      []entityMapping   `json:"entityMappings,omitempty"`
	CustomDetails       map[string]string `json:"customDetails,omitempty"`
	AlertDetails        *alertDetails     `json:"alertDetailsOverride,omitempty"`
	Incident            incident          `json:"incidentConfiguration"`
}

func (r rule) kind() string {
	if r.nrt {
		return "NRT"
	}
	return "Scheduled"
}

func (r rule) apiVersion() string {
	if r.nrt {
		return previewVersion
	}
	return apiVersion
}

func (r rule) properties() properties {
	p := properties{
		DisplayName: r.title, Description: r.description, Severity: r.severity, Enabled: r.enabled, Query: r.query,
		SuppressionEnabled: r.suppression > 0, SuppressionDuration: kusto.ISO(r.suppressionMinutes()),
		Tactics: r.attack.Tactics, Techniques: r.attack.parents(), EventGrouping: r.events, EntityMappings: r.entities,
		CustomDetails: r.details, AlertDetails: r.alert, Incident: r.incident,
	}
	if r.nrt {
		p.SubTechniques = r.attack.subTechniques()
		return p
	}
	p.QueryFrequency, p.QueryPeriod = kusto.ISO(r.schedule.Frequency), kusto.ISO(r.schedule.Period())
	p.TriggerOperator, p.TriggerThreshold = "GreaterThan", &r.threshold
	return p
}
