package solution

import (
	"fmt"

	"github.com/sigc-rules/sigc/targets/kusto"
	"github.com/sigc-rules/sigc/targets/sentinel/portal"
)

// form is Package/createUiDefinition.json: a page for each kind of content, in the order of the packaging tool.
func (s *Solution) form() portal.Form {
	f := portal.NewForm(logo + "\n\n" + s.Description + "\n\n" + s.counts("**", "**") +
		"\n\n[Learn more about Microsoft Sentinel](https://aka.ms/azuresentinel) | [Learn more about Solutions](https://aka.ms/azuresentinelsolutionsdoc)")
	f.HandOverLocation()
	f.Parameters.Steps = append(f.Parameters.Steps,
		portal.Page("workbooks", "Workbooks", "The workbook shows the rules, what they found, and whether the tables that they read have data.",
			"https://docs.microsoft.com/azure/sentinel/tutorial-monitor-your-data", portal.Section("workbook1", s.Workbook.Title, s.Workbook.Description)))
	var rules, watchlists []portal.Element
	for i, r := range s.Rules {
		rules = append(rules, portal.Section(fmt.Sprintf("analytic%d", i+1), kusto.Plain(r.Title), kusto.Plain(r.Description)))
	}
	for i, w := range s.Watchlists {
		watchlists = append(watchlists, portal.Section(fmt.Sprintf("watchlist%d", i+1), w.Name, kusto.Plain(w.Description)))
	}
	f.Parameters.Steps = append(f.Parameters.Steps,
		portal.Page("analytics", "Analytics", "The solution brings templates of these rules. Create and enable the rules under \"Manage solution\" after it is installed.",
			"https://docs.microsoft.com/azure/sentinel/tutorial-detect-threats-custom", rules...))
	if len(watchlists) > 0 {
		f.Parameters.Steps = append(f.Parameters.Steps,
			portal.Page("watchlists", "Watchlists", "The rules read these watchlists, which are there once the solution is installed. Give them the values of your own.",
				"https://aka.ms/sentinelwatchlists", watchlists...))
	}
	return f
}
