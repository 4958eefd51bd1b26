package sigma

import (
	"math/big"
	"strconv"

	sigmago "github.com/bradleyjkemp/sigma-go"
)

// header is everything but the detection in sigma-go's terms. What sigma-go has no field for, and what the author added,
// is among the additional fields.
func (r *Rule) header() sigmago.Rule {
	out := sigmago.Rule{
		Title: r.Title.Value, ID: r.ID.Value, Status: r.Status.Value, Description: r.Description.Value, Author: r.Author.Value,
		Level: r.Level.Value, References: texts(r.References), Tags: texts(r.Tags),
		Logsource: sigmago.Logsource{
			Category: r.Logsource.Category.Value, Product: r.Logsource.Product.Value, Service: r.Logsource.Service.Value,
			Definition: r.Logsource.Definition.Value,
		},
		AdditionalFields: map[string]any{},
	}
	for _, related := range r.Related {
		out.Related = append(out.Related, sigmago.RelatedRule{ID: related.ID.Value, Type: related.Type.Value})
	}
	for key, t := range map[string]Text{"date": r.Date, "modified": r.Modified, "license": r.License, "taxonomy": r.Taxonomy, "name": r.Name} {
		if t.Value != "" {
			out.AdditionalFields[key] = t.Value
		}
	}
	for key, list := range map[string][]Text{"fields": r.Fields, "falsepositives": r.FalsePositives, "scope": r.Scope} {
		if len(list) > 0 {
			out.AdditionalFields[key] = texts(list)
		}
	}
	for _, c := range r.Custom {
		var v any
		if c.Node.Decode(&v) == nil {
			out.AdditionalFields[c.Key.Value] = v
		}
	}
	for _, p := range r.Logsource.Extra {
		if out.Logsource.AdditionalFields == nil {
			out.Logsource.AdditionalFields = map[string]any{}
		}
		out.Logsource.AdditionalFields[p.Key.Value] = p.Value.Value
	}
	return out
}

func texts(list []Text) []string {
	var out []string
	for _, t := range list {
		out = append(out, t.Value)
	}
	return out
}

// SigmaGo returns the whole rule in sigma-go's terms. What sigma-go has no words for is written out: "2 of" as the
// combinations of two searches, and a quantifier over a name without a star as that name. Positions are lost, and so
// is all but the text of numbers that fit no Go type.
func (r *Rule) SigmaGo() sigmago.Rule {
	out := r.header()
	if r.Detection == nil {
		return out
	}
	out.Detection.Searches = map[string]sigmago.Search{}
	for _, s := range r.Detection.Searches {
		out.Detection.Searches[s.Name.Value] = goSearch(s)
	}
	for _, c := range r.Detection.Conditions {
		if c.Expr != nil {
			out.Detection.Conditions = append(out.Detection.Conditions, sigmago.Condition{Search: goCond(c.Expr, r.Detection)})
		}
	}
	return out
}

func goSearch(s *Search) sigmago.Search {
	var out sigmago.Search
	for _, a := range s.Body {
		if a.Keyword != nil {
			out.Keywords = append(out.Keywords, a.Keyword.Text)
			continue
		}
		var m sigmago.EventMatcher
		for _, item := range a.Items {
			f := sigmago.FieldMatcher{Field: item.Field.Value}
			for _, modifier := range item.Modifiers {
				f.Modifiers = append(f.Modifiers, modifier.Value)
			}
			for _, v := range item.Values {
				f.Values = append(f.Values, goValue(v))
			}
			m = append(m, f)
		}
		out.EventMatchers = append(out.EventMatchers, m)
	}
	return out
}

func goValue(v Value) any {
	switch v.Kind {
	case Int:
		if i, ok := new(big.Int).SetString(v.Canon(), 10); ok && i.IsInt64() {
			return int(i.Int64())
		}
	case Float:
		if f, err := strconv.ParseFloat(v.Canon(), 64); err == nil {
			return f
		}
	case Bool:
		return v.Canon() == "true"
	case Null:
		return nil
	}
	return v.Text
}

func goCond(c Cond, det *Detection) sigmago.SearchExpr {
	switch c := c.(type) {
	case *CondAnd:
		var out sigmago.And
		for _, x := range c.X {
			out = append(out, goCond(x, det))
		}
		return out
	case *CondOr:
		var out sigmago.Or
		for _, x := range c.X {
			out = append(out, goCond(x, det))
		}
		return out
	case *CondNot:
		return sigmago.Not{Expr: goCond(c.X, det)}
	case *CondRef:
		return sigmago.SearchIdentifier{Name: c.Name}
	default:
		return goQuant(c.(*CondQuant), det)
	}
}
