package app

import (
	"fmt"
	"strings"
)

// readme tells who installs the app what it is and what to do (C: AppInspect, check_basic_readme).
func (a *App) readme() []byte {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	p("%s\nVersion %s\n", OneLine(a.Label), a.Version)
	p("%s\n", OneLine(a.Description))
	p("REQUIREMENTS\n\nSplunk Enterprise or Splunk Cloud Platform, 9.0 or later, on the search head alone. The data come from the")
	p("add-ons that stand beside the macros below; the app brings no data and no program.\n")
	p("INSTALLATION\n\nApps > Manage Apps > Install app from file, and choose the file %s.spl; or copy the folder %s", a.ID, a.ID)
	p("to $SPLUNK_HOME/etc/apps and restart. Every search is disabled unless the app was built otherwise.\n")
	p("CONFIGURATION\n\n1. Say where the data are: Settings > Advanced search > Search macros, app %q. Write your index in place of", a.ID)
	p("   index=*, and your source type if it is another one:\n")
	for _, m := range a.Scopes {
		p("   %s\n      %s\n      now: %s", m.Name, OneLine(m.Doc), m.Definition)
	}
	p("\n2. Raise the limits that the data need, in limits.conf of the search head and the indexers:\n")
	if len(a.Limits) == 0 {
		p("   None.")
	}
	for _, l := range a.Limits {
		p("   %s", strings.ReplaceAll(l, "\n", "\n   "))
	}
	p("\n3. Fill the lookups: Settings > Lookups > Lookup table files, or the Splunk App for Lookup File Editing. Values stand in")
	p("   the column \"value\"; the column \"comment\" is yours.\n")
	if len(a.Lookups) == 0 {
		p("   None.")
	}
	for _, l := range a.Lookups {
		p("   %s.csv  %s", l.Name, OneLine(l.Doc))
	}
	p("\n4. Try each search over the last days, then enable it: Settings > Searches, reports, and alerts, app %q.\n", a.ID)
	p("5. Tune a search in its filter macro, not in the search: what you save goes to the folder local and survives an update")
	p("   of the app. A filter is the last command of the search and sees its columns; an example:\n")
	p("      search NOT user=\"backup@contoso.example\"\n")
	p("SCHEDULE\n\nEvery search runs every %s, at minutes of its own, over the records that were indexed since the run", a.Every)
	p("before, whatever the time of their events. Windows touch and do not overlap: a record is told once, however late it comes, as")
	p("long as it is not later than dispatch.earliest_time. No run is skipped (realtime_schedule = 0). A search that looks at")
	p("several events is told again when a later record adds to them. A run that fails is not repeated: the dashboard shows it.\n")
	if a.Models {
		p("Searches that begin with tstats ask a data model of the Common Information Model, which the Splunk Common Information")
		p("Model Add-on brings. They look at what happened until an hour ago, and miss what comes later than that.\n")
	}
	p("DASHBOARD\n\n\"Overview\" shows how much each search finds, and for one of them who and what it is about. Its first row reads the")
	p("index _internal, which ordinary users may not see.\n")
	p("TROUBLESHOOTING\n\nNo results: run the macro of step 1 alone; look whether the field that the search names is extracted (step 2); look into")
	p("the row \"Runs of the rules\" of the dashboard.\n")
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
		p("%s\n   filter: %s", s.Name, s.Filter)
	}
	p("\nThe app was written by sigc, a compiler of Sigma rules, and contains no other software. It accelerates no search and")
	p("writes to no summary index.")
	return []byte(b.String())
}
