package sentinel

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// facts are what Sentinel is told about a rule besides its query, and why, in its own words.
func facts(c *target.Compiled) []target.Fact {
	r := newRule(c)
	var out []target.Fact
	add := func(name, format string, args ...any) {
		out = append(out, target.Fact{Name: name, Value: fmt.Sprintf(format, args...)})
	}
	if r.nrt {
		add("runs", "every minute, near real time")
	} else {
		add("runs", "every %s, looks back %s", kusto.Short(r.schedule.Frequency), kusto.Short(r.schedule.Period()))
		add("alerts on", "more than %d results", r.threshold)
	}
	add("severity", "%s, of the level %s", r.severity, kusto.Level(c))
	if !r.enabled {
		add("enabled", "no")
	}
	if len(r.attack.Tactics)+len(r.attack.Techniques) > 0 {
		add("ATT&CK", "%s", strings.Join(slices.Concat(r.attack.Tactics, r.attack.Techniques), ", "))
	}
	for i, e := range c.Query.(*kusto.Query).Entities[:len(r.entities)] {
		add(fmt.Sprintf("entity %d", i+1), "%s by %s", e.Type, identifiers(e))
	}
	if len(r.details) > 0 {
		add("custom details", "%s", strings.Join(slices.Sorted(maps.Values(r.details)), ", "))
	}
	if left := leftOut(c, r); len(left) > 0 {
		add("not in alerts", "%s", strings.Join(left, ", "))
	}
	if r.alert != nil && r.alert.Name != "" {
		add("alert name", "%s", r.alert.Name)
	}
	add("an alert for", "%s", map[string]string{"AlertPerResult": "each result", "SingleAlert": "all results of a run"}[r.events.AggregationKind])
	add("incidents", "%s", r.incident.words())
	if r.suppression > 0 {
		add("suppression", "%s after an alert", kusto.Short(r.suppression))
	}
	for _, connector := range r.connectors {
		add("connector "+connector.ID, "%s", strings.Join(connector.DataTypes, ", "))
	}
	return out
}

// identifiers says which columns identify an entity, and what they are a part of.
func identifiers(e kusto.Entity) string {
	var parts []string
	for _, id := range e.Identifiers {
		part := id.Name + " = " + id.Column
		if id.Of != "" {
			part += " (a part of " + id.Of + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// leftOut are columns of the result that an alert does not show, with the reason.
func leftOut(c *target.Compiled, r rule) []string {
	var out []string
	shown := map[string]bool{"TimeGenerated": true, "StartTime": true}
	for _, col := range r.details {
		shown[col] = true
	}
	for _, e := range r.entities {
		for _, f := range e.FieldMappings {
			shown[f.ColumnName] = true
		}
	}
	for _, col := range c.Query.(*kusto.Query).Columns {
		if shown[col] {
			continue
		}
		why := "no room among the details"
		if isObject(c.Logs(), col) {
			why = "an object or a list"
		}
		out = append(out, col+" ("+why+")")
	}
	return out
}

func (i incident) words() string {
	switch g := i.Grouping; {
	case !i.Create:
		return "none"
	case !g.Enabled:
		return "one for each alert"
	case g.MatchingMethod == "AnyAlert":
		return "one for all alerts within " + g.LookbackDuration
	case g.MatchingMethod == "Selected":
		return "one for alerts within " + g.LookbackDuration + " with the same " + strings.Join(g.GroupByEntities, ", ")
	default:
		return "one for alerts within " + g.LookbackDuration + " with the same entities"
	}
}
