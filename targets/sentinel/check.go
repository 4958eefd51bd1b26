package sentinel

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// check reports what Sentinel would refuse or change, at the place in the rule that causes it.
func check(c *target.Compiled, diags *diag.List) {
	_, dropped := attack(c)
	for _, t := range dropped {
		diags.Notef("sentinel/attack-dropped", t.tag.At, "%s", t.why()).Target = c.Target.Name
	}
	kusto.CheckText(c, maxDescription-utf8.RuneCountInString(remarks(c, dropped)), diags)
	if yes(c, "nrt") {
		checkNRT(c, diags)
	} else {
		kusto.CheckPeriod(c, maxPeriod, diags)
		checkSchedule(c, diags)
	}
	if !kusto.SurelyFits(c, maxQuery) {
		kusto.CheckLength(c, utf8.RuneCountInString(queryText(c)), maxQuery, "characters", diags)
	}
	checkColumns(c, diags)
	checkEntities(c, diags)
	noteUploads(c, diags)
}

// checkSchedule holds the times of a rule against each other.
func checkSchedule(c *target.Compiled, diags *diag.List) {
	s := kusto.ScheduleOf(c)
	if !kusto.CheckReach(c, diags) {
		return
	}
	if s.Period() >= 2*day && s.Frequency < 60 {
		diags.Errorf("sentinel/too-frequent", kusto.SettingAt(c, "frequency", "period"), "a rule that looks back %s runs every hour at most, not every %s",
			kusto.Short(s.Period()), kusto.Short(s.Frequency)).Target = c.Target.Name
	}
	if n, ok := kusto.Minutes(c.Setting("suppression")); ok && n < s.Frequency {
		diags.Errorf("sentinel/suppression-too-short", kusto.SettingAt(c, "suppression", "frequency"), "a suppression of %s ends before the next run, %s later",
			kusto.Short(n), kusto.Short(s.Frequency)).Target = c.Target.Name
	}
}

// checkNRT reports why a rule cannot be one that runs every minute.
func checkNRT(c *target.Compiled, diags *diag.List) {
	if c.Correlation != nil {
		d := diags.Errorf("sentinel/nrt", kusto.SettingAt(c, "nrt"), "a correlation cannot be a near-real-time rule: such a rule sees one minute of events")
		d.Target = c.Target.Name
		return
	}
	for _, s := range c.Settings {
		if s.Target.Value == c.Target.Name && slices.Contains([]string{"frequency", "period", "threshold"}, s.Option.Value) {
			diags.Errorf("sentinel/nrt", s.Option.At, "a near-real-time rule has no %s: it runs every minute and alerts on every result",
				s.Option.Value).Target = c.Target.Name
		}
	}
}

// checkColumns reports columns that the texts of alerts name and that the result does not have.
func checkColumns(c *target.Compiled, diags *diag.List) {
	columns := c.Query.(*kusto.Query).Columns
	for _, option := range []string{"alertName", "alertDescription"} {
		for _, col := range wrongColumns(c, option) {
			d := diags.Errorf("sentinel/unknown-column", kusto.SettingAt(c, option), "the result has no column %q for the option %q", col, option)
			if near := diag.Nearest(col, columns); near != "" {
				d.Label = fmt.Sprintf("did you mean %q?", near)
			}
			d.Target, d.Hint = c.Target.Name, "its columns are "+strings.Join(columns, ", ")
		}
	}
}

// checkEntities reports what an alert cannot say about whom it concerns.
func checkEntities(c *target.Compiled, diags *diag.List) {
	for _, kind := range missingEntities(c) {
		diags.Errorf("sentinel/unknown-entity", kusto.SettingAt(c, "grouping"), "incidents cannot be grouped by %s: the result names none",
			kind).Target = c.Target.Name
	}
	if c.Correlation == nil || len(c.Query.(*kusto.Query).Entities) > 0 {
		return
	}
	rule := c.Correlation.Correlation
	at := rule.At
	if len(rule.GroupBy) > 0 {
		at = rule.GroupBy[0].At
	}
	d := diags.Notef("sentinel/no-entities", at, "alerts name no entity: no field that the correlation groups by identifies one")
	d.Target, d.Hint = c.Target.Name, "group by a field that identifies an account, an address or an application, too"
}
