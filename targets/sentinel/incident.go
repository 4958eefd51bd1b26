package sentinel

import (
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// eventGrouping says whether each result makes an alert of its own. By default it does, so that each has the entities of
// its result and no others.
type eventGrouping struct {
	AggregationKind string `json:"aggregationKind"`
}

// incident says what incidents alerts make.
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

// incidentOf reads the options about incidents. Alerts without entities are not grouped by them: they would all be alike.
func incidentOf(c *target.Compiled) incident {
	back, _ := kusto.Minutes(c.Setting("groupingPeriod"))
	g := grouping{
		ReopenClosedIncident: yes(c, "reopen"), LookbackDuration: kusto.ISO(back), MatchingMethod: "AllEntities",
		GroupByEntities: []string{}, GroupByAlertDetails: []string{}, GroupByCustomDetails: []string{},
	}
	switch by := c.Setting("grouping"); by {
	case "none":
	case "AllEntities":
		g.Enabled = len(c.Query.(*kusto.Query).Entities) > 0
	case "AnyAlert":
		g.Enabled, g.MatchingMethod = true, by
	default:
		g.Enabled, g.MatchingMethod, g.GroupByEntities = true, "Selected", selected(by)
	}
	create := yes(c, "incidents")
	g.Enabled = g.Enabled && create
	return incident{Create: create, Grouping: g}
}

// selected are the types of entities that the option "grouping" lists, when it does.
func selected(by string) []string {
	switch by {
	case "none", "AllEntities", "AnyAlert":
		return nil
	}
	return strings.Split(by, ",")
}

// missingEntities are types of entities that incidents are to be grouped by and that the rule does not have.
func missingEntities(c *target.Compiled) []string {
	return slices.DeleteFunc(selected(c.Setting("grouping")), func(kind string) bool {
		return slices.ContainsFunc(c.Query.(*kusto.Query).Entities, func(e kusto.Entity) bool { return e.Type == kind })
	})
}
