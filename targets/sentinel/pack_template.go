package sentinel

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/jsontext"
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
	rules      []kusto.Resource
	first      *target.Compiled // of the rules

	size int
}

// packParameters are those of every template of the pack, besides the contents of its watchlists.
const packParameters = 3

func (p *part) full(more int) bool {
	return p.size+more > maxTemplate-frame || len(p.rules) >= maxRules ||
		len(p.watchlists)+len(p.rules) >= maxResources || len(p.watchlists)+packParameters >= maxParameters
}

// split lays out the pack: one template if it can be, otherwise several that are deployed in their order, which it gives
// to done.
func split(rules []*target.Compiled, done func(n int, p *part) error) error {
	p, n := &part{}, 0
	makeRoom := func(size int) error {
		if p.full(size) {
			if err := done(n, p); err != nil {
				return err
			}
			p, n = &part{}, n+1
		}
		p.size += size
		return nil
	}
	for _, k := range keptBy(rules) {
		if k.inTemplate() {
			if err := makeRoom(2*len(k.csv) + len(k.list.Doc) + 4096); err != nil { // once as the default of a parameter, once where that is used
				return err
			}
			p.watchlists = append(p.watchlists, k)
		}
	}
	for _, c := range rules {
		r := armResource(newRule(c))
		if r.Properties.Enabled == true {
			r.Properties.Enabled = fmt.Sprintf("[and(parameters('enabled'), not(contains(parameters('disabledRules'), '%s')))]", kusto.ID(c))
		}
		data, err := kusto.NewResource(r)
		if err != nil {
			return err
		}
		if err := makeRoom(2 * len(data)); err != nil { // it may depend on watchlists, and parameters put something into it
			return err
		}
		if r.DependsOn = p.read(c); r.DependsOn != nil {
			if data, err = kusto.NewResource(r); err != nil {
				return err
			}
		}
		if p.first == nil {
			p.first = c
		}
		p.rules = append(p.rules, data)
	}
	return done(n, p)
}

// read are the ids of the watchlists in the template that a rule reads.
func (p *part) read(c *target.Compiled) []string {
	var ids []string
	for _, k := range keptBy([]*target.Compiled{c}) {
		if p.has(k) {
			ids = append(ids, fmt.Sprintf(
				"[resourceId('Microsoft.OperationalInsights/workspaces/providers/watchlists', parameters('workspace'), 'Microsoft.SecurityInsights', '%s')]", k.list.Name))
		}
	}
	return ids
}

func (p *part) has(k kept) bool {
	for _, w := range p.watchlists {
		if w.list.Name == k.list.Name {
			return true
		}
	}
	return false
}

func (p *part) template(workspace kusto.Parameter) ([]byte, error) {
	parameters := map[string]kusto.Parameter{
		"workspace": workspace,
		"enabled":   {Type: "bool", Default: true, Metadata: kusto.Metadata{Description: "Whether the rules run"}},
		"disabledRules": {Type: "array", Default: []string{}, Metadata: kusto.Metadata{
			Description: "Ids of rules that do not run, whatever the others do",
		}},
	}
	var resources []kusto.Resource
	for _, k := range p.watchlists {
		name := "watchlist-" + k.list.Name
		parameters[name] = kusto.Parameter{Type: "string", Default: kusto.Plain(string(k.csv)), Metadata: kusto.Metadata{
			Description: fmt.Sprintf("Rows of the watchlist %s as CSV, with the column %s", k.list.Name, valueColumn),
		}}
		r, err := kusto.NewResource(newWatchlist(k.list, fmt.Sprintf("[parameters('%s')]", name)))
		if err != nil {
			return nil, err
		}
		resources = append(resources, r)
	}
	return kusto.Template{Parameters: parameters, Resources: append(resources, p.rules...)}.Encode()
}

func partPath(n int) string {
	if n == 0 {
		return "azuredeploy.json"
	}
	return fmt.Sprintf("azuredeploy-%d.json", n+1)
}

// armPack writes one template for the pack, or several where it is too large for one, a form for the portal, and the
// watchlists once more by themselves.
func armPack(rules []*target.Compiled, write func(target.File) error, diags *diag.List) error {
	if err := watchlistFiles(rules, write); err != nil {
		return err
	}
	workspace := newParameters(rules).Workspace
	err := split(rules, func(n int, p *part) error {
		if n > 0 {
			noteSplit(n, p, diags)
		}
		data, err := p.template(workspace)
		if err != nil {
			return err
		}
		return write(target.File{Path: partPath(n), Data: data})
	})
	if err != nil {
		return err
	}
	ui, err := jsontext.Encode(packForm(rules))
	if err != nil {
		return err
	}
	return write(target.File{Path: "createUiDefinition.json", Data: ui})
}

// packForm asks in the portal for what the templates of the pack want to know.
func packForm(rules []*target.Compiled) portal.Form {
	f := portal.NewForm(fmt.Sprintf("%d analytics rules for Microsoft Sentinel.", len(rules)))
	f.Ask(portal.CheckBox("enabled", "Run the rules", "Rules that do not run are there, but switched off"), "enabled")
	return f
}

// noteSplit says which rule begins a further template.
func noteSplit(n int, p *part, diags *diag.List) {
	if p.first == nil {
		return
	}
	d := diags.Notef("sentinel/split", p.first.Title.At, "from this rule on, the pack stands in %s: one template cannot hold it", partPath(n))
	d.Target = "sentinel"
	d.Hint = "deploy the templates in the order of their numbers: watchlists come first"
}
