package splunk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/splunk/app"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// appFolder is where a build writes the app, beside the rules.
const appFolder = "app/"

// appFiles writes the app of a pack, as a folder and as an archive.
func appFiles(rules []*target.Compiled, write func(target.File) error, _ *diag.List) error {
	a := newApp(rules)
	err := a.Write(func(f app.File) error { return write(target.File{Path: appFolder + f.Path, Data: f.Data}) })
	if err != nil {
		return fmt.Errorf("app %s: %w", a.ID, err)
	}
	return nil
}

func newApp(rules []*target.Compiled) *app.App {
	t := rules[0].Target
	a := &app.App{
		ID: t.Setting(optID), Label: t.Setting(optLabel), Author: t.Setting(optAuthor), Version: t.Setting(optVersion),
		Build: t.Setting(optBuild), Description: t.Setting(optAbout), Macros: scheduleMacros(rules), Lookups: lookups(rules),
		Limits: limits(rules), Unconfirmed: unconfirmed(rules),
	}
	a.Every = periods(rules)
	a.Searches = make([]app.Search, 0, len(rules))
	for i, n := range savedNames(rules) {
		c := rules[i]
		q, filter := c.Query.(*Query), n.filter()
		line := q.Line(filter)
		run := line
		if q.scheduled != "" {
			run = q.Scheduled(filter)
		}
		a.Searches = append(a.Searches, app.Search{Name: n.name, Filter: filter, Query: line, Settings: savedSearch(c, n.name, run)})
		// Enterprise Security runs drilldowns in apps of its own, so these must see the macros.
		a.Models = a.Models || modelled(c)
		a.Events = a.Events || !modelled(c)
		a.Exported = a.Exported || c.Setting(optES) != noES
	}
	for _, m := range macrosOf(rules) {
		a.Scopes = append(a.Scopes, app.Macro{Name: m.Name, Definition: m.Definition, Doc: m.Doc, Model: m.Model()})
	}
	return a
}

// periods says how often the searches run.
func periods(rules []*target.Compiled) string {
	var all []int
	for _, c := range rules {
		all = append(all, period(c))
	}
	slices.Sort(all)
	var out []string
	for _, n := range slices.Compact(all) {
		switch {
		case n < 60:
			out = append(out, fmt.Sprintf("%d minutes", n))
		case n == 60:
			out = append(out, "hour")
		default:
			out = append(out, fmt.Sprintf("%d hours", n/60))
		}
	}
	return strings.Join(out, " or ")
}

// unconfirmed are what the rules rest on and Splunk's documentation does not say. What one rule alone rests on, its notes say
// too.
func unconfirmed(rules []*target.Compiled) []string {
	out := []string{
		"The times of a saved search are relative to the time for which a run was scheduled, also when it starts late.",
	}
	add := func(text string) {
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	p := &platform{target: rules[0].Target, choice: forms.Choose(rules[0].Target.Settings)}
	for _, c := range rules {
		if slices.ContainsFunc(c.Logs(), func(l *schema.Log) bool { return !p.choice.Data(l).XML }) {
			add("A number in JSON is compared with its text: status=\"50126\" finds 50126 and \"50126\".")
		}
		if c.Correlation != nil {
			add("addinfo gives the times of the run as it was scheduled, by which a correlation knows which events are new.")
		}
		if c.HasNoted(lateField) {
			add("Whether spath with a path keeps to extraction_cutoff is not said; raise it as if it did.")
		}
		for _, d := range c.Noted {
			switch d.ID {
			case "splunk/stream-window":
				add("streamstats without a window looks at all rows; its reference says so, and in another sentence that it may stop at\n10,000 rows, the default of max_stream_window in the stanza [stats] of limits.conf.")
			case "splunk/unconfirmed":
				text := strings.TrimPrefix(d.Message, "splunk: ")
				add(strings.ToUpper(text[:1]) + text[1:] + ".")
			}
		}
	}
	return out
}

// large are the lookups that are not kept in memory (D: limits.conf, max_memtable_bytes).
func large(rules []*target.Compiled) []app.Lookup {
	var most int
	if len(rules) > 0 {
		most = wordNumber(rules[0].Target.Setting(optMemory))
	}
	return slices.DeleteFunc(lookups(rules), func(l app.Lookup) bool { return len(l.CSV) <= most })
}

// limits are the settings of limits.conf that the rules need (D: limits.conf).
func limits(rules []*target.Compiled) []string {
	var out []string
	if slices.ContainsFunc(rules, func(c *target.Compiled) bool { return c.HasNoted(lateField) }) {
		out = append(out, "[spath] extraction_cutoff, default 5000 bytes: some rules need fields that stand behind them in long records. "+
			"Set it\nabove the length of your longest record, such as 50000.",
			"[kv] limit, default 100 fields, and maxchars, default 10240 characters: the same rules need all fields of a record.\n"+
				"Set them above what your longest record has, such as 300 and 50000.")
	} else if !allModelled(rules) {
		out = append(out, "[kv] limit, default 100, and maxchars, default 10240: raise both where records have more fields or are longer.")
	}
	if slices.ContainsFunc(rules, func(c *target.Compiled) bool { return c.HasNoted(expandMemory) }) {
		out = append(out, "[mvexpand] max_mem_usage_mb, default 500: raise it where the job of a search says that it left rows out.")
	}
	for _, l := range large(rules) {
		out = append(out, fmt.Sprintf("[lookup] max_memtable_bytes, default 26214400: %s.csv has %d bytes, and is slow as long as it is not kept in memory.", l.Name, len(l.CSV)))
	}
	if slices.ContainsFunc(rules, func(c *target.Compiled) bool { return c.Setting(optAlerts) == perResult }) {
		out = append(out, "[scheduler] max_per_result_alerts, default 500: a run that finds more gives no alert for the rest.")
	}
	return out
}
