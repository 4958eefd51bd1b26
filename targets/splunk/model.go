package splunk

import (
	"fmt"
	"slices"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/ir"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/app"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// A data model of the Common Information Model is asked with tstats, which gives a row for each second and each set of
// values; what comes behind it sees no other fields. Its terms are those of search (D: tstats). NOT is left to where,
// because the documentation does not say what it makes of events without the field.

// ask begins the query with tstats and returns the conditions that remain.
func (b *builder) ask(conditions []node) []node {
	c := &tstats{model: b.data.Model, macro: b.data.Macro, by: b.needed(), terms: b.frame.scope[1:]}
	var rest []node
	for _, x := range conditions {
		t, exact := b.searched(x)
		if t == nil || denies(t) {
			exact = false
		} else {
			c.terms = append(c.terms, t)
		}
		if !exact {
			rest = append(rest, x)
		}
	}
	b.add(c)
	return rest
}

// needed are the fields that the rule reads or shows.
func (b *builder) needed() []string {
	var out []string
	add := func(name string) {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	ir.Walk(b.bound.Expr, func(e ir.Expr) bool {
		for _, f := range ir.Fields(e) {
			if ref := b.bound.Ref(f); ref.Column != nil {
				add(b.data.Field(ref.Column).Path)
			}
		}
		return true
	})
	for _, role := range roles {
		for _, name := range rolePaths(b.data, role) {
			add(name)
		}
	}
	for _, s := range b.shown() {
		add(s.field)
	}
	return out
}

// denies reports whether a term denies something.
func denies(t term) bool {
	switch t := t.(type) {
	case *termNot:
		return true
	case *termAnd:
		return slices.ContainsFunc(t.x, denies)
	case *termOr:
		return slices.ContainsFunc(t.x, denies)
	}
	return false
}

// modelled reports whether a rule asks a data model.
func modelled(c *target.Compiled) bool {
	return c.Query.(*Query).uses.model
}

// allModelled reports whether no rule reads events themselves.
func allModelled(rules []*target.Compiled) bool {
	return !slices.ContainsFunc(rules, func(c *target.Compiled) bool { return !modelled(c) })
}

// refuseModel refuses correlations of data models: rows of tstats are no events any more, of which several in a second
// count.
func (p *platform) refuseModel(bound *target.BoundCorrelation, diags *diag.List) bool {
	for _, r := range bound.Detections() {
		if d := p.choice.Data(r.Log); d.Model != "" {
			d := diags.Errorf("target/inexact", bound.Correlation.Meta.Title.At, "splunk cannot express this exactly: a search of the data model %s does not count single events", d.Model)
			d.Target, d.Hint = "splunk", fmt.Sprintf("-O %s=%s searches the events", forms.Of("windows")[0].Family, forms.Of("windows")[0].Name)
			return true
		}
	}
	return false
}

// A model does not tell when an event was indexed, and its summaries are written some minutes later. So a run looks at the
// time between two runs that ended an hour ago.
const settleModel = 60 // minutes

func schedulingOfModel(c *target.Compiled) []app.Setting {
	return []app.Setting{
		app.Exact("enableSched", "1"),
		app.Exact("cron_schedule", cron(c)),
		app.Exact("dispatch.earliest_time", fmt.Sprintf("-%dm@m", period(c)+settleModel)),
		app.Exact("dispatch.latest_time", fmt.Sprintf("-%dm@m", settleModel)),
		app.Exact("realtime_schedule", "0"),
		app.Exact("schedule_window", "auto"),
	}
}

// reportDoubts notes what the searches of a log rest on and no document says.
func (p *platform) reportDoubts(c *target.Compiled, diags *diag.List) {
	var told []string
	for _, log := range c.Logs() {
		if doubt := p.choice.Data(log).Doubt; doubt != "" && !slices.Contains(told, doubt) {
			told = append(told, doubt)
			d := diags.Notef("splunk/unconfirmed", c.Title.At, "splunk: %s", doubt)
			d.Target = "splunk"
		}
	}
}

// reportModel notes that late events are missed.
func reportModel(c *target.Compiled, diags *diag.List) {
	if modelled(c) {
		d := diags.Notef("splunk/late-in-model", c.Title.At, "splunk: events that reach the data model more than %d minutes after their time are not found", settleModel)
		d.Target = "splunk"
	}
}
