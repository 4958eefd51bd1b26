package app

import (
	"bytes"
	"fmt"
	"strings"
)

// readme tells who installs the app what it is and what to do (C: AppInspect, check_basic_readme).
func (a *App) readme() []byte {
	var b bytes.Buffer
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	p("%s\nVersion %s\n", OneLine(a.Label), a.Version)
	p("%s\n", OneLine(a.Description))
	p("REQUIREMENTS\n\nSplunk Enterprise or Splunk Cloud Platform, 9.0 or later, on the search head alone. The data come from the")
	p("add-ons that stand beside the macros below; the app brings no data and no program.\n")
	p("INSTALLATION\n\nApps > Manage Apps > Install app from file, and choose the file %s.spl; or copy the folder %s", a.ID, a.ID)
	p("to $SPLUNK_HOME/etc/apps and restart. Every search is disabled unless the app was built otherwise.\n")
	p("CONFIGURATION\n")
	for i, step := range a.steps() {
		p("%d. %s\n", i+1, strings.ReplaceAll(strings.ReplaceAll(step, "\n", "\n   "), "\n   \n", "\n\n"))
	}
	p("SCHEDULE\n\nEvery search runs every %s, at minutes of its own. No run is skipped (realtime_schedule = 0). A run that fails is", a.Every)
	p("not repeated: the dashboard shows it.\n")
	if strings.Contains(a.Every, "hours") {
		p("Searches that run every few hours do so by the clock of the search head. Where that is set back, an hour between two runs is")
		p("not looked at; where it is set forward, one is looked at twice. Give the search head a time zone without summer time, or run")
		p("the search by hand over that hour.\n")
	}
	if a.Events {
		p("A search of events looks at the records that were indexed since the run before, whatever the time of their events. Windows")
		p("touch and do not overlap: a record is told once, however late it comes, as long as it is not later than")
		p("dispatch.earliest_time. A search that looks at several events is told again when a later record adds to them.\n")
	}
	if a.Models {
		p("Searches that begin with tstats ask a data model of the Common Information Model, which the Splunk Common Information")
		p("Model Add-on brings. They find what any add-on has put into it, look at what happened until an hour ago, and miss what")
		p("comes later than that.\n")
	}
	p("DASHBOARD\n\n\"Overview\" shows how much each search finds, and for one of them who and what it is about. Its first row reads the")
	p("index _internal, which ordinary users may not see.\n")
	p("TROUBLESHOOTING\n\nNo results: look into the row \"Runs of the rules\" of the dashboard.")
	if a.Events {
		p("Run the macro of step 1 alone, and look whether the field that the search names is extracted.")
	}
	if a.Models {
		p("Run | tstats count FROM datamodel=Endpoint.Processes, or what model the search names, to see whether it has events.")
	}
	p("")
	if len(a.Unconfirmed) > 0 {
		p("WHAT IS NOT CONFIRMED\n\nSplunk's documentation does not say the following. Searches that could turn out either way are written so that they give")
		p("the same answer; these points are relied on:\n")
		for _, u := range a.Unconfirmed {
			p("   - %s", strings.ReplaceAll(u, "\n", "\n     "))
		}
		p("")
	}
	p("SEARCHES\n")
	for _, s := range a.Searches {
		b.WriteString(s.Name + "\n   filter: " + s.Filter + "\n")
	}
	p("\nThe app was written by sigc, a compiler of Sigma rules, and contains no other software. It accelerates no search and")
	p("writes to no summary index.")
	return b.Bytes()
}

// steps are what is to be done before the searches find something.
func (a *App) steps() []string {
	var out []string
	step := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	scopes := func(model bool) string {
		var b strings.Builder
		for _, m := range a.Scopes {
			if m.Model == model {
				fmt.Fprintf(&b, "\n%s\n   %s\n   now: %s", m.Name, OneLine(m.Doc), m.Definition)
			}
		}
		return b.String()
	}
	if a.Events {
		step("Say where the data are: Settings > Advanced search > Search macros, app %q. Write your index in place of\n"+
			"index=*, and your source type if it is another one:\n%s", a.ID, scopes(false))
	}
	if a.Models {
		step("Data models: accelerate those that the searches ask, and say there which indexes they cover (Settings > Data models).\n"+
			"Macros say how far searches of them go:\n%s", scopes(true))
	}
	if len(a.Limits) > 0 {
		step("Raise the limits that the data need, in limits.conf of the search head and the indexers:\n\n%s", strings.Join(a.Limits, "\n"))
	}
	if len(a.Lookups) > 0 {
		var b strings.Builder
		for _, l := range a.Lookups {
			fmt.Fprintf(&b, "\n%s.csv  %s", l.Name, OneLine(l.Doc))
		}
		step("Fill the lookups: Settings > Lookups > Lookup table files, or the Splunk App for Lookup File Editing. Values stand in\n"+
			"the column \"value\"; the column \"comment\" is yours.\n%s", b.String())
	}
	step("Try each search over the last days, then enable it: Settings > Searches, reports, and alerts, app %q.", a.ID)
	step("Tune a search in its filter macro, not in the search: what you save goes to the folder local and survives an update\n" +
		"of the app. A filter is the last command of the search and sees its columns; an example:\n\n" +
		"   search NOT user=\"backup@contoso.example\"")
	return out
}
