package sentinel

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/sigc-rules/sigc/compiler/target"
)

// azapi writes a rule as Sentinel has it, without a resource of azurerm in between.
func (m *module) azapi(r rule) *hclwrite.Body {
	b := m.body.AppendNewBlock("resource", []string{"azapi_resource", symbolOf("rule", r.id)}).Body()
	b.SetAttributeValue("type", cty.StringVal("Microsoft.SecurityInsights/alertRules@"+r.apiVersion()))
	b.SetAttributeValue("name", cty.StringVal(r.id))
	b.SetAttributeRaw("parent_id", workspaceID())
	b.SetAttributeRaw("body", hclwrite.TokensForObject([]hclwrite.ObjectAttrTokens{
		{Name: hclwrite.TokensForIdentifier("kind"), Value: hclwrite.TokensForValue(cty.StringVal(r.kind()))},
		{Name: hclwrite.TokensForIdentifier("properties"), Value: objectTokens(r.properties())},
	}))
	return b
}

// objectTokens writes what a value is as JSON, keys in their order there.
func objectTokens(v any) hclwrite.Tokens {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // structs of texts and numbers encode
	}
	d := json.NewDecoder(&b)
	d.UseNumber()
	return nextTokens(d)
}

func nextTokens(d *json.Decoder) hclwrite.Tokens {
	t, err := d.Token()
	if err != nil {
		panic(err) // it has been encoded a moment before
	}
	switch t := t.(type) {
	case string:
		return textTokens(t, "TEXT")
	case json.Number:
		n, err := cty.ParseNumberVal(t.String())
		if err != nil {
			panic(err)
		}
		return hclwrite.TokensForValue(n)
	case bool:
		return hclwrite.TokensForValue(cty.BoolVal(t))
	case json.Delim:
		if t == '[' {
			var items []hclwrite.Tokens
			for d.More() {
				items = append(items, nextTokens(d))
			}
			d.Token()
			return hclwrite.TokensForTuple(items)
		}
		var attributes []hclwrite.ObjectAttrTokens
		for d.More() {
			name := nextTokens(d)
			attributes = append(attributes, hclwrite.ObjectAttrTokens{Name: name, Value: nextTokens(d)})
		}
		d.Token()
		return hclwrite.TokensForObject(attributes)
	default:
		panic("sentinel: JSON has null")
	}
}

// maxItems is how many values of a watchlist are items of their own in Terraform, which then takes away those that leave
// the list. A longer one is handed over as a whole: thousands of resources would take hours to deploy.
const maxItems = 500

// watchlists writes those that the rules read. Their values stand in the files that are written beside the module.
func (m *module) watchlists() {
	for _, k := range keptBy(m.rules) {
		l := k.list
		m.lists[l.Name] = "azurerm_sentinel_watchlist"
		symbol := symbolOf("watchlist", l.Name)
		rows := hclwrite.TokensForFunctionCall("file", beside("watchlists/"+l.Name+".csv"))
		m.body.AppendNewline()
		p := newWatchlist(l, "").Properties
		p.Description = strings.TrimSpace(l.Doc) // what ARM would take for an expression is none here
		if len(l.Values) > maxItems {
			m.lists[l.Name] = "azapi_resource"
			comment(m.body, "azurerm would make a resource of each of the many values")
			b := m.body.AppendNewBlock("resource", []string{"azapi_resource", symbol}).Body()
			b.SetAttributeValue("type", cty.StringVal("Microsoft.SecurityInsights/watchlists@"+apiVersion))
			b.SetAttributeValue("name", cty.StringVal(l.Name))
			b.SetAttributeRaw("parent_id", workspaceID())
			b.SetAttributeRaw("body", hclwrite.TokensForObject([]hclwrite.ObjectAttrTokens{
				{Name: hclwrite.TokensForIdentifier("properties"), Value: hclwrite.TokensForFunctionCall("merge", objectTokens(p),
					hclwrite.TokensForObject([]hclwrite.ObjectAttrTokens{{Name: hclwrite.TokensForIdentifier("rawContent"), Value: rows}}))},
			}))
			continue
		}
		b := m.body.AppendNewBlock("resource", []string{"azurerm_sentinel_watchlist", symbol}).Body()
		b.SetAttributeValue("name", cty.StringVal(l.Name))
		b.SetAttributeRaw("log_analytics_workspace_id", workspaceID())
		b.SetAttributeValue("display_name", cty.StringVal(p.DisplayName))
		setText(b, "description", p.Description)
		b.SetAttributeValue("item_search_key", cty.StringVal(p.ItemsSearchKey))
		m.body.AppendNewline()
		items := m.body.AppendNewBlock("resource", []string{"azurerm_sentinel_watchlist_item", symbol}).Body()
		items.SetAttributeRaw("for_each", each(rows, p.ItemsSearchKey))
		items.SetAttributeRaw("watchlist_id", reference("azurerm_sentinel_watchlist", symbol, "id"))
		items.SetAttributeRaw("properties", reference("each", "value"))
	}
}

// each makes the rows of a CSV file a map by one of their columns: { for row in csvdecode(…) : row.Value => row }.
func each(file hclwrite.Tokens, column string) hclwrite.Tokens {
	word := hclwrite.TokensForIdentifier
	out := hclwrite.Tokens{}
	for _, t := range []hclwrite.Tokens{
		symbolTokens("{"), word("for"), word("row"), word("in"), hclwrite.TokensForFunctionCall("csvdecode", file), symbolTokens(":"),
		reference("row", column), symbolTokens("=>"), word("row"), symbolTokens("}"),
	} {
		out = append(out, t...)
	}
	return out
}

// after are the watchlists of the module that a rule reads.
func (m *module) after(c *target.Compiled) []hclwrite.Tokens {
	var out []hclwrite.Tokens
	for _, k := range keptBy([]*target.Compiled{c}) {
		if kind, ok := m.lists[k.list.Name]; ok {
			out = append(out, reference(kind, symbolOf("watchlist", k.list.Name)))
		}
	}
	return out
}
