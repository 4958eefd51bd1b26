package sentinel

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/list"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// valueColumn is the one column of our watchlists. Queries read SearchKey, which Sentinel fills from it: a column of that
// name would stand in its way.
const valueColumn = "Value"

type watchlist struct {
	Type       string              `json:"type"`
	APIVersion string              `json:"apiVersion"`
	Name       string              `json:"name"`
	Properties watchlistProperties `json:"properties"`
}

type watchlistProperties struct {
	DisplayName    string `json:"displayName"`
	Description    string `json:"description,omitempty"`
	Alias          string `json:"watchlistAlias"`
	Provider       string `json:"provider"`
	SourceType     string `json:"sourceType"`
	Source         string `json:"source"`
	ItemsSearchKey string `json:"itemsSearchKey"`
	ContentType    string `json:"contentType"`
	LinesToSkip    int    `json:"numberOfLinesToSkip"`
	RawContent     string `json:"rawContent"`
}

// watchlistFiles are the watchlists that the rules read: of each a template, and the file that the portal takes. They are
// deployed before the rules.
func watchlistFiles(rules []*target.Compiled) ([]target.File, error) {
	byName := map[string]*list.List{}
	for _, c := range rules {
		for _, use := range c.ListUses() {
			byName[use.List.Name] = use.List
		}
	}
	var files []target.File
	for _, l := range byName {
		rows, _, _ := l.Rows() // which all lists have that are kept
		csv := list.WriteCSV(valueColumn, rows)
		data, err := kusto.NewTemplate(newParameters(rules), []any{newWatchlist(l, string(csv))}).Encode()
		if err != nil {
			return nil, err
		}
		path := "watchlists/" + l.Name
		files = append(files, target.File{Path: path + ".csv", Data: csv}, target.File{Path: path + ".json", Data: data})
	}
	slices.SortFunc(files, func(a, b target.File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

func newWatchlist(l *list.List, csv string) watchlist {
	return watchlist{
		Type:       "Microsoft.OperationalInsights/workspaces/providers/watchlists",
		APIVersion: apiVersion,
		Name:       fmt.Sprintf("[concat(parameters('workspace'),'/Microsoft.SecurityInsights/%s')]", l.Name),
		Properties: watchlistProperties{
			DisplayName: l.Name, Description: kusto.Plain(strings.TrimSpace(l.Doc)), Alias: l.Name, Provider: "sigc",
			SourceType: "Local", Source: l.Name + ".csv", ItemsSearchKey: valueColumn, ContentType: "text/csv",
			RawContent: kusto.Plain(csv),
		},
	}
}
