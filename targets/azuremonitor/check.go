package azuremonitor

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/jsontext"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/source"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// check reports what Azure Monitor would refuse or change, at the place in the rule that causes it.
func check(c *target.Compiled, diags *diag.List) {
	k := &checker{c, diags}
	kusto.CheckText(c, maxDescription-utf8.RuneCountInString(dynamicRemark(c)), diags)
	k.name()
	if dynamic(c) {
		noteDynamic(c, diags)
	} else {
		kusto.CheckPeriod(c, windows[len(windows)-1], diags)
		kusto.CheckReach(c, diags)
	}
	k.dynamicOnly()
	k.times()
	k.resolving()
	k.columns()
	k.scope()
	k.length()
}

type checker struct {
	*target.Compiled
	diags *diag.List
}

func (k *checker) errorf(id string, at source.Span, format string, args ...any) *diag.Diagnostic {
	d := k.diags.Errorf(id, at, format, args...)
	d.Target = k.Target.Name
	return d
}

func (k *checker) at(options ...string) source.Span { return kusto.SettingAt(k.Compiled, options...) }

// name notes a title that has no room beside what the rule searches.
func (k *checker) name() {
	if n := utf8.RuneCountInString(kusto.Title(k.Compiled)); n > maxName {
		d := k.diags.Notef("azuremonitor/name-cut", k.Title.At, "the name of the alert rule has %d characters with its table; azuremonitor keeps %d", n, maxName)
		d.Target = k.Target.Name
	}
}

// dynamicOnly reports what a rule sets for a dynamic threshold that it cannot have, and the other way round. What is set
// for all rules is for those that have one.
func (k *checker) dynamicOnly() {
	for _, s := range k.Settings {
		if s.Target.Value != k.Target.Name {
			continue
		}
		switch s.Option.Value {
		case "dynamic", "ignoreDataBefore", "failingPeriods":
			if !dynamic(k.Compiled) && s.Value.Value != "off" && s.Value.Value != "1/1" {
				d := k.errorf("azuremonitor/dynamic", s.Value.At, "only a correlation with a baseline has a dynamic threshold")
				if s.Option.Value != "dynamic" {
					d.Hint = "without one, each run looks at what is new to it alone"
				}
			}
		case "threshold", "dimensions":
			if dynamic(k.Compiled) {
				k.errorf("azuremonitor/dynamic", s.Option.At, "a rule with a dynamic threshold has no %s: it learns one for each group", s.Option.Value)
			}
		}
	}
}

// times holds the lengths of time of a rule against each other.
func (k *checker) times() {
	s := scheduleOf(k.Compiled)
	_, periods, _ := periodsOf(k.Setting("failingPeriods"))
	if !dynamic(k.Compiled) {
		periods = 1
	}
	if s.window*periods > 2*day {
		k.errorf("azuremonitor/lookback-too-long", k.at("failingPeriods"), "%d windows of %s are more than azuremonitor reads: %s", periods, kusto.Short(s.window), kusto.Short(2*day))
	}
	if s.read > 0 && s.read < s.window*periods {
		k.errorf("azuremonitor/time-range-too-short", k.at("queryTimeRange"), "a query that reads %s does not fill the window of %s",
			kusto.Short(s.read), kusto.Short(s.window*periods))
	}
	if n, ok := kusto.Minutes(k.Setting("mute")); ok && n < s.frequency {
		k.errorf("azuremonitor/mute-too-short", k.at("mute", "frequency"), "actions that are muted for %s are called again by the next run, %s later",
			kusto.Short(n), kusto.Short(s.frequency))
	}
}

// resolving reports what excludes that alerts are resolved.
func (k *checker) resolving() {
	const id = "azuremonitor/auto-mitigate"
	if !yes(k.Compiled, "autoMitigate") {
		if k.Setting("resolveAfter") != "" {
			k.errorf(id, k.at("resolveAfter"), `a time until alerts are resolved needs the option "autoMitigate"`)
		}
		return
	}
	if k.Setting("mute") != "" {
		k.errorf(id, k.at("autoMitigate", "mute"), "an alert that is resolved by itself cannot mute its actions")
	}
	if f := scheduleOf(k.Compiled).frequency; f > maxStateful {
		k.errorf(id, k.at("autoMitigate", "frequency"), "alerts of a rule that runs every %s are not resolved: %s is the most", kusto.Short(f), kusto.Short(maxStateful))
	}
}

// columns reports columns that the result does not have, or that Azure Monitor cannot use.
func (k *checker) columns() {
	if col := k.Setting("resourceIdColumn"); col != "" {
		k.column("resourceIdColumn", col)
	}
	if set := k.Setting("dimensions"); set == "entities" || set == "none" || dynamic(k.Compiled) {
		return
	}
	for _, col := range split(k.Compiled) {
		if t := k.typeOf(col); k.column("dimensions", col) && t != schema.String && !t.Numeric() {
			k.errorf("azuremonitor/dimension-type", k.at("dimensions"), "alerts cannot be split by the column %q: it is neither text nor a number", col)
		}
	}
}

func (k *checker) column(option, col string) bool {
	if has(k.Compiled, col) {
		return true
	}
	columns := k.Query.(*kusto.Query).Columns
	d := k.errorf("azuremonitor/unknown-column", k.at(option), "the result has no column %q for the option %q", col, option)
	if near := diag.Nearest(col, columns); near != "" {
		d.Label = fmt.Sprintf("did you mean %q?", near)
	}
	d.Hint = "its columns are " + strings.Join(columns, ", ")
	return false
}

// typeOf is the type of a column of the result. What the query computes is text, but for the times of a correlation.
func (k *checker) typeOf(col string) schema.Type {
	if k.Correlation != nil {
		if col == "TimeGenerated" || col == "StartTime" {
			return schema.Datetime
		}
		return schema.String
	}
	if c := k.Log.Column(col); c != nil {
		if c.Array {
			return schema.Dynamic
		}
		return c.Type
	}
	return schema.String
}

// scope reports types of resources where the scope is a workspace, in which they mean nothing.
func (k *checker) scope() {
	if k.Setting("targetResourceTypes") != "" && isWorkspace(k.Target) {
		d := k.errorf("azuremonitor/target-types", k.at("targetResourceTypes"), "types of resources belong to a scope that is a resource group or a subscription")
		d.Hint = `the option "scope" says which`
	}
}

// length reports a query that the other properties leave no room for.
func (k *checker) length() {
	if roughLength(k.Compiled) <= maxProperties {
		return
	}
	p := armResource(newRule(k.Compiled)).Properties
	text := p.Criteria.AllOf[0].Query
	p.Criteria.AllOf[0].Query = ""
	rest, err := jsontext.Encode(p)
	if err != nil {
		panic(err) // of texts and numbers alone
	}
	kusto.CheckLength(k.Compiled, len(text), maxProperties-len(rest), "bytes", k.diags)
}

// roughLength is more than the properties can have: each character written in the longest way that JSON knows, and room
// for their names, for the numbers and for the test of what is new.
func roughLength(c *target.Compiled) int {
	const longest, room = len(`\u0000`), 8 * 1024
	n := len(c.Title.Value) + maxDescription
	for _, t := range c.Tags {
		n += len(t.Value)
	}
	for value := range c.AllSettings {
		n += len(value)
	}
	for _, column := range c.Query.(*kusto.Query).Columns {
		n += len(column)
	}
	return len(c.Text) + longest*n + room
}
