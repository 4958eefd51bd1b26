package azuremonitor

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// Limits of a template: learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits.
const (
	maxResources = 800
	maxTemplate  = 4 << 20  // bytes
	frame        = 64 << 10 // what a template has besides its resources, generously
	filled       = 2 << 10  // what parameters put into a resource: the scope and action groups
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
	return kusto.TemplateOf(newParameters(c.Target), armResource(newRule(c)))
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
	rules []kusto.Resource
	size  int
}

// layOut lays out the pack: one template if it can be, otherwise several. It gives one after another to done.
func layOut(rules []*target.Compiled, done func(n int, p part) error) error {
	var p part
	n := 0
	for _, c := range rules {
		r := armResource(newRule(c))
		if r.Properties.Enabled == true {
			r.Properties.Enabled = fmt.Sprintf("[and(parameters('enabled'), not(contains(parameters('disabledRules'), '%s')))]", r.Name)
		}
		data, err := kusto.NewResource(r)
		if err != nil {
			return err
		}
		size := len(data) + filled
		if len(p.rules) == maxResources || len(p.rules) > 0 && p.size+size > maxTemplate-frame {
			if err := done(n, p); err != nil {
				return err
			}
			p, n = part{}, n+1
		}
		p.rules, p.size = append(p.rules, data), p.size+size
	}
	return done(n, p)
}

func partPath(n int) string {
	if n == 0 {
		return "azuredeploy.json"
	}
	return fmt.Sprintf("azuredeploy-%d.json", n+1)
}

func armPack(rules []*target.Compiled, write func(target.File) error, _ *diag.List) error {
	ask := newParameters(rules[0].Target)
	ask.Enabled = &kusto.Parameter{Type: "bool", Default: true, Metadata: kusto.Metadata{Description: "Whether the rules run"}}
	ask.Disabled = &kusto.Parameter{Type: "array", Default: []string{}, Metadata: kusto.Metadata{
		Description: "Ids of rules that do not run, whatever the others do",
	}}
	return layOut(rules, func(n int, p part) error {
		data, err := kusto.Template{Parameters: ask, Resources: p.rules}.Encode()
		if err != nil {
			return err
		}
		return write(target.File{Path: partPath(n), Data: data})
	})
}
