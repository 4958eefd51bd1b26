package sentinel

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/kusto"
)

// What the azurerm provider takes less of than Sentinel, by its documentation and its schema: at most five entity
// mappings, a suppression of at most a day. A rule that needs more is written for the azapi provider, which hands the
// properties to Sentinel as they are.
const (
	azurermMappings    = 5
	azurermSuppression = 24 * 60 // minutes
)

// azapiReason says why a rule is nothing for azurerm; "" when it is.
func (r rule) azapiReason() string {
	switch {
	case len(r.entities) > azurermMappings:
		return fmt.Sprintf("azurerm takes at most %d entity mappings", azurermMappings)
	case r.suppressionMinutes() > azurermSuppression:
		return "azurerm takes no suppression of more than a day, which a rule that runs less often must have"
	}
	return ""
}

// A rule of its own is a module in a folder of its own, so that modules of other rules do not declare the same twice.
func terraformRule(c *target.Compiled) ([]byte, error) {
	return newModule([]*target.Compiled{c}).bytes()
}

// terraformPack is one module with all rules and the watchlists that they read, which stand beside it as CSV.
func terraformPack(rules []*target.Compiled, write func(target.File) error, diags *diag.List) error {
	noteTexts(rules, diags)
	m := newModule(rules)
	m.watchlists()
	data, err := m.bytes()
	if err != nil {
		return err
	}
	files := []target.File{{Path: "terraform/main.tf", Data: data}}
	for _, k := range keptBy(rules) {
		files = append(files, target.File{Path: "terraform/watchlists/" + k.list.Name + ".csv", Data: k.csv})
	}
	return target.WriteAll(write, files...)
}

// module writes a module of Terraform.
type module struct {
	rules []*target.Compiled
	file  *hclwrite.File
	body  *hclwrite.Body
	lists map[string]string // watchlists of the module, with the type of their resource
}

func newModule(rules []*target.Compiled) *module {
	f := hclwrite.NewEmptyFile()
	return &module{rules: rules, file: f, body: f.Body(), lists: map[string]string{}}
}

func (m *module) bytes() ([]byte, error) {
	var written []rule
	azapi := slices.Contains(slices.Collect(maps.Values(m.lists)), "azapi_resource")
	for _, c := range m.rules {
		r := newRule(c)
		azapi = azapi || r.azapiReason() != ""
		written = append(written, r)
	}
	out := hclwrite.NewEmptyFile()
	head := &module{rules: m.rules, file: out, body: out.Body()}
	head.providers(azapi)
	head.variables()
	for i, r := range written {
		b := m.resource(r)
		if lists := m.after(m.rules[i]); len(lists) > 0 {
			b.SetAttributeRaw("depends_on", hclwrite.TokensForTuple(lists))
		}
	}
	return hclwrite.Format(append(out.Bytes(), m.file.Bytes()...)), nil
}

func (m *module) providers(azapi bool) {
	needed := m.body.AppendNewBlock("terraform", nil).Body().AppendNewBlock("required_providers", nil).Body()
	provider := func(source, version string) cty.Value {
		return cty.ObjectVal(map[string]cty.Value{"source": cty.StringVal(source), "version": cty.StringVal(version)})
	}
	if azapi {
		needed.SetAttributeValue("azapi", provider("Azure/azapi", ">= 2.0"))
	}
	needed.SetAttributeValue("azurerm", provider("hashicorp/azurerm", ">= 4.0"))
	m.body.AppendNewline()
}

func (m *module) variables() {
	t := m.rules[0].Target
	for _, v := range []struct{ name, doc, value string }{
		{"workspace", workspaceDoc, t.Setting("workspace")},
		{"resource_group", "Name of the resource group of the workspace", t.Setting("resourceGroup")},
	} {
		b := m.body.AppendNewBlock("variable", []string{v.name}).Body()
		b.SetAttributeValue("description", cty.StringVal(v.doc))
		b.SetAttributeRaw("type", hclwrite.TokensForIdentifier("string"))
		if v.value != "" {
			b.SetAttributeValue("default", cty.StringVal(v.value))
		}
		m.body.AppendNewline()
	}
	b := m.body.AppendNewBlock("data", []string{"azurerm_log_analytics_workspace", "sentinel"}).Body()
	b.SetAttributeRaw("name", reference("var", "workspace"))
	b.SetAttributeRaw("resource_group_name", reference("var", "resource_group"))
}

