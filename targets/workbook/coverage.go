package workbook

import (
	"fmt"
	"strings"

	"github.com/sigc-rules/sigc/compiler/kql"
)

// logs makes an item of a query over the tables of the workspace.
func logs(name, visualization, text string) item {
	return item{Type: isQuery, Name: name, Content: query{
		Version: "KqlItem/1.0", Query: text, Size: medium, Title: name, TimeContext: "TimeRange", QueryType: inLogs,
		ResourceType: workspaces, Resources: []string{"{Workspace}"}, Visualization: visualization,
	}}
}

// table makes a grid of an item, which its reader may sort, search and export.
func (i item) table(noData string, formatters ...formatter) item {
	q := i.Content.(query)
	q.NoData, q.ExportToExcel = noData, true
	q.Grid = &grid{Formatters: append([]formatter{}, formatters...), RowLimit: 1000, Filter: true}
	i.Content = q
	return i
}

// threshold shows a word with a sign beside it.
type threshold struct {
	Options string `json:"thresholdsOptions"`
	Grid    []sign `json:"thresholdsGrid"`
}

type sign struct {
	Operator string  `json:"operator"`
	Value    *string `json:"thresholdValue"`
	Shown    string  `json:"representation"`
	Text     string  `json:"text"`
}

func signs(words map[string]string, order ...string) threshold {
	t := threshold{Options: "icons"}
	for _, w := range order {
		t.Grid = append(t.Grid, sign{Operator: "==", Value: &w, Shown: words[w], Text: "{0}{1}"})
	}
	t.Grid = append(t.Grid, sign{Operator: "Default", Shown: "unknown", Text: "{0}{1}"})
	return t
}

// coverage asks whether the tables that the rules read have data. A table that the workspace does not have is no error
// in a union that is fuzzy, as long as one of its parts is there: the first is always.
func (p *pack) coverage() []item {
	var needed, names strings.Builder
	for _, t := range p.tables {
		fmt.Fprintf(&needed, "\n    %s, %d,", kql.Quote(t.name), t.rules)
		fmt.Fprintf(&names, ", %s", kql.QuoteName(t.name))
	}
	union := "union isfuzzy=true withsource=Table (datatable(TimeGenerated: datetime)[])" + names.String()
	return []item{
		{Type: isText, Name: "coverage", Content: text{"## Tables\n\nWhich tables the rules read, and whether they have data in the chosen time. A rule over a table without data finds nothing."}},
		logs("Tables that the rules read", "table", fmt.Sprintf(`let Needed = datatable(Table: string, Rules: long)[%s
];
let Found = %s
    | summarize Rows = count(), LastRow = max(TimeGenerated) by Table;
Needed
| join kind=leftouter Found on Table
| project Table, Rules, Rows = coalesce(Rows, 0), LastRow, State = case(isnull(LastRow), "no data", LastRow < ago(1d), "silent for a day", "has data")
| order by State desc, Table asc`, strings.TrimSuffix(needed.String(), ","), union)).
			table("No rule reads a table.",
				formatter{Column: "LastRow", Formatter: asDate},
				formatter{Column: "State", Formatter: asThreshold, Options: signs(map[string]string{
					"has data": "success", "silent for a day": "warning", "no data": "4",
				}, "has data", "silent for a day", "no data")}),
		logs("Rows over time", "timechart", union+`
| summarize Rows = count() by bin(TimeGenerated, {TimeRange:grain}), Table`),
	}
}
