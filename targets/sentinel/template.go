package sentinel

import (
	"fmt"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

type parameters struct {
	Workspace kusto.Parameter `json:"workspace"`
}

type resource struct {
	Type       string     `json:"type"`
	APIVersion string     `json:"apiVersion"`
	Name       string     `json:"name"`
	Kind       string     `json:"kind"`
	DependsOn  []string   `json:"dependsOn,omitempty"`
	Properties properties `json:"properties"`
}

func armRule(c *target.Compiled) ([]byte, error) {
	return template([]*target.Compiled{c}, armResource(newRule(c)))
}

// template is a template of one resource that the rules have or need.
func template(rules []*target.Compiled, v any) ([]byte, error) {
	return kusto.TemplateOf(newParameters(rules), v)
}

// newParameters asks for the workspace, unless the options name it.
func newParameters(rules []*target.Compiled) parameters {
	p := kusto.Parameter{Type: "string", Metadata: kusto.Metadata{Description: workspaceDoc}}
	if name := workspaceOf(rules); name != "" {
		p.Default = name
	}
	return parameters{p}
}

const workspaceDoc = "Name of the Log Analytics workspace of Microsoft Sentinel"

// workspaceOf is the workspace that the options name, which is one for all rules; "" when they name none.
func workspaceOf(rules []*target.Compiled) string {
	if len(rules) == 0 {
		return ""
	}
	return rules[0].Target.Setting("workspace")
}

func armResource(r rule) resource {
	return resource{
		Type:       "Microsoft.OperationalInsights/workspaces/providers/alertRules",
		APIVersion: r.apiVersion(),
		Name:       fmt.Sprintf("[concat(parameters('workspace'),'/Microsoft.SecurityInsights/%s')]", r.id),
		Kind:       r.kind(),
		Properties: r.properties().plain(),
	}
}

// plain makes ARM take no text of the rule for an expression.
func (p properties) plain() properties {
	p.DisplayName, p.Description, p.Query = kusto.Plain(p.DisplayName), kusto.Plain(p.Description), kusto.Plain(p.Query)
	if p.AlertDetails != nil {
		p.AlertDetails = &alertDetails{kusto.Plain(p.AlertDetails.Name), kusto.Plain(p.AlertDetails.Description)}
	}
	return p
}
