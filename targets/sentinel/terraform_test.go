package sentinel_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	ctyjson "github.com/zclconf/go-cty/cty/json"

	"github.com/sigc-rules/sigc/compiler/list"
)

// What the resources of azurerm take, from the documentation of provider 4.55 and, for the numbers of blocks, the
// schema in its source: sentinel_alert_rule_scheduled, sentinel_alert_rule_nrt, sentinel_watchlist and
// sentinel_watchlist_item.
var (
	texts    = cty.List(cty.String)
	override = blocks("alert_details_override", 0, hcldec.ObjectSpec{
		"display_name_format": attr("display_name_format", cty.String), "description_format": attr("description_format", cty.String),
	})
	mapping = &hcldec.BlockListSpec{TypeName: "entity_mapping", MaxItems: 5, Nested: hcldec.ObjectSpec{
		"entity_type": required("entity_type", cty.String),
		"field_mapping": &hcldec.BlockListSpec{TypeName: "field_mapping", MinItems: 1, MaxItems: 3, Nested: hcldec.ObjectSpec{
			"identifier": required("identifier", cty.String), "column_name": required("column_name", cty.String),
		}},
	}}
	grouping = blocks("grouping", 1, hcldec.ObjectSpec{
		"enabled": attr("enabled", cty.Bool), "reopen_closed_incidents": attr("reopen_closed_incidents", cty.Bool),
		"lookback_duration": attr("lookback_duration", cty.String), "entity_matching_method": attr("entity_matching_method", cty.String),
		"by_entities": attr("by_entities", texts),
	})
	incident = blocks("incident", 0, hcldec.ObjectSpec{
		"create_incident_enabled": required("create_incident_enabled", cty.Bool), "grouping": grouping,
	})
	nrtSpec = hcldec.ObjectSpec{
		"name": required("name", cty.String), "log_analytics_workspace_id": required("log_analytics_workspace_id", cty.String),
		"display_name": required("display_name", cty.String), "description": attr("description", cty.String),
		"severity": required("severity", cty.String), "enabled": attr("enabled", cty.Bool), "query": required("query", cty.String),
		"suppression_enabled": attr("suppression_enabled", cty.Bool), "suppression_duration": attr("suppression_duration", cty.String),
		"tactics": attr("tactics", texts), "techniques": attr("techniques", texts), "custom_details": attr("custom_details", cty.Map(cty.String)),
		"event_grouping":         blocks("event_grouping", 1, hcldec.ObjectSpec{"aggregation_method": required("aggregation_method", cty.String)}),
		"alert_details_override": override, "entity_mapping": mapping, "incident": incident,
		"depends_on": attr("depends_on", cty.DynamicPseudoType), // of Terraform itself
	}
	specs = map[string]hcldec.Spec{
		"azurerm_sentinel_alert_rule_nrt": nrtSpec,
		"azurerm_sentinel_alert_rule_scheduled": with(nrtSpec, hcldec.ObjectSpec{
			"query_frequency": attr("query_frequency", cty.String), "query_period": attr("query_period", cty.String),
			"trigger_operator": attr("trigger_operator", cty.String), "trigger_threshold": attr("trigger_threshold", cty.Number),
		}),
		"azapi_resource": hcldec.ObjectSpec{
			"type": required("type", cty.String), "name": required("name", cty.String), "parent_id": required("parent_id", cty.String),
			"body": required("body", cty.DynamicPseudoType), "depends_on": attr("depends_on", cty.DynamicPseudoType),
		},
		"azurerm_sentinel_watchlist": hcldec.ObjectSpec{
			"name": required("name", cty.String), "log_analytics_workspace_id": required("log_analytics_workspace_id", cty.String),
			"display_name": required("display_name", cty.String), "description": attr("description", cty.String),
			"item_search_key": required("item_search_key", cty.String),
		},
		"azurerm_sentinel_watchlist_item": hcldec.ObjectSpec{
			"for_each": required("for_each", cty.DynamicPseudoType), "watchlist_id": required("watchlist_id", cty.String),
			"properties": required("properties", cty.Map(cty.String)),
		},
	}
)

func attr(name string, t cty.Type) hcldec.Spec { return &hcldec.AttrSpec{Name: name, Type: t} }

func required(name string, t cty.Type) hcldec.Spec {
	return &hcldec.AttrSpec{Name: name, Type: t, Required: true}
}

func blocks(name string, least int, nested hcldec.Spec) hcldec.Spec {
	return &hcldec.BlockListSpec{TypeName: name, MinItems: least, MaxItems: 1, Nested: nested}
}

func with(a, b hcldec.ObjectSpec) hcldec.ObjectSpec {
	out := hcldec.ObjectSpec{}
	for _, specs := range []hcldec.ObjectSpec{a, b} {
		for k, s := range specs {
			out[k] = s
		}
	}
	return out
}

