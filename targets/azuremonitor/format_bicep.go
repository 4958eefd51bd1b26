package azuremonitor

import (
	"strings"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/bicep"
)

func bicepRule(c *target.Compiled) ([]byte, error) {
	f, err := newBicep([]*target.Compiled{c})
	if err != nil {
		return nil, err
	}
	return []byte(f.String()), nil
}

func bicepPack(rules []*target.Compiled, write func(target.File) error, _ *diag.List) error {
	f, err := newBicep(rules)
	if err != nil {
		return err
	}
	return write(target.File{Path: "main.bicep", Data: []byte(f.String())})
}

func newBicep(rules []*target.Compiled) (*bicep.File, error) {
	f := &bicep.File{Params: bicepParams(rules[0].Target)}
	for _, c := range rules {
		r := newRule(c)
		body, err := bicepBody(r)
		if err != nil {
			return nil, err
		}
		f.Resources = append(f.Resources, bicep.Resource{
			Symbol: "rule_" + strings.ReplaceAll(r.id, "-", "_"), Doc: r.properties.DisplayName,
			Type: "Microsoft.Insights/scheduledQueryRules@" + r.version, Body: body,
		})
	}
	return f, nil
}

func bicepBody(r rule) (bicep.Object, error) {
	r.properties.Scopes, r.properties.Actions.ActionGroups = "", "" // which follow
	body := bicep.Object{{Name: "name", Value: bicep.String(r.id)}, {Name: "location", Value: bicep.Symbol("location")}}
	for _, p := range []struct {
		name  string
		there bool
		value any
	}{
		{"tags", r.tags != nil, r.tags}, {"identity", r.identity != nil, r.identity},
		{"kind", true, "LogAlert"}, {"properties", true, r.properties},
	} {
		if !p.there {
			continue
		}
		value, err := bicep.Of(p.value)
		if err != nil {
			return nil, err
		}
		body = append(body, bicep.Property{Name: p.name, Value: value})
	}
	properties := body[len(body)-1].Value.(bicep.Object)
	set(properties, "scopes", bicep.Array{bicep.Symbol("workspaceResourceId")})
	for _, p := range properties {
		if p.Name == "actions" {
			set(p.Value.(bicep.Object), "actionGroups", bicep.Symbol("actionGroupIds"))
		}
	}
	return body, nil
}

func set(o bicep.Object, name string, value bicep.Value) {
	for i := range o {
		if o[i].Name == name {
			o[i].Value = value
		}
	}
}

// bicepParams asks for what the options do not say.
func bicepParams(t *target.Target) []bicep.Param {
	scope := bicep.Param{Name: "workspaceResourceId", Doc: scopeDoc}
	if id := t.Setting("scope"); id != "" {
		scope.Default = bicep.String(id)
	}
	region := bicep.Param{Name: "location", Doc: locationDoc, Default: bicep.Expression("resourceGroup().location")}
	if name := t.Setting("location"); name != "" {
		region.Default = bicep.String(name)
	}
	groups := bicep.Array{}
	for _, id := range list(t.Setting("actionGroups")) {
		groups = append(groups, bicep.String(id))
	}
	return []bicep.Param{scope, region, {Name: "actionGroupIds", Doc: groupsDoc, Type: "array", Default: groups}}
}
