package sentinel

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
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
	RawContent     string `json:"rawContent,omitempty"`
}

// kept is a list that rules read from a watchlist, and the file of its rows.
type kept struct {
	list *list.List
	csv  []byte
}

// keptBy returns the lists that the rules read from watchlists, by name.
func keptBy(rules []*target.Compiled) []kept {
	var out []kept
	for _, c := range rules {
		for _, use := range c.ListUses() {
			if slices.ContainsFunc(out, func(k kept) bool { return k.list.Name == use.List.Name }) {
				continue
			}
			rows, _, _ := use.List.Rows() // which all lists have that are kept
			out = append(out, kept{use.List, list.WriteCSV(valueColumn, rows)})
		}
	}
	slices.SortFunc(out, func(a, b kept) int { return strings.Compare(a.list.Name, b.list.Name) })
	return out
}

// inTemplate reports whether a template can hold the watchlist. A larger one is uploaded as a file.
func (k kept) inTemplate() bool {
	const rest = 4096 // of the resource
	return len(k.csv)+bytes.Count(k.csv, []byte("\n"))+bytes.Count(k.csv, []byte(`"`)) <= maxResource-rest-len(k.list.Doc)
}

// watchlistFiles are the watchlists that the rules read: of each the file that the portal takes, and a template. They are
// deployed before the rules.
func watchlistFiles(rules []*target.Compiled, write func(target.File) error) error {
	for _, k := range keptBy(rules) {
		path := "watchlists/" + k.list.Name
		if err := write(target.File{Path: path + ".csv", Data: k.csv}); err != nil {
			return err
		}
		if !k.inTemplate() {
			continue
		}
		data, err := template(rules, newWatchlist(k.list, kusto.Plain(string(k.csv))))
		if err != nil {
			return err
		}
		if err := write(target.File{Path: path + ".json", Data: data}); err != nil {
			return err
		}
	}
	return nil
}

// noteUploads says which of the lists that the rule reads no template can hold.
func noteUploads(c *target.Compiled, diags *diag.List) {
	for _, k := range keptBy([]*target.Compiled{c}) {
		if k.inTemplate() {
			continue
		}
		d := diags.Notef("sentinel/watchlist-upload", c.Title.At, "the list %q has %d bytes, and a template holds no more than %d of one resource", k.list.Name, len(k.csv), maxResource)
		d.Target = "sentinel"
		d.Hint = fmt.Sprintf("upload watchlists/%s.csv in the portal, with %s as its search key", k.list.Name, valueColumn)
	}
}

// newWatchlist is the resource of a watchlist; content is its rows, or an ARM expression for them.
func newWatchlist(l *list.List, content string) watchlist {
	return watchlist{
		Type:       "Microsoft.OperationalInsights/workspaces/providers/watchlists",
		APIVersion: apiVersion,
		Name:       fmt.Sprintf("[concat(parameters('workspace'),'/Microsoft.SecurityInsights/%s')]", l.Name),
		Properties: watchlistProperties{
			DisplayName: l.Name, Description: kusto.Plain(strings.TrimSpace(l.Doc)), Alias: l.Name, Provider: "sigc",
			SourceType: "Local", Source: l.Name + ".csv", ItemsSearchKey: valueColumn, ContentType: "text/csv",
			RawContent: content,
		},
	}
}