// scopeOf has what the modules refer to. The files beside them are those of the pack.
func scopeOf(files map[string][]byte) *hcl.EvalContext {
	resources := cty.ObjectVal(map[string]cty.Value{"watchlist_approved": cty.ObjectVal(map[string]cty.Value{"id": cty.StringVal("<list>")})})
	return &hcl.EvalContext{
		Variables: map[string]cty.Value{
			"data": cty.ObjectVal(map[string]cty.Value{"azurerm_log_analytics_workspace": cty.ObjectVal(map[string]cty.Value{
				"sentinel": cty.ObjectVal(map[string]cty.Value{"id": cty.StringVal("<workspace>")}),
			})}),
			"path": cty.ObjectVal(map[string]cty.Value{"module": cty.StringVal("terraform")}),
			"each": cty.ObjectVal(map[string]cty.Value{"value": cty.MapVal(map[string]cty.Value{"Value": cty.StringVal("x")})}),

			"azurerm_sentinel_watchlist": resources, "azapi_resource": resources,
		},
		Functions: map[string]function.Function{
			"chomp": stdlib.ChompFunc, "csvdecode": stdlib.CSVDecodeFunc, "merge": stdlib.MergeFunc,
			"file": function.New(&function.Spec{
				Params: []function.Parameter{{Name: "path", Type: cty.String}}, Type: function.StaticReturnType(cty.String),
				Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
					return cty.StringVal(string(files[args[0].AsString()])), nil
				},
			}),
		},
	}
}

// resources reads a module: its resources by type and name, each as the provider would get it.
func resources(t *testing.T, text []byte, files map[string][]byte) map[string]object {
	t.Helper()
	f, diags := hclsyntax.ParseConfig(text, "main.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%v\n%s", diags, text)
	}
	out := map[string]object{}
	var others []string
	for _, b := range f.Body.(*hclsyntax.Body).Blocks {
		if b.Type != "resource" {
			others = append(others, strings.Join(append([]string{b.Type}, b.Labels...), " "))
			continue
		}
		spec, ok := specs[b.Labels[0]]
		if !ok {
			t.Fatalf("no resource %s", b.Labels[0])
		}
		value, diags := hcldec.Decode(b.Body, spec, scopeOf(files))
		if diags.HasErrors() {
			t.Fatalf("%v\n%s", diags, text)
		}
		data, err := ctyjson.Marshal(value, value.Type())
		if err != nil {
			t.Fatal(err)
		}
		var o object
		if err := json.Unmarshal(data, &o); err != nil {
			t.Fatal(err)
		}
		out[strings.Join(b.Labels, ".")] = o
	}
	want := []string{"terraform", "variable workspace", "variable resource_group", "data azurerm_log_analytics_workspace sentinel"}
	if diff := cmp.Diff(want, others); diff != "" {
		t.Error(diff)
	}
	return out
}

// TestTerraform: what a module says is what the template says.
func TestTerraform(t *testing.T) {
	kinds := map[string]int{}
	for name, c := range samples(t) {
		t.Run(name, func(t *testing.T) {
			text := write(t, "terraform", c)
			all := resources(t, text, nil)
			kind, id, want := armProperties(t, c)
			for address, got := range all {
				resource, symbol, _ := strings.Cut(address, ".")
				kinds[resource]++
				if len(all) != 1 || symbol != "rule_"+strings.ReplaceAll(id, "-", "_") || got["name"] != id {
					t.Errorf("%s is called %v", address, got["name"])
				}
				if resource == "azapi_resource" {
					if diff := cmp.Diff(any(object{"kind": kind, "properties": want}), got["body"]); diff != "" {
						t.Error(diff)
					}
					continue
				}
				if (resource == "azurerm_sentinel_alert_rule_nrt") != (kind == "NRT") {
					t.Errorf("%s is of the kind %s", resource, kind)
				}
				delete(want, "subTechniques") // which azurerm does not have
				if diff := cmp.Diff(want, fromAzurerm(got)); diff != "" {
					t.Errorf("%s\n%s", diff, text)
				}
			}
		})
	}
	for _, resource := range []string{"azapi_resource", "azurerm_sentinel_alert_rule_nrt", "azurerm_sentinel_alert_rule_scheduled"} {
		if kinds[resource] == 0 {
			t.Errorf("no sample is a %s", resource)
		}
	}
}

