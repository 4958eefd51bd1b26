package azuremonitor

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// Limits of a log search alert. Its properties together may have 64 KB.
const (
	maxName        = 260
	maxDescription = 4096
	maxProperties  = 64 * 1024 // bytes
	maxDimensions  = 6
)

// newRule is the alert rule of a compiled rule, in its own words: nothing is escaped for the language of templates.
func newRule(c *target.Compiled) rule {
	q := c.Query.(*kusto.Query)
	s := scheduleOf(c)
	r := rule{
		id: kusto.ID(c), tags: pairsOf(c, "tags"), identity: identityOf(c), version: stable,
		properties: properties{
			DisplayName: displayName(c), Description: description(c), Severity: severityOf(c), Enabled: yes(c, "enabled"),
			EvaluationFrequency: kusto.ISO(s.frequency), WindowSize: kusto.ISO(s.window),
			TargetResourceTypes: list(c.Setting("targetResourceTypes")),
			Criteria:            criteria{AllOf: []criterion{criterionOf(c, q)}},
			AutoMitigate:        yes(c, "autoMitigate"),
			MuteActionsDuration: duration(c, "mute"),
			StoreInWorkspace:    yes(c, "workspaceStorage"), SkipQueryValidation: yes(c, "skipValidation"),
			Actions: actions{CustomProperties: customProperties(c), ActionProperties: pairsOf(c, "actionProperties")},
		},
	}
	if s.read > 0 {
		r.properties.OverrideQueryTimeRange = kusto.ISO(s.read)
	}
	if after := duration(c, "resolveAfter"); after != "" {
		r.properties.Resolve = &resolve{AutoResolved: true, TimeToResolve: after}
	}
	if dynamic(c) || r.properties.Resolve != nil || r.properties.Actions.ActionProperties != nil {
		r.version = newest
	}
	return r
}

// criterionOf is the condition of the alert: that the query has results, or more of them than is usual.
func criterionOf(c *target.Compiled, q *kusto.Query) criterion {
	out := criterion{
		Query: kusto.ScheduleOf(c).Guard(q), TimeAggregation: "Count", ResourceIDColumn: c.Setting("resourceIdColumn"),
		Dimensions: []dimension{}, Operator: "GreaterThan", FailingPeriods: failingPeriods{Periods: 1, Failing: 1},
	}
	for _, col := range split(c) {
		out.Dimensions = append(out.Dimensions, dimension{Name: col, Operator: "Include", Values: []string{"*"}})
	}
	if !dynamic(c) {
		threshold, _ := strconv.Atoi(c.Setting("threshold"))
		out.Threshold = &threshold
		return out
	}
	out.CriterionType = "DynamicThresholdCriterion"
	out.AlertSensitivity = map[string]string{"low": "Low", "medium": "Medium", "high": "High"}[c.Setting("dynamic")]
	out.FailingPeriods.Failing, out.FailingPeriods.Periods, _ = periodsOf(c.Setting("failingPeriods"))
	if from := c.Setting("ignoreDataBefore"); from != "" {
		out.IgnoreDataBefore = from + "T00:00:00Z"
	}
	return out
}

// split is the columns that the results are split into alerts by. By default these are what identifies the entities, so
// that each alert names whom it is about. The halves of a user principal name would only repeat the id of the account.
// A dynamic threshold is one for each group of the correlation, whatever the option says.
func split(c *target.Compiled) []string {
	q := c.Query.(*kusto.Query)
	if dynamic(c) {
		return q.Columns[1:]
	}
	switch set := c.Setting("dimensions"); set {
	case "none":
		return nil
	case "entities":
		var out []string
		for _, e := range q.Entities {
			for _, id := range e.Identifiers {
				if id.Name != "UPNSuffix" && id.Column != c.Setting("resourceIdColumn") && len(out) < maxDimensions {
					out = append(out, id.Column)
				}
			}
		}
		return out
	default:
		return list(set)
	}
}

// displayName is the title. That of one of several rules says what it searches, for which a long title is cut.
func displayName(c *target.Compiled) string {
	name := kusto.Title(c)
	over := utf8.RuneCountInString(name) - maxName
	if over <= 0 {
		return name
	}
	title := []rune(c.Title.Value)
	kept := string(title[:len(title)-over-1])
	return kept + "…" + strings.TrimPrefix(name, c.Title.Value)
}

func description(c *target.Compiled) string {
	more := dynamicRemark(c)
	return kusto.Description(c, maxDescription-utf8.RuneCountInString(more)) + more
}

// customProperties are what an alert says about its rule to whoever is called.
func customProperties(c *target.Compiled) map[string]string {
	out := map[string]string{"sigmaLevel": kusto.Level(c), "sigmaRule": kusto.RuleID(c)}
	var tags []string
	for _, t := range c.Tags {
		tags = append(tags, t.Value)
	}
	if len(tags) > 0 {
		out["sigmaTags"] = strings.Join(tags, ", ")
	}
	return out
}

func identityOf(c *target.Compiled) *identity {
	switch set := c.Setting("identity"); set {
	case "none":
		return nil
	case "SystemAssigned":
		return &identity{Type: set}
	default:
		out := &identity{Type: "UserAssigned", Users: map[string]struct{}{}}
		for _, id := range list(set) {
			out.Users[id] = struct{}{}
		}
		return out
	}
}

// duration is a length of time that an option sets, as Azure writes it; "" when it sets none.
func duration(c *target.Compiled, option string) string {
	if n, ok := kusto.Minutes(c.Setting(option)); ok {
		return kusto.ISO(n)
	}
	return ""
}

func pairsOf(c *target.Compiled, option string) map[string]string {
	out, _ := pairs(c.Setting(option))
	if len(out) == 0 {
		return nil
	}
	return out
}

// isWorkspace reports whether the scope of the alerts is a workspace, as it is where templates ask for it.
func isWorkspace(t *target.Target) bool {
	scope := t.Setting("scope")
	return scope == "" || workspaceID.MatchString(scope)
}

// has reports whether the result has the column.
func has(c *target.Compiled, column string) bool {
	return slices.Contains(c.Query.(*kusto.Query).Columns, column)
}
