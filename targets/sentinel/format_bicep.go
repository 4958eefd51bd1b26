package sentinel

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/bicep"
)

// workspaceType is the version of the workspace that rules are deployed to, which exists.
const workspaceType = "Microsoft.OperationalInsights/workspaces@2023-09-01"

func bicepRule(c *target.Compiled) ([]byte, error) {
	f, err := newBicep([]*target.Compiled{c}, nil)
	if err != nil {
		return nil, err
	}
	return []byte(f.String()), nil
}

// bicepPack writes one file with all rules. It deploys the watchlists that they read as modules: a literal of Bicep has
// room for 131,072 characters, a watchlist for more.
func bicepPack(rules []*target.Compiled, write func(target.File) error, _ *diag.List) error {
	var templates []string // of watchlists
	err := watchlistFiles(rules, func(f target.File) error {
		templates = append(templates, f.Path)
		return write(f)
	})
	if err != nil {
		return err
	}
	f, err := newBicep(rules, templates)
	if err != nil {
		return err
	}
	return write(target.File{Path: "main.bicep", Data: []byte(f.String())})
}

func newBicep(rules []*target.Compiled, watchlists []string) (*bicep.File, error) {
	workspace := bicep.Param{Name: "workspace", Doc: workspaceDoc}
	if name := workspaceOf(rules); name != "" {
		workspace.Default = bicep.String(name)
	}
	f := &bicep.File{
		Params: []bicep.Param{workspace},
		Resources: []bicep.Resource{{
			Symbol: "sentinel", Type: workspaceType, Existing: true,
			Body: bicep.Object{{Name: "name", Value: bicep.Symbol("workspace")}},
		}},
	}
	modules := map[string]bicep.Symbol{} // by watchlist
	for _, file := range watchlists {
		name, ok := strings.CutSuffix(strings.TrimPrefix(file, "watchlists/"), ".json")
		if !ok {
			continue
		}
		symbol := symbolOf("watchlist", name)
		modules[name] = bicep.Symbol(symbol)
		f.Modules = append(f.Modules, bicep.Module{Symbol: symbol, Path: file, Body: bicep.Object{
			{Name: "name", Value: bicep.String("watchlist-" + name)},
			{Name: "params", Value: bicep.Object{{Name: "workspace", Value: bicep.Symbol("workspace")}}},
		}})
	}
	for _, c := range rules {
		r := newRule(c)
		properties, err := bicep.Of(r.properties())
		if err != nil {
			return nil, err
		}
		body := bicep.Object{
			{Name: "scope", Value: bicep.Symbol("sentinel")}, {Name: "name", Value: bicep.String(r.id)},
			{Name: "kind", Value: bicep.String(r.kind())}, {Name: "properties", Value: properties},
		}
		var after bicep.Array
		for _, k := range keptBy([]*target.Compiled{c}) {
			if symbol, ok := modules[k.list.Name]; ok {
				after = append(after, symbol)
			}
		}
		if after != nil {
			body = append(body, bicep.Property{Name: "dependsOn", Value: after})
		}
		f.Resources = append(f.Resources, bicep.Resource{
			Symbol: symbolOf("rule", r.id), Doc: r.title, Type: "Microsoft.SecurityInsights/alertRules@" + r.apiVersion(), Body: body,
		})
	}
	return f, nil
}

// symbolOf names a resource in Bicep and Terraform after what never changes of it.
func symbolOf(kind, id string) string {
	return kind + "_" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, id)
}
