package sigma

import (
	"math/big"
	"strconv"

	sigmago "github.com/bradleyjkemp/sigma-go"
	"gopkg.in/yaml.v3"
)

// decodeHeader lets sigma-go read everything but the detection, of which it would refuse valid ones and lose the
// order of searches. Attributes of a wrong type are left empty; they are reported where the header is checked.
func decodeHeader(root *yaml.Node) sigmago.Rule {
	var header sigmago.Rule
	mapping := *root
	mapping.Content = nil
	for key, value := range pairs(root) {
		if key.Value != "detection" {
			mapping.Content = append(mapping.Content, key, value)
		}
	}
	_ = mapping.Decode(&header)
	return header
}

// SigmaGo returns the whole rule in sigma-go's terms. What sigma-go has no words for is written out: "2 of" as the
// combinations of two searches, and a quantifier over a name without a star as that name. Positions are lost, and so
// is all but the text of numbers that fit no Go type.
func (r *Rule) SigmaGo() sigmago.Rule {
	out := decodeHeader(r.root)
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
		if i, ok := new(big.Int).SetString(v.Canon, 10); ok && i.IsInt64() {
			return int(i.Int64())
		}
	case Float:
		if f, err := strconv.ParseFloat(v.Canon, 64); err == nil {
			return f
		}
	case Bool:
		return v.Canon == "true"
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
