package azuremonitor

import (
	"bytes"
	"fmt"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// Limits of a template: learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits.
const (
	maxResources = 800
	maxTemplate  = 4 << 20  // bytes
	frame        = 64 << 10 // what a template has besides its resources, generously
	filled       = 2 << 10  // what parameters put into a resource: the scope and action groups
	indent       = "    "   // of a resource in its template
)

// What the parameters of templates are for.
const (
	scopeDoc    = "Resource id of the Log Analytics workspace to search"
	locationDoc = "Region of the alert rules, which must be that of the workspace"
	groupsDoc   = "Resource ids of the action groups to call"
)

type parameters struct {
	Workspace    kusto.Parameter  `json:"workspaceResourceId"`
	Location     kusto.Parameter  `json:"location"`
	ActionGroups kusto.Parameter  `json:"actionGroupIds"`
	Enabled      *kusto.Parameter `json:"enabled,omitempty"`
	Disabled     *kusto.Parameter `json:"disabledRules,omitempty"`
}

type resource struct {
	Type       string            `json:"type"`
	APIVersion string            `json:"apiVersion"`
	Name       string            `json:"name"`
	Location   string            `json:"location"`
	Tags       map[string]string `json:"tags,omitempty"`
	Identity   *identity         `json:"identity,omitempty"`
	Kind       string            `json:"kind"`
	Properties properties        `json:"properties"`
}

func armRule(c *target.Compiled) ([]byte, error) {
	return kusto.NewTemplate(newParameters(c.Target), []any{armResource(newRule(c))}).Encode()
}

// newParameters asks for what the options do not say.
func newParameters(t *target.Target) parameters {
	parameter := func(kind, doc string, value any) kusto.Parameter {
		return kusto.Parameter{Type: kind, Default: value, Metadata: kusto.Metadata{Description: doc}}
	}
	p := parameters{
		Workspace:    parameter("string", scopeDoc, nil),
		Location:     parameter("string", locationDoc, "[resourceGroup().location]"),
		ActionGroups: parameter("array", groupsDoc, []string{}),
	}
	if scope := t.Setting("scope"); scope != "" {
		p.Workspace.Default = scope
	}
	if region := t.Setting("location"); region != "" {
		p.Location.Default = region
	}
	if groups := list(t.Setting("actionGroups")); groups != nil {
		p.ActionGroups.Default = groups
	}
	return p
}

// armResource makes ARM take no text of the rule for an expression.
func armResource(r rule) resource {
	p := r.properties
	p.DisplayName, p.Description = kusto.Plain(p.DisplayName), kusto.Plain(p.Description)
	p.Scopes = []string{"[parameters('workspaceResourceId')]"}
	c := p.Criteria.AllOf[0]
	c.Query = kusto.Plain(c.Query)
	p.Criteria.AllOf = []criterion{c}
	p.Actions = actions{
		ActionGroups:     "[parameters('actionGroupIds')]",
		CustomProperties: plain(p.Actions.CustomProperties), ActionProperties: plain(p.Actions.ActionProperties),
	}
	return resource{
		Type: "Microsoft.Insights/scheduledQueryRules", APIVersion: r.version, Name: r.id, Location: "[parameters('location')]",
		Tags: plain(r.tags), Identity: r.identity, Kind: "LogAlert", Properties: p,
	}
}

func plain(texts map[string]string) map[string]string {
	if texts == nil {
		return nil
	}
	out := map[string]string{}
	for k, v := range texts {
		out[kusto.Plain(k)] = kusto.Plain(v)
	}
	return out
}

// part is a template of the pack. The resources of a pack do not need each other, so that the parts are deployed in any
// order.
type part struct {
	rules []any
	first *target.Compiled
	size  int
}

// parts lays out the pack: one template if it can be, otherwise several.
func parts(rules []*target.Compiled) ([]*part, error) {
	var out []*part
	for _, c := range rules {
		r := armResource(newRule(c))
		data, err := kusto.EncodeJSON(r)
		if err != nil {
			return nil, err
		}
		if r.Properties.Enabled == true {
			r.Properties.Enabled = fmt.Sprintf("[and(parameters('enabled'), not(contains(parameters('disabledRules'), '%s')))]", r.Name)
		}
		size := len(data) + len(indent)*bytes.Count(data, []byte("\n")) + filled
		if n := len(out); n == 0 || len(out[n-1].rules) == maxResources || out[n-1].size+size > maxTemplate-frame {
			out = append(out, &part{first: c})
		}
		last := out[len(out)-1]
		last.rules, last.size = append(last.rules, r), last.size+size
	}
	return out, nil
}

func partPath(n int) string {
	if n == 0 {
		return "azuredeploy.json"
	}
	return fmt.Sprintf("azuredeploy-%d.json", n+1)
}

func armPack(rules []*target.Compiled) ([]target.File, error) {
	all, err := parts(rules)
	if err != nil {
		return nil, err
	}
	var files []target.File
	for n, p := range all {
		ask := newParameters(p.first.Target)
		ask.Enabled = &kusto.Parameter{Type: "bool", Default: true, Metadata: kusto.Metadata{Description: "Whether the rules run"}}
		ask.Disabled = &kusto.Parameter{Type: "array", Default: []string{}, Metadata: kusto.Metadata{
			Description: "Ids of rules that do not run, whatever the others do",
		}}
		data, err := kusto.NewTemplate(ask, p.rules).Encode()
		if err != nil {
			return nil, err
		}
		files = append(files, target.File{Path: partPath(n), Data: data})
	}
	return files, nil
}