// fromAzurerm turns the attributes of a rule of azurerm into the properties that the provider makes of them.
func fromAzurerm(r object) object {
	out := object{}
	put := func(to string, v any) {
		if v != nil {
			out[to] = v
		}
	}
	for from, to := range map[string]string{
		"display_name": "displayName", "description": "description", "severity": "severity", "enabled": "enabled", "query": "query",
		"query_frequency": "queryFrequency", "query_period": "queryPeriod", "trigger_operator": "triggerOperator",
		"trigger_threshold": "triggerThreshold", "suppression_enabled": "suppressionEnabled", "suppression_duration": "suppressionDuration",
		"tactics": "tactics", "techniques": "techniques", "custom_details": "customDetails",
	} {
		put(to, r[from])
	}
	first := func(of object, name string) object {
		if list, _ := of[name].([]any); len(list) > 0 {
			return list[0].(object)
		}
		return nil
	}
	out["eventGroupingSettings"] = object{"aggregationKind": first(r, "event_grouping")["aggregation_method"]}
	if o := first(r, "alert_details_override"); o != nil {
		details := object{}
		for from, to := range map[string]string{"display_name_format": "alertDisplayNameFormat", "description_format": "alertDescriptionFormat"} {
			if o[from] != nil {
				details[to] = o[from]
			}
		}
		out["alertDetailsOverride"] = details
	}
	var mappings []any
	for _, m := range r["entity_mapping"].([]any) {
		var fields []any
		for _, f := range m.(object)["field_mapping"].([]any) {
			fields = append(fields, object{"identifier": f.(object)["identifier"], "columnName": f.(object)["column_name"]})
		}
		mappings = append(mappings, object{"entityType": m.(object)["entity_type"], "fieldMappings": fields})
	}
	if mappings != nil {
		out["entityMappings"] = mappings
	}
	i := first(r, "incident")
	g := first(i, "grouping")
	entities := g["by_entities"]
	if entities == nil {
		entities = []any{}
	}
	out["incidentConfiguration"] = object{"createIncident": i["create_incident_enabled"], "groupingConfiguration": object{
		"enabled": g["enabled"], "reopenClosedIncident": g["reopen_closed_incidents"], "lookbackDuration": g["lookback_duration"],
		"matchingMethod": g["entity_matching_method"], "groupByEntities": entities, "groupByAlertDetails": []any{}, "groupByCustomDetails": []any{},
	}}
	return out
}

// TestTerraformPack: a module with all rules, after the watchlists that they read. A long one is one resource.
func TestTerraformPack(t *testing.T) {
	for n, want := range map[int][]string{
		3:   {"azurerm_sentinel_alert_rule_scheduled", "azurerm_sentinel_watchlist", "azurerm_sentinel_watchlist_item"},
		501: {"azapi_resource", "azurerm_sentinel_alert_rule_scheduled"},
	} {
		l := approved(n)
		rules := append(compileAll(t, head+listed, map[string]*list.List{"approved": l}), mustCompile(t, "title: Other\n"+about))
		files := packFiles(t, "terraform", rules)
		all := resources(t, files["terraform/main.tf"], files)
		var got []string
		for address, r := range all {
			resource, _, _ := strings.Cut(address, ".")
			if !slices.Contains(got, resource) {
				got = append(got, resource)
			}
			switch resource {
			case "azurerm_sentinel_watchlist":
				if r["name"] != "approved" || r["item_search_key"] != "Value" || r["description"] != "[who may]" {
					t.Errorf("%v", r)
				}
			case "azurerm_sentinel_watchlist_item":
				items := r["for_each"].(object)
				if _, ok := items[l.Values[1]]; len(items) != n || !ok {
					t.Errorf("%d items: %v", len(items), items)
				}
			case "azapi_resource":
				p := r["body"].(object)["properties"].(object)
				if p["rawContent"] != string(files["terraform/watchlists/approved.csv"]) || p["description"] != "[who may]" {
					t.Errorf("%v", p)
				}
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" || len(all) != len(want)+1 {
			t.Errorf("%d values: %d resources, %s", n, len(all), diff)
		}
	}
}

// FuzzTexts puts a text wherever a rule can have one and reads it in every form.
func FuzzTexts(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
		f.Add(s + "\n\n" + s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := *mustCompile(t, head+about)
		meta := *c.Meta
		meta.Title.Value, meta.Description.Value = strings.ToValidUTF8(s, "?"), "x"+strings.ToValidUTF8(s, "?")
		c.Meta = &meta
		_, _, want := armProperties(t, &c)
		if got := plainValue(readBicep(t, write(t, "bicep", &c)).Resources[1].Body).(object)["properties"]; !cmp.Equal(any(want), got) {
			t.Error(cmp.Diff(any(want), got))
		}
		for _, r := range resources(t, write(t, "terraform", &c), nil) {
			if got := fromAzurerm(r); !cmp.Equal(normalized(want), normalized(got)) {
				t.Error(cmp.Diff(normalized(want), normalized(got)))
			}
		}
	})
}

// normalized is a value whose texts are composed, as those of HCL always are.
func normalized(v object) any {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return cty.StringVal(string(out)).AsString()
}