// resource writes a rule and returns the body of its block.
func (m *module) resource(r rule) *hclwrite.Body {
	m.body.AppendNewline()
	if why := r.azapiReason(); why != "" {
		comment(m.body, why)
		return m.azapi(r)
	}
	kind := "azurerm_sentinel_alert_rule_scheduled"
	if r.nrt {
		kind = "azurerm_sentinel_alert_rule_nrt"
	}
	b := m.body.AppendNewBlock("resource", []string{kind, symbolOf("rule", r.id)}).Body()
	b.SetAttributeValue("name", cty.StringVal(r.id))
	b.SetAttributeRaw("log_analytics_workspace_id", workspaceID())
	b.SetAttributeValue("display_name", cty.StringVal(r.title))
	b.SetAttributeRaw("description", textTokens(r.description, "TEXT"))
	b.SetAttributeValue("severity", cty.StringVal(r.severity))
	b.SetAttributeValue("enabled", cty.BoolVal(r.enabled))
	b.SetAttributeRaw("query", textTokens(r.query, "KQL"))
	if !r.nrt {
		b.SetAttributeValue("query_frequency", cty.StringVal(kusto.ISO(r.schedule.Frequency)))
		b.SetAttributeValue("query_period", cty.StringVal(kusto.ISO(r.schedule.Period())))
		b.SetAttributeValue("trigger_operator", cty.StringVal("GreaterThan"))
		b.SetAttributeValue("trigger_threshold", cty.NumberIntVal(int64(r.threshold)))
	}
	b.SetAttributeValue("suppression_enabled", cty.BoolVal(r.suppression > 0))
	b.SetAttributeValue("suppression_duration", cty.StringVal(kusto.ISO(r.suppressionMinutes())))
	setList(b, "tactics", r.attack.Tactics)
	setList(b, "techniques", r.attack.parents())
	setMap(b, "custom_details", r.details)
	b.AppendNewBlock("event_grouping", nil).Body().SetAttributeValue("aggregation_method", cty.StringVal(r.events.AggregationKind))
	if r.alert != nil {
		override := b.AppendNewBlock("alert_details_override", nil).Body()
		setText(override, "display_name_format", r.alert.Name)
		setText(override, "description_format", r.alert.Description)
	}
	for _, e := range r.entities {
		mapping := b.AppendNewBlock("entity_mapping", nil).Body()
		mapping.SetAttributeValue("entity_type", cty.StringVal(e.EntityType))
		for _, f := range e.FieldMappings {
			field := mapping.AppendNewBlock("field_mapping", nil).Body()
			field.SetAttributeValue("identifier", cty.StringVal(f.Identifier))
			field.SetAttributeValue("column_name", cty.StringVal(f.ColumnName))
		}
	}
	incident := b.AppendNewBlock("incident", nil).Body()
	incident.SetAttributeValue("create_incident_enabled", cty.BoolVal(r.incident.Create))
	g := incident.AppendNewBlock("grouping", nil).Body()
	g.SetAttributeValue("enabled", cty.BoolVal(r.incident.Grouping.Enabled))
	g.SetAttributeValue("reopen_closed_incidents", cty.BoolVal(r.incident.Grouping.ReopenClosedIncident))
	g.SetAttributeValue("lookback_duration", cty.StringVal(r.incident.Grouping.LookbackDuration))
	g.SetAttributeValue("entity_matching_method", cty.StringVal(r.incident.Grouping.MatchingMethod))
	setList(g, "by_entities", r.incident.Grouping.GroupByEntities)
	return b
}
