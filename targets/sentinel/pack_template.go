package sentinel

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
	"github.com/sigc-rules/sigc/targets/sentinel/portal"
)

// Limits of a template: learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits. They
// count what parameters put into it. The portal imports fifty rules from one file.
const (
	maxRules      = 50
	maxResources  = 800
	maxParameters = 256
	maxTemplate   = 4 << 20 // bytes
	maxResource   = 1 << 20
)

// frame is what a template has besides its resources, generously.
const frame = 64 << 10

// part is a template of the pack: watchlists come first, then the rules, which may read them.
type part struct {
	watchlists []kept
	rules      []resource
	first      *target.Compiled // of the rules

	size int
}

// packParameters are those of every template of the pack, besides the contents of its watchlists.
const packParameters = 3

func (p *part) full(more int) bool {
	return p.size+more > maxTemplate-frame || len(p.rules) >= maxRules ||
		len(p.watchlists)+len(p.rules) >= maxResources || len(p.watchlists)+packParameters >= maxParameters
}

// split lays out the pack: one template if it can be, otherwise several that are deployed in their order.
func split(rules []*target.Compiled) ([]*part, error) {
	parts := []*part{{}}
	add := func(size int) *part {
		last := parts[len(parts)-1]
		if last.full(size) {
			last = &part{}
			parts = append(parts, last)
		}
		last.size += size
		return last
	}
	for _, k := range keptBy(rules) {
		if k.inTemplate() {
			p := add(2*len(k.csv) + len(k.list.Doc) + 4096) // once as the default of a parameter, once where that is used
			p.watchlists = append(p.watchlists, k)
		}
	}
	for _, c := range rules {
		r := armResource(newRule(c))
		data, err := kusto.EncodeJSON(r)
		if err != nil {
			return nil, err
		}
		p := add(2 * len(data)) // which stands deeper in the template
		if r.Properties.Enabled == true {
			r.Properties.Enabled = fmt.Sprintf("[and(parameters('enabled'), not(contains(parameters('disabledRules'), '%s')))]", kusto.ID(c))
		}
		for _, k := range keptBy([]*target.Compiled{c}) {
			if p.has(k) {
				r.DependsOn = append(r.DependsOn, fmt.Sprintf(
					"[resourceId('Microsoft.OperationalInsights/workspaces/providers/watchlists', parameters('workspace'), 'Microsoft.SecurityInsights', '%s')]", k.list.Name))
			}
		}
		if p.first == nil {
			p.first = c
		}
		p.rules = append(p.rules, r)
	}
	return parts, nil
}

func (p *part) has(k kept) bool {
	for _, w := range p.watchlists {
		if w.list.Name == k.list.Name {
			return true
		}
	}
	return false
}

func (p *part) template(workspace kusto.Parameter) kusto.Template {
	parameters := map[string]kusto.Parameter{
		"workspace": workspace,
		"enabled":   {Type: "bool", Default: true, Metadata: kusto.Metadata{Description: "Whether the rules run"}},
		"disabledRules": {Type: "array", Default: []string{}, Metadata: kusto.Metadata{
			Description: "Ids of rules that do not run, whatever the others do",
		}},
	}
	var resources []any
	for _, k := range p.watchlists {
		name := "watchlist-" + k.list.Name
		parameters[name] = kusto.Parameter{Type: "string", Default: kusto.Plain(string(k.csv)), Metadata: kusto.Metadata{
			Description: fmt.Sprintf("Rows of the watchlist %s as CSV, with the column %s", k.list.Name, valueColumn),
		}}
		resources = append(resources, newWatchlist(k.list, fmt.Sprintf("[parameters('%s')]", name)))
	}
	for _, r := range p.rules {
		resources = append(resources, r)
	}
	return kusto.NewTemplate(parameters, resources)
}

func partPath(n int) string {
	if n == 0 {
		return "azuredeploy.json"
	}
	return fmt.Sprintf("azuredeploy-%d.json", n+1)
}

// armPack writes one template for the pack, or several where it is too large for one, a form for the portal, and the
// watchlists once more by themselves.
func armPack(rules []*target.Compiled) ([]target.File, error) {
	if len(rules) == 0 {
		return nil, nil
	}
	files, err := watchlistFiles(rules)
	if err != nil {
		return nil, err
	}
	parts, err := split(rules)
	if err != nil {
		return nil, err
	}
	for n, p := range parts {
		data, err := p.template(newParameters(rules).Workspace).Encode()
		if err != nil {
			return nil, err
		}
		files = append(files, target.File{Path: partPath(n), Data: data})
	}
	ui, err := kusto.EncodeJSON(packForm(rules))
	return append(files, target.File{Path: "createUiDefinition.json", Data: ui}), err
}

// packForm asks in the portal for what the templates of the pack want to know.
func packForm(rules []*target.Compiled) portal.Form {
	f := portal.NewForm(fmt.Sprintf("%d analytics rules for Microsoft Sentinel.", len(rules)))
	f.Ask(portal.CheckBox("enabled", "Run the rules", "Rules that do not run are there, but switched off"), "enabled")
	return f
}

// noteParts says where the pack is split.
func noteParts(rules []*target.Compiled, diags *diag.List) {
	parts, err := split(rules)
	if err != nil || len(parts) == 1 {
		return // writing the files reports the error
	}
	for n, p := range parts[1:] {
		if p.first == nil {
			continue
		}
		d := diags.Notef("sentinel/split", p.first.Title.At, "from this rule on, the pack stands in %s: one template cannot hold it", partPath(n+1))
		d.Target = "sentinel"
		d.Hint = "deploy the templates in the order of their numbers: watchlists come first"
	}
}
